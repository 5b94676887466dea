// Makes the second table of vendors out of the npm package third-party-web (MIT): node third_party_web.mjs PACKAGE-FOLDER > table.
// Columns as in data/vendors.tsv; the order is that of names, so that the same package always gives the same bytes.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

const folder = process.argv[2];
const file = path.join(folder, 'dist/entities-nostats.json');
const bytes = fs.readFileSync(file);
const { version, license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));

/** Their categories as ours. What is not here is "other". */
const categories = {
  ad: 'advertising', marketing: 'advertising', analytics: 'analytics', social: 'social', 'tag-manager': 'tag-manager', video: 'video', cdn: 'cdn', hosting: 'cdn',
  'customer-success': 'customer-support', 'consent-provider': 'consent-manager',
};

const clean = (text) => text.replace(/[\t\n|]+/g, ' ').trim();
const host = (pattern) => pattern.replace(/^\*\./, '').toLowerCase();

const rows = JSON.parse(bytes).map((entity) => {
  const hosts = [...new Set(entity.domains.map(host))].filter((h) => /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(h)).sort();
  const source = /^https?:\/\/\S+$/.test(entity.homepage ?? '') ? entity.homepage : 'npm third-party-web';
  return [clean(entity.company ?? entity.name), clean(entity.name), categories[entity.category] ?? 'other', hosts.join(' '), '', source];
}).filter((row) => row[3] !== '').map((row) => row.join('\t')).sort();

process.stdout.write(`# third-party-web ${version}, ${license}; dist/entities-nostats.json has SHA-256
# ${crypto.createHash('sha256').update(bytes).digest('hex')}
# ${version}
# owner	product	category	hosts (space between)	aliases	source
${rows.join('\n')}
`);
