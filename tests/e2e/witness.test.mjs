// Witnesses as real processes on loopback: asked, killed, lied to; and a policy that says how many are enough.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import test, { before } from 'node:test';
import { affiant, browsers, listen, run, scratch } from './lib.mjs';

let home = '';
let dir = '';  // Of the one case all tests work on copies of.

before(async () => {
  if (browsers.length === 0) throw new Error('no browser is installed: install-deps.sh installs both');
  home = fs.mkdtempSync(path.join(os.tmpdir(), 'affiant-witness-'));
  process.on('exit', () => fs.rmSync(home, { recursive: true, force: true }));
  const done = await run(['audit', '--demo', '--fail-on', 'never', '--browser', browsers[0]], { home });
  assert.equal(done.code, 0, done.stderr);
  dir = path.join(home, 'cases', fs.readdirSync(path.join(home, 'cases'))[0]);
});

/** `affiant witness`, ready. */
async function witness(t, state, logs = [fs.readFileSync(path.join(dir, 'keys/case.vkey'), 'utf8').trim()], name = 'w.test/one') {
  const child = spawn(affiant, ['witness', '--dir', state, '--name', name, ...logs.flatMap((log) => ['--log', log])], { env: { ...process.env, AFFIANT_HOME: home }, stdio: ['ignore', 'pipe', 'pipe'] });
  t.after(() => { if (child.exitCode === null) child.kill('SIGKILL'); });
  const ended = new Promise((resolve) => child.on('exit', resolve));
  let out = '';
  let err = '';
  child.stderr.on('data', (text) => { err += text; });
  child.stdout.on('data', (text) => { out += text; });
  for (let i = 0; i < 200 && out.split('\n').length < 3 && child.exitCode === null; i++) await new Promise((resolve) => setTimeout(resolve, 25));
  const [key, url] = out.trim().split('\n');
  return { child, key, url, ended, stderr: () => err };
}
const ask = (w, name = 'last', key = w.key) => run(['cosign', name, '--witness', w.url, '--witness-key', key], { home });
const post = async (url, body) => {
  const answer = await fetch(url, { method: 'POST', body });
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
};

function policy(t, text) {
  const file = path.join(scratch(t), 'policy');
  fs.writeFileSync(file, text);
  return file;
}
const verify = async (file) => {
  const done = await run(['verify', 'last', '--json', '--policy', file], { home });
  return { code: done.code, ...JSON.parse(done.stdout) };
};

test('a witness cosigns a case, a policy counts it, and two of three are judged as such', async (t) => {
  fs.rmSync(path.join(dir, 'anchors'), { recursive: true, force: true });
  const all = [];
  for (const n of ['one', 'two', 'three']) all.push(await witness(t, path.join(scratch(t), n), undefined, `w.test/${n}`));
  const text = all.map((w, i) => `witness w${i} ${w.key}\n`).join('') + 'group all-of-them 2 w0 w1 w2\nquorum all-of-them\n';
  const file = policy(t, text);
  assert.deepEqual((({ code, witnesses, policy: p }) => [code, witnesses, p])(await verify(file)), [3, 0, 'not-satisfied']);
  assert.equal((await ask(all[0])).code, 0);
  assert.deepEqual((({ code, witnesses }) => [code, witnesses])(await verify(file)), [3, 1]);
  const second = await ask(all[2]);
  assert.equal(second.code, 0, second.stderr);
  assert.deepEqual((({ code, witnesses, policy: p, integrity }) => [code, witnesses, p, integrity])(await verify(file)), [0, 2, 'satisfied', 'intact']);
  assert.equal((await ask(all[0])).code, 0, 'asked again it cosigns the same tree again');
  const without = await run(['verify', 'last', '--json'], { home });
  assert.equal(JSON.parse(without.stdout).witnesses, 0, 'nobody is trusted without a policy');
  const bundle = path.join(scratch(t), 'x.affiant.zip');
  assert.equal((await run(['export', 'last', '-o', bundle], { home })).code, 0);
  const inside = await run(['verify', bundle, '--json', '--policy', file], { home });
  assert.equal(JSON.parse(inside.stdout).witnesses, 2, 'cosignatures travel in a bundle');
});

test('a case set is cosigned member by member', async (t) => {
  const set = path.join(scratch(t), 'set');
  for (const engine of ['chromium', 'firefox']) fs.cpSync(dir, path.join(set, engine), { recursive: true });
  const w = await witness(t, path.join(scratch(t), 'w'));
  const done = await ask(w, set);
  assert.equal(done.code, 0, done.stderr);
  assert.deepEqual(done.stderr.match(/set\/(chromium|firefox)$/gm)?.length, 2, done.stderr);
});

test('over HTTP it speaks as tlog-witness says', async (t) => {
  const w = await witness(t, path.join(scratch(t), 'w'));
  const checkpoint = fs.readFileSync(path.join(dir, 'checkpoint'), 'utf8');
  const size = checkpoint.split('\n')[1];
  assert.equal((await post(`${w.url}/add-checkpoint`, 'rubbish')).status, 400);
  assert.equal((await post(`${w.url}/other`, 'rubbish')).status, 404);
  assert.equal((await fetch(`${w.url}/add-checkpoint`)).status, 405);
  assert.equal((await post(`${w.url}/add-checkpoint`, `old 0\n\n${checkpoint.replaceAll('affiant.invalid/log', 'affiant.invalid/lag')}`)).status, 404);
  const good = await post(`${w.url}/add-checkpoint`, `old 0\n\n${checkpoint}`);
  assert.equal(good.status, 200);
  assert.match(good.text, /^— w\.test\/one \S+\n$/);
  const again = await post(`${w.url}/add-checkpoint`, `old 0\n\n${checkpoint}`);
  assert.deepEqual([again.status, again.type, again.text], [409, 'text/x.tlog.size', `${size}\n`]);
  w.child.kill('SIGINT');
  assert.equal(await w.ended, 0, 'Ctrl-C ends it in order');
});

test('killed at any moment it goes on from what it cosigned, and without its state not at all', async (t) => {
  const state = path.join(scratch(t), 'w');
  const first = await witness(t, state);
  assert.equal((await ask(first)).code, 0);
  first.child.kill('SIGKILL');
  await first.ended;
  const second = await witness(t, state);
  assert.equal(second.key, first.key);
  const checkpoint = fs.readFileSync(path.join(dir, 'checkpoint'), 'utf8');
  assert.equal((await post(`${second.url}/add-checkpoint`, `old 0\n\n${checkpoint}`)).status, 409);
  const rival = await witness(t, state);
  assert.equal(await rival.ended, 2, 'two on one folder');
  second.child.kill('SIGKILL');
  await second.ended;
  fs.rmSync(path.join(state, 'state'));
  const lost = await witness(t, state);
  assert.notEqual(await lost.ended, 0);
  assert.match(lost.stderr(), /not known any more/);
});

test('a witness that lies, or is not there, leaves nothing in the case', async (t) => {
  fs.rmSync(path.join(dir, 'anchors'), { recursive: true, force: true });
  const real = await witness(t, path.join(scratch(t), 'w'));
  let answer = () => [200, 'hello'];
  const server = http.createServer((request, response) => {
    request.resume().on('end', () => {
      const [status, body] = answer();
      response.writeHead(status);
      response.end(body);
    });
  });
  t.after(() => server.close());
  const liar = { url: `http://127.0.0.1:${await listen(server)}`, key: real.key };
  const refused = async (why) => {
    const done = await ask(liar);
    assert.notEqual(done.code, 0);
    assert.match(done.stderr, why);
    assert.equal(fs.existsSync(path.join(dir, 'anchors')), false, 'nothing is stored');
  };
  await refused(/no signature lines/);
  const checkpoint = fs.readFileSync(path.join(dir, 'checkpoint'), 'utf8');
  answer = () => [200, checkpoint.slice(checkpoint.indexOf('\n\n') + 2)];
  await refused(/did not sign with the key/);
  answer = () => [409, 'many\n'];
  await refused(/409 without the size/);
  answer = () => [409, '99999999\n'];
  await refused(/rolled back/);
  answer = () => [500, 'oops'];
  await refused(/answered 500: oops/);
  answer = () => [200, 'x'.repeat(3_000_000)];
  await refused(/over .* bytes/);
  server.close();
  liar.url = 'http://127.0.0.1:9';
  await refused(/no answer from/);
});

test('the wrong words get an answer that helps', async (t) => {
  const none = await run(['witness', '--dir', path.join(scratch(t), 'w')], { home });
  assert.equal(none.code, 2);
  assert.match(none.stderr, /keys\/case\.vkey/);
  const bad = await run(['verify', 'last', '--policy', policy(t, 'witness a b\n')], { home });
  assert.equal(bad.code, 2);
  assert.match(bad.stderr, /line 1/);
});
