// Firefox through WebDriver BiDi, with chrome-privileged scripts for what BiDi has no word for.
import fs from 'node:fs';
import { Rpc } from './rpc.mjs';
import { connect } from './websocket.mjs';

export const flags = ['--headless', '--no-remote', '--remote-debugging-port=0', '--remote-allow-system-access'];

/** @param {import('node:child_process').ChildProcess} child @param {string} popupUrl @param {string} log what the browser prints @param {string} id of the extension */
export async function drive(child, popupUrl, log, id) {
  let url;
  for (let i = 0; !url && i < 1200; i++) {
    url = /WebDriver BiDi listening on (ws:\/\/\S+)/.exec(fs.readFileSync(log, 'utf8'))?.[1];
    if (!url) await new Promise((resolve) => setTimeout(resolve, 50));
  }
  if (!url) throw new Error(`Firefox opened no BiDi port\n${fs.readFileSync(log, 'utf8')}`);
  let socket;
  const rpc = new Rpc((message) => socket.send(JSON.stringify(message)));
  socket = await connect(`${url}/session`, { onText: (text) => rpc.receive(JSON.parse(text)), onClose: () => rpc.end() });
  await rpc.call('session.new', { capabilities: { alwaysMatch: { acceptInsecureCerts: true } } });
  const { contexts } = await rpc.call('browsingContext.getTree', { maxDepth: 0 });
  const tab = contexts[0].context;

  const evaluateIn = async (context, expression) => {
    // Answers travel as JSON: BiDi's own form of a value is of no use here.
    const answer = await rpc.call('script.evaluate', { target: { context }, awaitPromise: true, expression: `Promise.resolve(${expression}).then((v) => JSON.stringify(v))` });
    if (answer.type !== 'success') throw new Error(answer.exceptionDetails?.text ?? 'the script failed');
    return answer.result.type === 'string' ? JSON.parse(answer.result.value) : undefined;
  };
  const chrome = async (expression) => {
    const tree = await rpc.call('browsingContext.getTree', { maxDepth: 0, 'moz:scope': 'chrome' });
    return evaluateIn(tree.contexts[0].context, expression);
  };

  return {
    rpc,
    chrome,
    async navigate(address, timeoutMs = 60_000) { await rpc.call('browsingContext.navigate', { context: tab, url: address, wait: 'complete' }, {}, timeoutMs); },
    evaluate: (expression) => evaluateIn(tab, expression),
    async popup(expression, page = '', { front = false } = {}) {
      const { context } = await rpc.call('browsingContext.create', { type: 'tab', background: !front });
      try {
        await rpc.call('browsingContext.navigate', { context, url: new URL(page, popupUrl).href, wait: 'complete' });
        return await evaluateIn(context, expression);
      } finally {
        await rpc.call('browsingContext.close', { context }).catch(() => {});
      }
    },
    /** What the browser does with an idle event page; without the second word it would spare one that has a native port open. */
    stopBackground: () => chrome(`WebExtensionPolicy.getByID(${JSON.stringify(id)}).extension.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true }).then(() => true)`),
    howBackgroundIsStopped: 'extension.terminateBackground({ disableResetIdleForTest }) in the chrome context',
    backgroundHeap: async () => null,
    /** Asks every process to give back what it can, as about:memory does: what remains is in use. */
    async collect() {
      await chrome('Services.obs.notifyObservers(null, "child-mmu-request")');
      await new Promise((resolve) => setTimeout(resolve, 3000));
    },
    /** The process that extensions live in. @returns {Promise<number | null>} */
    extensionProcess: () => chrome('ChromeUtils.requestProcInfo().then((all) => all.children.find((c) => c.type === "extension")?.pid ?? null)'),
    quit: () => rpc.call('browser.close', {}, {}, 5000),
  };
}
