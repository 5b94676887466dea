// What workers do. No content script runs there: their requests are seen (SharedWorker and service worker with tab -1), a cookie that
// a service worker sets through cookieStore is seen in the jar, its setter is not; storage that a worker makes is not seen being made.
import { A, T } from './hosts.mjs';
import { bidi } from './rows-resources.mjs';

const by = (key, id, js, more = {}) => ({ id, kind: 'cookie-header', in: key, js, ...more });
const unwrapped = 'the MAIN-world wrapper misses workers';
const workerStorage = { quiet: { chromium: unwrapped, firefox: unwrapped } };

export const workers = [
  { id: 'wk_script', kind: 'cookie-header', url: `https://${A}/w/dedicated.js`, in: 'workers',
    html: `<script>window.w1 = new Worker("https://${A}/w/dedicated.js")</script>`, frame: 'any' },
  by('dedicated.js', 'wk_fetch', 'fetch("%URL%")'),
  by('dedicated.js', 'wk_xhr', '{ const x = new XMLHttpRequest(); x.open("GET", "%URL%"); x.send() }'),
  by('dedicated.js', 'wk_import', 'importScripts("%URL%")', { type: 'js' }),
  by('dedicated.js', 'wk_websocket', 'new WebSocket("%URL%")', { url: `wss://${A}/m/wk_websocket`, unnamed: bidi }),
  by('dedicated.js', 'wk_eventsource', '{ const e = new EventSource("%URL%"); e.onerror = () => e.close() }', { type: 'events', unnamed: bidi }),
  by('dedicated.js', 'wk_third', 'fetch("%URL%", {credentials: "include", mode: "no-cors"})', { host: T, third: true }),
  by('dedicated.js', 'wk_hop', 'fetch("%URL%")', { status: 302, to: `https://${A}/m/wk_hop_end` }),
  { id: 'wk_hop_end', kind: 'cookie-header', in: 'dedicated.js' },
  { id: 'wk_inner', kind: 'cookie-header', url: `https://${A}/w/inner.js`, in: 'dedicated.js', js: `new Worker("https://${A}/w/inner.js")` },
  by('inner.js', 'wk_inner_fetch', 'fetch("%URL%")'),
  { id: 'wk_module', kind: 'cookie-header', url: `https://${A}/w/module.js`, in: 'workers',
    html: `<script>window.w2 = new Worker("https://${A}/w/module.js", {type: "module"})</script>`, frame: 'any' },
  by('moduleworker.js', 'wk_module_fetch', 'fetch("%URL%")'),
  { id: 'wk_blob_fetch', kind: 'cookie-header', in: 'workers', frame: 'any',
    js: 'window.w3 = new Worker(URL.createObjectURL(new Blob([\'fetch("%URL%")\'])))' },
  { id: 'wk_audio', kind: 'cookie-header', in: 'workers', type: 'js', js: 'new OfflineAudioContext(1, 1, 44100).audioWorklet.addModule("%URL%")', frame: 'any' },
  { id: 'sh_script', unnamed: bidi, kind: 'cookie-header', url: `https://${A}/w/shared.js`, in: 'workers',
    html: `<script>window.w4 = new SharedWorker("https://${A}/w/shared.js")</script>`, frame: 'any' },
  by('shared.js', 'sh_fetch', 'fetch("%URL%")', { unnamed: bidi }),
  by('shared.js', 'sh_import', 'importScripts("%URL%")', { type: 'js', unnamed: bidi }),
  { id: 'sw_script', unnamed: bidi, kind: 'cookie-header', url: `https://${A}/scoped/sw.js`, in: 'workers',
    js: 'navigator.serviceWorker.register("/scoped/sw.js", {scope: "/scoped/"})', frame: 'any' },
  by('sw.js', 'sw_import', 'importScripts("%URL%")', { type: 'js', unnamed: bidi }),
  by('sw.js', 'sw_fetch', 'fetch("%URL%")', { unnamed: bidi }),
  { id: 'sw_store', kind: 'cookie-store', in: 'sw.js', js: "if (self.cookieStore) cookieStore.set('%NAME%', '%VALUE%')",
    nobody: { chromium: unwrapped, firefox: unwrapped } },
  { id: 'sw_store_delete', kind: 'cookie-store', in: 'workers', js: 'cookieStore.set("%NAME%", "%VALUE%")', out: 'deleted', unsent: true },
  { id: 'sw_store_delete_by', kind: 'deletion', in: 'sw.js', js: "if (self.cookieStore) setTimeout(() => cookieStore.delete('m_sw_store_delete'), 700)" },
  { id: 'sw_pass', kind: 'cookie-header', in: 'scoped', url: `https://${A}/scoped/pass`, html: '<script>fetch("%URL%")</script>', frame: 'any' },
  { id: 'sw_page', kind: 'cookie-header', url: `https://${A}/scoped/page`, frame: 'self' },
  // Storage.
  { id: 'st_idb_worker', kind: 'storage:indexedDB', in: 'storeworker.js', key: 'st_idb_worker',
    html: `<script>window.w5 = new Worker("https://${A}/w/store.js")</script>`, page: 'storage',
    js: "indexedDB.open('st_idb_worker').onupgradeneeded = (e) => e.target.result.createObjectStore('s').put('v', 'k')", ...workerStorage },
  { id: 'st_cache_worker', kind: 'storage:cacheStorage', in: 'storeworker.js', key: 'st_cache_worker',
    js: "caches.open('st_cache_worker').then((c) => c.put('/cached', new Response('x')))", ...workerStorage },
  { id: 'st_opfs_worker', kind: 'storage:opfs', in: 'storeworker.js', key: 'st_opfs_worker.txt',
    js: "navigator.storage.getDirectory().then((d) => d.getFileHandle('st_opfs_worker.txt', {create: true}))", ...workerStorage },
  { id: 'st_cache_sw', kind: 'storage:cacheStorage', in: 'sw.js', key: 'st_cache_sw',
    js: "caches.open('st_cache_sw').then((c) => c.put('/cached', new Response('x')))", ...workerStorage },
  { id: 'st_sw', kind: 'storage:serviceWorker', in: 'workers', key: `https://${A}/scoped/`, mechanism: 'register' },
];
