// chrome-har-capturer: an HTTP archive of each page, in one browser, with time for what comes late.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { addHar, eachPage, main, within } from './shared.mjs';

const LATE_MS = 3000;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

await main(import.meta.url, async ({ start, pages, dir, browser }, seen) => {
  const capturer = createRequire(import.meta.url)('chrome-har-capturer');
  const profile = path.join(dir, 'profile');
  const child = spawn(browser, ['--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`, '--no-first-run', 'about:blank'], { stdio: 'ignore', detached: true });
  const portFile = path.join(profile, 'DevToolsActivePort');
  for (let i = 0; i < 200 && !fs.existsSync(portFile); i++) await sleep(100);
  await sleep(300);
  const port = Number(fs.readFileSync(portFile, 'utf8').split('\n')[0]);
  try {
    await eachPage([start, ...pages], seen, (url) => within(60_000, new Promise((resolve, reject) => {
      capturer.run([url], { host: '127.0.0.1', port, content: false, cache: true, timeout: 30_000, postHook: () => sleep(LATE_MS) })
        .on('har', (har) => { addHar(seen, har); resolve(); })
        .on('fail', (at, error) => reject(error));
    }), url));
  } finally {
    process.kill(-child.pid, 'SIGKILL');
  }
});
