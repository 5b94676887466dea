// Memory that does not grow: the extension's background after LOADS page loads (default 1000) within one recording, and the host's
// after EVENTS events (default 1,000,000) fed to it by a script that speaks the extension's protocol, without a browser.
//   AFFIANT_BIN_DIR=build/release/bin node tests/bench/memory.mjs
// BROWSERS=chromium,firefox; PARTS=host,extension; KEEP=folder: where the case of the host's part is left
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { binDir } from '../e2e/lib.mjs';
import { browsers, launch } from '../live/browser.mjs';
import { serveShop } from '../live/site.mjs';

const loads = Number(process.env.LOADS ?? 1000);
const events = Number(process.env.EVENTS ?? 1_000_000);
const wanted = (process.env.BROWSERS ?? browsers.join()).split(',').filter((name) => browsers.includes(name));
const parts = (process.env.PARTS ?? 'host,extension').split(',');
const HOST_TARGET_MIB = 30;
const BATCH = 100;
const IN_FLIGHT = 2000;  // A little more than a busy page has unacknowledged.
const MIB = 1 << 20;

const field = (file, name) => {
  try { return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(fs.readFileSync(file, 'utf8'))?.[1] ?? NaN) / 1024; } catch { return NaN; }
};
const memoryOf = (pid) => ({ pss: field(`/proc/${pid}/smaps_rollup`, 'Pss'), peak: field(`/proc/${pid}/status`, 'VmHWM'), own: field(`/proc/${pid}/status`, 'RssAnon') });

/** An event as a page of an ordinary site makes it; every seventh response sets a cookie. */
function event(q) {
  const place = { tab: 1, frame: 0, top: 'https://shop.example/', top_host: 'shop.example', frame_url: 'https://shop.example/', frame_host: 'shop.example' };
  const url = `https://cdn${q % 50}.example/assets/part-${q}.js?session=0123456789abcdef&n=${q}`;
  const common = { rid: String(q), hop: 0, url, scheme: 'https', host: `cdn${q % 50}.example`, type: 'script', ...place };
  if (q % 7 === 0) return { q, k: 'cookie.header', t: Date.now(), b: { ...common, n: 0, head: `id${q}=`, value: 'v'.repeat(64), tail: '; Path=/; Max-Age=31536000; Secure; SameSite=None', bytes: 'utf-8' } };
  return { q, k: 'request', t: Date.now(), b: { ...common, method: 'GET', status: 200, from_cache: false, redirect: null, initiator: 'https://shop.example', initiator_url: null, document_url: null, ip: null,
    content_type: 'text/javascript', set_cookies: q % 7 === 6 ? 1 : 0, headers: { 'strict-transport-security': 'max-age=31536000' }, parent_frame: -1 } };
}

async function host() {
  const ids = JSON.parse(fs.readFileSync(path.join(path.dirname(fileURLToPath(import.meta.url)), '../../manifests/ids.json'), 'utf8'));
  const dir = process.env.KEEP ?? fs.mkdtempSync(path.join(os.tmpdir(), 'affiant-memory-'));
  const child = spawn(path.join(binDir, 'affiant-host'), [`chrome-extension://${ids.chromium.id}/`], { env: { ...process.env, AFFIANT_HOME: dir }, stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = new Promise((resolve) => child.on('exit', resolve));
  let waiting = null;
  let durable = 0;
  let pending = Buffer.alloc(0);
  const answers = new Map();
  child.stdout.on('data', (data) => {
    pending = Buffer.concat([pending, data]);
    while (pending.length >= 4 && pending.length >= 4 + pending.readUInt32LE(0)) {
      const size = pending.readUInt32LE(0);
      const message = JSON.parse(pending.subarray(4, 4 + size).toString('utf8'));
      pending = pending.subarray(4 + size);
      if (message.type === 'error') throw new Error(JSON.stringify(message));
      if (message.type === 'ack') durable = message.durable;
      answers.set(message.type, message);
      waiting?.();
    }
  });
  const send = async (message) => {
    const body = Buffer.from(JSON.stringify(message));
    const size = Buffer.alloc(4);
    size.writeUInt32LE(body.length);
    if (!child.stdin.write(Buffer.concat([size, body]))) await new Promise((resolve) => child.stdin.once('drain', resolve));
  };
  const until = async (what) => { while (!what()) await new Promise((resolve) => { waiting = resolve; }); };

  try {
    await send({ type: 'hello', protocol: 1, boot: 'memory', extension: { version: '0.1.0' }, browser: { name: 'chromium', version: '1' }, user_agent: 'memory' });
    await until(() => answers.has('welcome'));
    await send({ type: 'open', url: 'https://shop.example/', purpose: 'visit', phase: 'no-choice', gpc: false, third_party_cookies: 'blocked', private_window: false });
    await until(() => answers.has('opened'));
    const began = Date.now();
    const samples = [];
    const sample = (q) => {
      const m = memoryOf(child.pid);
      samples.push(m);
      console.log(`host: ${String(q).padStart(8)} events  PSS ${m.pss.toFixed(1)} MiB, anonymous ${m.own.toFixed(1)} MiB, peak (VmHWM) ${m.peak.toFixed(1)} MiB`);
    };
    for (let q = 1; q <= events; q += BATCH) {
      if ((q - 1) % Math.max(BATCH, Math.floor(events / 10 / BATCH) * BATCH) === 0) sample(q - 1);
      await send({ type: 'events', events: Array.from({ length: Math.min(BATCH, events - q + 1) }, (_, i) => event(q + i)) });
      await until(() => q - durable < IN_FLIGHT);
    }
    await until(() => durable === events);
    sample(events);
    const seconds = (Date.now() - began) / 1000;
    await send({ type: 'close', reason: 'stopped', detail: null, last_q: events });
    await until(() => answers.has('closed'));
    const { peak } = memoryOf(child.pid);
    const growth = samples[samples.length - 1].own - samples[1].own;
    console.log(`host: ${events} events in ${seconds.toFixed(0)} s; peak ${peak.toFixed(1)} MiB, target ${HOST_TARGET_MIB}: ${peak <= HOST_TARGET_MIB ? 'met' : 'MISSED'}; ` +
      `anonymous memory grew ${growth.toFixed(1)} MiB after the first tenth`);
    child.stdin.end();
    await exited;
  } finally {
    child.kill('SIGKILL');
    await exited;
    if (!process.env.KEEP) fs.rmSync(dir, { recursive: true, force: true });
  }
}

async function extension(browser) {
  const shop = await serveShop({ parts: 20 });
  const live = await launch({ browser });
  try {
    await live.navigate(shop.page('first'));
    await live.record();
    const samples = [];
    for (let i = 0; i <= loads; i++) {
      if (i % Math.max(1, Math.floor(loads / 10)) === 0) {
        await new Promise((resolve) => setTimeout(resolve, 1000));  // Until all is acknowledged.
        // In Chromium the background's own heap; in Firefox the process of all extensions, which is as near as one gets.
        await live.collect?.();
        const heap = await live.backgroundHeap();
        const pid = await live.extensionProcess?.();
        const mib = heap === null ? memoryOf(pid).pss : heap / MIB;
        const hosts = memoryOf(live.hostPids().pop());
        samples.push(mib);
        console.log(`${browser}: ${String(i).padStart(5)} loads  ${heap === null ? 'extension process after collection, PSS' : 'background, JS heap'} ${mib.toFixed(1)} MiB; host PSS ${hosts.pss.toFixed(1)} MiB, peak ${hosts.peak.toFixed(1)} MiB`);
      }
      await live.navigate(shop.page(i));
      shop.seen.clear();
    }
    console.log(`${browser}: grew ${(samples[samples.length - 1] - samples[1]).toFixed(1)} MiB from the first tenth to the end`);
    const state = await live.stop();
    if (state.session !== 'closed') throw new Error(`the recording did not last: ${JSON.stringify(state)}`);
  } finally {
    await live.close();
    shop.close();
  }
}

if (parts.includes('host')) await host();
if (parts.includes('extension')) for (const browser of wanted) await extension(browser);
