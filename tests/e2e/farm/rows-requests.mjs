// Requests without cookies. Every address of the other tables is expected as a request too; here is what has a point of its own.
import { bidi, idle } from './rows-resources.mjs';
import { A, H1, H2, R, T, TC, W, WA } from './hosts.mjs';

const ask = (id, html, more = {}) => ({ id, kind: 'request', in: 'requests', html, ...more });
const both = (reason) => ({ chromium: reason, firefox: reason });
const neverSent = both('it is not sent: nothing for any engine to show');
const cspBlocked = both('CSP-blocked before send: not seen');

export const requests = [
  ask('rq_img', '<img src="%URL%">', { type: 'img', host: T }),
  ask('rq_referrer', '<img referrerpolicy="no-referrer" src="%URL%">', { type: 'img', host: T }),
  ask('rq_lazy', '<img loading="lazy" src="%URL%">', { type: 'img', host: TC }),
  ask('rq_query', '<script>new Image().src = "%URL%?email=a%40b.test&n=1"</script>', { type: 'img', host: T, query: '?email=a%40b.test&n=1' }),
  ask('rq_hash', '<script>fetch("%URL%#part")</script>'),
  ask('rq_put', '<script>fetch("%URL%", {method: "PUT", body: "x"})</script>'),
  ask('rq_delete', '<script>fetch("%URL%", {method: "DELETE"})</script>'),
  ask('rq_head', '<script>fetch("%URL%", {method: "HEAD"})</script>'),
  ask('rq_abort', '<script>{ const c = new AbortController(); fetch("%URL%", {signal: c.signal}).then(() => c.abort()) }</script>', { stall: true }),
  ask('rq_stream', '<script>fetch("%URL%").then((r) => r.body.getReader().read())</script>', { body: 'x'.repeat(3000) }),
  ask('rq_slow', '<script>fetch("%URL%")</script>', { slow: 900 }),
  ask('rq_dns', `<link rel="dns-prefetch" href="https://dns.${W}/">`, { url: `https://dns.${W}/`, absent: neverSent }),
  ask('rq_preconnect', `<link rel="preconnect" href="https://${W}/">`, { url: `https://${W}/m/rq_preconnect`, absent: neverSent }),
  ask('rq_preload_font', '<link rel="preload" as="font" crossorigin href="%URL%">', { host: WA, cors: true, type: 'font' }),
  ask('rq_prefetch', '<link rel="prefetch" href="%URL%">', { type: 'html', races: idle }),
  ask('rq_speculate', `<script type="speculationrules">{"prefetch": [{"urls": ["%URL%"], "eagerness": "immediate"}]}</script>`, { type: 'html', frame: 'any',
    absent: { firefox: 'prerender not requested' } }),
  { id: 'rq_link_header', kind: 'request', in: 'requests', type: 'img' },
  ask('rq_refresh', '<iframe src="%URL%"></iframe>', { type: 'html', frame: 'self', headers: { Refresh: `0; url=https://${A}/m/rq_refresh_end` } }),
  { id: 'rq_refresh_end', kind: 'request', in: 'requests', type: 'html', frame: 'self' },
  ask('rq_svg_use', '<svg><use href="%URL%#a"/></svg>', { type: 'svg' }),
  ask('rq_mask', '<style>#mask { mask-image: url("%URL%"); width: 9px; height: 9px; background: red }</style><div id="mask"></div>', { type: 'svg' }),
  ask('rq_cursor', '<style>body { cursor: url("%URL%"), auto }</style>', { type: 'img' }),
  ask('rq_list', '<style>li { list-style-image: url("%URL%") }</style><ul><li>x</ul>', { type: 'img' }),
  ask('rq_content', '<style>#content::before { content: url("%URL%") }</style><p id="content"></p>', { type: 'img' }),
  ask('rq_xslt', '<iframe src="%URL%"></iframe>', { type: 'xml', frame: 'self' }),
  ask('rq_importmap', '<script type="module">import "%URL%"</script>', { type: 'js' }),
  ask('rq_json_module', '<script type="module">import("%URL%", {with: {type: "json"}}).catch(() => {})</script>', { type: 'json' }),
  ask('rq_wasm', '<script>WebAssembly.instantiateStreaming(fetch("%URL%")).catch(() => {})</script>', { type: 'wasm' }),
  ask('rq_fetch_later', '<script>self.fetchLater?.("%URL%", {activateAfter: 200})</script>', { absent: { firefox: 'fetchLater: not defined' } }),
  ask('rq_form_get', '<form target="sink" action="%URL%"></form><iframe name="sink"></iframe><script>document.forms[0].submit()</script>', { type: 'html', query: '?', frame: 'any' }),
  ask('rq_open', '<script>window.open("%URL%")</script>', { type: 'html', absent: both('a popup without a click is blocked') }),
  ask('rq_cached', '<script>fetch("%URL%").then((r) => r.text()).then(() => fetch("%URL%"))</script>', { headers: { 'Cache-Control': 'max-age=600' } }),
  // Initiated by a third party's script.
  { id: 'rq_third_img', kind: 'request', in: 'req3.js', js: 'new Image().src = "%URL%"', type: 'img', host: T, html: `<script src="https://${T}/s/requests.js"></script>` },
  { id: 'rq_third_fetch', kind: 'request', in: 'req3.js', js: 'fetch("%URL%")', host: A },
  { id: 'rq_third_beacon', kind: 'request', in: 'req3.js', js: 'navigator.sendBeacon("%URL%", "x")', host: TC, cors: true },
  { id: 'rq_third_script', kind: 'request', in: 'req3.js', type: 'js', host: W, js: 'document.head.append(Object.assign(document.createElement("script"), {src: "%URL%"}))' },
  // Three hops, over three sites.
  ask('rq_hop_1', '<img src="%URL%">', { host: T, status: 302, to: `https://${H1}/m/rq_hop_2` }),
  { id: 'rq_hop_2', kind: 'request', in: 'requests', host: H1, status: 301, to: `https://${H2}/m/rq_hop_3` },
  { id: 'rq_hop_3', kind: 'request', in: 'requests', host: H2, status: 307, to: `https://${W}/m/rq_hop_4` },
  { id: 'rq_hop_4', kind: 'request', in: 'requests', host: W, type: 'img' },
  // Failed.
  ask('rq_refused', '<img src="%URL%">', { host: R, failed: true }),
  ask('rq_refused_fetch', '<script>fetch("%URL%").catch(() => {})</script>', { host: R, failed: true }),
  ask('rq_refused_socket', '<script>new WebSocket("%URL%")</script>', { host: R, url: `wss://${R}/m/rq_refused_socket`, failed: true, unnamed: bidi }),
  ask('rq_reset', '<script>fetch("%URL%").catch(() => {})</script>', { reset: true, failed: true }),
  ask('rq_to_refused', '<img src="%URL%">', { status: 302, to: `https://${R}/m/rq_to_refused_end` }),
  { id: 'rq_to_refused_end', kind: 'request', in: 'requests', host: R, failed: true },
  // Blocked by a policy of the document: never sent.
  { id: 'csp_blocked', kind: 'request', in: 'csp', host: T, absent: cspBlocked, html: undefined },
  { id: 'rq_csp_hop', kind: 'request', in: 'csp', html: '<img src="%URL%">', status: 302, to: `https://${T}/m/rq_csp_hop_end` },
  { id: 'rq_csp_hop_end', kind: 'request', in: 'csp', host: T, absent: cspBlocked },
  { id: 'rq_csp_frame', kind: 'request', url: `https://${A}/f/csp`, in: 'requests', html: `<iframe src="https://${A}/f/csp"></iframe>`, type: 'html', frame: 'self' },
  ask('rq_put_preflight', '<script>fetch("%URL%", {method: "PUT", headers: {"x-farm": "1"}}).catch(() => {})</script>',
    { host: WA, method: 'OPTIONS', note: 'the preflight is answered without permission: the PUT is never sent' }),
  // Answered inside a service worker.
  { id: 'rq_sw_answered', kind: 'request', in: 'scoped', url: `https://${A}/scoped/answered`, html: '<script>fetch("%URL%")</script>',
    absent: both('page request answered inside SW, no network: not seen') },
];
