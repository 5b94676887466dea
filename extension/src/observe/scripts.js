// Reports of the content scripts → cookie.script, storage.set, technique, consent.state. Page-reported: a hostile page could avoid or, with more effort,
// forge them (docs/permissions.md); what the isolated script cannot vouch for is checked here again.
import { parseStack, scriptOf } from '../attribution.js';
import { splitLine } from './set-cookie.js';

const IDS = ['affiant-isolated', 'affiant-main'];
/** In this order: the first hands its tools to the others, the last takes care that nobody else gets them. */
const PAGE_SCRIPTS = ['main', 'main-cookies', 'main-storage', 'main-techniques', 'main-canvas', 'main-consent'].map((name) => `src/content/${name}.js`);
const AREAS = new Set(['localStorage', 'sessionStorage', 'indexedDB', 'cacheStorage', 'opfs', 'serviceWorker']);
const MOST_KEYS = 20_000;  // Remembered for telling what an earlier look has told.
const MOST_RECORDS = 2000;  // In one message; the content script sends far fewer.
const LIMIT = 200_000;  // Characters of any one string; the content script has cut far below.

/** @param {any} v @returns {v is string} */
const isText = (v) => typeof v === 'string' && v.length <= LIMIT;

/** The Set-Cookie line that says what a cookieStore call says. @param {any} c */
export function cookieStoreLine(c) {
  const parts = [`${c.name}=${c.value ?? ''}`, `path=${c.path ?? '/'}`];
  if (c.domain) parts.push(`domain=${c.domain}`);
  if (typeof c.expires === 'number' && Number.isFinite(c.expires) && Math.abs(c.expires) <= 8.64e15) parts.push(`expires=${new Date(c.expires).toUTCString()}`);
  if (c.remove) parts.push('max-age=0');
  parts.push('secure', `samesite=${c.sameSite ?? 'strict'}`);
  if (c.partitioned) parts.push('partitioned');
  return parts.join('; ');
}

/** Counts as the page reports them, as text. @param {string} text @returns {Record<string, string>} */
function featureMap(text) {
  let features;
  try { features = JSON.parse(text); } catch { return {}; }
  if (typeof features !== 'object' || features === null) return {};
  return Object.fromEntries(Object.entries(features).filter(([name, n]) => /^\w{1,40}$/.test(name) && Number.isFinite(n)).slice(0, 30).map(([name, n]) => [name, String(n)]));
}

export class ScriptObserver {
  #parts;
  /** @type {Set<string>} */ #told = new Set();

  /** @param {{api: typeof chrome, session: import('../session.js').Session, documents: import('../attribution.js').Documents, scope: import('../scope.js').Scope,
   *   inbox: import('../inbox.js').Inbox}} parts */
  constructor(parts) { this.#parts = parts; }

  async start() {
    const { api, inbox } = this.#parts;
    inbox.attach((message, sender) => this.receive(message, sender));
    await removeHooks(api);
    const everywhere = { matches: ['<all_urls>'], allFrames: true, matchOriginAsFallback: true, runAt: 'document_start', persistAcrossSessions: false };
    await api.scripting.registerContentScripts(/** @type {any} */ ([
      { ...everywhere, id: IDS[0], js: ['src/content/isolated.js'], world: 'ISOLATED' },
      { ...everywhere, id: IDS[1], js: PAGE_SCRIPTS, world: 'MAIN' },
    ]));
  }

  async stop() {
    this.#parts.inbox.detach();
    await removeHooks(this.#parts.api);
  }

  /** @param {any} message @param {any} sender */
  receive(message, sender) {
    const { scope, documents, session } = this.#parts;
    if (!sender.tab || sender.tab.incognito) return;
    if (!scope.wantsTab(sender.tab.id) || !Array.isArray(message.records) || !isText(message.url)) return;
    const origin = isText(message.origin) ? message.origin : null;
    const place = documents.placeOfScript(sender.tab.id, sender.frameId ?? 0, message.url, origin, sender.documentId);
    for (const record of message.records.slice(0, MOST_RECORDS)) this.#record(record, place, origin);
    const dropped = (message.dropped || 0) + Math.max(0, message.records.length - MOST_RECORDS);
    if (dropped > 0) session.note('content-script-overflow', `${dropped} calls of ${message.url} were not kept`);
    if (message.refused > 0) session.note('forged-message', `${message.refused} messages in ${message.url} were not of our making`);
  }

  /** @param {any} r @param {import('../attribution.js').Place} place @param {string | null} origin */
  #record(r, place, origin) {
    const { session } = this.#parts;
    const stack = isText(r?.stack) ? parseStack(r.stack) : [];
    const by = { stack, ...scriptOf(stack), ...place };
    const options = { t: Number.isFinite(r?.t) ? r.t : undefined };
    if (r.k === 'cookie' && isText(r.line)) {
      session.emit('cookie.script', { via: 'document.cookie', ...splitLine(r.line), ...by, ...(r.cut ? { cut: ['value', 'tail'] } : {}) }, options);
    } else if (r.k === 'cookieStore' && isText(r.cookie?.name)) {
      const via = r.cookie.remove ? 'cookieStore.delete' : 'cookieStore.set';
      session.emit('cookie.script', { via, ...splitLine(cookieStoreLine(r.cookie)), ...by }, options);
    } else if (r.k === 'technique' && isText(r.technique) && isText(r.features)) {
      session.emit('technique', { technique: r.technique, features: featureMap(r.features), ...by }, options);
    } else if (r.k === 'consent' && isText(r.source)) {
      session.emit('consent.state', { source: r.source, status: r.status || null, value: r.value || null, ...place }, options);
    } else if (r.k === 'fault') {
      session.note('hook-error', `${r.where}: ${r.why} in ${place.frame_url}`);
    } else if (r.k === 'storage' && AREAS.has(r.area)) {
      if (!this.#isNews(r, origin, place)) return;
      session.emit('storage.set', {
        area: r.area, op: r.op, origin: origin ?? '', key: isText(r.key) ? r.key : null, value: isText(r.value) ? r.value : null,
        size: Number.isSafeInteger(r.size) && r.size >= 0 ? r.size : 0, via: r.via, ...by, ...(r.cut ? { cut: ['value'] } : {}),
      }, options);
    }
  }

  /** What is only found to be there is told once, and not at all where a call was seen. @param {any} r @param {string | null} origin @param {import('../attribution.js').Place} place */
  #isNews(r, origin, place) {
    const key = [r.area, origin, place.top_host, r.key].join('\n');
    const known = this.#told.has(key);
    if (this.#told.size < MOST_KEYS) this.#told.add(key);
    return r.op !== 'present' || !known;
  }

  /** Asks every frame of a tab to compare its storage now. @param {number} tab */
  async snapshot(tab) {
    const { api, session } = this.#parts;
    const frames = (await api.webNavigation.getAllFrames({ tabId: tab }).catch(() => null)) ?? [];
    const silent = /** @type {string[]} */ ([]);
    await Promise.all(frames.map(async (frame) => {
      const answer = await Promise.race([
        api.tabs.sendMessage(tab, { affiant: 'snapshot' }, { frameId: frame.frameId }).catch(() => null),
        new Promise((resolve) => setTimeout(() => resolve(null), 1500)),
      ]);
      if (!answer?.joined && /^https?:/.test(frame.url)) silent.push(frame.url);
    }));
    if (silent.length > 0) session.note('content-script-silent', silent.slice(0, 20).join(' '));
  }
}

/** @param {typeof chrome} api */
export async function removeHooks(api) {
  const left = await api.scripting.getRegisteredContentScripts({ ids: IDS }).catch(() => []);
  if (left.length > 0) await api.scripting.unregisterContentScripts({ ids: left.map((s) => s.id) }).catch(() => {});
}
