// Our recorder and every incumbent that the npm registry has and that runs here, on the same farm, in one go: what each saw of what the
// browser's own debugging protocol says happens.
//   AFFIANT_BIN_DIR=build/release/bin node tests/bench/side_by_side.mjs
// TOOLS=ours,blacklight,...; OUT=file.json for what each tool said; MISSED=1 prints every name that a tool missed.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkTable } from '../e2e/farm/check.mjs';
import { documents } from '../e2e/farm/documents.mjs';
import { secureHosts } from '../e2e/farm/hosts.mjs';
import { askChromium } from '../e2e/farm/oracle-chromium.mjs';
import { serveFarm } from '../e2e/farm/site.mjs';
import { makeCertificates } from '../e2e/lib.mjs';
import { makeBrowser, program } from './incumbents/browser.mjs';
import { install, noBrowsers, pinned } from './incumbents/install.mjs';
import { ours } from './incumbents/ours.mjs';
import { beyond, lines, reached, score, strange } from './incumbents/score.mjs';

const LIMIT_MS = 900_000;
const start = documents.get('start').url;
const pages = [...documents.values()].filter((d) => d.page).map((d) => d.url);
/** Driver → package, and what it is given. */
const incumbents = {
  blacklight: ['@themarkup/blacklight-collector', 'one crawl of all links with its cookies kept, then each page by itself; report, archive and log of calls taken together'],
  'gdpr-cookie-scanner': ['@slashgear/gdpr-cookie-scanner', 'each page by itself, taken together'],
  lighthouse: ['lighthouse', 'each page by itself, taken together; report, issues and raw protocol log'],
  'chrome-har-capturer': ['chrome-har-capturer', 'each page in one browser, 3 s more after its load; archives taken together'],
};
const wanted = (process.env.TOOLS ?? ['ours', ...Object.keys(incumbents)].join()).split(',');
const here = path.dirname(fileURLToPath(import.meta.url));

/** Runs a driver as a program of its own, so that a tool that hangs or ends its process ends nothing else. */
async function drive(name, dir, farm, ca) {
  fs.mkdirSync(dir, { recursive: true });
  const browser = makeBrowser(dir, { ca, ports: farm.ports });
  const job = { start, pages, dir, browser: browser.file, out: path.join(dir, 'seen.json') };
  fs.writeFileSync(path.join(dir, 'job.json'), JSON.stringify(job));
  const log = fs.openSync(path.join(dir, 'log'), 'w');
  const child = spawn(process.execPath, [path.join(here, 'incumbents', `${name}.mjs`), path.join(dir, 'job.json')],
    { cwd: dir, env: { ...process.env, ...noBrowsers, NODE_EXTRA_CA_CERTS: ca, TMPDIR: dir }, stdio: ['ignore', log, log], detached: true });
  const timer = setTimeout(() => { try { process.kill(-child.pid, 'SIGKILL'); } catch { /* gone meanwhile */ } }, LIMIT_MS);
  const code = await new Promise((resolve) => child.on('exit', (status, signal) => resolve(status ?? signal)));
  clearTimeout(timer);
  browser.end();
  if (code !== 0) throw new Error(`${code}: ${fs.readFileSync(path.join(dir, 'log'), 'utf8').trim().split('\n').slice(-6).join(' | ')}`);
  return JSON.parse(fs.readFileSync(job.out, 'utf8'));
}

/** A table as text whose cells stand below each other, and which Markdown reads as one too. */
function show(table) {
  const widths = table[0].map((_, column) => Math.max(...table.map((cells) => cells[column].length)));
  const [head, ...body] = table.map((cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`);
  return [head, `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...body].join('\n');
}

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'affiant-side-'));
const results = [];
try {
  const { ca, key, cert } = makeCertificates(dir, secureHosts);
  const farm = await serveFarm({ key, cert });
  console.log(`${new Date().toISOString().slice(0, 10)}, ${execFileSync(program, ['--version'], { encoding: 'utf8' }).trim()}, Node ${process.version}, ${pages.length + 1} pages`);
  const wrong = checkTable('chromium', { ...await askChromium(path.join(dir, 'oracle'), { ca, ports: farm.ports }), log: farm.log });
  console.log(wrong.length === 0 ? 'The truth table is what the browser\'s own protocol and the server say.' : `THE TRUTH TABLE IS WRONG:\n${wrong.join('\n')}`);
  if (wrong.length > 0) process.exitCode = 1;

  const missing = wanted.some((name) => incumbents[name]) ? install() : null;
  if (missing) { console.log(`SKIPPED: no incumbent could be installed: ${missing}`); process.exitCode = 1; }
  for (const name of wanted) {
    if (name !== 'ours' && (missing || !incumbents[name])) { console.log(`SKIPPED: ${name}`); continue; }
    const began = Date.now();
    const before = farm.log.length;
    const at = path.join(dir, name);
    try {
      const { seen, version } = name === 'ours' ? await ours({ start, pages, dir: at, ca, ports: farm.ports }) : { seen: await drive(name, at, farm, ca), version: pinned()[incumbents[name][0]] };
      const asked = reached(farm.log.slice(before));
      results.push({ name, version, seen, scores: score(seen), asked, seconds: Math.round((Date.now() - began) / 1000) });
      console.log(`${name} ${version}: ${incumbents[name]?.[1] ?? 'one audit of all pages'}; ${results.at(-1).seconds} s; its browser asked for ${asked} addresses of the farm`);
      for (const note of seen.notes) console.log(`  NOT DONE: ${note}`);
    } catch (error) {
      process.exitCode = 1;
      console.log(`FAILED: ${name}: ${error.message}`);
    }
  }
  farm.close();
} finally {
  if (!process.env.KEEP) fs.rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
}

console.log(`\n${show([['', 'happened', ...results.map((r) => `${r.name} ${r.version}`)],
  ...lines.map((line, i) => [line.name, String(line.rows.length), ...results.map((r) => String(r.scores[i].seen.size))])])}\n`);
const own = results.find((r) => r.name === 'ours');
for (const r of results) {
  console.log(`${r.name}: cookie names that are not the farm's: ${strange(r.seen).join(', ') || 'none'}`);
  const outside = beyond(r.seen);
  if (outside.length > 0) console.log(`${r.name}: besides, outside the count: ${outside.join('; ')}`);
  for (const [i, line] of lines.entries()) {
    const more = own && r !== own ? [...r.scores[i].seen].filter((id) => !own.scores[i].seen.has(id)) : [];
    if (more.length > 0) console.log(`${r.name} SAW, OURS DID NOT, ${line.name}: ${more.join(', ')}`);
    const missed = line.rows.map((row) => row.id).filter((id) => !r.scores[i].seen.has(id));
    if ((process.env.MISSED || r === own) && missed.length > 0) console.log(`${r.name} missed, ${line.name}: ${missed.join(', ')}`);
  }
}
if (process.env.OUT) fs.writeFileSync(process.env.OUT, JSON.stringify(results.map(({ scores, ...r }) => ({ ...r, scores: scores.map((s) => ({ ...s, seen: [...s.seen] })) }))));
