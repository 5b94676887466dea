// The sources of installers that cannot be made here say what manifests/ says: the one table of places, the one pair of ids.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { binDir } from '../e2e/lib.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const read = (name) => fs.readFileSync(path.join(root, name), 'utf8');
const { browsers } = JSON.parse(read('manifests/browsers.json'));
const ids = JSON.parse(read('manifests/ids.json'));
const manifest = (engine, host) => ({ name: ids.native_host, description: 'Affiant: writes what the extension saw to a signed log', path: host, type: 'stdio',
  ...(engine === 'firefox' ? { allowed_extensions: [ids.firefox.id] } : { allowed_origins: [`chrome-extension://${ids.chromium.id}/`] }) });

/** The elements of a document without entities and character data, or an error that says where it is not well-formed. @param {string} text */
function elements(text) {
  const found = [];
  const open = [];
  let at = 0;
  for (const match of text.matchAll(/<\?xml [^?]*\?>|<!--(?:(?!--)[^])*-->|<(\/?)([A-Za-z]+)((?:\s+[A-Za-z:]+="[^"<&]*")*)\s*(\/?)>/g)) {
    assert.match(text.slice(at, match.index), /^\s*$/, `at ${at}`);
    at = match.index + match[0].length;
    const [, closing, name, attributes, empty] = match;
    if (name === undefined) continue;
    if (closing) {
      assert.equal(open.pop()?.name, name, `at ${match.index}`);
      continue;
    }
    const pairs = [...attributes.matchAll(/([A-Za-z:]+)="([^"]*)"/g)].map(([, key, value]) => [key, value]);
    const element = { name, at: Object.fromEntries(pairs), inside: [...open] };
    assert.equal(Object.keys(element.at).length, pairs.length, `an attribute twice at ${match.index}`);
    found.push(element);
    if (!empty) open.push(element);
  }
  assert.match(text.slice(at), /^\s*$/, `at ${at}`);
  assert.deepEqual(open, []);
  return found;
}

test('the reader of XML refuses what is not well-formed', () => {
  for (const bad of ['<a>', '<a></b>', '<a x="1" x="2"/>', '<a>text</a>', '<a x=1/>', '<a/><']) assert.throws(() => elements(bad), bad);
});

test('the Windows installer registers the host at every key of the table that is for all users, and at no other', () => {
  const wxs = elements(read('packaging/windows/affiant.wxs'));
  const files = new Map(wxs.filter(({ name }) => name === 'File').map(({ at }) => [at.Id, at.Source]));
  const registered = new Map();
  for (const value of wxs.filter(({ name }) => name === 'RegistryValue')) {
    const key = value.inside.at(-1);
    assert.deepEqual([key.name, key.at.Root, value.at.Type, value.at.Name], ['RegistryKey', 'HKLM', 'string', undefined]);
    assert.ok(!registered.has(key.at.Key), key.at.Key);
    registered.set(key.at.Key, files.get(/^\[#(.*)\]$/.exec(value.at.Value)[1]));
  }
  const expected = new Map();
  for (const { engine, windows } of browsers) {
    const [hive, ...key] = windows.system.split('\\');
    assert.equal(hive, 'HKEY_LOCAL_MACHINE');
    expected.set([...key, ids.native_host].join('\\'), `${ids.native_host}.${engine}.json`);
  }
  assert.deepEqual([...registered].sort(), [...expected].sort());
});

test('every component of the Windows installer is installed, has one key path, and what it takes from here is here', () => {
  const wxs = elements(read('packaging/windows/affiant.wxs'));
  const named = (name) => wxs.filter((element) => element.name === name);
  assert.deepEqual(named('ComponentRef').map(({ at }) => at.Id).sort(), named('Component').map(({ at }) => at.Id).sort());
  for (const component of named('Component'))
    assert.equal(wxs.filter(({ at, inside }) => at.KeyPath === 'yes' && inside.includes(component)).length, 1, component.at.Id);
  const sources = named('File').map(({ at }) => at.Source);
  for (const source of sources.filter((s) => !s.startsWith('$(Programs)\\')))
    assert.ok(fs.existsSync(path.join(root, 'packaging/windows', source.replaceAll('\\', '/'))), source);
  assert.deepEqual(sources.filter((s) => s.startsWith('$(Programs)\\')).sort(), ['$(Programs)\\affiant-host.exe', '$(Programs)\\affiant.exe']);
  assert.match(named('Package')[0].at.UpgradeCode, /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
  assert.equal(named('Package')[0].at.Scope, 'perMachine');
});

test('the manifests of the Windows installer let our extensions start the host beside them', () => {
  for (const engine of ['chromium', 'firefox'])
    assert.deepEqual(JSON.parse(read(`packaging/windows/${ids.native_host}.${engine}.json`)), manifest(engine, 'affiant-host.exe'));
});

test('the macOS package has a manifest in every folder of the table that is for all users, and programs where those name them', (t) => {
  const stage = fs.mkdtempSync(path.join(os.tmpdir(), 'affiant-stage-'));
  t.after(() => fs.rmSync(stage, { recursive: true }));
  execFileSync(process.execPath, [path.join(root, 'packaging/macos/stage.mjs'), path.join(binDir, '..'), stage]);
  const host = '/usr/local/libexec/affiant/affiant-host';
  const expected = ['/usr/local/bin/affiant', host, '/usr/local/libexec/affiant/affiant'];
  for (const { engine, macos } of browsers) {
    if (macos.system === null) continue;
    const at = `${macos.system}/${ids.native_host}.json`;
    expected.push(at);
    assert.deepEqual(JSON.parse(fs.readFileSync(path.join(stage, at), 'utf8')), manifest(engine, host), at);
  }
  const files = fs.readdirSync(stage, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
  assert.equal(files.length, expected.length);
  for (const at of expected) assert.ok(fs.lstatSync(path.join(stage, at)), at);
  assert.equal(fs.realpathSync(path.join(stage, '/usr/local/libexec/affiant/affiant')), fs.realpathSync(path.join(stage, '/usr/local/bin/affiant')));
  assert.ok(fs.statSync(path.join(stage, host)).mode & 0o111);
});

test('anywhere but on macOS the package script refuses, and makes nothing', { skip: process.platform === 'darwin' }, (t) => {
  const out = path.join(os.tmpdir(), `affiant-${process.pid}.pkg`);
  const { status, stderr } = spawnSync(path.join(root, 'packaging/macos/pkgbuild.sh'), [path.join(binDir, '..'), out], { encoding: 'utf8' });
  assert.equal(status, 1);
  assert.match(stderr, /macOS alone has pkgbuild/);
  assert.ok(!fs.existsSync(out));
});
