// phantomas: metrics of one page with the archive of its requests, so each page by itself; all is taken together.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { addHar, eachPage, main, readJson, within } from './shared.mjs';

await main(import.meta.url, async ({ start, pages, dir, browser }, seen) => {
  process.env.PHANTOMAS_CHROMIUM_EXECUTABLE = browser;
  const phantomas = createRequire(import.meta.url)('phantomas');
  await eachPage([start, ...pages], seen, async (url, i) => {
    const har = path.join(dir, `${i}.har`);
    const results = await within(30_000, phantomas(url, { har, timeout: 25, 'post-load-delay': 3, 'page-storage': true, 'ignore-ssl-errors': true }), url);
    if (fs.existsSync(har)) addHar(seen, readJson(har));
    for (const key of results.getOffenders('localStorageEntries') ?? []) seen.storage.push({ kind: 'localStorage', key });
  });
});
