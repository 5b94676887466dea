// Our matcher beside @ghostery/adblocker and @gorhill/ubo-core: the same lists and the same requests in one run. Says where the
// answers differ and how long each takes.
//
//   npm ci --prefix tests/bench/filters && node tests/bench/filters.mjs [--conformance FILE] [LIST...]
//
// Without lists: those of Debian's webext-ublock-origin-chromium (or -firefox). AFFIANT_BIN_DIR: where affiant and filters_bench
// are (cmake -DAFFIANT_BENCH=ON). The requests are made from the lists' own hosts and patterns, always the same ones.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FiltersEngine, parse, Request, StaticNetFilteringEngine } from './filters/engines.mjs';
import { makeRequests } from './filters/requests.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');
const bin = process.env.AFFIANT_BIN_DIR ?? path.join(root, 'build/release/bin');

const { values, positionals } = parseArgs({ allowPositionals: true, options: { conformance: { type: 'string' } } });
const installed = [
  '/usr/share/chromium/extensions/ublock-origin/assets/thirdparties/easylist',
  '/usr/share/mozilla/extensions/{ec8030f7-c20a-464f-9b0e-13a3a9e97384}/uBlock0@raymondhill.net/assets/thirdparties/easylist',
].find((dir) => fs.existsSync(dir));
const lists = positionals.length > 0 ? positionals : ['easylist.txt', 'easyprivacy.txt'].map((name) => path.join(installed, name));
const texts = lists.map((file) => fs.readFileSync(file, 'utf8'));
const requests = makeRequests(texts, values.conformance ? JSON.parse(fs.readFileSync(values.conformance, 'utf8')) : []);

const asLines = (all) => all.map((r) => `${r.url}\t${r.page}\t${r.type}\n`).join('');
const options = { input: asLines(requests), maxBuffer: 1 << 30, encoding: 'utf8' };
const ours = execFileSync(path.join(bin, 'affiant'), ['kb', 'match', '--batch', ...lists.flatMap((file) => ['--lists', file])], options)
  .trim().split('\n').map((text) => JSON.parse(text));

// Timed on every eighth request: all of them name more hosts than any visit does, and would time the look-up of registrable domains.
const timed = requests.filter((_, i) => i % 8 === 0);
// Means and builds by processor time, like filters_bench's; medians by the clock.
const percentile = (sorted, part) => sorted[Math.floor(part * (sorted.length - 1))];
function time(run) {
  for (const r of timed) run(r);
  const before = process.cpuUsage();
  for (const r of timed) run(r);
  const used = process.cpuUsage(before);
  const times = timed.map((r) => { const begin = process.hrtime.bigint(); run(r); return Number(process.hrtime.bigint() - begin); });
  times.sort((a, b) => a - b);
  return { median: percentile(times, 0.5), mean: Math.round(1000 * (used.user + used.system) / times.length), p99: percentile(times, 0.99) };
}
function built(make) {
  const before = process.cpuUsage();
  return Promise.resolve(make()).then((engine) => { const used = process.cpuUsage(before); return { engine, ms: Math.round((used.user + used.system) / 1000) }; });
}

const { engine: ghostery, ms: ghosteryBuild } = await built(() => FiltersEngine.parse(texts.join('\n'), { debug: true, loadCosmeticFilters: false }));
// Both sides are given the same idea of a site: the Public Suffix List with its private section.
const site = (url) => { const { hostname, domain } = parse(url, { allowPrivateDomains: true, extractHostname: true, validateHostname: false }); return [hostname ?? '', domain ?? hostname ?? '']; };
const ask = (r, own) => {
  const [hostname, domain] = own ? [] : site(r.url);
  const [sourceHostname, sourceDomain] = own ? [] : site(r.page);
  return ghostery.match(Request.fromRawDetails({ url: r.url, sourceUrl: r.page, type: r.type, hostname, domain, sourceHostname, sourceDomain }));
};
const theirs = requests.map((r) => ask(r, false));
const differing = requests.map((r, i) => ({ r, i })).filter(({ i }) => ours[i].match !== theirs[i].match);
const ownSites = requests.filter((r, i) => ask(r, true).match !== theirs[i].match).length;

const ubo = await StaticNetFilteringEngine.create();
const { ms: uboBuild } = await built(() => ubo.useLists(texts.map((raw, i) => ({ name: lists[i], raw }))));
const UBO = { document: 'main_frame', xhr: 'xmlhttprequest', fetch: 'xmlhttprequest', sub_frame: 'sub_frame' };
const askUbo = (r) => ubo.matchRequest({ originURL: r.page, url: r.url, type: UBO[r.type] ?? r.type });
// uBlock Origin blocks a top document for a host alone, and lets a page's own subdomains be third parties when it is given no more
// than addresses: both are left out.
const forUbo = requests.map((r, i) => ({ r, i })).filter(({ r }) => r.type !== 'main_frame' && r.type !== 'document' && (site(r.url)[1] !== site(r.page)[1]));
const withUbo = forUbo.filter(({ r, i }) => (askUbo(r) === 1) !== ours[i].match);

const speed = JSON.parse(execFileSync(path.join(bin, 'filters_bench'), lists, { ...options, input: asLines(timed) }));
const plain = await built(() => FiltersEngine.parse(texts.join('\n'), { loadCosmeticFilters: false }));
const ghosterySpeed = time((r) => plain.engine.match(Request.fromRawDetails({ url: r.url, sourceUrl: r.page, type: r.type })));

const share = (n, all = requests.length) => `${(100 * (1 - n / all)).toFixed(3)} %`;
console.log(`${requests.length} requests (${requests.reduce((n, r, i) => n + (ours[i].match ? 1 : 0), 0)} matched), ${speed.rules} rules, node ${process.version}, ${os.cpus()[0].model}`);
console.log(`agreement with @ghostery/adblocker ${share(differing.length)} (${differing.length} differ; it differs from itself on ${ownSites} with its own idea of a site)`);
console.log(`agreement with @gorhill/ubo-core   ${share(withUbo.length, forUbo.length)} (${withUbo.length} of ${forUbo.length} third-party requests differ)`);
console.log(`affiant   build ${speed.build_cold_ms} ms cold, ${speed.build_warm_ms} warm; ${speed.memory_mb} MB; match ${JSON.stringify(speed.parsed_ns)} ns parsed, ${JSON.stringify(speed.string_ns)} ns from the string`);
console.log(`ghostery  build ${ghosteryBuild} ms cold, ${plain.ms} warm; match ${JSON.stringify(ghosterySpeed)} ns from the string`);
console.log(`ubo-core  build ${uboBuild} ms; match ${JSON.stringify(time(askUbo))} ns from the string`);
console.log(`made-up lists: ${speed.scale.map((s) => `${s.rules} rules ${s.mean_ns} ns mean`).join(', ')}`);

// Why answers may differ, by the rule that decided on either side. What is none of these is a defect of one of us.
const CAUSES = [
  ['rewrite= is a block here; Ghostery skips the rule', /[$,]rewrite=/],
  ['popup beside other types: Ghostery skips the rule', /[$,]popup/],
  ['method=: Ghostery skips the rule, uBlock Origin is not told the method', /[$,]method=/],
  ['domain= names a public suffix: Ghostery compares registrable domains and what is under them', /[$,]domain=(.*\|)?(gouv\.fr|[a-z]+)([|,]|$)/],
];
const OF_UBO = [
  ['a word that is open at its end: uBlock Origin looks for whole words', /^%|^\/public\/statsd$|^testpages\.eyeo/],
  ['a host without "||": to uBlock Origin a host, to others a piece of a URL', /^[a-z0-9.-]+\.[a-z]+(\$|$)/],
];
function explain(name, all, answer, causes) {
  const counts = new Map();
  for (const { r, i } of all) {
    const rules = [ours[i].rule, ours[i].exception, ...answer(r, i)].filter(Boolean).map(String);
    const cause = causes.find(([, pattern]) => rules.some((rule) => pattern.test(rule)))?.[0];
    counts.set(cause ?? 'UNEXPLAINED', (counts.get(cause ?? 'UNEXPLAINED') ?? 0) + 1);
    if (cause === undefined) console.log(`UNEXPLAINED (${name}) ${r.type} ${r.url} on ${r.page}: affiant ${ours[i].match} ${rules.join(' | ')}`);
  }
  for (const [cause, n] of counts) console.log(`  ${name}: ${n} ${cause}`);
  return counts.has('UNEXPLAINED');
}
const bad = explain('ghostery', differing, (r, i) => [theirs[i].filter, theirs[i].exception], CAUSES);
const badUbo = explain('ubo-core', withUbo, (r) => [(askUbo(r), ubo.toLogData()?.raw)], [...CAUSES, ...OF_UBO]);
process.exit(bad || badUbo || differing.length / requests.length > 0.0002 ? 1 : 0);
