// What Chromium itself says about the farm: its debugging protocol, without our extension.
import { overPipe } from '../../live/pipe.mjs';
import { documents } from './documents.mjs';
import { dumpExpression } from './dump.mjs';
import { end, startChromium } from './launch.mjs';

const QUIET_MS = 1500;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * @typedef {{jar: {name: string, value: string, domain: string, partitioned: boolean}[], storage: {kind: string, origin: string, key: string}[],
 *   requests: Map<string, {answered: boolean, failed: boolean}>, refusals: Map<string, string[]>}} Seen
 *   refusals: the browser's own reasons, by Set-Cookie line
 */

/** @returns {Promise<Seen>} */
export async function askChromium(dir, { ca, ports }) {
  const child = startChromium(dir, { ca, ports });
  try {
    return await ask(overPipe(child));
  } finally {
    await end(child);
  }
}

async function ask(rpc) {
  const send = (method, params = {}, sessionId = undefined) => rpc.call(method, params, sessionId ? { sessionId } : {});
  /** @type {Seen} */
  const seen = { jar: [], storage: [], requests: new Map(), refusals: new Map() };
  const urls = new Map();      // Session and request id → address.
  const contexts = new Map();  // Session/context → true, as long as it lives.
  let last = Date.now();
  let loads = 0;
  const request = (url) => {
    const plain = url.replace(/#.*$/, '');
    if (!seen.requests.has(plain)) seen.requests.set(plain, { answered: false, failed: false });
    return seen.requests.get(plain);
  };
  const join = async (session, type, waits) => {
    const say = (method, params) => send(method, params, session).catch(() => {});
    // Not awaited one by one: a target that waits for the debugger answers some only when it runs.
    say('Network.enable', {});
    if (type === 'page' || type === 'iframe') { say('Page.enable'); say('Runtime.enable'); say('DOMStorage.enable'); }
    if (type !== 'tab') say('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true });
    if (waits) say('Runtime.runIfWaitingForDebugger');
  };
  rpc.listen(({ method, params: p, sessionId: session }) => {
    const id = `${session}/${p?.requestId}`;
    switch (method) {
      case 'Target.attachedToTarget': join(p.sessionId, p.targetInfo.type, p.waitingForDebugger); break;
      case 'Network.requestWillBeSent':
        last = Date.now();
        if (p.redirectResponse) request(urls.get(id) ?? p.redirectResponse.url).answered = true;
        urls.set(id, p.request.url);
        request(p.request.url);
        break;
      case 'Network.webSocketCreated': urls.set(id, p.url); request(p.url); break;
      case 'Network.webSocketHandshakeResponseReceived': if (urls.has(id)) request(urls.get(id)).answered = true; break;
      case 'Network.webSocketFrameError': if (urls.has(id)) request(urls.get(id)).failed = true; break;
      case 'Network.responseReceived': last = Date.now(); request(p.response.url).answered = true; break;
      case 'Network.responseReceivedExtraInfo':
        for (const { blockedReasons, cookieLine } of p.blockedCookies ?? []) seen.refusals.set(cookieLine, [...(seen.refusals.get(cookieLine) ?? []), ...blockedReasons]);
        break;
      case 'Network.loadingFailed': last = Date.now(); if (urls.has(id)) request(urls.get(id)).failed = true; break;
      case 'Page.loadEventFired': loads++; break;
      case 'Runtime.executionContextCreated': contexts.set(`${session}/${p.context.id}`, p.context); break;
      case 'Runtime.executionContextDestroyed': contexts.delete(`${session}/${p.executionContextId}`); break;
      case 'Runtime.executionContextsCleared': for (const key of contexts.keys()) if (key.startsWith(`${session}/`)) contexts.delete(key); break;
      case 'Target.detachedFromTarget': for (const key of contexts.keys()) if (key.startsWith(`${p.sessionId}/`)) contexts.delete(key); break;
      case 'DOMStorage.domStorageItemAdded':
        // A storage key is an origin with a slash and, for a third party, with the top-level site behind a "^".
        seen.storage.push({ kind: p.storageId.isLocalStorage ? 'localStorage' : 'sessionStorage',
          origin: new URL((p.storageId.storageKey ?? p.storageId.securityOrigin).replace(/\^.*$/, '')).origin,
          key: p.key, event: true });
        break;
      default:
    }
  });
  await send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true, filter: [{ type: 'page' }, { type: 'service_worker' },
    { type: 'shared_worker' }] });
  const { targetId } = await send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true });
  await join(sessionId, 'page', false);
  for (const url of [documents.get('start').url, ...[...documents.values()].filter((d) => d.page).map((d) => d.url), 'about:blank']) {
    const before = loads;
    const started = Date.now();
    await send('Page.navigate', { url }, sessionId);
    while ((loads === before || Date.now() - Math.max(last, started) < QUIET_MS) && Date.now() - started < 20_000) await sleep(50);
    if (url === 'about:blank') await sleep(500);
    await Promise.all([...contexts.keys()].map(async (key) => {
      const [session, context] = key.split('/');
      const origin = contexts.get(key)?.origin ?? '';
      if (!/^https?:/.test(origin)) return;
      const answer = send('Runtime.evaluate', { expression: dumpExpression, contextId: Number(context), awaitPromise: true, returnByValue: true }, session);
      const result = await Promise.race([answer.catch(() => null), sleep(4000)]);
      if (typeof result?.result?.value === 'string') seen.storage.push(...JSON.parse(result.result.value).map((item) => ({ ...item, page: url })));
    }));
  }
  const { cookies } = await send('Storage.getCookies');
  seen.jar = cookies.map((c) => ({ name: c.name, value: c.value, domain: c.domain, path: c.path, partitioned: c.partitionKey !== undefined }));
  await send('Browser.close').catch(() => {});
  return seen;
}
