// cookieStore, and what becomes of cookies: overwritten, deleted, set again, expired, set while the page goes away.
import { A, T, WA } from './hosts.mjs';

const header = (id, html, more = {}) => ({ id, kind: 'cookie-header', in: 'life', html, ...more });
const store = (id, js, more = {}) => ({ id, kind: 'cookie-store', in: 'life', js, ...more });
const script = (id, js, more = {}) => ({ id, kind: 'cookie-script', in: 'life', js, ...more });
// The steps of a life go one after another however slow the machine: what is set at first is there when the page is loaded, one request
// in between shows it to the server, then comes the second step, and at last the third.
const second = (js) => `addEventListener('second', () => { ${js} })`;
const third = (js) => `addEventListener('third', () => { ${js} })`;
const leaving = 'what a page says while it is leaving comes to something in some runs and not in others (measured here)';
const img = '<img src="%URL%">';
const imgSecond = `<script>${second('new Image().src = "%URL%"')}</script>`;

export const life = [
  store('cs_pair', "cookieStore.set('%NAME%', '%VALUE%')"),
  store('cs_object', "cookieStore.set({name: '%NAME%', value: '%VALUE%'})"),
  store('cs_expires', "cookieStore.set({name: '%NAME%', value: '%VALUE%', expires: Date.now() + 9e6})"),
  store('cs_lax', "cookieStore.set({name: '%NAME%', value: '%VALUE%', sameSite: 'lax'})"),
  store('cs_path', "cookieStore.set({name: '%NAME%', value: '%VALUE%', path: '/p/'})"),
  store('cs_domain', `cookieStore.set({name: '%NAME%', value: '%VALUE%', domain: '${A}'})`, { domain: `.${A}` }),
  store('cs_partitioned', "cookieStore.set({name: '%NAME%', value: '%VALUE%', partitioned: true})",
    { part: { chromium: true, firefox: false }, note: 'Firefox ESR 153 pays no heed to the member in a first party (measured here)' }),
  store('cs_eval', 'eval("cookieStore.set(\'%NAME%\', \'%VALUE%\')")'),
  store('cs_late', third("cookieStore.set('%NAME%', '%VALUE%')")),
  store('cs_blank', "{ const f = document.createElement('iframe'); document.documentElement.append(f); f.contentWindow.cookieStore.set('%NAME%', '%VALUE%') }",
    { frame: 'about:blank' }),
  store('cs_domain_bad', `cookieStore.set({name: '%NAME%', value: '%VALUE%', domain: '${T}'}).catch(() => {})`, { out: 'refused', domain: '*' }),
  store('cs_host_bad', `cookieStore.set({name: '%NAME%', value: '%VALUE%', domain: '${A}'}).catch(() => {})`, { name: '__Host-m_cs_host_bad', out: 'refused', domain: '*' }),
  { id: 'cs_third', kind: 'cookie-store', in: 'life3.js', js: "cookieStore.set('%NAME%', '%VALUE%')", html: `<script src="https://${T}/s/life.js"></script>` },
  { id: 'cs_frame', kind: 'cookie-store', in: 'life3', host: T, js: "cookieStore.set({name: '%NAME%', value: '%VALUE%', sameSite: 'none'})", third: true },
  { id: 'cs_frame_chips', kind: 'cookie-store', in: 'life3', host: T, js: "cookieStore.set({name: '%NAME%', value: '%VALUE%', sameSite: 'none', partitioned: true})", chips: true },
  { id: 'life3_header', kind: 'cookie-header', url: `https://${T}/f/life`, host: T, frame: 'self', third: true, in: 'life', html: `<iframe src="https://${T}/f/life"></iframe>` },
  // Overwritten by another setter: the first is replaced, the second stored.
  // A setter is a host, a mechanism and a document: two responses of one host would be one story (docs/life-of-a-cookie.md).
  { id: 'life_between', kind: 'request', in: 'life',
    js: "addEventListener('load', () => fetch('%URL%').finally(() => { dispatchEvent(new Event('second')); setTimeout(() => dispatchEvent(new Event('third')), 100); }))" },
  header('ow_header', img, { name: 'm_ow_1', out: 'replaced', attrs: `Domain=${A}`, domain: `.${A}` }),
  header('ow_by_header', imgSecond, { name: 'm_ow_1', host: WA, attrs: `Domain=${A}`, domain: `.${A}` }),
  header('ow_header_script', img, { name: 'm_ow_2', out: 'replaced' }),
  script('ow_by_script', second('%SET%'), { name: 'm_ow_2' }),
  script('ow_script', '%SET%', { name: 'm_ow_3', out: 'replaced' }),
  header('ow_script_header', imgSecond, { name: 'm_ow_3' }),
  script('ow_script_store', '%SET%', { name: 'm_ow_4', out: 'replaced' }),
  store('ow_by_store', second("cookieStore.set('%NAME%', '%VALUE%')"), { name: 'm_ow_4' }),
  script('ow_first', '%SET%', { name: 'm_ow_5', out: 'replaced' }),
  { id: 'ow_by_third', kind: 'cookie-script', in: 'life3.js', js: second('%SET%'), name: 'm_ow_5' },
  // Deleted.
  header('del_header', img, { out: 'deleted' }),
  { id: 'del_header_by', kind: 'deletion', in: 'life', html: imgSecond, line: 'm_del_header=; Path=/; Max-Age=0' },
  header('del_expires', img, { out: 'deleted' }),
  { id: 'del_expires_by', kind: 'deletion', in: 'life', js: second("document.cookie = 'm_del_expires=; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT'") },
  script('del_script', '%SET%', { out: 'deleted' }),
  { id: 'del_script_by', kind: 'deletion', in: 'life', js: second("document.cookie = 'm_del_script=; path=/; max-age=0'") },
  store('del_store', "cookieStore.set('%NAME%', '%VALUE%')", { out: 'deleted' }),
  { id: 'del_store_by', kind: 'deletion', in: 'life', js: second("cookieStore.delete('m_del_store')") },
  script('del_by_store', '%SET%', { out: 'deleted' }),
  { id: 'del_by_store_by', kind: 'deletion', in: 'life', js: second("cookieStore.delete('m_del_by_store')") },
  header('del_http_only', img, { out: 'deleted', attrs: 'HttpOnly' }),
  { id: 'del_http_only_by', kind: 'deletion', in: 'life', html: imgSecond, line: 'm_del_http_only=; Path=/; Max-Age=0' },
  // Deleted and set again, by the same setter.
  script('del_again', `%SET%; ${second("document.cookie = 'm_del_again=; path=/; max-age=0'")}; ${third('%SET%')}`),
  // Runs out by itself: that is no deletion, the report calls it stored.
  header('exp_soon', '<img src="%URL%">', { type: 'img', line: '%NAME%=%VALUE%; Path=/; Max-Age=1', fades: true }),
  script('exp_script', "document.cookie = '%NAME%=%VALUE%; path=/; max-age=1'", { fades: true }),
  // The same value again is one cookie.
  script('same_again', `%SET%; ${second('%SET%')}`),
  // While the page goes away. `unnamed`: the debugging session of the page may be gone with it, the server knows.
  ...['beforeunload', 'pagehide', 'unload', 'visibilitychange'].flatMap((event) => [
    { id: `un_${event}`, kind: 'cookie-script', in: 'unload', js: `addEventListener('${event}', () => { %SET% }, {once: true})`,
      // Firefox fires it after unload.
      races: event === 'visibilitychange' ? { firefox: leaving } : {} },
    { id: `un_beacon_${event}`, kind: 'cookie-header', in: 'unload', frame: 'any', unnamed: true,
      js: `addEventListener('${event}', () => navigator.sendBeacon("%URL%", "x"), {once: true})` },
  ]),
  { id: 'un_keepalive', kind: 'cookie-header', in: 'unload', frame: 'any', unnamed: true,
    js: "addEventListener('pagehide', () => fetch(\"%URL%\", {keepalive: true, method: 'POST', body: 'x'}))" },
  { id: 'un_third', kind: 'cookie-script', in: 'unload3.js', js: "addEventListener('pagehide', () => { %SET% })", html: `<script src="https://${T}/s/unload.js"></script>` },
  { id: 'un_third_beacon', kind: 'cookie-header', in: 'unload3.js', host: T, cors: true, third: true, frame: 'any', unnamed: true,
    js: "addEventListener('pagehide', () => navigator.sendBeacon('%URL%', 'x'))" },
  { id: 'un_store', kind: 'cookie-store', in: 'unload', js: "addEventListener('pagehide', () => cookieStore.set('%NAME%', '%VALUE%'))",
    out: 'stored', also: 'blocked', races: { chromium: leaving, firefox: leaving } },
];
