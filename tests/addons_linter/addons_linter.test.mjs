// The Firefox package as this build made it, under the linter that addons.mozilla.org runs on whatever is sent in.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import linter from 'addons-linter';

const bin = process.env.AFFIANT_BIN_DIR ?? path.resolve('build/release/bin');
const extension = path.resolve(bin, '../extension');

/** What the linter says of a package or folder, as "code file". @param {string} target */
async function said(target) {
  const { createInstance } = linter;
  const about = await createInstance({ config: { _: [target], logLevel: 'fatal', output: 'none', stack: false, pretty: false, warningsAsErrors: false, metadata: false, boring: true, selfHosted: false, enableBackgroundServiceWorker: false, minManifestVersion: 2, maxManifestVersion: 3, enableDataCollectionPermissions: true }, runAsBinary: false }).run();
  const of = (kind) => about[kind].map(({ code, file }) => `${code} ${file}`).sort();
  return { errors: of('errors'), warnings: of('warnings'), notices: of('notices'), scanned: about.metadata.totalScannedFileSize };
}

// Every word that the linter may say, with its reason beside it in docs/stores.md. There is none.
const EXPLAINED = { errors: [], warnings: [], notices: [] };

test('ThePackageForMozillaPassesItsLinterWithoutAWord', async () => {
  const { scanned, ...words } = await said(path.join(extension, 'affiant-firefox.xpi'));
  assert.deepEqual(words, EXPLAINED);
  for (const name of ['affiant-firefox.xpi', 'affiant-chromium.zip']) assert.ok(fs.statSync(path.join(extension, name)).size <= 1_500_000, `${name} has at most 1.5 MB`);
  assert.ok(scanned > 300_000, `the linter read all of it: ${scanned} bytes`);
});

test('TheLinterWouldSaySoIfThereWereAnything', async (t) => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'affiant-lint-'));
  t.after(() => fs.rmSync(dir, { recursive: true }));
  const manifest = JSON.parse(fs.readFileSync(path.join(extension, 'firefox/manifest.json'), 'utf8'));
  for (const key of ['icons', 'default_locale', 'action']) delete manifest[key];
  Object.assign(manifest, { name: 'x', description: 'x', background: { scripts: ['x.js'] }, browser_specific_settings: { gecko: { ...manifest.browser_specific_settings.gecko, strict_min_version: '128.0' } } });
  fs.writeFileSync(path.join(dir, 'manifest.json'), JSON.stringify(manifest));
  fs.writeFileSync(path.join(dir, 'x.js'), 'document.body.innerHTML = location.hash; eval(location.hash);\n');
  assert.deepEqual((await said(dir)).warnings, ['DANGEROUS_EVAL x.js', 'KEY_FIREFOX_ANDROID_UNSUPPORTED_BY_MIN_VERSION manifest.json', 'KEY_FIREFOX_UNSUPPORTED_BY_MIN_VERSION manifest.json', 'UNSAFE_VAR_ASSIGNMENT x.js']);
});
