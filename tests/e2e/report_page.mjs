// Chromium over one file, driven by CDP on a pipe: what a reader of an HTML report has before him.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { filled, page } from '../../packaging/build-report.mjs';
import { overPipe } from '../live/pipe.mjs';
import { binDir, until } from './lib.mjs';

/** What the build fetched to draw with, where it is built. */
const drawn = path.join(binDir, '../generated/report/drawing.js');
export const drawing = fs.existsSync(drawn) ? fs.readFileSync(drawn, 'utf8') : undefined;

/** Writes a report as the host would. @param {string} file @param {any} parts */
export function write(file, parts) {
  fs.writeFileSync(file, filled(page(drawing), parts));
  return file;
}

/** @param {string} dir a folder for its profile */
export async function openBrowser(dir, args = []) {
  const child = spawn('/usr/bin/chromium', ['--headless=new', '--no-sandbox', '--disable-gpu', `--user-data-dir=${path.join(dir, 'profile')}`, '--remote-debugging-pipe', '--no-first-run', '--no-default-browser-check', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', ...args, 'about:blank'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], env: { ...process.env, HOME: dir } });
  const rpc = overPipe(child);
  const { targetInfos } = await until(async () => { const t = await rpc.call('Target.getTargets', {}); return t.targetInfos.some((i) => i.type === 'page') && t; }, 'a page', 20_000);
  const { sessionId } = await rpc.call('Target.attachToTarget', { targetId: targetInfos.find((i) => i.type === 'page').targetId, flatten: true });
  const call = (method, params = {}) => rpc.call(method, params, { sessionId });
  const asked = [];
  rpc.listen(({ method, params }) => { if (method === 'Network.requestWillBeSent') asked.push(params.request.url); });
  await call('Page.enable');
  await call('Network.enable');
  /** @param {string} expression @returns {Promise<any>} its value, awaited */
  const evaluate = async (expression) => {
    const { result, exceptionDetails } = await call('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  return {
    rpc, pid: child.pid, call, evaluate, asked,
    async open(file) {
      await call('Page.navigate', { url: pathToFileURL(file).href });
      await until(() => evaluate('document.readyState === "complete" && document.querySelector("main:not([aria-busy]) > *:not(noscript)") !== null').catch(() => false), 'the report', 60_000);
    },
    /** @param {number} width @param {'light' | 'dark'} scheme */
    async look(width, scheme, height = 900) {
      await call('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
      await call('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }, { name: 'prefers-reduced-motion', value: 'reduce' }] });
    },
    async shot(file, whole = false) {
      const { data } = await call('Page.captureScreenshot', { format: 'png', captureBeyondViewport: whole });
      fs.writeFileSync(file, Buffer.from(data, 'base64'));
    },
    async key(key, code = key) {
      const keys = { Tab: 9, Enter: 13, Escape: 27, ArrowDown: 40, ArrowUp: 38, End: 35, Home: 36, PageDown: 34 };
      for (const type of ['keyDown', 'keyUp']) await call('Input.dispatchKeyEvent', { type, key, code, windowsVirtualKeyCode: keys[key], ...(key === 'Enter' && type === 'keyDown' ? { text: '\r' } : {}) });
    },
    async close() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      await rpc.call('Browser.close', {}).catch(() => {});
      const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
      await gone;
      clearTimeout(timer);
    },
  };
}
