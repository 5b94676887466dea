// @slashgear/gdpr-cookie-scanner: one page a run, so each page by itself; all is taken together.
import { eachPage, main, within } from './shared.mjs';

await main(import.meta.url, async ({ start, pages, browser }, seen) => {
  const { chromium } = await import('playwright');
  const { scan } = await import('@slashgear/gdpr-cookie-scanner');
  // It has no option for the browser: the launch that it calls is given one.
  const launch = chromium.launch.bind(chromium);
  chromium.launch = (options) => launch({ ...options, executablePath: browser });
  await eachPage([start, ...pages], seen, async (url) => {
    const found = await within(120_000, scan(url, { timeout: 10_000, strict: true }), url);
    for (const phase of ['BeforeInteraction', 'AfterReject', 'AfterAccept']) {
      for (const c of found[`cookies${phase}`]) seen.cookies.push({ name: c.name, value: c.value, domain: c.domain, state: 'stored' });
      for (const r of found[`network${phase}`]) seen.requests.push(r.url);
    }
  });
});
