// Figures of the HTML report with 10,000 cookies and 10,000 requests in Chromium: node tests/bench/report_page.mjs [ROWS]
// Times are said twice: as a clock at the wall sees them, and as the page's thread spent them, since only the latter means something on a busy machine.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openBrowser, write } from '../e2e/report_page.mjs';
import { sample } from '../e2e/report_sample.mjs';

const rows = Number(process.argv[2] ?? 10_000);
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'affiant-bench-'));
const browser = await openBrowser(dir, ['--js-flags=--expose-gc']);
const { call, evaluate, rpc } = browser;
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Memory of the browser's renderers that is theirs alone, in MB. */
function renderers() {
  const children = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((pid) => {
    try {
      const line = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
      return line.includes('--type=renderer') && line.includes(dir);
    } catch {
      return false;
    }
  });
  const kb = children.map((pid) => [...fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8').matchAll(/^Private_\w+:\s+(\d+)/gm)].reduce((sum, [, n]) => sum + Number(n), 0));
  return Math.max(0, ...kb) / 1024;
}

/** Runs `act`, and gives the page's tasks meanwhile as [wall ms, thread ms], the longest first. */
async function tasks(act) {
  const events = [];
  rpc.listen(({ method, params }) => { if (method === 'Tracing.dataCollected') events.push(...params.value); });
  await call('Tracing.start', { categories: 'devtools.timeline,disabled-by-default-devtools.timeline,__metadata', transferMode: 'ReportEvents' });
  const value = await act();
  const done = rpc.event(({ method }) => method === 'Tracing.tracingComplete');
  await call('Tracing.end');
  await done;
  const main = new Set(events.filter((e) => e.name === 'thread_name' && e.args.name === 'CrRendererMain').map((e) => `${e.pid} ${e.tid}`));
  const found = events.filter((e) => e.name === 'RunTask' && e.ph === 'X' && main.has(`${e.pid} ${e.tid}`)).map((e) => [e.dur / 1000, (e.tdur ?? e.dur) / 1000]);
  return { value, tasks: found.sort((a, b) => b[1] - a[1]) };
}

const longest = ({ tasks: all }) => `longest task ${(all[0]?.[1] ?? 0).toFixed(0)} ms of its thread (${Math.max(0, ...all.map(([wall]) => wall)).toFixed(0)} ms at the wall), ${all.filter(([, own]) => own > 50).length} over 50 ms`;

try {
  const parts = sample({ cookies: rows, requests: rows, findings: 300 });
  const file = write(path.join(dir, 'report.html'), parts);
  const json = Buffer.byteLength(JSON.stringify(parts.report, null, 2));
  console.log(`file: ${(fs.statSync(file).size / 1e6).toFixed(1)} MB, ${(fs.statSync(file).size / json).toFixed(2)} times the JSON of ${(json / 1e6).toFixed(1)} MB`);
  await browser.look(1280, 'light');
  const before = renderers();
  const opened = await tasks(async () => {
    await browser.open(file);
    return evaluate('performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd');  // By then its first parts are drawn.
  });
  console.log(`interactive: ${opened.value.toFixed(0)} ms at the wall; the page's thread worked ${opened.tasks.reduce((sum, [, own]) => sum + own, 0).toFixed(0)} ms`);
  await wait(3000);
  await call('HeapProfiler.collectGarbage');
  const heap = (await call('Runtime.getHeapUsage')).usedSize / 1e6;
  console.log(`memory: renderer ${renderers().toFixed(0)} MB (${before.toFixed(0)} MB when empty), of it JavaScript ${heap.toFixed(0)} MB`);
  const box = '#part-cookies .scroll';
  console.log(`scrolling: ${longest(await tasks(() => evaluate(`(async () => { const box = document.querySelector("${box}"); for (let y = 0; y < 40; ++y) { box.scrollTop += y % 4 === 3 ? 40000 : 300; await new Promise(requestAnimationFrame); } })()`)))}`);
  console.log(`filtering: ${longest(await tasks(() => evaluate(`(async () => { const s = document.querySelector("#part-cookies input"); for (const text of ["c", "co", "cook 7", "cookie_77", "zzz", ""]) { s.value = text; s.dispatchEvent(new Event("input")); await new Promise((r) => setTimeout(r, 400)); } })()`)))}`);
  console.log(`sorting: ${longest(await tasks(() => evaluate(`(async () => { for (const n of [0, 3, 0]) { document.querySelectorAll("#part-cookies thead button")[n].click(); await new Promise((r) => setTimeout(r, 600)); } })()`)))}`);
} finally {
  await browser.close();
  fs.rmSync(dir, { recursive: true, force: true });
}
