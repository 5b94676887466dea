// The npm packages of which something is shipped: those that the lock files pin and the build could fetch.
import fs from 'node:fs';
import path from 'node:path';

// [folder with the lock file, node_modules of the build, a file whose first words say whether it was fetched, where it ended up, as files of the package]
const PLACES = [
  ['extension/vendor/autoconsent', 'generated/autoconsent/node_modules', 'generated/autoconsent.fetched', 'in the extension: rules that know consent banners', 'usr/share/affiant/extension/chromium/vendor/autoconsent/*'],
  ['packaging/drawing', 'generated/report/npm/node_modules', 'generated/report/npm.fetched', 'in the report page: graph and timeline', 'usr/share/affiant/extension/chromium/src/ui/report/drawing.js'],
  ['host/knowledge/third_party_web', 'generated/knowledge/npm/node_modules', 'generated/knowledge/third_party_web.tsv', 'in affiant: owners of hosts', 'usr/bin/affiant'],
];

/** Lines that name a holder. @param {string} text */
const holdersIn = (text) => [...new Set([...text.matchAll(/^\W*copyright (?:\(c\)|©)?\s*(.*\S)/gim)].map(([, holder]) => holder).filter((h) => /\d{4}/.test(h)))];

/** @param {string} root of the source @param {string} build folder */
export function npmPackages(root, build) {
  const found = [];
  for (const [folder, modules, marker, where, files] of PLACES) {
    if (!fs.existsSync(path.join(build, marker)) || /^#? ?absent/.test(fs.readFileSync(path.join(build, marker), 'utf8'))) continue;
    const lock = JSON.parse(fs.readFileSync(path.join(root, folder, 'package-lock.json'), 'utf8'));
    for (const [at, pinned] of Object.entries(lock.packages)) {
      if (at === '' || pinned.dev) continue;
      const dir = path.join(build, modules, at.replace(/^node_modules\//, ''));
      const own = JSON.parse(fs.readFileSync(path.join(dir, 'package.json'), 'utf8'));
      const licenceFile = fs.readdirSync(dir).find((name) => /^(licen[cs]e|copying)/i.test(name));
      const text = licenceFile ? fs.readFileSync(path.join(dir, licenceFile), 'utf8').trim() : `${own.license}; the package has no text of it.`;
      const author = typeof own.author === 'string' ? own.author : own.author?.name;
      const holders = holdersIn(text);
      found.push({ name: own.name, version: pinned.version, integrity: pinned.integrity, licence: pinned.license ?? own.license, text, where, files, holders: holders.length > 0 ? holders : [author ?? `the authors of ${own.name}`] });
    }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}
