// A recorded case handed to a stranger: exported, with parts withheld, checked with openssl alone, imported, reported on, erased.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import test, { before } from 'node:test';
import { browsers, filesUnder, run, scratch } from './lib.mjs';

const sha256 = (file) => crypto.createHash('sha256').update(fs.readFileSync(file)).digest('hex');
const files = {};  // Of the one recording that all tests work on: its home.
let home = '';

before(async (t) => {
  if (browsers.length === 0) throw new Error('no browser is installed: install-deps.sh installs both');
  home = fs.mkdtempSync(path.join((await import('node:os')).tmpdir(), 'affiant-bundle-'));
  process.on('exit', () => fs.rmSync(home, { recursive: true, force: true }));
  const { code, stderr } = await run(['audit', '--demo', '--fail-on', 'never', '--browser', browsers[0]], { home });
  assert.equal(code, 0, stderr);
  files.vkey = path.join(home, 'me.vkey');
  await run(['key', 'export-public', '-o', files.vkey], { home });
});

/** Unpacks with the system's own unzip: strangers have no other. */
function unzip(t, file) {
  const dir = scratch(t);
  execFileSync('unzip', ['-q', file, '-d', dir]);
  return dir;
}

async function exported(t, ...options) {
  const file = path.join(scratch(t), 'shop.affiant.zip');
  const done = await run(['export', 'last', '-o', file, ...options], { home });
  assert.equal(done.code, 0, done.stderr);
  return file;
}

async function verdict(file, ...options) {
  const done = await run(['verify', file, '--json', '--strict', ...options], { home });
  return { code: done.code, ...JSON.parse(done.stdout) };
}

/** The shell commands of README.txt, as a reader would copy them. */
function readmeCommands(dir) {
  const text = fs.readFileSync(path.join(dir, 'README.txt'), 'utf8');
  return text.slice(text.indexOf('t=$(mktemp'), text.indexOf('\n)\n', text.indexOf('t=$(mktemp')) + 3);
}

test('a bundle verifies like its case, and the same export gives the same bytes', async (t) => {
  const file = await exported(t);
  assert.equal(sha256(file), sha256(await exported(t)));
  const its = await verdict(file);
  const own = await verdict('last');
  assert.equal(its.code, 0);
  assert.deepEqual([its.integrity, its.complete, its.key, its.root], ['intact', 'complete', 'unpinned', own.root]);
  assert.equal((await verdict(file, '--key', files.vkey)).key, 'pinned');
  assert.deepEqual(filesUnder(unzip(t, file)).filter((name) => name.endsWith('.key')), [], 'no private key leaves');
});

test('its README checks both signatures with openssl alone, and finds a change', async (t) => {
  const dir = unzip(t, await exported(t));
  const sh = () => spawnSync('sh', ['-c', readmeCommands(dir)], { cwd: dir, encoding: 'utf8' });
  const good = sh();
  assert.equal(good.status, 0, good.stderr + good.stdout);
  assert.equal(good.stdout.match(/Signature Verified Successfully/g)?.length, 2, good.stdout);
  const checkpoint = path.join(dir, 'checkpoint');
  fs.writeFileSync(checkpoint, fs.readFileSync(checkpoint, 'utf8').replace(/\n(\d+)\n/, (_, n) => `\n${Number(n) + 1}\n`));
  assert.notEqual(sh().status, 0);
});

test('withheld fields are nowhere in it, the report says so, and findings rest on what is left', async (t) => {
  const file = await exported(t, '--withhold', 'values,urls,ips');
  const dir = unzip(t, file);
  assert.equal(fs.readFileSync(path.join(dir, 'disclosures.jsonl'), 'utf8'), '');
  const its = await verdict(file);
  assert.equal(its.integrity, 'intact');
  assert.ok(its.withheld > 100, `${its.withheld} withheld`);
  const report = await run(['report', file, '--format', 'json'], { home });
  assert.equal(report.code, 0, report.stderr);
  const whole = JSON.parse((await run(['report', 'last', '--format', 'json'], { home })).stdout);
  const part = JSON.parse(report.stdout);
  assert.ok(part.cookies.length > 0 && part.cookies.every((c) => whole.cookies.some((o) => o.name === c.name && o.domain === c.domain)), 'nothing is invented');
  assert.ok(part.cookies.every((c) => !c.identifier_like), 'a value that is not there looks like nothing');
  assert.match((await run(['report', file], { home })).stdout, /withheld from this copy/);
  assert.match(fs.readFileSync(path.join(dir, 'report.txt'), 'utf8'), /withheld from this copy/);
  const [, data] = fs.readFileSync(path.join(dir, 'report.html'), 'utf8').match(/<script type="application\/json" id="report">([^<]*)<\/script>/);
  assert.deepEqual(JSON.parse(data), JSON.parse(fs.readFileSync(path.join(dir, 'report.json'), 'utf8')), 'the page shows the same report');
});

test('chosen entries come with proofs that openssl and a shell can check', async (t) => {
  const file = await exported(t, '--rows', '5,9-10');
  const dir = unzip(t, file);
  const its = await verdict(file);
  assert.deepEqual([its.code, its.integrity, its.complete], [0, 'intact', 'partial']);
  for (const row of ['5', '9', '10']) {
    const checked = spawnSync('sh', ['check-proof.sh', row], { cwd: dir, encoding: 'utf8' });
    assert.equal(checked.status, 0, checked.stderr);
    assert.match(checked.stdout, new RegExp(`"i":${row},`));
  }
  const segment = path.join(dir, 'seg/00000.jsonl');
  fs.writeFileSync(segment, fs.readFileSync(segment, 'utf8').replace('"i":9,"k":"', '"i":9,"k":"x'));
  assert.notEqual(spawnSync('sh', ['check-proof.sh', '9'], { cwd: dir }).status, 0);
});

test('a bundle becomes a read-only case that report and compare work on', async (t) => {
  const other = scratch(t);
  const file = await exported(t, '--withhold', 'values');
  const done = await run(['import', file, '--key', files.vkey], { home: other });
  assert.equal(done.code, 0, done.stderr);
  const id = /imported as (\S+?)\. /.exec(done.stderr)[1];
  const report = await run(['report', id, '--format', 'json'], { home: other });
  assert.equal(report.code, 0, report.stderr);
  assert.ok(JSON.parse(report.stdout).case.withheld_fields > 0);
  const policy = path.join(other, 'policy.md');
  fs.writeFileSync(policy, '# Privacy policy\n\nWe do not use third-party cookies on this website.\n\n## Cookies\n\n' +
    'We use cookies to measure how visitors use our website. We use Google Analytics for statistics.\n\n' +
    '| Cookie | Purpose | Expires |\n|---|---|---|\n| sid | Keeps you logged in | 30 days |\n');
  const compared = await run(['compare', id, '--policy', policy, '--format', 'json', '--fail-on', 'never'], { home: other });
  assert.equal(compared.code, 0, compared.stderr);
  assert.ok(JSON.parse(compared.stdout).findings.some((f) => f.strength === 'contradicted'), 'the same evidence against another policy');
  assert.equal((fs.statSync(path.join(other, 'cases', id, 'checkpoint')).mode & 0o222), 0);
  assert.equal((await run(['erase', id, '--yes'], { home: other })).code, 0);
  assert.deepEqual(filesUnder(path.join(other, 'cases')), []);
});

test('a changed bundle, and one of somebody else, are not imported', async (t) => {
  const other = scratch(t);
  await run(['key', 'new'], { home: other });
  await run(['key', 'export-public', '-o', path.join(other, 'other.vkey')], { home: other });
  const file = await exported(t);
  const theirs = await run(['import', file, '--key', path.join(other, 'other.vkey')], { home: other });
  assert.deepEqual([theirs.code, filesUnder(path.join(other, 'cases'))], [3, []]);
  const dir = unzip(t, file);
  const segment = path.join(dir, 'seg/00000.jsonl');
  fs.writeFileSync(segment, fs.readFileSync(segment, 'utf8').replace('"cookie.change"', '"cookie.chance"'));
  fs.rmSync(file);
  execFileSync('zip', ['-q', '-r', file, '.'], { cwd: dir });
  const bent = await run(['import', file], { home: other });
  assert.equal(bent.code, 3);
  assert.match(bent.stdout, /BROKEN/);
  assert.deepEqual(filesUnder(path.join(other, 'cases')), [], 'nothing is left behind');
});

test('the log as tlog-tiles has every entry, and its tiles make the signed root', async (t) => {
  const dir = path.join(scratch(t), 'tiles');
  const done = await run(['export', 'last', '--tiles', dir], { home });
  assert.equal(done.code, 0, done.stderr);
  const [, size, root] = fs.readFileSync(path.join(dir, 'checkpoint'), 'utf8').split('\n');
  const bundles = filesUnder(path.join(dir, 'tile/entries'));
  const hash = (...parts) => crypto.createHash('sha256').update(Buffer.concat(parts)).digest();
  const leaves = [];
  for (const name of bundles) {
    const bytes = fs.readFileSync(path.join(dir, 'tile/entries', name));
    for (let at = 0; at < bytes.length;) {
      const length = bytes.readUInt16BE(at);
      leaves.push(hash(Buffer.of(0), bytes.subarray(at + 2, at + 2 + length)));
      at += 2 + length;
    }
  }
  assert.equal(leaves.length, Number(size));
  const tiles = Buffer.concat(filesUnder(path.join(dir, 'tile/0')).map((name) => fs.readFileSync(path.join(dir, 'tile/0', name))));
  assert.ok(tiles.equals(Buffer.concat(leaves)));
  const stack = [];  // RFC 6962: complete subtrees, joined from the right.
  for (const [i, leaf] of leaves.entries()) {
    let node = leaf;
    for (let n = i; n & 1; n >>= 1) node = hash(Buffer.of(1), stack.pop(), node);
    stack.push(node);
  }
  assert.equal(stack.reduceRight((right, left) => hash(Buffer.of(1), left, right)).toString('base64'), root);
});

test('wrong words and files get an answer that helps', async (t) => {
  const bad = async (...args) => {
    const done = await run(args, { home });
    return [done.code, done.stderr];
  };
  const [code, text] = await bad('export', 'last', '--withhold', 'names');
  assert.equal(code, 2);
  assert.match(text, /none of values, urls, ips/);
  assert.match((await bad('export', 'last', '--rows', '9-3'))[1], /range like 3-9/);
  assert.match((await bad('export', 'last', '--rows', '99999999'))[1], /entries are 0 to/);
  const file = path.join(scratch(t), 'x.zip');
  fs.writeFileSync(file, 'not a zip');
  for (const command of ['verify', 'report', 'import']) {
    const [wrong, why] = await bad(command, file);
    assert.ok(wrong === 2 || wrong === 3, `${command}: ${wrong}`);
    assert.match(why, /not a bundle that can be read/);
  }
});

// Last: it changes the recording.
test('parts are erased for good, and the rest still verifies', async (t) => {
  const before = await verdict('last');
  const done = await run(['erase', 'last', '--rows', '9', '--disclosures', 'values', '--yes'], { home });
  assert.equal(done.code, 0, done.stderr);
  const after = await verdict('last');
  assert.deepEqual([after.code, after.integrity, after.complete, after.root], [0, 'intact', 'partial', before.root]);
  assert.equal(after.entries_erased, 1);
  assert.ok(after.erased > 0);
  assert.equal((await run(['report', 'last'], { home })).code, 0);
  const file = await exported(t);
  assert.equal((await verdict(file)).entries_erased, 1);
  const row = await run(['export', 'last', '--rows', '9', '-o', path.join(scratch(t), 'x.zip')], { home });
  assert.equal(row.code, 2);
  assert.match(row.stderr, /entry 9 was erased/);
});
