// What the programs and the extension are made of, read from what was built, not from a list kept by hand:
//   node packaging/sbom.mjs --build DIR --version V --epoch SECONDS --out DIR
//   OUT/sbom.spdx.json           SPDX 2.3
//   OUT/third-party-notices.txt  the licence texts of all that is compiled in or shipped
//   OUT/copyright                the same in short, in Debian's format
// Asked are readelf (libraries loaded), ninja (headers compiled in), dpkg (whose files these are), and the npm packages' own files.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { npmPackages } from './npm-packages.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const option = (name) => process.argv[process.argv.indexOf(name) + 1];
const [build, version, epoch, out] = ['--build', '--version', '--epoch', '--out'].map((name) => {
  if (process.argv.includes(name)) return option(name);
  console.error('usage: node packaging/sbom.mjs --build DIR --version V --epoch SECONDS --out DIR');
  return process.exit(2);
});
const run = (program, ...args) => execFileSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });
const byName = (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/** Debian's package, version and licence text of each of these files; a file of no package is told as one. @param {Iterable<string>} files */
function debianPackages(files) {
  const wanted = [...new Set([...files].map((file) => fs.realpathSync(file)))].sort();
  const owners = new Map();
  for (let at = 0; at < wanted.length; at += 500) {
    let said;
    // dpkg knows files by the place that they were unpacked to: /lib is /usr/lib.
    const part = wanted.slice(at, at + 500);
    const both = [...part, ...part.filter((f) => f.startsWith('/usr/lib')).map((f) => f.slice(4))];
    try { said = run('dpkg', '-S', ...both); } catch (error) { said = error.stdout ?? ''; }
    for (const [, name, file] of said.matchAll(/^([^,:\n]+)(?::[^:\n]+)?: (\/.*)$/gm)) owners.set(fs.realpathSync(file), name);
  }
  const lost = wanted.filter((file) => !owners.has(file));
  if (lost.length > 0) throw new Error(`no Debian package owns ${lost.slice(0, 3).join(', ')}: the bill of materials would be incomplete`);
  return [...new Set(owners.values())].map((name) => {
    const text = `/usr/share/doc/${name}/copyright`;
    const [shown, source] = run('dpkg-query', '-W', '-f=${Version} ${source:Package}\n', name).split('\n')[0].split(' ');
    return { name, version: shown, source, text: fs.existsSync(text) ? fs.readFileSync(text, 'utf8').trim() : '' };
  }).sort(byName);
}

const programs = ['affiant', 'affiant-host'].map((name) => path.join(build, 'bin', name));
const libraries = programs.flatMap((program) => {
  const needed = [...run('readelf', '-d', program).matchAll(/\(NEEDED\).*\[(.*)\]/g)].map(([, name]) => name);
  const found = new Map([...run('ldd', program).matchAll(/^\s*(?:(\S+) => )?(\/\S+) \(/gm)].map(([, name, file]) => [name ?? path.basename(file), file]));
  return needed.map((name) => found.get(name) ?? (() => { throw new Error(`${program} needs ${name}, which is not on this machine`); })());
});

/** Headers outside of the project that our own objects were compiled with. Only ninja knows; it must not be building meanwhile. */
function headers() {
  const found = new Set();
  let ours = false;
  for (const line of run('ninja', '-C', build, '-t', 'deps').split('\n')) {
    if (!line.startsWith(' ')) ours = line.startsWith('host/') && !line.startsWith('host/bin/CMakeFiles/affiant_texts');
    else if (ours && line.startsWith('    /usr/')) found.add(path.normalize(line.trim()));
  }
  if (found.size === 0) throw new Error(`${build}: ninja knows no headers: build first`);
  return found;
}

const loaded = debianPackages(libraries);
const compiled = debianPackages(headers());
const shipped = npmPackages(root, build);

const id = (kind, name) => `SPDXRef-${kind}-${name.replace(/[^A-Za-z0-9.-]+/g, '-')}`;
const asPackage = (kind, { name, version: v, licence = 'NOASSERTION', purl, integrity, comment }) => ({
  SPDXID: id(kind, name), name, versionInfo: v, downloadLocation: 'NOASSERTION', filesAnalyzed: false, licenseConcluded: 'NOASSERTION', licenseDeclared: licence, copyrightText: 'NOASSERTION',
  ...(integrity ? { checksums: [{ algorithm: 'SHA512', checksumValue: Buffer.from(integrity.replace(/^sha512-/, ''), 'base64').toString('hex') }] } : {}),
  externalRefs: [{ referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: purl }], comment,
});
const debian = (p, comment) => ({ ...p, purl: `pkg:deb/debian/${p.name}@${encodeURIComponent(p.version)}?arch=${run('dpkg', '--print-architecture').trim()}`, comment });
const packages = [
  ...loaded.map((p) => asPackage('loaded', debian(p, `Loaded when the programs start; not shipped. Source: ${p.source}`))),
  ...compiled.map((p) => asPackage('compiled', debian(p, `Headers of it are compiled in. Source: ${p.source}`))),
  ...shipped.map((p) => asPackage('npm', { ...p, purl: `pkg:npm/${p.name.replace('@', '%40')}@${p.version}`, comment: p.where })),
];
const relation = (relationshipType, relatedSpdxElement) => ({ spdxElementId: 'SPDXRef-affiant', relationshipType, relatedSpdxElement });
const kinds = { loaded: 'DYNAMIC_LINK', compiled: 'STATIC_LINK', npm: 'CONTAINS' };
const body = {
  spdxVersion: 'SPDX-2.3', dataLicense: 'CC0-1.0', SPDXID: 'SPDXRef-DOCUMENT', name: `affiant-${version}`,
  creationInfo: { created: new Date(Number(epoch) * 1000).toISOString().replace(/\.\d+/, ''), creators: [`Tool: affiant-sbom-${version}`, 'Organization: The Affiant maintainers'] },
  packages: [{ SPDXID: 'SPDXRef-affiant', name: 'affiant', versionInfo: version, downloadLocation: 'NOASSERTION', filesAnalyzed: false, licenseConcluded: 'Apache-2.0', licenseDeclared: 'Apache-2.0',
    copyrightText: 'The Affiant maintainers', comment: 'affiant, affiant-host and the extension' }, ...packages],
  relationships: [{ spdxElementId: 'SPDXRef-DOCUMENT', relationshipType: 'DESCRIBES', relatedSpdxElement: 'SPDXRef-affiant' },
    ...packages.map((p) => relation(kinds[p.SPDXID.split('-')[1]], p.SPDXID))],
};
// The namespace names this document and no other: made of what it says.
body.documentNamespace = `urn:affiant:sbom:${createHash('sha256').update(JSON.stringify(body)).digest('hex')}`;

const rule = `\n${'='.repeat(100)}\n`;
const notices = `Affiant ${version} is licensed under the Apache License, version 2.0. What follows is of others: it is compiled into the programs or shipped with them.
Libraries that the programs only load belong to the system and bring their own licences: ${loaded.map((p) => p.name).join(', ')}.
${[...compiled.map((p) => [`${p.name} ${p.version} (headers compiled in)`, p.text || 'Debian ships no licence text with it.']), ...shipped.map((p) => [`${p.name} ${p.version}, ${p.licence} (${p.where})`, p.text])]
    .map(([title, text]) => `${rule}${title}${rule}\n${text}\n`).join('')}`;

const all = (of, take) => [...new Set(of.flatMap(take))];
const paragraph = (files) => {
  const of = shipped.filter((p) => p.files === files);
  return `Files: ${files}\nCopyright: ${all(of, (p) => p.holders).join('\n ')}\nLicense: ${all(of, (p) => p.licence).join(' and ')}\nComment: ${of.map((p) => `${p.name} ${p.version}`).join(', ')} (npm), ${of[0].where}\n`;
};
const licences = [...new Map(shipped.map((p) => [p.licence, p])).values()].sort((a, b) => (a.licence < b.licence ? -1 : 1));
const COMMON = new Set(['Apache-2.0', 'MPL-2.0']);  // Debian keeps these texts once for all packages.
const stanza = (licence, text) => `License: ${licence}\n${COMMON.has(licence) ? ` On Debian systems the full text is in /usr/share/common-licenses/${licence}.` : text.split('\n').map((l) => ` ${l.trim() || '.'}`).join('\n')}\n`;
const copyright = ['Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\nUpstream-Name: affiant\nUpstream-Contact: The Affiant maintainers <maintainers@affiant.invalid>\n' +
  'Comment: Texts of all that is compiled in or shipped: third-party-notices.txt beside this file\n',
  'Files: *\nCopyright: The Affiant maintainers\nLicense: Apache-2.0\n', ...all(shipped, (p) => p.files).map(paragraph), stanza('Apache-2.0', ''), ...licences.map((p) => stanza(p.licence, p.text))].join('\n');

fs.mkdirSync(out, { recursive: true });
fs.writeFileSync(path.join(out, 'sbom.spdx.json'), `${JSON.stringify(body, null, 1)}\n`);
fs.writeFileSync(path.join(out, 'third-party-notices.txt'), notices);
fs.writeFileSync(path.join(out, 'copyright'), copyright);
