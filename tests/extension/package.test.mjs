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
import zlib from 'node:zlib';

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
  const explained = fs.readFileSync(path.join(root, 'docs/permissions.md'), 'utf8');
  for (const permission of [...firefox.permissions, ...chromium.host_permissions]) assert.ok(explained.includes(`\`${permission}\``), `${permission} is explained in docs/permissions.md`);
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

function build() {
  const out = fs.mkdtempSync(path.join(os.tmpdir(), 'affiant-ext-'));
  execFileSync(process.execPath, [path.join(root, 'packaging/build-extension.mjs'), '--out', out]);
  return out;
}

test('TheSameSourceGivesTheSameBytes', (t) => {
  const dirs = [build(), build()];
  t.after(() => dirs.forEach((dir) => fs.rmSync(dir, { recursive: true })));
  const [a, b] = dirs.map((dir) => fs.readFileSync(path.join(dir, 'affiant-firefox.xpi')));
  assert.ok(a.equals(b));
});

test('ThePackageHoldsExactlyTheFolderAndUnpacks', (t) => {
  const out = build();
  t.after(() => fs.rmSync(out, { recursive: true }));
  const xpi = fs.readFileSync(path.join(out, 'affiant-firefox.xpi'));
  const names = [];
  let at = xpi.readUInt32LE(xpi.length - 22 + 16);
  while (xpi.readUInt32LE(at) === 0x02014b50) {
    const [method, crc, packed, size, nameLength] = [xpi.readUInt16LE(at + 10), xpi.readUInt32LE(at + 16), xpi.readUInt32LE(at + 20), xpi.readUInt32LE(at + 24), xpi.readUInt16LE(at + 28)];
    const name = xpi.toString('utf8', at + 46, at + 46 + nameLength);
    const local = xpi.readUInt32LE(at + 42);
    assert.equal(xpi.readUInt32LE(local), 0x04034b50);
    assert.equal(xpi.readUInt32LE(local + 14), crc);
    const data = xpi.subarray(local + 30 + nameLength, local + 30 + nameLength + packed);
    const bytes = method === 8 ? zlib.inflateRawSync(data) : data;
    assert.equal(bytes.length, size);
    assert.ok(bytes.equals(fs.readFileSync(path.join(out, 'firefox', name))), name);
    names.push(name);
    at += 46 + nameLength;
  }
  assert.equal(at, xpi.length - 22, 'the directory ends where the end record begins');
  const folder = fs.readdirSync(path.join(out, 'firefox'), { recursive: true, withFileTypes: true }).filter((e) => e.isFile()).length;
  assert.equal(names.length, folder);
  assert.deepEqual(names, [...names].sort());
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
