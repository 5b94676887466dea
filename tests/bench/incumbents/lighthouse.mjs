// lighthouse: one page a run, so each page by itself; its report, its issues and the raw log that it saves with its assets.
import fs from 'node:fs';
import path from 'node:path';
import { attempts, eachPage, main, within } from './shared.mjs';

/** The raw log that comes with its assets. It lists the lines that were blocked: the others it is taken to call stored. */
function addLog(seen, log) {
  const hops = new Map();   // Request id → the addresses of its hops, of which the heads of the answers come in the same order.
  const heads = new Map();
  for (const { method, params } of log ?? []) {
    if (method === 'Network.requestWillBeSent' || method === 'Network.webSocketCreated') {
      const url = params.request?.url ?? params.url;
      hops.set(params.requestId, [...(hops.get(params.requestId) ?? []), url]);
      seen.requests.push(url);
    } else if (method === 'Network.responseReceivedExtraInfo') {
      heads.set(params.requestId, [...(heads.get(params.requestId) ?? []), params]);
    }
  }
  for (const [id, answers] of heads) {
    for (const [i, { headers, blockedCookies }] of answers.entries()) {
      const blocked = new Set((blockedCookies ?? []).map(({ cookieLine }) => cookieLine));
      for (const [name, text] of Object.entries(headers)) {
        if (name.toLowerCase() !== 'set-cookie') continue;
        for (const line of text.split('\n')) seen.cookies.push(...attempts([line], hops.get(id)?.[i]).map((c) => ({ ...c, state: blocked.has(line) ? 'refused' : 'stored' })));
      }
    }
  }
}

await main(import.meta.url, async ({ start, pages, dir, browser }, seen) => {
  const { default: lighthouse } = await import('lighthouse');
  const { launch } = await import('chrome-launcher');
  await eachPage([start, ...pages], seen, async (url, i) => {
    const userDataDir = path.join(dir, `profile${i}`);
    fs.mkdirSync(userDataDir);
    const chrome = await launch({ chromePath: browser, chromeFlags: ['--headless=new'], userDataDir });
    try {
      const { lhr, artifacts } = await within(120_000, lighthouse(url, { port: chrome.port, output: 'json', logLevel: 'silent', formFactor: 'desktop', throttlingMethod: 'provided',
        screenEmulation: { disabled: true }, disableStorageReset: false, pauseAfterLoadMs: 2000, pauseAfterNetworkQuietMs: 2000, maxWaitForLoad: 10_000,
        onlyAudits: ['network-requests', 'third-party-cookies', 'inspector-issues', 'is-on-https', 'third-party-summary'] }), url);
      fs.writeFileSync(path.join(dir, `${i}.json`), JSON.stringify({ lhr, issues: artifacts.InspectorIssues, log: artifacts.devtoolsLogs?.defaultPass }));
      for (const item of lhr.audits['network-requests']?.details?.items ?? []) seen.requests.push(item.url);
      for (const issue of artifacts.InspectorIssues?.cookieIssue ?? []) {
        const { name, domain } = issue.cookie ?? {};
        const excluded = (issue.cookieExclusionReasons ?? []).length > 0 && issue.operation === 'SetCookie';
        if (name !== undefined) seen.cookies.push({ name, domain, by: issue.request?.url, ...(excluded ? { state: 'refused' } : {}) });
        else if (issue.rawCookieLine) seen.cookies.push(...attempts([issue.rawCookieLine], issue.request?.url).map((c) => ({ ...c, state: 'refused' })));
      }
      addLog(seen, artifacts.devtoolsLogs?.defaultPass ?? artifacts.DevtoolsLog);
    } finally {
      chrome.kill();
    }
  });
});
