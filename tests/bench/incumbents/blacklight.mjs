// @themarkup/blacklight-collector: a crawl from the start page that follows every link, then each page by itself; all is taken together.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { eachPage, addHar, main, nameAndValue, readJson, within } from './shared.mjs';

const desktop = { viewport: { width: 1280, height: 900 }, userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36' };

// The first address in the stack: what its own getScriptUrl names, where that is an address at all.
const setter = (stack) => (stack ?? []).map((frame) => frame.fileName ?? '').find((name) => /^(?:https?:|about:|blob:|data:)/.test(name));

/** Its report, its archive and its own log of calls: whichever says most. */
export function addRun(seen, dir) {
  const report = readJson(path.join(dir, 'inspection.json'));
  for (const c of report.reports.cookies ?? []) seen.cookies.push({ name: c.name, value: c.value, domain: c.domain, by: c.script, state: 'stored' });
  const har = path.join(dir, 'requests.har');
  if (fs.existsSync(har)) addHar(seen, readJson(har));
  let area = '?';
  for (const line of fs.readFileSync(path.join(dir, 'inspection-log.ndjson'), 'utf8').split('\n').filter(Boolean)) {
    const event = JSON.parse(line).message;
    const { symbol = '', operation = '', value } = event?.data ?? {};
    if (event?.type === 'Cookie.HTTP') for (const c of event.data.filter(Boolean)) seen.cookies.push({ name: c.key, value: c.value, by: setter(event.stack) });
    if (/cookie$/.test(symbol) && operation.startsWith('set') && typeof value === 'string') seen.cookies.push({ ...nameAndValue(value), by: setter(event.stack) });
    // Which area a Storage call is for shows only in the read of the area before it.
    if (/\.(?:localStorage|sessionStorage)$/.test(symbol)) area = symbol.replace(/^.*\./, '');
    if (/Storage\.setItem$/.test(symbol)) {
      const key = event.data.arguments?.[0] ?? (typeof value === 'string' && value.startsWith('[') ? JSON.parse(value)[0] : undefined);
      if (key !== undefined) seen.storage.push({ kind: area, key: String(key), by: setter(event.stack) });
    }
  }
}

await main(import.meta.url, async ({ start, pages, dir, browser }, seen) => {
  const { collect } = createRequire(import.meta.url)('@themarkup/blacklight-collector');
  console.log = () => {};
  const run = async (url, name, more) => {
    const outDir = path.join(dir, name);
    // Cookies are not cleared between pages: cleared ones would be in no jar at the end.
    await within(240_000, collect(url, { outDir, emulateDevice: desktop, puppeteerExecutablePath: browser, clearCache: false, captureHar: true, captureLinks: true,
      saveScreenshots: false, quiet: true, ...more }), name);
    addRun(seen, outDir);
  };
  await eachPage([start, ...pages], seen, (url, i) => run(url, `run${i}`, { numPages: i === 0 ? pages.length : 0 }));
});
