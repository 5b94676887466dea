// Runs beside the page in the extension's own world: takes the records of main.js, checks their shape, compares storage with what
// the records explain, and hands everything to the background.
(() => {
  'use strict';
  const runtime = (globalThis.browser ?? globalThis.chrome)?.runtime;
  if (!runtime?.id) return;
  const MOST_RECORDS = 10_000;     // Calls of one document; as many again for what is found by looking.
  const MOST_UNITS = 16_000_000;   // UTF-16 units of either.
  const MOST_KEYS = 20_000;        // Of one area.
  const MOST_VALUE = 40_000;       // UTF-16 units.
  const MESSAGE_RECORDS = 500;     // A message to the background holds no more, nor more units.
  const MESSAGE_UNITS = 1_000_000;
  const KINDS = new Set(['cookie', 'cookieStore', 'storage', 'technique', 'consent', 'fault']);
  const OPS = { setItem: 'set', removeItem: 'remove', clear: 'clear' };
  const NAMED = new Set(['indexedDB', 'cacheStorage', 'opfs', 'serviceWorker']);  // Areas of which only names are kept.
  const LOOKS_MS = [500, 1500, 3000, 6000, 12_000, 30_000];  // After the load: consent managers come late.

  let joined = false;
  let records = [];
  let units = 0;
  const calls = { records: MOST_RECORDS, units: MOST_UNITS };
  const found = { records: MOST_RECORDS, units: MOST_UNITS };
  let dropped = 0;
  let refused = 0;
  let scheduled = false;

  const flush = () => {
    scheduled = false;
    if (records.length === 0 && dropped === 0 && refused === 0) return Promise.resolve();
    const message = { affiant: 'records', url: location.href.slice(0, 65_536), origin: self.origin, records, dropped, refused };
    records = [];
    units = dropped = refused = 0;
    // Fails when the recording is over or the extension was reloaded: then there is nobody to tell.
    try { return Promise.resolve(runtime.sendMessage(message)).catch(() => {}); } catch { return Promise.resolve(); }
  };
  const weigh = (record) => Object.values(record).reduce((sum, value) => sum + (typeof value === 'string' ? value.length : 8), 0);
  /** @returns {boolean} false: there are too many already, it is only counted */
  const keep = (record) => {
    const left = record.via === 'snapshot' ? found : calls;
    const weight = weigh(record.cookie ? { ...record, ...record.cookie } : record);
    if (left.records <= 0 || left.units < weight) { dropped++; return false; }
    left.records--;
    left.units -= weight;
    records.push({ t: Date.now(), ...record });
    units += weight;
    if (records.length >= MESSAGE_RECORDS || units >= MESSAGE_UNITS) flush();
    if (scheduled) return true;
    scheduled = true;
    queueMicrotask(flush);  // Runs when the page's task is done: one message for all its calls.
    return true;
  };

  // Storage as last known: what the records explain is no news for a snapshot.
  const text = (value) => (typeof value === 'string' ? value : undefined);
  const known = new Map();
  const areaOf = (name) => { try { return window[name]; } catch { return null; } };
  const mark = (area, key, value) => {
    const items = known.get(area);
    if (!items) return;
    if (value === null) items.delete(key);
    else items.set(key, value);
  };
  const unread = { localStorage: 0, sessionStorage: 0 };  // Keys beyond what is looked at.
  /** @returns {Map<string, string> | null} null: it cannot be read, which says nothing of what is in it */
  const read = (area, storage) => {
    const items = new Map();
    try {
      for (let i = 0; i < storage.length && i < MOST_KEYS; i++) {
        const key = storage.key(i);
        if (key !== null) items.set(key, storage.getItem(key) ?? '');
      }
      if (storage.length - MOST_KEYS > unread[area]) {
        dropped += storage.length - MOST_KEYS - unread[area];
        unread[area] = storage.length - MOST_KEYS;
      }
    } catch { return null; }
    return items;
  };
  const areas = ['localStorage', 'sessionStorage'];
  for (const name of areas) {
    const items = read(name, areaOf(name));
    if (items) known.set(name, items);
  }
  const snapshot = () => {
    for (const [area, before] of known) {
      const now = read(area, areaOf(area));
      if (!now) continue;
      const base = { k: 'storage', area, via: 'snapshot', stack: '' };
      for (const [key, value] of now)
        if (before.get(key) !== value)
          keep({ ...base, op: 'set', key: key.slice(0, MOST_VALUE), value: value.slice(0, MOST_VALUE), cut: value.length > MOST_VALUE, size: key.length + value.length });
      if (unread[area] === 0) for (const key of before.keys()) if (!now.has(key)) keep({ ...base, op: 'remove', key: key.slice(0, MOST_VALUE), size: key.length });
      known.set(area, now);
    }
  };

  // Databases, caches, files and registrations that are there, whoever made them (a worker's are seen by nothing else).
  const list = {
    indexedDB: async () => (await indexedDB.databases()).map((d) => d.name),
    cacheStorage: () => caches.keys(),
    opfs: async () => {
      const names = [];
      for await (const name of (await navigator.storage.getDirectory()).keys()) if (names.push(name) >= 200) break;
      return names;
    },
    serviceWorker: async () => (await navigator.serviceWorker.getRegistrations()).map((r) => r.scope),
  };
  const present = () => Promise.all(Object.entries(list).map(async ([area, names]) => {
    try {
      for (const key of (await names()).slice(0, 200))
        if (typeof key === 'string') keep({ k: 'storage', area, op: 'present', via: 'snapshot', key: key.slice(0, MOST_VALUE), size: 0, stack: '' });
    } catch { /* Not in this context, or not allowed. */ }
  }));

  const take = (detail) => {
    let r;
    try { r = JSON.parse(detail); } catch { r = null; }
    if (typeof detail !== 'string' || !KINDS.has(r?.k)) { refused++; return; }
    const stack = text(r.stack) ?? '';
    if (r.k === 'cookie' && typeof r.line === 'string') return keep({ k: 'cookie', line: r.line, stack, cut: r.cut === true });
    if (r.k === 'cookieStore' && r.name !== undefined) {
      const cookie = { name: String(r.name), value: r.value === undefined ? '' : String(r.value), remove: r.remove === true, domain: text(r.domain), path: text(r.path),
        sameSite: text(r.sameSite), partitioned: r.partitioned === true, expires: typeof r.expires === 'number' ? r.expires : undefined };
      return keep({ k: 'cookieStore', cookie, stack });
    }
    if (r.k === 'storage' && areas.includes(r.area) && OPS[r.via] === r.op) {
      // What was not kept is left to the snapshot.
      if (!keep({ k: 'storage', area: r.area, op: r.op, via: r.via, key: text(r.key), value: text(r.value), size: r.size, stack, cut: r.cut === true })) return;
      // A value that was cut is looked up; otherwise the snapshot would report it again.
      if (r.op === 'clear') known.get(r.area)?.clear();
      else mark(r.area, r.key, r.op === 'remove' ? null : r.cut ? areaOf(r.area)?.getItem(r.key) ?? null : r.value);
      return;
    }
    if (r.k === 'storage' && NAMED.has(r.area) && (r.op === 'set' || r.op === 'remove') && typeof r.key === 'string')
      return keep({ k: 'storage', area: r.area, op: r.op, via: String(r.via), key: r.key, size: 0, stack, cut: r.cut === true });
    if (r.k === 'technique' && typeof r.technique === 'string' && typeof r.features === 'string') return keep({ k: 'technique', technique: r.technique, features: r.features, stack });
    if (r.k === 'consent' && typeof r.source === 'string') return keep({ k: 'consent', source: r.source, status: text(r.status), value: text(r.value) });
    if (r.k === 'fault') return keep({ k: 'fault', where: text(r.where) ?? '', why: text(r.why) ?? '' });
    refused++;
  };

  let channel = /** @type {any} */ (null);
  const look = () => { channel?.dispatchEvent(new CustomEvent('look')); };
  const place = document.fonts ?? document;  // See main.js.
  place.addEventListener('affiant:join', (event) => {
    if (joined) { refused++; return; }  // Main.js joins once.
    if (!event.relatedTarget) return;
    channel = event.relatedTarget;
    joined = true;
    channel.addEventListener('record', (record) => take(record.detail));
    channel.dispatchEvent(new CustomEvent('ready'));
  }, true);
  place.dispatchEvent(new CustomEvent('affiant:call'));

  // Wakes the background, should the browser have stopped it in the middle of a recording.
  if (window === window.top) setInterval(() => {
    try { Promise.resolve(runtime.sendMessage({ affiant: 'alive' })).catch(() => {}); } catch { /* The extension is gone. */ }
  }, 5000);

  // The page can make such events too.
  const trusted = (listener) => (event) => { if (event.isTrusted) listener(event); };
  // Another document of the origin changed it: that document reports it.
  const onStorage = trusted((event) => {
    const area = event.storageArea === areaOf('localStorage') ? 'localStorage' : 'sessionStorage';
    if (event.key === null) known.get(area)?.clear();
    else mark(area, event.key, event.newValue);
  });
  const onContent = trusted(() => look());
  const onLoad = trusted(() => {
    snapshot();
    look();
    for (const ms of LOOKS_MS) setTimeout(look, ms);
  });
  // What the page's own listeners write at pagehide and unload comes after ours: the last to run is one that is added now (for pagehide, one
  // that does not capture: those of a target come second). Nobody else may listen for unload, it would keep the page out of the
  // back-forward cache; a page that is not persisted does not go there.
  const onHide = trusted((event) => {
    snapshot();
    look();
    flush();
    const last = () => { snapshot(); flush(); };
    window.addEventListener('pagehide', last, { once: true });
    if (!event.persisted) window.addEventListener('unload', last, { once: true });
  });
  const listen = () => {
    window.addEventListener('storage', onStorage, true);
    document.addEventListener('DOMContentLoaded', onContent, true);
    window.addEventListener('load', onLoad, true);
    window.addEventListener('pagehide', onHide, true);
  };
  listen();
  new MutationObserver(listen).observe(document, { childList: true });  // document.open() takes all listeners away, and all nodes.
  runtime.onMessage.addListener((message, sender, answer) => {
    if (message?.affiant !== 'snapshot' || sender.id !== runtime.id) return undefined;
    snapshot();
    look();
    present().then(flush).then(() => answer({ joined }));
    return true;
  });
})();
