// Writes the extension for both browsers: node packaging/build-extension.mjs --out DIR [--autoconsent PACKAGE] [--drawing FILE]
//   PACKAGE: the unpacked npm package @duckduckgo/autoconsent; without it the extension has no rules that know consent managers, and says so
//   FILE: what the report page draws with (packaging/drawing.mjs); without it the page has its tables alone, and says so
//   DIR/chromium/             load unpacked, or --load-extension
//   DIR/firefox/              the same source with Firefox's manifest
//   DIR/affiant-firefox.xpi   the latter as a package, for addons.mozilla.org
//   DIR/affiant-chromium.zip  the former for the Chrome Web Store, which takes no `key` in a manifest (docs/stores.md)
// The same source gives the same bytes, wherever it lies. All files bear one time: SOURCE_DATE_EPOCH where it is set.
// Nothing is transformed: what a reviewer reads is what runs. A file that is not of the kinds below is refused, not shipped.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { consentRules } from './consent-rules.mjs';
import { zip } from './zip.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const args = process.argv.slice(2);
const options = new Map(args.flatMap((name, n) => (n % 2 === 0 ? [[name, args[n + 1]]] : [])));
const out = options.get('--out');
const autoconsent = options.get('--autoconsent');
const drawing = options.get('--drawing');
if (!out || args.length % 2 !== 0 || [...options.keys()].some((name) => !['--out', '--autoconsent', '--drawing'].includes(name))) {
  console.error('usage: node packaging/build-extension.mjs --out DIR [--autoconsent PACKAGE] [--drawing FILE]');
  process.exit(2);
}

/** What an extension is made of; a drawing of the icon stays at home. */
const PARTS = { _locales: /^\w+\/messages\.json$/, icons: /^\d+\.png$/, src: /\.(?:js|html|css)$/ };
const AT_HOME = ['icons/affiant.svg'];

/** All files under `dir`, as sorted slash-separated names. */
function filesUnder(dir) {
  return fs.readdirSync(dir, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesUnder(path.join(dir, entry.name)).map((name) => `${entry.name}/${name}`) : [entry.name]).sort();
}

const source = path.join(root, 'extension');
/** @type {Map<string, Buffer>} */
const files = new Map();
for (const [part, belongs] of Object.entries(PARTS)) {
  for (const name of filesUnder(path.join(source, part))) {
    const file = path.join(source, part, name);
    if (AT_HOME.includes(`${part}/${name}`)) continue;
    if (!belongs.test(name) || !fs.lstatSync(file).isFile()) {
      console.error(`extension/${part}/${name} does not belong into the extension: remove it, or name its kind in packaging/build-extension.mjs`);
      process.exit(1);
    }
    files.set(`${part}/${name}`, fs.readFileSync(file));
  }
}
files.set('src/ui/report/drawing.js', drawing ? fs.readFileSync(drawing) : Buffer.from('// absent: none was given\n'));
const version = /project\(affiant VERSION ([\d.]+)/.exec(fs.readFileSync(path.join(root, 'CMakeLists.txt'), 'utf8'))?.[1];
if (!version) throw new Error('CMakeLists.txt names no version');

for (const [name, bytes] of consentRules(autoconsent)) files.set(`vendor/autoconsent/${name}`, bytes);

const EPOCH = /^\d{1,12}$/;
const epoch = process.env.SOURCE_DATE_EPOCH;
if (epoch && !EPOCH.test(epoch)) throw new Error(`SOURCE_DATE_EPOCH is no number of seconds: ${epoch}`);

/** @param {object} manifest */
const withManifest = (manifest) => new Map([...files, ['manifest.json', Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)]]);

for (const [browser, archive] of [['chromium', 'affiant-chromium.zip'], ['firefox', 'affiant-firefox.xpi']]) {
  const manifest = JSON.parse(fs.readFileSync(path.join(root, 'manifests', `${browser}.json`), 'utf8'));
  manifest.version = version;
  const dir = path.join(out, browser);
  fs.rmSync(dir, { recursive: true, force: true });
  for (const [name, bytes] of withManifest(manifest)) {
    const file = path.join(dir, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, bytes);
  }
  const { key: _, ...published } = manifest;
  fs.writeFileSync(path.join(out, archive), zip(withManifest(published), epoch ? Number(epoch) : undefined));
}
