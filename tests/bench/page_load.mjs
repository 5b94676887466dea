// What recording costs a page with 200 parts: extension absent, there but not recording, recording (the popup's Record, the real
// host writing), in turns within each round so that what else the machine does falls on all alike. Medians of RUNS (default 21); processor time is the
// browser's and the host's from the start of a load to 300 ms after its end.
//   AFFIANT_BIN_DIR=build/release/bin node tests/bench/page_load.mjs
// BROWSERS=chromium,firefox; DELAYS=0,30 (ms before each answer); UBLOCK=folder of uBlock Origin unpacked, beside in Firefox
// (found by itself where Debian's webext-ublock-origin-firefox is installed); ATTRIBUTE=1: also without parts of the extension, in
// Chromium (or a word: those whose name has it).
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { zip } from '../../packaging/zip.mjs';
import { descendants } from '../e2e/lib.mjs';
import { browsers, launch } from '../live/browser.mjs';
import { serveShop } from '../live/site.mjs';

const runs = Number(process.env.RUNS ?? 21);
const delays = (process.env.DELAYS ?? '0,30').split(',').map(Number);
const wanted = (process.env.BROWSERS ?? browsers.join()).split(',').filter((name) => browsers.includes(name));
const targets = { chromium: { 0: 1.3, 30: 1.1 }, firefox: { 0: 1.3, 30: 1.05 } };
const WARM_UP = 3;
const SETTLE_MS = 300;  // Between loads: the batch is sent and on disk, no load pays for another's.
const UBLOCK_ID = 'uBlock0@raymondhill.net';
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const least = (values) => Math.min(...values);

/** Processor time that a browser and all it started (the host too) have had, ms. Other work on the machine lengthens a load, this hardly. */
function cpuMs(root) {
  return [root, ...descendants(root)].reduce((sum, pid) => {
    try {
      const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ');
      return sum + (Number(fields[11]) + Number(fields[12])) * 10;  // In ticks of 1/100 s (USER_HZ).
    } catch {
      return sum;
    }
  }, 0);
}

/** @returns {{name: string, file: string} | undefined} uBlock Origin as a package */
function ublock() {
  const folder = process.env.UBLOCK ?? `/usr/share/mozilla/extensions/{ec8030f7-c20a-464f-9b0e-13a3a9e97384}/${UBLOCK_ID}`;
  if (!fs.existsSync(folder)) {
    console.log('SKIPPED: uBlock Origin is not there to compare with (apt-get install webext-ublock-origin-firefox, or UBLOCK=folder)');
    return undefined;
  }
  const files = new Map(fs.readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => fs.statSync(file).isFile()).map((file) => [path.relative(folder, file), fs.readFileSync(file)]));
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'affiant-ublock-')), 'ublock.xpi');
  fs.writeFileSync(file, zip(files));
  return { name: `${UBLOCK_ID}.xpi`, file };
}

const edit = (file, from, to) => (dir) => {
  const text = fs.readFileSync(path.join(dir, file), 'utf8');
  if (!text.includes(from)) throw new Error(`${file} no longer has "${from}": this variant is out of date`);
  fs.writeFileSync(path.join(dir, file), text.replace(from, to));
};
// What Chromium itself costs anybody who hears of every response: the two listeners, and nothing else of a recording.
const floor = { name: 'the two listeners alone, doing nothing', recording: true, options: { change: (dir) => {
  edit('src/observe/requests.js', 'activity?.touched(d.requestId, Date.now());', 'return;')(dir);
  for (const part of ['this.navigation.start();', 'this.cookies.start();', 'await this.scripts.start();']) edit('src/observers.js', part, '')(dir);
} } };
// Each leaves one part of a recording out. What a variant saves is that part's cost.
const parts = {
  'on, no web requests': edit('src/observers.js', 'this.requests.start();', ''),
  'on, requests heard, nothing made of them': edit('src/observe/requests.js', 'activity?.touched(d.requestId, Date.now());', 'return;'),
  'on, nothing queued': edit('src/queue.js', 'this.#add(event);\n', 'return event.q;\n'),
  'on, no content scripts': edit('src/observers.js', 'await this.scripts.start();', ''),
  'on, no write-ahead': edit('src/write-ahead.js', 'if (this.#scheduled) return;', 'return;'),
  'on, write-ahead without delay': edit('src/write-ahead.js', 'WRITE_DELAY_MS = 25', 'WRITE_DELAY_MS = 0'),
};

/** @param {string} browser @returns {{name: string, options: object, recording: boolean}[]} */
function variants(browser) {
  const list = [
    { name: 'absent', options: { extension: false }, recording: false },
    { name: 'off', options: {}, recording: false },
    { name: 'on', options: {}, recording: true },
  ];
  if (browser === 'chromium') list.push(floor);
  const addon = browser === 'firefox' ? ublock() : undefined;
  if (addon) list.push({ name: 'uBlock Origin', options: { extension: false, addon }, recording: false });
  if (process.env.ATTRIBUTE && browser === 'chromium')
    for (const [name, change] of Object.entries(parts)) if (name.includes(process.env.ATTRIBUTE) || process.env.ATTRIBUTE === '1') list.push({ name, options: { change }, recording: name.startsWith('on') });
  return list;
}

async function measure(browser) {
  const shop = await serveShop();
  const list = variants(browser);
  let n = 0;
  const started = [];
  try {
    for (const variant of list) {
      const live = await launch({ browser, ...variant.options });
      started.push(live);
      await live.navigate(shop.page(`first${n++}`));
      if (variant.recording) await live.record();
    }
    for (const delay of delays) {
      shop.delayMs = delay;
      const times = list.map(() => []);
      const cpu = list.map(() => []);
      for (let round = -WARM_UP; round < runs; round++) {
        // Another order each round: nobody is always first.
        for (const [place] of list.entries()) {
          const at = (place + round + WARM_UP) % list.length;
          const before = cpuMs(started[at].pid);
          await started[at].navigate(shop.page(n++));
          const ms = await started[at].evaluate('(() => { const [e] = performance.getEntriesByType("navigation"); return e.loadEventEnd - e.startTime; })()');
          await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
          if (round < 0) continue;
          times[at].push(ms);
          cpu[at].push(cpuMs(started[at].pid) - before);
        }
      }
      const base = median(times[0]);
      console.log(`\n${browser}, ${delay} ms before each answer, ${runs} loads each`);
      for (const [at, { name }] of list.entries()) {
        const ratio = median(times[at]) / base;
        const paired = median(times[at].map((ms, round) => ms / times[0][round]));
        const target = name === 'on' ? targets[browser][delay] : undefined;
        const verdict = target === undefined ? '' : `  target ${target.toFixed(2)}: ${ratio <= target ? 'met' : 'MISSED'}`;
        console.log(`  ${name.padEnd(42)} median ${median(times[at]).toFixed(0).padStart(5)} ms  ratio ${ratio.toFixed(2)}  (of rounds ${paired.toFixed(2)}, least ${(least(times[at]) / least(times[0])).toFixed(2)}), processor ${median(cpu[at])} ms${verdict}`);
      }
    }
    for (const [at, { recording, name }] of list.entries()) {
      if (!recording) continue;
      const state = await started[at].state();
      if (state.session !== 'open') throw new Error(`${name}: the recording did not last: ${JSON.stringify(state)}`);
    }
  } finally {
    for (const live of started) await live.close();
    shop.close();
  }
}

for (const browser of wanted) await measure(browser);
