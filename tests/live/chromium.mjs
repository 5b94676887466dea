// Chromium through its debugging protocol.
import { overPipe } from './pipe.mjs';

export const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking',
  '--remote-debugging-pipe'];

/** @param {import('node:child_process').ChildProcess} child @param {string} popupUrl */
export async function drive(child, popupUrl) {
  const rpc = overPipe(child);
  const attach = async (targetId) => (await rpc.call('Target.attachToTarget', { targetId, flatten: true })).sessionId;
  const evaluateIn = async (sessionId, expression) => {
    const { result, exceptionDetails } = await rpc.call('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true }, { sessionId });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  const targets = async () => (await rpc.call('Target.getTargets')).targetInfos;
  let tab;
  for (let i = 0; !tab && i < 200; i++) {
    tab = (await targets()).find((t) => t.type === 'page' && !t.url.startsWith('chrome-extension:'));
    if (!tab) await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const session = await attach(tab.targetId);
  await rpc.call('Page.enable', {}, { sessionId: session });
  const worker = async () => (await targets()).find((t) => t.type === 'service_worker' && t.url.startsWith('chrome-extension:'));

  return {
    rpc,
    /** Resolves at the load event. @param {string} url */
    async navigate(url, timeoutMs = 60_000) {
      const loaded = rpc.event((m) => m.method === 'Page.loadEventFired' && m.sessionId === session, timeoutMs);
      loaded.catch(() => {});
      await rpc.call('Page.navigate', { url }, { sessionId: session });
      await loaded;
    },
    /** @param {string} expression may be a promise */
    evaluate: (expression) => evaluateIn(session, expression),
    /** Evaluates in the extension's popup page (or another of its pages), opened as a tab of its own, behind the others or in front. @param {string} expression */
    async popup(expression, page = '', { front = false } = {}) {
      const address = new URL(page, popupUrl).href;
      const { targetId } = await rpc.call('Target.createTarget', { url: address, background: !front });
      try {
        const own = await attach(targetId);
        // A new target is about:blank first, complete and without the extension's interfaces; changing over may end a script.
        const there = () => evaluateIn(own, "document.readyState === 'complete' && typeof globalThis.chrome?.tabs?.query === 'function'").catch(() => false);
        for (let i = 0; !await there(); i++) {
          if (i === 500) throw new Error(`${address} is not there after ten seconds`);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        return await evaluateIn(own, expression);
      } finally {
        await rpc.call('Target.closeTarget', { targetId }).catch(() => {});
      }
    },
    /** Stops the extension's service worker as the browser does when it finds it idle. */
    async stopBackground() {
      await rpc.call('ServiceWorker.enable', {}, { sessionId: session }).catch(() => {});
      await rpc.call('ServiceWorker.stopAllWorkers', {}, { sessionId: session });
    },
    howBackgroundIsStopped: 'CDP ServiceWorker.stopAllWorkers',
    /** Bytes in use of the background's JavaScript heap after a collection, or null when it is not running. */
    async backgroundHeap() {
      const target = await worker();
      if (!target) return null;
      const own = await attach(target.targetId);
      await rpc.call('HeapProfiler.collectGarbage', {}, { sessionId: own });
      const { usedSize } = await rpc.call('Runtime.getHeapUsage', {}, { sessionId: own });
      await rpc.call('Target.detachFromTarget', { sessionId: own });
      return usedSize;
    },
    quit: () => rpc.call('Browser.close', {}, {}, 5000),
  };
}
