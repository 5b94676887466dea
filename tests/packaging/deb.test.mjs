// The deb, unpacked: the same bytes each time, the right files in the right places, no larger than promised, and nothing that lintian minds.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { binDir } from '../e2e/lib.mjs';

const build = path.dirname(binDir);
const root = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');
const ids = JSON.parse(fs.readFileSync(path.join(root, 'manifests/ids.json'), 'utf8'));
const run = (program, ...args) => execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], cwd: build, maxBuffer: 1 << 26 });
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'affiant-deb-'));
test.after(() => fs.rmSync(dir, { recursive: true, force: true }));

/** @param {string} to @param {string} umask that of whoever builds must not matter */
function pack(to, umask, kind = 'deb') {
  const said = spawnSync('sh', ['-c', `umask ${umask}; exec cpack -G ${kind.toUpperCase()} -B "$0"`, path.join(dir, to)], { cwd: build, encoding: 'utf8' });
  assert.equal(said.status, 0, said.stdout + said.stderr);
  return path.join(dir, to, fs.readdirSync(path.join(dir, to)).find((name) => name.endsWith(`.${kind}`)));
}
const deb = pack('one', '022');
const tree = path.join(dir, 'tree');
run('dpkg-deb', '-x', deb, tree);
const control = Object.fromEntries([...run('dpkg-deb', '-f', deb).matchAll(/^([A-Za-z-]+): (.*)$/gm)].map(([, key, value]) => [key, value]));
const read = (file) => fs.readFileSync(path.join(tree, file), 'utf8');
const bytesUnder = (at) => Number(run('du', '-sb', path.join(tree, at)).split('\t')[0]);

test('two runs of one build give the same bytes, whatever the umask', () => {
  const hash = (file) => createHash('sha256').update(fs.readFileSync(file)).digest('hex');
  assert.equal(hash(pack('two', '077')), hash(deb));
});

test('the browsers of a machine find host and extension at the places fixed in them', () => {
  const host = '/usr/libexec/affiant/affiant-host';
  for (const [kind, file] of [['chromium', `etc/chromium/native-messaging-hosts/${ids.native_host}.json`], ['firefox', `usr/lib/mozilla/native-messaging-hosts/${ids.native_host}.json`]]) {
    assert.equal(read(file), run(path.join(binDir, 'affiant_texts'), 'manifest', kind, host), 'as affiant install would write it');
    assert.ok(fs.statSync(path.join(tree, JSON.parse(read(file)).path)).mode & 0o111, 'the host is there');
  }
  const inTree = (link) => path.join(tree, path.resolve('/', path.dirname(link), fs.readlinkSync(path.join(tree, link))));
  const unpacked = inTree(`usr/share/chromium/extensions/${ids.chromium.id}`);
  const { key } = JSON.parse(fs.readFileSync(path.join(unpacked, 'manifest.json'), 'utf8'));
  const id = [...createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex').slice(0, 32)].map((c) => String.fromCharCode(97 + parseInt(c, 16))).join('');
  assert.equal(id, ids.chromium.id, 'the public key in the manifest makes the id that the host lets in');
  assert.ok(fs.statSync(inTree(`usr/share/mozilla/extensions/{ec8030f7-c20a-464f-9b0e-13a3a9e97384}/${ids.firefox.id}.xpi`)).size > 100_000);
  assert.equal(fs.readlinkSync(path.join(tree, 'usr/libexec/affiant/affiant')), '../../bin/affiant', 'the host starts the affiant beside it');
  run('dpkg-deb', '-e', deb, path.join(dir, 'control'));
  assert.deepEqual(fs.readdirSync(path.join(dir, 'control')).sort(), ['conffiles', 'control', 'md5sums'], 'no script runs as root');
  assert.deepEqual(fs.readFileSync(path.join(dir, 'control/conffiles'), 'utf8').trim().split('\n'), run('sh', '-c', `cd "${tree}" && find etc -type f`).trim().split('\n').map((f) => `/${f}`));
});

test('it is as small as promised, and stripped', () => {
  assert.ok(fs.statSync(path.join(tree, 'usr/libexec/affiant/affiant-host')).size <= 6e6);
  assert.ok(bytesUnder('usr/share/affiant/extension') <= 2 * 1.5e6 && bytesUnder('usr/share/affiant/extension/chromium') <= 1.5e6);
  for (const program of ['usr/bin/affiant', 'usr/libexec/affiant/affiant-host']) {
    assert.doesNotMatch(run('readelf', '-SW', path.join(tree, program)), /\.symtab|\.debug_/);
    assert.ok(!fs.readFileSync(path.join(tree, program)).includes(root), `${program} does not name the folder it was built in`);
  }
});

test('what it depends on is what is linked, and the bill of materials names all of it', () => {
  const sbom = JSON.parse(read('usr/share/doc/affiant/sbom.spdx.json'));
  assert.equal(sbom.spdxVersion, 'SPDX-2.3');
  const named = (kind) => sbom.packages.filter((p) => p.SPDXID.startsWith(`SPDXRef-${kind}-`)).map((p) => p.name);
  const depends = control.Depends.split(', ').map((d) => d.split(' ')[0]);
  assert.deepEqual(named('loaded').filter((name) => !depends.some((d) => d === name || d.startsWith(`${name}-`))), [], 'each library loaded is depended on');
  for (const name of ['libssl3', 'libpsl5']) assert.ok(depends.includes(name), name);
  for (const name of ['nlohmann-json3-dev', 'libcli11-dev', 'libexpected-dev', 'libtomlplusplus-dev']) assert.ok(named('compiled').includes(name), name);
  const rules = JSON.parse(read('usr/share/affiant/extension/chromium/vendor/autoconsent/about.json'));
  assert.equal(named('npm').includes('@duckduckgo/autoconsent'), !rules.absent, 'as far as it could be fetched');
  const ids_ = new Set(sbom.packages.map((p) => p.SPDXID));
  assert.equal(ids_.size, sbom.packages.length);
  for (const r of sbom.relationships) assert.ok(ids_.has(r.relatedSpdxElement));
  const notices = execFileSync('zcat', [path.join(tree, 'usr/share/doc/affiant/third-party-notices.txt.gz')], { encoding: 'utf8' });
  for (const name of [...named('compiled'), ...named('npm')]) assert.ok(notices.includes(`\n${name} `), `${name} has its notice`);
  assert.match(control.Recommends, /chromium \| firefox-esr, webext-ublock-origin-chromium/);
});

test('the rpm has the same files, and no folder that is others\'', (t) => {
  if (spawnSync('rpmbuild', ['--version']).error) { t.diagnostic('rpmbuild is not installed: not tried'); return; }
  const rpm = pack('three', '022', 'rpm');
  const own = (file) => !file.startsWith('/usr/share/doc/') && !file.startsWith('/usr/share/lintian/');
  const inDeb = run('sh', '-c', `cd "${tree}" && find . ! -type d`).trim().split('\n').map((f) => f.slice(1).replace(/\.1\.gz$/, '.1')).filter(own).sort();
  const listed = run('rpm', '-qp', '--qf', '[%{FILENAMES} %{FILEMODES:perms}\n]', rpm).trim().split('\n').map((l) => /^(.*) (\S+)$/.exec(l).slice(1));
  assert.deepEqual(listed.filter(([file, mode]) => !mode.startsWith('d') && own(file)).map(([file]) => file).sort(), inDeb);
  assert.deepEqual(listed.filter(([file, mode]) => mode.startsWith('d') && !/\/affiant(\/|$)/.test(file)), []);
  for (const library of ['libcrypto.so.3', 'libpsl.so.5']) assert.ok(run('rpm', '-qp', '--requires', rpm).includes(library));
  assert.equal(run('rpm', '-qp', '--scripts', rpm), '', 'no script runs as root');
});

test('lintian and appstreamcli mind nothing, where they are installed', (t) => {
  const tried = (program, ...args) => { const r = spawnSync(program, args, { encoding: 'utf8' }); if (r.error) { t.diagnostic(`${program} is not installed: not asked`); return null; } return r; };
  const lintian = tried('lintian', '--allow-root', '--fail-on', 'error,warning', '--info', deb);
  if (lintian) assert.equal(lintian.status, 0, lintian.stdout + lintian.stderr);
  const appstream = tried('appstreamcli', 'validate', '--no-net', path.join(tree, 'usr/share/metainfo/app.affiant.affiant.metainfo.xml'));
  if (appstream) assert.equal(appstream.status, 0, appstream.stdout + appstream.stderr);
});
