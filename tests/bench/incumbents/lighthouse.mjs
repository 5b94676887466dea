// lighthouse: one page a run, so each page by itself; its report, its issues and the raw log that it saves with its assets.
import fs from 'node:fs';
import path from 'node:path';
import { attempts, eachPage, main, within } from './shared.mjs';

function addLog(seen, log) {
  const urls = new Map();
  for (const { method, params } of log ?? []) {
    const url = params?.request?.url ?? params?.url;
    if (method === 'Network.requestWillBeSent' || method === 'Network.webSocketCreated') { urls.set(params.requestId, url); seen.requests.push(url); }
    if (!/^Network\.(?:responseReceived|responseReceivedExtraInfo|webSocketHandshakeResponseReceived)$/.test(method)) continue;
    const headers = params.headers ?? params.response?.headers ?? {};
    const lines = Object.entries(headers).filter(([name]) => name.toLowerCase() === 'set-cookie').map(([, value]) => value);
    seen.cookies.push(...attempts(lines, params.response?.url ?? urls.get(params.requestId)));
    for (const { cookieLine } of params.blockedCookies ?? []) seen.cookies.push(...attempts([cookieLine], urls.get(params.requestId)).map((c) => ({ ...c, state: 'refused' })));
  }
}

await main(import.meta.url, async ({ start, pages, dir, browser }, seen) => {
  const { default: lighthouse } = await import('lighthouse');
  const { launch } = await import('chrome-launcher');
  await eachPage([start, ...pages], seen, async (url, i) => {
    const chrome = await launch({ chromePath: browser, chromeFlags: ['--headless=new'], userDataDir: path.join(dir, `profile${i}`) });
    try {
      const { lhr, artifacts } = await within(120_000, lighthouse(url, { port: chrome.port, output: 'json', logLevel: 'silent', formFactor: 'desktop', throttlingMethod: 'provided',
        screenEmulation: { disabled: true }, disableStorageReset: false, pauseAfterLoadMs: 3000, pauseAfterNetworkQuietMs: 3000, maxWaitForLoad: 30_000,
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
