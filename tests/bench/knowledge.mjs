// How much the knowledge base knows: whose list-blocked third-party requests are, and whether categories are those on which two public lists agree.
// The lists are only measured against; no row of ours comes from them.
//
//   node tests/bench/knowledge.mjs --sample requests.json --easylist FILE --easyprivacy FILE --trackerdb FILE [--layer FILE...]
//
// --sample: a JSON array of {url, sourceUrl, type}; shared data's filter-conformance.json is one. --trackerdb: dist/trackerdb.json of npm
// @ghostery/trackerdb. --layer: measured a second time with these added. AFFIANT_BIN_DIR: where affiant is.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const affiant = path.join(process.env.AFFIANT_BIN_DIR ?? path.join(root, 'build/release/bin'), 'affiant');
const text = { type: 'string' };
const { values } = parseArgs({ options: { sample: text, easylist: text, easyprivacy: text, trackerdb: text, layer: { ...text, multiple: true, default: [] }, unknown: { type: 'boolean' } } });
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'affiant-knowledge-'));
process.on('exit', () => fs.rmSync(home, { recursive: true }));
const run = (args, input = '') => execFileSync(affiant, args, { input, encoding: 'utf8', maxBuffer: 1 << 30, env: { ...process.env, AFFIANT_HOME: home } });
const lines = (out) => out.trim().split('\n').map((line) => JSON.parse(line));

function lookUp(hosts) {
  const all = new Map();
  for (let i = 0; i < hosts.length; i += 1000)
    for (const answer of lines(run(['kb', 'lookup', '--format', 'json', ...hosts.slice(i, i + 1000)]))) all.set(answer.query, answer);
  return all;
}

const share = (part, whole) => `${part} of ${whole}, ${(100 * part / whole).toFixed(1)} %`;
const hostOf = (url) => { try { return new URL(url).hostname; } catch { return ''; } };

// 1. Third-party requests that a list would block.
const requests = JSON.parse(fs.readFileSync(values.sample, 'utf8')).filter((r) => /^https?:/.test(r.url) && hostOf(r.url).includes('.') && hostOf(r.sourceUrl ?? '').includes('.') && !/[\t\n]/.test(r.url));
const matches = lines(run(['kb', 'match', '--batch', '--lists', values.easylist, '--lists', values.easyprivacy], requests.map((r) => `${r.url}\t${r.sourceUrl}\t${r.type ?? 'other'}\n`).join('')));
const known = lookUp([...new Set(requests.flatMap((r) => [hostOf(r.url), hostOf(r.sourceUrl)]))]);
const blocked = requests.map((r) => hostOf(r.url)).filter((host, i) => matches[i].match && known.get(host).registrable_domain !== known.get(hostOf(requests[i].sourceUrl)).registrable_domain);
const hosts = [...new Set(blocked)];

// 2. Hosts that EasyList or EasyPrivacy has as a whole and TrackerDB files likewise.
const wholeHosts = (file) => new Set([...fs.readFileSync(file, 'utf8').split('\n! *** ').filter((s) => /^easylist:\S*_(adservers|thirdparty|trackingservers)/.test(s)).join('\n')
  .matchAll(/^\|\|([a-z0-9.-]+)\^(?:\$(?:third-party|3p))?\s*$/gm)].map((m) => m[1]));
const db = JSON.parse(fs.readFileSync(values.trackerdb, 'utf8'));
const ads = wholeHosts(values.easylist);
const privacy = wholeHosts(values.easyprivacy);
const agreed = new Map();
for (const { category, domains } of Object.values(db.patterns)) {
  for (const host of domains) {
    if (ads.has(host) && !privacy.has(host) && category === 'advertising') agreed.set(host, 'advertising');
    if (privacy.has(host) && !ads.has(host) && category === 'site_analytics') agreed.set(host, 'analytics');
  }
}
// What neither list has a word for counts as what both call it.
const asTheirs = { 'session-replay': 'analytics', 'tag-manager': 'analytics', fingerprinting: 'analytics' };

function measure(title) {
  const owners = lookUp(hosts);
  console.log(`${title}\n  owner named: ${share(blocked.filter((host) => owners.get(host).owner !== null).length, blocked.length)} of list-blocked third-party requests; ${share(hosts.filter((host) => owners.get(host).owner !== null).length, hosts.length)} of their hosts`);
  const answers = lookUp([...agreed.keys()]);
  const ours = (host) => asTheirs[answers.get(host).category] ?? answers.get(host).category;
  const told = [...agreed.keys()].filter((host) => ours(host) !== null);
  const right = told.filter((host) => ours(host) === agreed.get(host));
  console.log(`  category right: ${share(right.length, agreed.size)} of hosts where both agree; ${share(right.length, told.length)} of those known`);
  if (!values.unknown) return;
  const count = new Map();
  for (const host of blocked) if (owners.get(host).owner === null) count.set(host, (count.get(host) ?? 0) + 1);
  console.log([...count].sort((a, b) => b[1] - a[1]).slice(0, 60).map(([host, n]) => `    ${n} ${host}`).join('\n'));
  console.log(told.filter((host) => !right.includes(host)).map((host) => `    ${host}: ${ours(host)}, they ${agreed.get(host)}`).join('\n'));
}

measure('our tables and third-party-web');
for (const layer of values.layer) {
  run(['kb', 'add', layer]);
  measure(`with ${path.basename(layer)}`);
  run(['kb', 'remove', path.basename(layer)]);
}
