// Storage of a page. `via` is the call that the report should name; a property write is known from a comparison of the storage before
// and after only, so it has no script: "Missed: localStorage.x='v' property writes: add a storage snapshot diff" (facts).
import { P, SA, T, WA } from './hosts.mjs';

const item = (kind) => (id, js, more = {}) => ({ id, kind: `storage:${kind}`, in: 'storage', js, key: id, ...more });
const local = item('localStorage');
const session = item('sessionStorage');
const idb = item('indexedDB');
const cache = item('cacheStorage');
const opfs = item('opfs');
const put = (name) => `indexedDB.open('${name}').onupgradeneeded = (e) => e.target.result.createObjectStore('s').put('v', 'k')`;
const cachePut = (name) => `caches.open('${name}').then((c) => c.put('/cached', new Response('x')))`;
const write = (name) => `navigator.storage.getDirectory().then((d) => d.getFileHandle('${name}', {create: true})).then((f) => f.createWritable()).then(async (w) => { await w.write('x'); await w.close() })`;
const property = 'a property write calls nothing that could be wrapped: the snapshot shows the item, not the script';
const snapshot = { via: 'snapshot', nobody: { chromium: property, firefox: property } };
const gone = { out: 'deleted' };

export const storage = [
  local('ls_set', "localStorage.setItem('ls_set', 'v')"),
  local('ls_call', "Storage.prototype.setItem.call(localStorage, 'ls_call', 'v')"),
  local('ls_eval', `eval("localStorage.setItem('ls_eval', 'v')")`),
  local('ls_late', "setTimeout(() => localStorage.setItem('ls_late', 'v'), 500)"),
  local('ls_big', "localStorage.setItem('ls_big', 'x'.repeat(100000))"),
  local('ls_empty_value', "localStorage.setItem('ls_empty_value', '')"),
  local('ls_property', "localStorage.ls_property = 'v'", snapshot),
  local('ls_bracket', "localStorage['ls_bracket'] = 'v'", snapshot),
  local('ls_define', "Object.defineProperty(localStorage, 'ls_define', {value: 'v'})", snapshot),
  local('ls_property_late', "setTimeout(() => { localStorage.ls_property_late = 'v' }, 500)", snapshot),
  local('ls_remove', "localStorage.setItem('ls_remove', 'v'); setTimeout(() => localStorage.removeItem('ls_remove'), 300)", gone),
  local('ls_delete', "localStorage.setItem('ls_delete', 'v'); setTimeout(() => { delete localStorage.ls_delete }, 300)", gone),
  local('ls_clear', "localStorage.setItem('ls_clear', 'v'); setTimeout(() => localStorage.clear(), 300)", { in: 'wipe', host: WA, ...gone,
    html: `<iframe src="https://${WA}/f/wipe"></iframe>`, page: 'storage' }),
  local('ls_sub', "localStorage.setItem('ls_sub', 'v')", { in: 'storesub', host: SA, html: `<iframe src="https://${SA}/f/store"></iframe>`, page: 'storage' }),
  local('ls_third', "localStorage.setItem('ls_third', 'v')", { in: 'store3.js', html: `<script src="https://${T}/s/store.js"></script>`, page: 'storage' }),
  local('ls_third_property', "localStorage.ls_third_property = 'v'", { in: 'store3.js', ...snapshot }),
  local('ls_frame', "localStorage.setItem('ls_frame', 'v')", { in: 'store3', host: T, html: `<iframe src="https://${T}/f/store"></iframe>`, page: 'storage' }),
  local('ls_frame_property', "localStorage.ls_frame_property = 'v'", { in: 'store3', host: T, ...snapshot }),
  local('ls_other_window', '', { html: '<iframe id="lsw"></iframe><script>document.getElementById("lsw").contentWindow.localStorage.setItem("ls_other_window", "v")</script>', frame: 'any' }),
  local('ls_srcdoc', '', { html: `<iframe srcdoc="<script>localStorage.setItem('ls_srcdoc', 'v')</script>"></iframe>`, by: 'about:srcdoc', frame: 'about:srcdoc' }),
  local('ls_unload', "addEventListener('pagehide', () => localStorage.setItem('ls_unload', 'v'))", { in: 'unload' }),
  local('ls_unload_property', "addEventListener('pagehide', () => { localStorage.ls_unload_property = 'v' })", { in: 'unload', ...snapshot }),
  local('ls_plain_http', "localStorage.setItem('ls_plain_http', 'v')", { in: 'http', origin: `http://${P}` }),
  session('ss_set', "sessionStorage.setItem('ss_set', 'v')"),
  session('ss_property', "sessionStorage.ss_property = 'v'", snapshot),
  session('ss_remove', "sessionStorage.setItem('ss_remove', 'v'); setTimeout(() => sessionStorage.removeItem('ss_remove'), 300)", gone),
  session('ss_clear', "sessionStorage.setItem('ss_clear', 'v'); setTimeout(() => sessionStorage.clear(), 300)", { in: 'wipe', host: WA, ...gone }),
  session('ss_third', "sessionStorage.setItem('ss_third', 'v')", { in: 'store3.js' }),
  session('ss_frame', "sessionStorage.setItem('ss_frame', 'v')", { in: 'store3', host: T }),
  idb('idb_open', "indexedDB.open('idb_open')"),
  idb('idb_put', put('idb_put')),
  idb('idb_third', put('idb_third'), { in: 'store3.js' }),
  idb('idb_frame', put('idb_frame'), { in: 'store3', host: T }),
  idb('idb_delete', "indexedDB.open('idb_delete').onsuccess = (e) => { e.target.result.close(); setTimeout(() => indexedDB.deleteDatabase('idb_delete'), 300) }", gone),
  cache('cache_open', "caches.open('cache_open')"),
  cache('cache_put', cachePut('cache_put')),
  cache('cache_third', cachePut('cache_third'), { in: 'store3.js' }),
  cache('cache_frame', cachePut('cache_frame'), { in: 'store3', host: T }),
  opfs('opfs_file', write('opfs_file.txt'), { key: 'opfs_file.txt' }),
  opfs('opfs_third', write('opfs_third.txt'), { in: 'store3.js', key: 'opfs_third.txt' }),
];
