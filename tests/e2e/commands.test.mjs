// The smaller commands as a newcomer meets them: help that teaches, answers on stdout, errors with a way on.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { binDir, browsers, filesUnder, run, scratch } from './lib.mjs';

test('every command has help with an example or an option list, on stdout, exit 0', async (t) => {
  const home = scratch(t);
  const top = await run(['--help'], { home });
  assert.equal(top.code, 0);
  for (const command of ['audit', 'report', 'compare', 'diff', 'verify', 'export', 'import', 'anchor', 'cosign', 'witness', 'cases', 'erase', 'key', 'policy', 'explain', 'kb', 'demo', 'install', 'uninstall', 'doctor']) {
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

test('policy reads many files side by side, in the order named, and one bad file stops no other', async (t) => {
  const home = scratch(t);
  const files = [];
  for (let i = 0; i < 40; i += 1) {
    files.push(path.join(home, `p${i}.md`));
    fs.writeFileSync(files[i], `# Privacy\n\nWe use cookies to count visits. We do not use third-party cookies.\n\n${'The shop keeps orders. '.repeat(i % 2 ? 2000 : 1)}\n`);
  }
  files.splice(7, 0, home, path.join(home, 'absent.md'));
  const first = await run(['policy', '--format', 'json', ...files], { home });
  assert.equal(first.code, 2);
  assert.match(first.stderr, /is a folder; name the files in it/);
  assert.match(first.stderr, /absent\.md/);
  const named = first.stdout.trim().split('\n').map((line) => JSON.parse(line).file);
  assert.deepEqual(named, files.filter((file) => /p\d+\.md$/.test(file)));
  assert.equal((await run(['policy', '--format', 'json', ...files], { home })).stdout, first.stdout);
});

test('policy says in words for a newcomer what is denied, within 80 columns and without colours', async (t) => {
  const home = scratch(t);
  const file = path.join(home, 'policy.md');
  fs.writeFileSync(file, '# Privacy policy\n\nWe do not use third-party cookies on this website. We use cookies to measure how visitors use our website, ' +
    'and we use Google Analytics for statistics, which is a service of a company that has its seat in another country than ours.\n\n' +
    '| Cookie | Purpose | Expires |\n|---|---|---|\n| a_name_that_is_far_too_long_for_a_column_of_a_terminal | Counts | 30 days |\n');
  const { code, stdout } = await run(['policy', file], { home });
  assert.equal(code, 0);
  assert.match(stdout, /A policy in English/);
  assert.match(stdout, /What is denied\n +S\d+ +No (third parties|cookies of third parties)/);
  assert.match(stdout, /Named company: Google Analytics/);
  assert.match(stdout, /30 days/);
  assert.doesNotMatch(stdout, /\x1b/);
  for (const line of stdout.split('\n').slice(1)) assert.ok([...line].length <= 80, line);
});

test('policy reads a PDF that a browser printed', { skip: !browsers.includes('chromium') }, async (t) => {
  const home = scratch(t);
  const page = path.join(home, 'page.html');
  const pdf = path.join(home, 'privacy.pdf');
  fs.writeFileSync(page, `<!doctype html><title>Privacy</title><h1>Privacy policy</h1><p>We do not use third-party cookies on this website.</p>
    <h2>Who helps us</h2><p>We use Google Analytics for statistics.</p><ul><li>Orders are kept.</li><li>Visits are counted.</li></ul>`);
  execFileSync('/usr/bin/chromium', ['--headless=new', '--no-sandbox', '--disable-gpu', `--user-data-dir=${path.join(home, 'profile')}`,
    `--print-to-pdf=${pdf}`, `file://${page}`], { stdio: 'ignore', timeout: 60_000 });
  const { code, stdout, stderr } = await run(['policy', pdf, '--format', 'json'], { home });
  assert.equal(code, 0, stderr);
  const { declaration, unread } = JSON.parse(stdout);
  assert.deepEqual(unread, []);
  assert.ok(declaration.statements.some((s) => s.type === 'third-party-denial' && s.quote === 'We do not use third-party cookies on this website.'), stdout);
  assert.ok(declaration.statements.some((s) => s.parties.includes('Google Analytics')), stdout);
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

test('install in a home that cannot be written changes nothing and says why, and in another person\'s refuses', async (t) => {
  const root = process.getuid() === 0;
  const home = scratch(t);
  fs.chmodSync(home, 0o755);
  // Where anybody may start it: a checkout may be its owner's alone.
  for (const name of ['affiant', 'affiant-host']) fs.copyFileSync(path.join(binDir, name), path.join(home, name));
  const user = path.join(home, 'user');
  const profile = path.join(user, '.config', 'chromium');
  fs.mkdirSync(profile, { recursive: true });
  const nobody = 65534;
  const as = { program: path.join(home, 'affiant'), uid: root ? nobody : undefined };
  const env = { HOME: user, XDG_CONFIG_HOME: path.join(user, '.config'), PATH: '/nowhere' };
  const folders = [profile, path.join(user, '.config'), user];
  const lock = (mode) => { for (const dir of folders) { fs.chmodSync(dir, mode); if (root) fs.chownSync(dir, nobody, nobody); } };
  lock(0o555);
  try {
    for (const args of [['install', '--dry-run'], ['install']]) {
      const { code, stdout } = await run(args, { home: path.join(user, '.config', 'affiant'), env, ...as });
      assert.equal(code, 2, stdout);
      assert.match(stdout, /failed .*Chromium.*cannot write in .*Permission denied.*Nothing was written there/);
    }
    // Where the browser's folder can be written, but not where it would be noted.
    fs.chmodSync(profile, 0o755);
    const unnoted = await run(['install'], { home: path.join(user, 'affiant'), env, ...as });
    assert.equal(unnoted.code, 2, unnoted.stdout + unnoted.stderr);
    assert.match(unnoted.stderr, /nothing was changed.*Permission denied.*AFFIANT_HOME/);
    assert.deepEqual(filesUnder(user), []);
    assert.deepEqual(fs.readdirSync(profile), []);
  } finally {
    lock(0o755);  // To be removed again.
  }
  if (!root) return;
  const other = await run(['install'], { home, env, program: as.program });
  assert.equal(other.code, 2);
  assert.match(other.stderr, /belongs to another user.*Nothing was changed/);
});

test('cases lists nothing politely, kb lookup names an owner', async (t) => {
  const home = scratch(t);
  assert.equal((await run(['cases'], { home })).code, 0);
  const owner = await run(['kb', 'lookup', 'www.google-analytics.com', '_ga', '--format', 'json'], { home });
  assert.equal(owner.code, 0);
  assert.match(owner.stdout, /Google/);
});
