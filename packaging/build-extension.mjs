// Writes the extension for both browsers: node packaging/build-extension.mjs --out DIR [--autoconsent PACKAGE] [--drawing FILE]
//   PACKAGE: the unpacked npm package @duckduckgo/autoconsent; without it the extension has no rules that know consent managers, and says so
//   FILE: what the report page draws with (packaging/drawing.mjs); without it the page has its tables alone, and says so
//   DIR/chromium/             load unpacked, or --load-extension
//   DIR/firefox/              the same source with Firefox's manifest
//   DIR/affiant-firefox.xpi   the latter as a package; the same source always gives the same bytes
// Nothing is transformed: what a reviewer reads is what runs.
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

/** All files under `dir`, as sorted slash-separated names. */
function filesUnder(dir) {
  return fs.readdirSync(dir, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesUnder(path.join(dir, entry.name)).map((name) => `${entry.name}/${name}`) : [entry.name]).sort();
}

const source = path.join(root, 'extension');
const files = new Map(['_locales', 'src'].flatMap((part) => filesUnder(path.join(source, part)).map((name) => [`${part}/${name}`, fs.readFileSync(path.join(source, part, name))])));
files.set('src/ui/report/drawing.js', drawing ? fs.readFileSync(drawing) : Buffer.from('// absent: none was given\n'));
const version = /project\(affiant VERSION ([\d.]+)/.exec(fs.readFileSync(path.join(root, 'CMakeLists.txt'), 'utf8'))?.[1];
if (!version) throw new Error('CMakeLists.txt names no version');

for (const [name, bytes] of await consentRules(autoconsent)) files.set(`vendor/autoconsent/${name}`, bytes);

for (const browser of ['chromium', 'firefox']) {
  const manifest = JSON.parse(fs.readFileSync(path.join(root, 'manifests', `${browser}.json`), 'utf8'));
  manifest.version = version;
  const all = new Map([...files, ['manifest.json', Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)]]);
  const dir = path.join(out, browser);
  fs.rmSync(dir, { recursive: true, force: true });
  for (const [name, bytes] of all) {
    const file = path.join(dir, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, bytes);
  }
  if (browser === 'firefox') fs.writeFileSync(path.join(out, 'affiant-firefox.xpi'), zip(all));
}
