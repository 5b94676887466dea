// phantomas: metrics of one page with the archive of its requests, so each page by itself; all is taken together. Each in a process of its
// own: it throws out of an event at some pages, and what it leaves running then would end the pages after it.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { addHar, eachPage, main, readJson } from './shared.mjs';

if (process.argv[2] === '--page') {
  const [url, har, keys] = process.argv.slice(3);
  const results = await createRequire(import.meta.url)('phantomas')(url, { har, timeout: 25, 'post-load-delay': 3, 'page-storage': true, 'ignore-ssl-errors': true });
  fs.writeFileSync(keys, JSON.stringify(results.getOffenders('localStorageEntries') ?? []));
  process.exit(0);
}

await main(import.meta.url, async ({ start, pages, dir, browser }, seen) => {
  await eachPage([start, ...pages], seen, async (url, i) => {
    const [har, keys] = [path.join(dir, `${i}.har`), path.join(dir, `${i}.json`)];
    const page = promisify(execFile)(process.execPath, [fileURLToPath(import.meta.url), '--page', url, har, keys],
      { env: { ...process.env, PHANTOMAS_CHROMIUM_EXECUTABLE: browser }, timeout: 40_000, killSignal: 'SIGKILL' });
    const failure = await page.then(() => null, (error) => error);
    if (fs.existsSync(har)) addHar(seen, readJson(har));
    if (fs.existsSync(keys)) for (const key of readJson(keys)) seen.storage.push({ kind: 'localStorage', key });
    if (failure) throw new Error(/^\w*Error: .*$/m.exec(failure.stderr ?? '')?.[0] ?? failure.message.split('\n')[0]);
  });
});
