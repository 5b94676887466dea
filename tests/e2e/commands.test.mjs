// The smaller commands as a newcomer meets them: help that teaches, answers on stdout, errors with a way on.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { filesUnder, run, scratch } from './lib.mjs';

test('every command has help with an example or an option list, on stdout, exit 0', async (t) => {
  const home = scratch(t);
  const top = await run(['--help'], { home });
  assert.equal(top.code, 0);
  for (const command of ['audit', 'report', 'compare', 'verify', 'export', 'import', 'anchor', 'cosign', 'witness', 'cases', 'erase', 'key', 'policy', 'explain', 'kb', 'demo', 'install', 'uninstall', 'doctor']) {
    assert.match(top.stdout, new RegExp(`\\b${command}\\b`), `--help names ${command}`);
    const help = await run([command, '--help'], { home });
    assert.equal(help.code, 0, `${command} --help`);
    assert.match(help.stdout, /--|[A-Z]{3,}/);
  }
  assert.match((await run(['--version'], { home })).stdout, /^affiant \d+\.\d+\.\d+/);
  assert.deepEqual(filesUnder(home), [], 'asking for help writes nothing');
});

test('explain says what becomes of a Set-Cookie, and what a later request sends', async (t) => {
  const home = scratch(t);
  const { code, stdout } = await run(['explain', 'id=1; SameSite=None', 'ok=2; Path=/; Max-Age=60', '--url', 'https://shop.example/',
    '--engine', 'chromium', '--at', '2026-01-01T00:00:00Z', '--send-to', 'https://shop.example/a', '--format', 'json'], { home });
  assert.equal(code, 0);
  const answer = JSON.parse(stdout);
  assert.match(stdout, /SameSite/);
  assert.match(JSON.stringify(answer), /"ok=2"/, 'the Cookie header holds the one that was stored only');
});

test('policy reads several files and stdin, and says which it could not', async (t) => {
  const home = scratch(t);
  const file = path.join(home, 'policy.md');
  fs.writeFileSync(file, '# Privacy policy\n\nWe do not use third-party cookies on this website.\n\n## Cookies\n\n' +
    'We use cookies to measure how visitors use our website. We use Google Analytics for statistics.\n\n' +
    '| Cookie | Purpose | Expires |\n|---|---|---|\n| sid | Keeps you logged in | 30 days |\n');
  const { code, stdout } = await run(['policy', file, '--format', 'json'], { home });
  assert.equal(code, 0);
  const [line] = stdout.trim().split('\n').map((text) => JSON.parse(text));
  assert.equal(line.language, 'en');
  assert.ok(line.declaration.statements.some((s) => s.type === 'third-party-denial' && s.polarity === 'does-not'), stdout);
  assert.ok(line.declaration.statements.some((s) => s.parties.some((p) => /Google Analytics/.test(p))), stdout);
  assert.deepEqual(line.declaration.cookies.map((c) => [c.pattern, c.lifetime_s]), [['sid', 30 * 86400]]);
  const missing = await run(['policy', path.join(home, 'absent.md'), file, '--format', 'json'], { home });
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /absent\.md/);
  assert.equal(missing.stdout.trim().split('\n').length, 1, 'the readable file is still read');
});

test('key says who signs, gives the public half away, and takes a new identity in place of the old one', async (t) => {
  const home = scratch(t);
  const none = await run(['key', 'show'], { home });
  assert.equal(none.code, 2);
  assert.match(none.stderr, /affiant key new/);
  assert.equal((await run(['key', 'new'], { home })).code, 0);
  const again = await run(['key', 'new'], { home });
  assert.equal(again.code, 2);
  assert.match(again.stderr, /there is an identity already.*rotate/);
  const file = path.join(home, 'me.vkey');
  assert.equal((await run(['key', 'export-public', '-o', file], { home })).code, 0);
  const shown = JSON.parse((await run(['key', 'show', '--json'], { home })).stdout);
  assert.equal(fs.readFileSync(file, 'utf8'), `${shown.vkey}\n`);
  const pem = (await run(['key', 'export-public', '--format', 'pem'], { home })).stdout;
  const raw = crypto.createPublicKey(pem).export({ format: 'der', type: 'spki' }).subarray(-32);
  const encoded = shown.vkey.split('+').slice(2).join('+');  // Base64 may hold a plus.
  assert.deepEqual(Buffer.from(encoded, 'base64'), Buffer.concat([Buffer.from([1]), raw]), 'PEM and vkey are one key');
  const rotated = await run(['key', 'rotate', '--yes'], { home });
  assert.equal(rotated.code, 0, rotated.stderr);
  const now = JSON.parse((await run(['key', 'show', '--json'], { home })).stdout);
  assert.notEqual(now.vkey, shown.vkey);
  assert.deepEqual(now.retired, [shown.vkey]);
  fs.chmodSync(now.file, 0o640);
  const open = await run(['key', 'show'], { home });
  assert.equal(open.code, 2);
  assert.match(open.stderr, /can be read by others/);
});

test('install writes the manifests of the browsers found, uninstall takes back exactly those', async (t) => {
  const home = scratch(t);
  const user = path.join(home, 'user');
  fs.mkdirSync(path.join(user, '.config', 'chromium'), { recursive: true });
  fs.mkdirSync(path.join(user, '.mozilla', 'firefox'), { recursive: true });
  const env = { HOME: user, XDG_CONFIG_HOME: path.join(user, '.config') };
  const dry = await run(['install', '--dry-run'], { home, env });
  assert.equal(dry.code, 0, dry.stderr);
  assert.deepEqual(filesUnder(user), [], '--dry-run writes nothing');
  const installed = await run(['install'], { home, env });
  assert.equal(installed.code, 0, installed.stderr);
  const manifests = filesUnder(user);
  assert.ok(manifests.length >= 1, installed.stdout + installed.stderr);
  for (const file of manifests) assert.ok(fs.existsSync(JSON.parse(fs.readFileSync(path.join(user, file), 'utf8')).path), 'a manifest points at a host that is there');
  const foreign = path.join(user, path.dirname(manifests[0]), 'org.other.json');
  fs.writeFileSync(foreign, '{}');
  const removed = await run(['uninstall'], { home, env });
  assert.equal(removed.code, 0, removed.stderr);
  assert.deepEqual(filesUnder(user), [path.relative(user, foreign)], 'only what install wrote is gone');
});

test('cases lists nothing politely, kb lookup names an owner', async (t) => {
  const home = scratch(t);
  assert.equal((await run(['cases'], { home })).code, 0);
  const owner = await run(['kb', 'lookup', 'www.google-analytics.com', '_ga', '--format', 'json'], { home });
  assert.equal(owner.code, 0);
  assert.match(owner.stdout, /Google/);
});
