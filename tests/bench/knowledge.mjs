// How much the knowledge base knows: whose list-blocked third-party requests are, and whether categories are those on which two public lists agree.
// The lists are only measured against; no row of ours comes from them.
//
//   node tests/bench/knowledge.mjs (--sample requests.json | --hosts hosts.tsv) --easylist FILE --easyprivacy FILE --trackerdb FILE [--layer FILE...] [--unknown]
//
// --sample: a JSON array of {url, sourceUrl, type}; shared data's filter-conformance.json is one. --hosts: rows of host, tab, how often it was seen, of hosts
// that sites load from (docs/detection.md names two). --trackerdb: dist/trackerdb.json of npm @ghostery/trackerdb. --layer: measured a second time with these
// added. --unknown: shows what is not known or not right. AFFIANT_BIN_DIR: where affiant is.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { agreed, filterList, inTheirWords, suffixes, trackerDb } from './knowledge_lists.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const affiant = path.join(process.env.AFFIANT_BIN_DIR ?? path.join(root, 'build/release/bin'), 'affiant');
const text = { type: 'string' };
const { values } = parseArgs({ options: { sample: text, hosts: text, easylist: text, easyprivacy: text, trackerdb: text, layer: { ...text, multiple: true, default: [] }, unknown: { type: 'boolean' } } });
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

const matches = (requests) => lines(run(['kb', 'match', '--batch', '--lists', values.easylist, '--lists', values.easyprivacy], requests.map((r) => `${r.join('\t')}\n`).join(''))).map((m) => m.match);
const share = (part, whole) => `${part} of ${whole}, ${(100 * part / whole).toFixed(1)} %`;
const hostOf = (url) => { try { return new URL(url).hostname; } catch { return ''; } };
const sum = (hosts, weight) => hosts.reduce((all, host) => all + weight.get(host), 0);
const lists = [filterList(values.easylist), filterList(values.easyprivacy)];
const both = agreed(...lists, trackerDb(values.trackerdb));

/** Requests of a sample that a list would block: host -> how many. */
function blockedRequests() {
  const requests = JSON.parse(fs.readFileSync(values.sample, 'utf8')).filter((r) => /^https?:/.test(r.url) && hostOf(r.url).includes('.') && hostOf(r.sourceUrl ?? '').includes('.') && !/[\t\n]/.test(r.url));
  const match = matches(requests.map((r) => [r.url, r.sourceUrl, r.type ?? 'other']));
  const known = lookUp([...new Set(requests.flatMap((r) => [hostOf(r.url), hostOf(r.sourceUrl)]))]);
  const out = new Map();
  requests.forEach((r, i) => {
    const host = hostOf(r.url);
    if (match[i] && known.get(host).registrable_domain !== known.get(hostOf(r.sourceUrl)).registrable_domain) out.set(host, (out.get(host) ?? 0) + 1);
  });
  return out;
}

/** Hosts of a sample that a list blocks whatever the path (`whole`: of four types of request to / from an unrelated page one is blocked), or at least for some paths. */
function blockedHosts() {
  const seen = new Map(fs.readFileSync(values.hosts, 'utf8').trim().split('\n').map((row) => [row.split('\t')[0], Number(row.split('\t')[1])]));
  const hosts = [...seen.keys()];
  const types = ['script', 'image', 'xmlhttprequest', 'sub_frame'];
  const match = matches(hosts.flatMap((host) => types.map((type) => [`https://${host}/`, 'https://unrelated.example/', type])));
  const domain = lookUp(hosts);
  const whole = hosts.filter((host, i) => types.some((_, t) => match[types.length * i + t]));
  const is = new Set(whole);
  const some = hosts.filter((host) => is.has(host) || [...suffixes(host, domain.get(host).registrable_domain)].some((suffix) => lists.some((list) => list.some.has(suffix))));
  return { seen, whole, some };
}

function ownerOf(title, hosts, weight) {
  const owners = lookUp(hosts);
  const named = hosts.filter((host) => owners.get(host).owner !== null);
  console.log(`  owner named: ${share(sum(named, weight), sum(hosts, weight))} of ${title}; ${share(named.length, hosts.length)} of their hosts`);
  if (values.unknown) console.log(hosts.filter((host) => owners.get(host).owner === null).sort((a, b) => weight.get(b) - weight.get(a)).slice(0, 400).map((host) => `    ${weight.get(host)} ${host}`).join('\n'));
}

/** `hosts`: host -> the suffix of it on which two lists agree. */
function categoryOf(title, hosts, weight) {
  const answers = lookUp([...hosts.keys()]);
  const all = [...hosts.keys()];
  const ours = (host) => inTheirWords(answers.get(host).category);
  const told = all.filter((host) => ours(host) !== null);
  const right = told.filter((host) => ours(host) === both.get(hosts.get(host)));
  const weighted = weight ? `; weighted ${share(sum(right, weight), sum(all, weight))} and ${share(sum(right, weight), sum(told, weight))}` : '';
  console.log(`  category right: ${share(right.length, all.length)} of ${title}; ${share(right.length, told.length)} of those known${weighted}`);
  if (values.unknown) console.log(told.filter((host) => !right.includes(host)).map((host) => `    ${weight?.get(host) ?? ''} ${host}: ${ours(host)}, they ${both.get(hosts.get(host))}`).join('\n'));
}

const requests = values.sample ? blockedRequests() : null;
const sample = values.hosts ? blockedHosts() : null;
function measure(title) {
  console.log(title);
  if (requests) ownerOf('list-blocked third-party requests', [...requests.keys()], requests);
  if (requests) categoryOf('hosts where both agree', new Map([...both.keys()].map((host) => [host, host])));
  if (!sample) return;
  const agree = new Map();
  for (const host of sample.seen.keys()) for (const suffix of suffixes(host)) if (both.has(suffix) && !agree.has(host)) agree.set(host, suffix);
  ownerOf('requests to hosts that a list blocks as a whole', sample.whole, sample.seen);
  ownerOf('requests to hosts that a list blocks in part or as a whole', sample.some, sample.seen);
  categoryOf('hosts of the sample where both agree', agree, sample.seen);
}

measure('our tables and third-party-web');
for (const layer of values.layer) {
  run(['kb', 'add', layer]);
  measure(`with ${path.basename(layer)}`);
  run(['kb', 'remove', path.basename(layer)]);
}
