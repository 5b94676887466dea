// What Firefox itself says about the farm: WebDriver BiDi, without our extension.
import { documents } from './documents.mjs';
import { dumpExpression } from './dump.mjs';
import { end, startFirefox } from './launch.mjs';
import { startSocks } from './socks.mjs';
import { Rpc } from '../../live/rpc.mjs';
import { connect } from '../../live/websocket.mjs';

const QUIET_MS = 1500;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// In the browser's own scope: the whole jar.
const jarExpression = `JSON.stringify(Services.cookies.cookies.map((c) => ({
  name: c.name, value: c.value, domain: c.host, path: c.path, expiry: c.isSession ? null : c.expiry, partitioned: c.originAttributes.partitionKey !== '',
})))`;

/** @returns {Promise<import('./oracle-chromium.mjs').Seen>} */
export async function askFirefox(dir, { ca, ports }) {
  const socks = await startSocks(ports);
  const child = startFirefox(dir, { ca, socksPort: socks.port });
  try {
    const address = await new Promise((resolve, reject) => {
      let text = '';
      child.stderr.setEncoding('utf8').on('data', (more) => {
        text += more;
        const found = /WebDriver BiDi listening on (ws:\S+)/.exec(text);
        if (found) resolve(found[1]);
      });
      child.once('exit', () => reject(new Error(`Firefox ended before it listened: ${text.slice(-500)}`)));
    });
    return await ask(`${address}/session`);
  } finally {
    await end(child);
    socks.close();
  }
}

async function ask(address) {
  /** @type {import('./oracle-chromium.mjs').Seen} */
  const seen = { jar: [], storage: [], requests: new Map(), refusals: new Map() };
  let last = Date.now();
  let loaded = 0;
  let tab = '';
  const request = (p) => {
    last = Date.now();
    const url = p.request.url.replace(/#.*$/, '');
    if (!seen.requests.has(url)) seen.requests.set(url, { answered: false, failed: false });
    return seen.requests.get(url);
  };
  const events = {
    'network.beforeRequestSent': (p) => { request(p); },
    'network.responseStarted': (p) => { request(p).answered = true; },
    'network.responseCompleted': (p) => { request(p).answered = true; },
    'network.fetchError': (p) => { request(p).failed = true; },
    'browsingContext.load': (p) => { if (p.context === tab) loaded++; },
  };
  let socket;
  const rpc = new Rpc((message) => socket.send(JSON.stringify(message)));
  rpc.listen((message) => events[message.method]?.(message.params));
  socket = await connect(address, { onText: (/** @type {string} */ text) => rpc.receive(JSON.parse(text)), onClose: () => rpc.end() });
  const send = (method, params = {}) => rpc.call(method, params);

  await send('session.new', { capabilities: {} });
  await send('session.subscribe', { events: Object.keys(events) });
  tab = (await send('browsingContext.create', { type: 'tab' })).context;
  const dump = async (context, url) => {
    const answer = send('script.evaluate', { expression: dumpExpression, target: { context }, awaitPromise: true });
    const result = await Promise.race([answer.catch(() => null), sleep(4000)]);
    if (result?.result?.type === 'string') seen.storage.push(...JSON.parse(result.result.value).map((item) => ({ ...item, page: url })));
  };
  const tree = (nodes) => nodes.flatMap((node) => [node.context, ...tree(node.children ?? [])]);
  for (const url of [documents.get('start').url, ...[...documents.values()].filter((d) => d.page).map((d) => d.url), 'about:blank']) {
    const before = loaded;
    const started = Date.now();
    send('browsingContext.navigate', { context: tab, url, wait: 'none' }).catch(() => {});
    while ((loaded === before || Date.now() - Math.max(last, started) < QUIET_MS) && Date.now() - started < 20_000) await sleep(50);
    if (url === 'about:blank') await sleep(500);
    const { contexts } = await send('browsingContext.getTree', { root: tab });
    await Promise.all(tree(contexts).map((context) => dump(context, url)));
  }
  // storage.getCookies gives every cookie but not its partition; the browser's own scope has both (--remote-allow-system-access).
  const plain = (await send('storage.getCookies', {})).cookies;
  const chrome = (await send('browsingContext.getTree', { 'moz:scope': 'chrome' })).contexts[0].context;
  const jar = await send('script.evaluate', { target: { context: chrome }, awaitPromise: false, expression: jarExpression });
  seen.jar = JSON.parse(jar.result.value);
  // The jar keeps what has run out until it is next looked at. Expiry is in ms, in older versions in seconds.
  const over = ({ expiry }) => expiry !== null && (expiry > 1e11 ? expiry : expiry * 1000) < Date.now();
  if (plain.length !== seen.jar.length) throw new Error(`storage.getCookies gives ${plain.length} cookies, the jar has ${seen.jar.length}`);
  seen.jar = seen.jar.filter((c) => !over(c));
  await send('browser.close').catch(() => {});
  return seen;
}
