// Manifests, ids, permissions, and the packages built from them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, createPublicKey } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const json = (name) => JSON.parse(fs.readFileSync(path.join(root, name), 'utf8'));
const chromium = json('manifests/chromium.json');
const firefox = json('manifests/firefox.json');
const ids = json('manifests/ids.json');

test('TheChromiumIdIsThatOfThePublicKeyInTheManifest', () => {
  const der = Buffer.from(chromium.key, 'base64');
  const id = createHash('sha256').update(der).digest('hex').slice(0, 32).replace(/./g, (c) => String.fromCharCode(97 + Number.parseInt(c, 16)));
  assert.equal(id, ids.chromium.id);
  assert.equal(createPublicKey({ key: der, format: 'der', type: 'spki' }).asymmetricKeyType, 'rsa');
});

test('TheFirefoxIdAndTheHostsNameAreTheSameEverywhere', () => {
  assert.equal(firefox.browser_specific_settings.gecko.id, ids.firefox.id);
  assert.match(ids.native_host, /^[a-z0-9_]+(\.[a-z0-9_]+)*$/);
  assert.match(fs.readFileSync(path.join(root, 'extension/src/api.js'), 'utf8'), new RegExp(`HOST_NAME = '${ids.native_host}'`));
});

test('BothBrowsersAreAskedForTheSameAndEachPermissionIsExplained', () => {
  assert.deepEqual(chromium.permissions, firefox.permissions.filter((p) => p !== 'dns'), 'only Firefox has a resolver to ask');
  assert.deepEqual(chromium.host_permissions, firefox.host_permissions);
  const rows = [...fs.readFileSync(path.join(root, 'docs/permissions.md'), 'utf8').matchAll(/^\| `([^`]+)`(?: \((\w+)\))? \| (.*) \|$/gm)].map(([, permission, only, why]) => ({ permission, only, why }));
  assert.deepEqual(rows.map((row) => row.permission).sort(), [...firefox.permissions, ...firefox.host_permissions].sort(), 'docs/permissions.md explains these and no others');
  assert.deepEqual(rows.filter((row) => row.only).map((row) => [row.permission, row.only]), [['dns', 'Firefox']]);
  for (const { permission, why } of rows) assert.ok(why.length > 40, `${permission} is explained`);
  for (const manifest of [chromium, firefox]) for (const key of Object.keys(manifest)) assert.doesNotMatch(key, /optional|content_scripts|web_accessible|externally_connectable/, key);
});

test('NoPermissionIsAskedForThatIsNotUsed', () => {
  const source = fs.readdirSync(path.join(root, 'extension/src'), { recursive: true }).map(String).filter((f) => f.endsWith('.js')).map((f) => fs.readFileSync(path.join(root, 'extension/src', f), 'utf8')).join('\n');
  const used = { cookies: /api\.cookies\./, dns: /\.dns\?\.resolve/, nativeMessaging: /connectNative/, privacy: /api\.privacy/, scripting: /api\.scripting\./, storage: /api\.storage\./, webNavigation: /api\.webNavigation/, webRequest: /api\.webRequest/ };
  for (const permission of firefox.permissions) assert.match(source, used[permission] ?? /$^/, permission);
});

test('EveryContentScriptIsAScriptThatParses', () => {
  const dir = path.join(root, 'extension/src/content');
  for (const name of fs.readdirSync(dir)) assert.doesNotThrow(() => new vm.Script(fs.readFileSync(path.join(dir, name), 'utf8')), name);
});

test('PrivateWindowsAreOutOfReachByManifest', () => {
  assert.equal(chromium.incognito, 'not_allowed');
  assert.equal(firefox.incognito, 'not_allowed');
});

test('OnlyOneFileNamesTheBrowsersGlobals', () => {
  const dir = path.join(root, 'extension/src');
  for (const name of fs.readdirSync(dir, { recursive: true }).map(String)) {
    if (!name.endsWith('.js') || name === 'api.js' || name.startsWith('content')) continue;
    const code = fs.readFileSync(path.join(dir, name), 'utf8').replace(/\/\*[^]*?\*\/|\/\/.*$/gm, '');
    // What runs inside a page has no import: chrome.dom there is reached through globalThis.
    assert.doesNotMatch(code, /(?<![.\w'"-])(?:chrome|browser)\.\w/, name);
  }
});

/** @param {string} [from] folder of the source @param {Record<string, string>} [env] */
function build(from = root, env = {}) {
  const out = fs.mkdtempSync(path.join(os.tmpdir(), 'affiant-ext-'));
  execFileSync(process.execPath, [path.join(from, 'packaging/build-extension.mjs'), '--out', out], { env: { ...process.env, SOURCE_DATE_EPOCH: '', ...env }, stdio: 'pipe' });
  return out;
}

/** What the extension is made of, in a folder of its own. */
function copyOfTheSource(t) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'affiant-source-'));
  t.after(() => fs.rmSync(dir, { recursive: true }));
  for (const name of ['CMakeLists.txt', 'extension/_locales', 'extension/icons', 'extension/src', 'manifests', 'packaging']) fs.cpSync(path.join(root, name), path.join(dir, name), { recursive: true });
  return dir;
}

const ARCHIVES = { chromium: 'affiant-chromium.zip', firefox: 'affiant-firefox.xpi' };

/** Names, times and bytes, as a reader of the central directory sees them. @param {Buffer} zip */
function unzipped(zip) {
  const files = [];
  let at = zip.readUInt32LE(zip.length - 22 + 16);
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [method, time, date, crc, packed, size, nameLength] = [zip.readUInt16LE(at + 10), zip.readUInt16LE(at + 12), zip.readUInt16LE(at + 14), zip.readUInt32LE(at + 16), zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 24), zip.readUInt16LE(at + 28)];
    const local = zip.readUInt32LE(at + 42);
    assert.equal(zip.readUInt32LE(local), 0x04034b50);
    assert.equal(zip.readUInt32LE(local + 14), crc);
    assert.deepEqual([method, packed], [0, size], 'stored: a deflater would tie the bytes to its version');
    const data = zip.subarray(local + 30 + nameLength, local + 30 + nameLength + size);
    files.push({ name: zip.toString('utf8', at + 46, at + 46 + nameLength), when: `${(date >> 9) + 1980}-${(date >> 5) & 15}-${date & 31} ${time >> 11}:${(time >> 5) & 63}:${(time & 31) * 2}`, data });
    at += 46 + nameLength;
  }
  assert.equal(at, zip.length - 22, 'the directory ends where the end record begins');
  return files;
}

test('TheSameSourceInTwoFoldersGivesTheSameBytes', (t) => {
  const folders = [copyOfTheSource(t), copyOfTheSource(t)];
  fs.utimesSync(path.join(folders[1], 'extension/src/background.js'), 1, 1);
  const dirs = folders.map((folder) => build(folder));
  t.after(() => dirs.forEach((dir) => fs.rmSync(dir, { recursive: true })));
  for (const name of Object.values(ARCHIVES)) {
    const [a, b] = dirs.map((dir) => fs.readFileSync(path.join(dir, name)));
    assert.ok(a.equals(b), name);
  }
});

test('EveryFileBearsOneTimeThatOfTheCommitWhereTheBuildIsTold', (t) => {
  for (const [epoch, when] of [['', '2026-1-1 0:0:0'], [String(Date.UTC(2026, 10, 26, 21, 5, 9) / 1000), '2026-11-26 21:5:8']]) {
    const out = build(root, { SOURCE_DATE_EPOCH: epoch, TZ: 'Asia/Kolkata' });
    t.after(() => fs.rmSync(out, { recursive: true }));
    for (const name of Object.values(ARCHIVES)) assert.deepEqual([...new Set(unzipped(fs.readFileSync(path.join(out, name))).map((file) => file.when))], [when]);
  }
  assert.throws(() => build(root, { SOURCE_DATE_EPOCH: 'yesterday' }), /SOURCE_DATE_EPOCH is no number/);
});

test('APackageHoldsExactlyItsFolderButNoKeyForTheStore', (t) => {
  const out = build();
  t.after(() => fs.rmSync(out, { recursive: true }));
  for (const [browser, archive] of Object.entries(ARCHIVES)) {
    const files = unzipped(fs.readFileSync(path.join(out, archive)));
    for (const { name, data } of files) {
      const there = fs.readFileSync(path.join(out, browser, name));
      if (name !== 'manifest.json') assert.ok(data.equals(there), name);
      else {
        const { key, ...published } = JSON.parse(there.toString());
        assert.deepEqual(JSON.parse(data.toString()), published);
        assert.equal(key, browser === 'chromium' ? chromium.key : undefined, 'the folder keeps the key, which fixes the id of what is loaded unpacked');
      }
    }
    const names = files.map((file) => file.name);
    assert.equal(names.length, fs.readdirSync(path.join(out, browser), { recursive: true, withFileTypes: true }).filter((e) => e.isFile()).length);
    assert.deepEqual(names, [...names].sort());
    assert.deepEqual(names.filter((name) => !/^(?:manifest\.json|_locales\/\w+\/messages\.json|icons\/\d+\.png|src\/.*\.(?:js|html|css)|vendor\/autoconsent\/about\.json)$/.test(name)), []);
  }
});

test('AFileThatDoesNotBelongIsNamedAndNotShipped', (t) => {
  for (const stray of ['extension/src/background.js.orig', 'extension/src/ui/.popup.js.swp', 'extension/icons/key.pem', 'extension/_locales/en/notes.txt']) {
    const dir = copyOfTheSource(t);
    fs.writeFileSync(path.join(dir, stray), 'x');
    assert.throws(() => build(dir), (error) => error.stderr.toString().includes(`${stray} does not belong`), stray);
  }
  const dir = copyOfTheSource(t);
  fs.symlinkSync('/etc/hostname', path.join(dir, 'extension/src/elsewhere.js'));
  assert.throws(() => build(dir), (error) => error.stderr.toString().includes('elsewhere.js does not belong'));
});

test('TheIconsAreThereInTheSizesThatTheirNamesSay', () => {
  for (const manifest of [chromium, firefox]) for (const [size, name] of Object.entries(manifest.icons)) {
    const png = fs.readFileSync(path.join(root, 'extension', name));
    assert.deepEqual([png.toString('latin1', 1, 4), png.readUInt32BE(16), png.readUInt32BE(20)], ['PNG', Number(size), Number(size)]);
  }
  assert.ok(chromium.icons['128'], 'the Chrome Web Store asks for it');
});

test('EveryFileThatAManifestOrPageNamesIsThere', (t) => {
  const out = build();
  t.after(() => fs.rmSync(out, { recursive: true }));
  for (const [browser, named] of [['chromium', chromium.background.service_worker], ['firefox', firefox.background.scripts[0]]]) {
    for (const name of [named, chromium.action.default_popup, 'src/content/main.js', 'src/content/isolated.js']) assert.ok(fs.existsSync(path.join(out, browser, name)), name);
  }
  const dir = path.join(root, 'extension/src');
  for (const name of fs.readdirSync(dir, { recursive: true }).map(String).filter((f) => f.endsWith('.js'))) {
    for (const [, target] of fs.readFileSync(path.join(dir, name), 'utf8').matchAll(/^import .* from '(\.[^']+)'/gm))
      assert.ok(fs.existsSync(path.join(dir, path.dirname(name), target)), `${name} imports ${target}`);
  }
});
