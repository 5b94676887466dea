// `affiant anchor` against a real time-stamp authority on loopback, honest and otherwise.
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { imprintOf, makeAuthority, serve } from './authority.mjs';
import { binDir, browsers, filesUnder, makeCertificates, run, scratch } from './lib.mjs';

const writer = path.join(binDir, 'crash_writer');

/** A sealed case, written by a recorder that was killed once on the way. */
async function record(dir, kase) {
  fs.mkdirSync(path.dirname(kase), { recursive: true });
  const child = spawn(writer, [kase, path.join(dir, 'id'), 'create'], { stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise((resolve, reject) => {
    let lines = '';
    child.on('error', reject).on('close', resolve);
    child.stdout.on('data', (text) => { lines += text; if (lines.split('\n').length > 20) child.kill('SIGKILL'); });
  });
  execFileSync(writer, [kase, path.join(dir, 'id'), 'seal'], { stdio: 'ignore' });
}

async function world(t, options) {
  const dir = scratch(t);
  const kase = path.join(dir, 'case');
  await record(dir, kase);
  const authority = makeAuthority(path.join(dir, 'tsa'), options);
  const home = path.join(dir, 'home');
  const affiant = (...args) => run(args, { home });
  const verify = async (...args) => {
    const result = await affiant('verify', kase, '--json', ...args);
    return { ...result, verdict: result.stdout ? JSON.parse(result.stdout) : null };
  };
  return { dir, kase, authority, affiant, verify, before: filesUnder(kase) };
}

/** Nothing of the case changed, and it verifies as before. */
async function assertUntouched({ kase, before, verify }) {
  assert.deepEqual(filesUnder(kase), before);
  const { code, verdict } = await verify();
  assert.equal(code, 0);
  assert.equal(verdict.time, 'claimed');
}

test('a sealed case is anchored, proved under the authority, and openssl agrees word for word', async (t) => {
  const w = await world(t);
  const tsa = await serve(t, (query) => ({ body: w.authority.reply(query) }));
  const done = await w.affiant('anchor', w.kase, '--tsa', tsa.url, '--ca', w.authority.root);
  assert.equal(done.code, 0, done.stderr);
  assert.match(done.stdout, /entries existed by 20\d\d-.*Z, says CN = affiant test TSA/);
  assert.equal(tsa.asked.length, 1);
  assert.equal(tsa.asked[0].method, 'POST');
  assert.equal(tsa.asked[0].type, 'application/timestamp-query');

  const added = filesUnder(w.kase).filter((file) => !w.before.includes(file));
  const size = fs.readFileSync(path.join(w.kase, 'checkpoint'), 'utf8').split('\n')[1];
  assert.deepEqual(added, [`anchors/${size}.checkpoint`, `anchors/${size}.tsr`]);
  assert.deepEqual(fs.readFileSync(path.join(w.kase, added[0])), fs.readFileSync(path.join(w.kase, 'checkpoint')));

  const openssl = (ca) => spawnSync('openssl', ['ts', '-verify', '-data', `anchors/${size}.checkpoint`, '-in', `anchors/${size}.tsr`, '-CAfile', ca],
    { cwd: w.kase, encoding: 'utf8' });
  assert.match(openssl(w.authority.root).stdout, /Verification: OK/);
  const command = done.stdout.slice(done.stdout.indexOf('By hand:\n') + 9).trim();
  assert.match(execFileSync('sh', ['-c', command], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }), /Verification: OK/);

  const alone = await w.verify();
  assert.equal(alone.code, 0);
  assert.equal(alone.verdict.time, 'stamped');
  assert.deepEqual(alone.verdict.notes.filter((note) => note.includes('anchors')), []);
  const proved = await w.verify('--tsa-ca', w.authority.root);
  assert.equal(proved.code, 0, proved.stdout);
  assert.equal(proved.verdict.time, 'anchored');
  assert.equal(proved.verdict.anchors.length, 1);
  assert.equal(proved.verdict.anchors[0].proved, true);
  assert.equal(proved.verdict.anchors[0].accuracy_ms, 1000);
  const text = await w.affiant('verify', w.kase, '--tsa-ca', w.authority.root);
  assert.match(text.stdout, /time +anchored: all \d+ signed entries existed by .*, proved by CN = affiant test TSA/);

  const stranger = makeAuthority(path.join(w.dir, 'stranger'));
  assert.notEqual(openssl(stranger.root).status, 0);
  const mismatch = await w.verify('--tsa-ca', stranger.root);
  assert.equal(mismatch.code, 3);
  assert.equal(mismatch.verdict.time, 'mismatch');
  assert.equal(mismatch.verdict.integrity, 'intact');

  // Again: kept, said, and nobody asked.
  const token = fs.readFileSync(path.join(w.kase, added[1]));
  const again = await w.affiant('anchor', w.kase, '--tsa', tsa.url);
  assert.equal(again.code, 0);
  assert.match(again.stderr, /already.*kept/s);
  assert.equal(tsa.asked.length, 1);
  assert.deepEqual(fs.readFileSync(path.join(w.kase, added[1])), token);

  const unwanted = await w.affiant('anchor', w.kase, '--tsa', tsa.url, '--ca', stranger.root);
  assert.equal(unwanted.code, 3);
  assert.match(unwanted.stderr, /is there already.*not proved.*move it away/);
  assert.deepEqual(fs.readFileSync(path.join(w.kase, added[1])), token);

  // A token that was exchanged does not pass.
  fs.writeFileSync(path.join(w.kase, added[1]), w.authority.reply(w.authority.query('-data', path.join(w.kase, 'delegation.note'), '-cert')));
  const swapped = await w.verify('--tsa-ca', w.authority.root);
  assert.equal(swapped.code, 3);
  assert.equal(swapped.verdict.integrity, 'broken');
  assert.equal(swapped.verdict.problems[0].file, added[1]);
});

test('an authority that sends no certificates needs --chain, and then all works as with one', async (t) => {
  const w = await world(t);
  // certReq off, the nonce kept: the last field of the request goes, and the length with it.
  const without = (query) => {
    const out = Buffer.from(query.subarray(0, query.length - 3));
    out[1] -= 3;
    return out;
  };
  const tsa = await serve(t, (query) => ({ body: w.authority.reply(without(query)) }));
  const refused = await w.affiant('anchor', w.kase, '--tsa', tsa.url, '--ca', w.authority.root);
  assert.equal(refused.code, 2, refused.stderr);
  assert.match(refused.stderr, /--chain FILE/);
  await assertUntouched(w);
  const done = await w.affiant('anchor', w.kase, '--tsa', tsa.url, '--ca', w.authority.root, '--chain', w.authority.signer);
  assert.equal(done.code, 0, done.stderr);
  assert.equal((await w.verify('--tsa-ca', w.authority.root)).verdict.time, 'anchored');
  const command = done.stdout.slice(done.stdout.indexOf('By hand:\n') + 9).trim();
  assert.match(command, /-untrusted anchors\/\d+\.chain\.pem/);
  assert.match(execFileSync('sh', ['-c', command], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }), /Verification: OK/);
});

test('an authority that lies, refuses or talks of other things is told on, and nothing is stored', async (t) => {
  const w = await world(t);
  const { authority } = w;
  const answers = [
    ['other data', 3, /other bytes/, () => ({ body: authority.reply(authority.query('-data', path.join(w.kase, 'delegation.note'), '-cert')) })],
    ['another nonce', 3, /nonce is not ours/, (q) => ({ body: authority.reply(authority.query('-digest', imprintOf(q).toString('hex'), '-sha256', '-cert')) })],
    ['no nonce', 3, /nonce is missing/, (q) => ({ body: authority.reply(authority.query('-digest', imprintOf(q).toString('hex'), '-sha256', '-cert', '-no_nonce')) })],
    ['a spoilt signature', 3, /signature/, (q) => { const body = authority.reply(q); body[body.length - 1] ^= 1; return { body }; }],
    ['a refusal', 4, /rejected, badDataFormat/, () => ({ body: authority.reply(Buffer.from('nonsense')) })],
    ['half a token', 4, /no time stamp that can be used/, (q) => ({ body: authority.reply(q).subarray(0, 500) })],
    ['a token and more', 4, /follow the time stamp/, (q) => ({ body: Buffer.concat([authority.reply(q), Buffer.alloc(3)]) })],
    ['a page', 4, /text\/html/, () => ({ type: 'text/html', body: '<html>Please log in</html>' })],
    ['nothing', 4, /0 bytes/, () => ({ body: '' })],
    ['an error', 4, /HTTP status 503/, () => ({ status: 503, type: 'text/plain', body: 'busy' })],
    ['a redirect', 4, /HTTP status 302/, () => ({ status: 302, body: '' })],
    ['megabytes', 4, /bytes/, () => ({ body: Buffer.alloc(2 << 20, 0x30) })],
  ];
  let answer;
  const tsa = await serve(t, (query) => answer(query));
  for (const [what, code, words, how] of answers) {
    answer = how;
    const result = await w.affiant('anchor', w.kase, '--tsa', tsa.url, '--ca', authority.root);
    assert.equal(result.code, code, `${what}: ${result.stderr}`);
    assert.match(result.stderr, words, what);
    assert.equal(result.stdout, '', what);
    await assertUntouched(w);
  }
  // Honest, but not the authority that is trusted.
  answer = (query) => ({ body: authority.reply(query) });
  const stranger = makeAuthority(path.join(w.dir, 'stranger'));
  const unproved = await w.affiant('anchor', w.kase, '--tsa', tsa.url, '--ca', stranger.root);
  assert.equal(unproved.code, 3);
  assert.match(unproved.stderr, /not proved/);
  await assertUntouched(w);
});

test('an authority whose certificate ran out before it stamped proves nothing', async (t) => {
  const w = await world(t, { valid: ['20200101000000Z', '20210101000000Z'] });
  const tsa = await serve(t, (query) => ({ body: w.authority.reply(query) }));
  const refused = await w.affiant('anchor', w.kase, '--tsa', tsa.url, '--ca', w.authority.root);
  assert.equal(refused.code, 3);
  assert.match(refused.stderr, /expired/);
  await assertUntouched(w);
  assert.equal((await w.affiant('anchor', w.kase, '--tsa', tsa.url)).code, 0);
  const { code, verdict } = await w.verify('--tsa-ca', w.authority.root);
  assert.equal(code, 3);
  assert.equal(verdict.time, 'mismatch');
  assert.match(verdict.anchors[0].unproved_because, /expired/);
});

test('what cannot work is said before anybody is asked', async (t) => {
  const w = await world(t);
  const tsa = await serve(t, (query) => ({ body: w.authority.reply(query) }));
  const text = path.join(w.dir, 'text.pem');
  fs.writeFileSync(text, 'no certificate');
  for (const [code, words, ...args] of [
    [2, /--tsa/, w.kase],
    [2, /no certificate/, w.kase, '--tsa', tsa.url, '--ca', text],
    [2, /no certificate/, w.kase, '--tsa', tsa.url, '--chain', text],
    [2, /http:\/\//, w.kase, '--tsa', 'ftp://tsa.example/'],
    [2, /no case/, path.join(w.dir, 'nothing'), '--tsa', tsa.url],
    [4, /no answer/, w.kase, '--tsa', 'http://127.0.0.1:1/'],
  ]) {
    const result = await w.affiant('anchor', ...args);
    assert.equal(result.code, code, `${args}: ${result.stderr}`);
    assert.match(result.stderr, words);
  }
  assert.equal((await w.affiant('verify', w.kase, '--tsa-ca', text)).code, 2);
  assert.equal(tsa.asked.length, 0);
  await assertUntouched(w);

  const segment = path.join(w.kase, 'seg/00000.jsonl');
  const bytes = fs.readFileSync(segment);
  bytes[bytes.length >> 1] ^= 1;
  fs.writeFileSync(segment, bytes);
  const broken = await w.affiant('anchor', w.kase, '--tsa', tsa.url);
  assert.equal(broken.code, 3);
  assert.match(broken.stderr, /broken/);
  assert.equal(tsa.asked.length, 0);
});

test('over https the authority must be who it says, by --tls-ca', async (t) => {
  const w = await world(t);
  const { ca, key, cert } = makeCertificates(w.dir, ['localhost']);
  const tsa = await serve(t, (query) => ({ body: w.authority.reply(query) }), { key, cert });
  const refused = await w.affiant('anchor', w.kase, '--tsa', tsa.url);
  assert.equal(refused.code, 4, refused.stderr);
  assert.equal(tsa.asked.length, 0);
  const done = await w.affiant('anchor', w.kase, '--tsa', tsa.url, '--tls-ca', ca);
  assert.equal(done.code, 0, done.stderr);
});

test('a case set is anchored member by member', async (t) => {
  const w = await world(t);
  const set = path.join(w.dir, 'set');
  for (const engine of ['chromium', 'firefox']) await record(path.join(w.dir, engine), path.join(set, engine));
  const tsa = await serve(t, (query) => ({ body: w.authority.reply(query) }));
  const done = await w.affiant('anchor', set, '--tsa', tsa.url, '--ca', w.authority.root);
  assert.equal(done.code, 0, done.stderr);
  assert.equal(tsa.asked.length, 2);
  const verified = await w.affiant('verify', set, '--json', '--tsa-ca', w.authority.root);
  assert.equal(verified.code, 0);
  assert.deepEqual(JSON.parse(verified.stdout).members.map((member) => member.verdict.time), ['anchored', 'anchored']);
});

test('an audit with --tsa lies between two proved times, and without an answer records nothing', { skip: browsers.length === 0 && 'no browser' }, async (t) => {
  const dir = scratch(t);
  const home = path.join(dir, 'home');
  const kase = path.join(dir, 'case');
  const authority = makeAuthority(path.join(dir, 'tsa'));
  const tsa = await serve(t, (query) => ({ body: authority.reply(query) }));
  const deaf = await run(['audit', '--demo', '--case', kase, '--tsa', 'http://127.0.0.1:9/', '--fail-on', 'never'], { home });
  assert.equal(deaf.code, 4, deaf.stderr);
  assert.match(deaf.stderr, /127\.0\.0\.1:9/);
  assert.equal(fs.existsSync(kase), false, 'no case is left');

  const done = await run(['audit', '--demo', '--case', kase, '--tsa', tsa.url, '--tsa-ca', authority.root, '--fail-on', 'never', '--pages', '0'], { home });
  assert.equal(done.code, 0, done.stderr);
  assert.match(done.stderr, /time stamp by CN = affiant test TSA: \d+ entries existed by then/);
  assert.equal(tsa.asked.length, 2);
  const { stdout } = await run(['verify', kase, '--json', '--tsa-ca', authority.root], { home });
  const verdict = JSON.parse(stdout);
  assert.equal(verdict.time, 'anchored');
  assert.equal(verdict.since.length, 1);
  assert.equal(verdict.since[0].proved, true);
  assert.equal(verdict.since[0].entry, 1);
  assert.ok(verdict.since[0].time_ms <= verdict.anchors[0].time_ms);
  const text = await run(['verify', kase, '--tsa-ca', authority.root], { home });
  assert.match(text.stdout, /not before +proved: what comes after entry 1 was signed after 20/);
  const report = await run(['report', kase, '--format', 'json', '--tsa-ca', authority.root], { home });
  assert.equal(report.code, 0, report.stderr);
  assert.equal(JSON.parse(report.stdout).case.verdict.time, 'anchored');
  const stranger = makeAuthority(path.join(dir, 'stranger'));
  assert.equal((await run(['report', kase, '--tsa-ca', stranger.root], { home })).code, 3);
});
