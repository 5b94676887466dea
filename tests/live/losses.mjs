// What is lost when something is killed in the middle of page loads, held against what the server saw. A request that is not in the
// case is forgivable only where the case itself says that it was not watching: a `gap`, a note that the background began anew, or
// a session that nobody closed.
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { run, until } from '../e2e/lib.mjs';
import { launch } from './browser.mjs';
import { readCase } from './read-case.mjs';
import { serveShop } from './site.mjs';

export const scenarios = ['background', 'host', 'browser'];
const LATENCY_MOST_MS = 2000;
const GIVES_UP_AFTER = 10;    // The extension stops trying after a dozen hosts in a row that lived for less than 5 s (host-port.js).
const STEADY_MS = 5500;

/**
 * When was the case not watching, by its own word? An outage begins at the last request that it tells of: the browser delivers other
 * events (Firefox a navigation's) well before the requests of the same moment.
 * @param {any[]} entries @returns {{from: number, to: number, why: string}[]}
 */
export function outages(entries) {
  const found = [];
  const lastBefore = (q) => entries.reduce((t, e) => (e.k === 'request' && e.q < q ? Math.max(t, e.t) : t), 0);
  for (const e of entries) {
    if (e.k === 'gap') found.push({ from: lastBefore(e.b.from), to: e.t, why: 'gap' });
    if (e.k === 'recorder.note' && e.b.code === 'background-restarted') found.push({ from: lastBefore(e.q), to: e.t, why: 'background-restarted' });
  }
  const closed = entries.some((e) => e.k === 'session.close');
  if (!closed) found.push({ from: lastBefore(Infinity), to: Infinity, why: 'not closed' });
  return found;
}

/**
 * @param {Map<string, {asked: number, answered: number | null}>} truth of the server, by address
 * @param {any[]} entries of one case
 */
export function compare(truth, entries) {
  const told = new Map();
  for (const e of entries) if (e.k === 'request' || e.k === 'request.failed') told.set(e.b.url, [...(told.get(e.b.url) ?? []), e]);
  // The browser tells of an answer some time after the server gave it: that much before an outage is still part of it.
  let latency = 0;
  for (const [url, { answered }] of truth) {
    const e = told.get(url)?.[0];
    if (e?.k === 'request' && answered !== null) latency = Math.max(latency, Math.min(e.t - answered, LATENCY_MOST_MS));
  }
  const windows = outages(entries);
  const result = { received: truth.size, recorded: 0, covered: 0, unrecorded: /** @type {string[]} */ ([]), doubled: 0, latency, windows };
  for (const [url, { asked, answered }] of truth) {
    const here = told.get(url) ?? [];
    if (here.filter((e) => e.k === 'request').length > 1) result.doubled++;
    if (here.length > 0) result.recorded++;
    else if (windows.some((w) => asked <= w.to && (answered ?? Infinity) + latency >= w.from)) result.covered++;
    else result.unrecorded.push(`${url} asked ${asked} answered ${answered}`);
  }
  return result;
}

/** @param {import('./site.mjs').serveShop extends (...a: any) => Promise<infer S> ? S : never} shop @param {string[]} pages numbers of the pages that were loaded */
function truthOf(shop, pages) {
  const wanted = new Set(pages);
  return new Map([...shop.seen].filter(([url]) => wanted.has(new URL(url).searchParams.get('n') ?? '')));
}

async function begin(live, shop, n) {
  await live.navigate(shop.page(n));
  await live.record();
  await wait(200);
  await until(() => live.evaluate('document.readyState === "complete"').catch(() => false), 'the page that Record loads anew', 20_000);
}

/** Loads a page and does `harm` somewhere within. */
async function loadAndHarm(live, shop, n, harm) {
  const load = live.navigate(shop.page(n), 20_000).catch(() => {});
  await wait(40 + Math.random() * 300);
  await harm();
  await load;
}

/** @returns {Promise<{pages: string[], live: any}>} */
async function harmWithin(browser, scenario, kills, shop) {
  const live = await launch({ browser });
  const pages = [];
  const page = (name) => { pages.push(name); return name; };
  try {
    await begin(live, shop, 'first');
    for (let k = 0; k < kills; k++) {
      const before = live.hostPids().length;
      await loadAndHarm(live, shop, page(`${k}a`), async () => {
        if (scenario === 'background') await live.stopBackground();
        else process.kill(live.hostPids().pop(), 'SIGKILL');
      });
      await live.navigate(shop.page(page(`${k}b`)));
      await until(() => live.hostPids().length > before, 'another host', 30_000);
      if (scenario === 'host' && kills > GIVES_UP_AFTER) await wait(STEADY_MS);
    }
    await live.navigate(shop.page(page('last')));
    const state = await live.stop();
    if (state.session !== 'closed') throw new Error(`not sealed: ${JSON.stringify(state)}\n${live.hostLog()}`);
    return { pages, live };
  } catch (error) {
    await live.close();
    throw error;
  }
}

const restartsIn = (entries) => entries.filter((e) => e.b.code === 'background-restarted').length;

async function verified(dir, home) {
  const { code, stdout, stderr } = await run(['verify', dir], { home });
  if (code !== 0) throw new Error(`affiant verify ${dir}: ${code}\n${stdout}${stderr}`);
}

/**
 * @param {{browser: 'chromium' | 'firefox', scenario: string, kills: number, parts?: number}} options
 * @returns {Promise<ReturnType<typeof compare> & {restarts: number, how: string}>}
 */
export async function measure({ browser, scenario, kills, parts = 200 }) {
  const shop = await serveShop({ parts, delayMs: 5 });
  try {
    if (scenario === 'browser') return await killBrowsers(browser, kills, shop);
    const { pages, live } = await harmWithin(browser, scenario, kills, shop);
    try {
      const [dir, ...others] = live.cases();
      if (others.length > 0) throw new Error(`one recording, but ${others.length + 1} cases`);
      await verified(dir, path.join(live.dir, 'data'));
      const entries = readCase(dir);
      // A host that was killed at once may not have had the time to write that it went on.
      const restarts = scenario === 'background' ? restartsIn(entries) : live.hostPids().length - 1;
      return { ...compare(truthOf(shop, pages), entries), restarts,
        how: scenario === 'background' ? live.howBackgroundIsStopped : 'kill -9 of affiant-host' };
    } finally {
      await live.close();
    }
  } finally {
    shop.close();
  }
}

async function killBrowsers(browser, kills, shop) {
  const all = { received: 0, recorded: 0, covered: 0, unrecorded: [], doubled: 0, latency: 0, windows: [], restarts: 0, how: 'kill -9 of the browser' };
  let live = await launch({ browser });
  const { dir } = live;
  try {
    for (let k = 0; k < kills; k++) {
      await begin(live, shop, `first${k}`);
      await live.navigate(shop.page(`${k}a`));
      await wait(1000);  // What is older than that is on disk, whatever happens.
      await loadAndHarm(live, shop, `${k}b`, () => live.kill());
      const recorded = live.cases().pop();
      // The next start finds what was left open and closes it.
      live = await launch({ browser, dir });
      await until(() => !fs.existsSync(path.join(recorded, 'case.key')), 'the case that was left open to be sealed', 30_000).catch(() => {});
      await verified(recorded, path.join(dir, 'data'));
      const entries = readCase(recorded);
      const one = compare(truthOf(shop, [`${k}a`, `${k}b`]), entries);
      for (const key of ['received', 'recorded', 'covered', 'doubled']) all[key] += one[key];
      all.unrecorded.push(...one.unrecorded);
      all.windows.push(...one.windows);
      all.latency = Math.max(all.latency, one.latency);
      all.restarts += restartsIn(entries);
    }
    return all;
  } finally {
    await live.close();
  }
}
