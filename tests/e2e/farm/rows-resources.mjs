// Set-Cookie on every kind of response that a page can ask for. %URL% is the row's own address; `third` and `chips` are explained
// in table.mjs.
import { A, B, G, H1, H2, H3, M, T, TC, W, WM } from './hosts.mjs';

const page = 'resources';
const first = (id, html, more = {}) => ({ id, kind: 'cookie-header', in: page, host: M, html, ...more });
const noCredentials = 'the request carries no credentials, so no engine keeps the cookie';
export const idle = { firefox: 'Firefox prefetches when it is idle: on a busy machine the page is left before (measured here)' };
// WebDriver BiDi names neither WebSockets nor what shared and service workers ask for; the server knows of them.
export const bidi = { firefox: true };
const both = (word) => ({ chromium: word, firefox: word });

export const resources = [
  // Documents.
  { id: 'doc_start', kind: 'cookie-header', url: `https://${A}/`, frame: 'self' },
  { id: 'doc_further', kind: 'cookie-header', url: `https://${A}/p/attributes`, frame: 'self' },
  { id: 'doc_redirect', kind: 'cookie-header', url: `https://${A}/p/to-resources`, frame: 'self' },
  { id: 'doc_landing', kind: 'cookie-header', url: `https://${M}/p/resources`, frame: 'self' },
  // The site's own responses, by what asked for them.
  first('hdr_script', '<script src="%URL%"></script>', { type: 'js' }),
  first('hdr_script_async', '<script async src="%URL%"></script>', { type: 'js' }),
  first('hdr_script_module', '<script type="module" src="%URL%"></script>', { type: 'js' }),
  first('hdr_script_dynamic', '<script>document.head.append(Object.assign(document.createElement("script"), {src: "%URL%"}))</script>', { type: 'js' }),
  first('hdr_import', '<script type="module">import("%URL%")</script>', { type: 'js' }),
  first('hdr_css', '<link rel="stylesheet" href="%URL%">', { type: 'css' }),
  first('hdr_css_import', '<style>@import url("%URL%");</style>', { type: 'css' }),
  first('hdr_css_background', '<style>#bg { background: url("%URL%"); width: 9px; height: 9px }</style><div id="bg"></div>', { type: 'img' }),
  first('hdr_img', '<img src="%URL%">', { type: 'img' }),
  first('hdr_img_srcset', '<img srcset="%URL% 1x">', { type: 'img' }),
  first('hdr_picture', '<picture><source srcset="%URL%"><img></picture>', { type: 'img' }),
  first('hdr_new_image', '<script>new Image().src = "%URL%"</script>', { type: 'img' }),
  first('hdr_input_image', '<input type="image" src="%URL%">', { type: 'img' }),
  first('hdr_svg_image', '<svg width="9" height="9"><image href="%URL%" width="9" height="9"/></svg>', { type: 'img' }),
  first('hdr_poster', '<video poster="%URL%"></video>', { type: 'img' }),
  first('hdr_font', '<style>@font-face { font-family: f1; src: url("%URL%") } #f1 { font-family: f1 }</style><p id="f1">text</p>', { type: 'font' }),
  first('hdr_fetch', '<script>fetch("%URL%")</script>'),
  first('hdr_fetch_post', '<script>fetch("%URL%", {method: "POST", body: "x"})</script>'),
  first('hdr_fetch_include', `<script>fetch("%URL%", {credentials: "include"})</script>`, { host: WM, cors: true }),
  first('hdr_xhr', '<script>{ const x = new XMLHttpRequest(); x.open("GET", "%URL%"); x.send() }</script>'),
  first('hdr_xhr_sync', '<script>{ const x = new XMLHttpRequest(); x.open("GET", "%URL%", false); x.send() }</script>'),
  first('hdr_iframe', '<iframe src="%URL%"></iframe>', { type: 'html', frame: 'self' }),
  // An <object> or <embed> is asked for by the document that holds it (type object), unlike a frame, which belongs to itself.
  first('hdr_object', '<object data="%URL%" type="text/html"></object>', { type: 'html' }),
  first('hdr_embed', '<embed src="%URL%" type="text/html">', { type: 'html' }),
  first('hdr_object_img', '<object data="%URL%" type="image/gif"></object>', { type: 'img' }),
  first('hdr_audio', '<audio src="%URL%" preload="auto"></audio>', { type: 'audio' }),
  first('hdr_video', '<video src="%URL%" preload="auto"></video>', { type: 'video' }),
  first('hdr_track', '<video src="/m/hdr_video"><track default src="%URL%"></video>', { type: 'vtt' }),
  first('hdr_favicon', '<link rel="icon" href="%URL%">', { type: 'img', head: true }),
  first('hdr_manifest', '<link rel="manifest" crossorigin="use-credentials" href="%URL%">', { type: 'manifest',
    absent: both('headless: no manifest fetch') }),
  first('hdr_preload', '<link rel="preload" as="image" href="%URL%">', { type: 'img' }),
  first('hdr_prefetch', '<link rel="prefetch" href="%URL%">', { in: 'attributes', host: A, type: 'js', races: idle }),
  first('hdr_modulepreload', '<link rel="modulepreload" href="%URL%">', { type: 'js' }),
  first('hdr_eventsource', '<script>{ const e = new EventSource("%URL%"); e.onerror = () => e.close(); }</script>', { type: 'events' }),
  first('hdr_websocket', '<script>new WebSocket("%URL%")</script>', { url: `wss://${M}/m/hdr_websocket`, unnamed: bidi }),
  first('hdr_beacon', '<script>navigator.sendBeacon("%URL%", "x")</script>'),
  first('hdr_keepalive', '<script>fetch("%URL%", {keepalive: true, method: "POST", body: "x"})</script>'),
  first('hdr_ping', '<a id="ping" href="#pinged" ping="%URL%"></a><script>addEventListener("load", () => document.getElementById("ping").click())</script>',
    { absent: { firefox: 'headless Firefox: no link pings' } }),
  first('hdr_form', '<form method="post" target="form" action="%URL%"></form><iframe name="form"></iframe><script>document.forms[0].submit()</script>', { type: 'html', frame: 'self' }),
  first('hdr_meta_refresh', '<iframe srcdoc="<meta http-equiv=refresh content=\'0; url=%URL%\'>"></iframe>', { type: 'html', frame: 'self' }),
  first('hdr_frame_location', '<iframe name="moved"></iframe><script>frames.moved.location = "%URL%"</script>', { type: 'html', frame: 'self' }),
  first('hdr_frame_set', '<iframe src="data:text/html,x" id="reset"></iframe><script>document.getElementById("reset").src = "%URL%"</script>', { type: 'html', frame: 'self' }),
  // Firefox sends its report, with cookies, but keeps none of the answer (measured here).
  { id: 'csp_report', out: { chromium: 'stored', firefox: 'blocked' }, kind: 'cookie-header', in: 'csp', html: `<img src="https://${T}/m/csp_blocked">`, frame: 'any' },
  // Answers that are no success.
  first('hdr_204', '<script>fetch("%URL%")</script>', { status: 204 }),
  first('hdr_401', '<script>fetch("%URL%")</script>', { status: 401 }),
  first('hdr_403_img', '<img src="%URL%">', { status: 403 }),
  first('hdr_404', '<script src="%URL%"></script>', { status: 404 }),
  first('hdr_500', '<iframe src="%URL%"></iframe>', { status: 500, type: 'html', frame: 'self' }),
  first('hdr_304', '<script>fetch("%URL%").then((r) => r.text()).then(() => fetch("%URL%", {cache: "no-cache"}))</script>', { only304: true,
    headers: { ETag: '"one"', 'Cache-Control': 'no-cache' } }),
  first('hdr_103', '<script>fetch("%URL%")</script>', { early: true, out: 'refused', quiet: both('both ignore Set-Cookie on a 103') }),
  // Responses whose cookies count for nothing because the request carried no credentials.
  first('omit_fetch', '<script>fetch("%URL%", {credentials: "omit"})</script>', { out: 'blocked', note: noCredentials }),
  first('omit_cross', '<script>fetch("%URL%")</script>', { host: WM, cors: true, out: 'blocked', note: noCredentials }),
  first('omit_img', '<img crossorigin="anonymous" src="%URL%">', { host: WM, cors: true, type: 'img', out: 'blocked', note: noCredentials }),
  first('omit_font', '<style>@font-face { font-family: f2; src: url("%URL%") } #f2 { font-family: f2 }</style><p id="f2">text</p>',
    { host: WM, cors: true, type: 'font', out: 'blocked', note: noCredentials }),
  first('omit_preflight', '<script>fetch("%URL%", {method: "PUT", headers: {"x-farm": "1"}, credentials: "include"})</script>',
    { host: WM, cors: true, onlyOptions: true, out: 'blocked', note: noCredentials }),
  // Redirect hops.
  ...[301, 302, 303, 307, 308].map((status) => first(`hop_${status}`, '<img src="%URL%">', { status, to: `https://${M}/m/hop_end_${status}` })),
  ...[301, 302, 303, 307, 308].map((status) => ({ id: `hop_end_${status}`, kind: 'cookie-header', in: page, host: M, type: 'img' })),
  first('chain_1', '<img src="%URL%">', { status: 302, to: `https://${H1}/m/chain_2`, attrs: 'SameSite=None; Secure' }),
  { id: 'chain_2', kind: 'cookie-header', in: page, host: H1, status: 307, to: `https://${H2}/m/chain_3`, third: true },
  { id: 'chain_3', kind: 'cookie-header', in: page, host: H2, status: 301, to: `https://${H3}/m/chain_4`, third: true },
  { id: 'chain_4', kind: 'cookie-header', in: page, host: H3, status: 308, to: `https://${M}/m/chain_5`, third: true },
  { id: 'chain_5', kind: 'cookie-header', in: page, host: M, type: 'img', attrs: 'SameSite=None; Secure' },
  // A navigation through other sites: for each hop the cookie is its own, of the first party.
  { id: 'nav_first', kind: 'cookie-header', url: `https://${A}/p/hops`, frame: 'self' },
  { id: 'nav_hop1', kind: 'cookie-header', host: H1, status: 302, to: `https://${H2}/m/nav_hop2`, frame: 'self' },
  { id: 'nav_hop2', kind: 'cookie-header', host: H2, status: 307, to: `https://${B}/m/nav_hop3`, frame: 'self' },
  { id: 'nav_hop3', kind: 'cookie-header', host: B, status: 303, to: `https://${G}/m/nav_cleared`, frame: 'self' },
  { id: 'nav_cleared', kind: 'cookie-header', host: G, status: 302, to: `https://${G}/m/nav_clear`, frame: 'self', out: 'deleted' },
  { id: 'nav_clear', kind: 'request', host: G, status: 302, to: `https://${A}/p/landing`, frame: 'self', headers: { 'Clear-Site-Data': '"cookies"' } },
  { id: 'nav_end', kind: 'cookie-header', url: `https://${A}/p/landing`, frame: 'self' },
  ...Array.from({ length: 60 }, (_, i) => ({ id: `many_${i}`, way: 'many', kind: 'cookie-header', url: `https://${H1}/m/nav_hop1`, frame: 'self' })),
  // Third parties.
  first('tp_script', '<script src="%URL%"></script>', { host: T, type: 'js', third: true }),
  first('tp_css', '<link rel="stylesheet" href="%URL%">', { host: T, type: 'css', third: true }),
  first('tp_img', '<img src="%URL%">', { host: T, type: 'img', third: true }),
  first('tp_img_domain', '<img src="%URL%">', { host: TC, type: 'img', third: true, attrs: `Domain=${T}; SameSite=None; Secure`, domain: `.${T}` }),
  first('tp_fetch', '<script>fetch("%URL%", {credentials: "include"})</script>', { host: T, cors: true, third: true }),
  first('tp_fetch_opaque', '<script>fetch("%URL%", {credentials: "include", mode: "no-cors"})</script>', { host: T, third: true }),
  first('tp_xhr', '<script>{ const x = new XMLHttpRequest(); x.open("GET", "%URL%"); x.withCredentials = true; x.send() }</script>', { host: T, cors: true, third: true }),
  first('tp_iframe', '<iframe src="%URL%"></iframe>', { host: W, type: 'html', third: true, frame: 'self' }),
  first('tp_object', '<object data="%URL%" type="text/html"></object>', { host: W, type: 'html', third: true }),
  first('tp_beacon', '<script>navigator.sendBeacon("%URL%", "x")</script>', { host: T, cors: true, third: true }),
  first('tp_video', '<video src="%URL%" preload="auto"></video>', { host: T, type: 'video', third: true }),
  first('tp_websocket', '<script>new WebSocket("%URL%")</script>', { host: T, url: `wss://${T}/m/tp_websocket`, unnamed: bidi, third: true }),
  first('tp_eventsource', '<script>{ const e = new EventSource("%URL%", {withCredentials: true}); e.onerror = () => e.close(); }</script>', { host: T, cors: true,
    type: 'events', third: true }),
  first('tp_chips', '<img src="%URL%">', { host: T, type: 'img', chips: true }),
  first('tp_chips_iframe', '<iframe src="%URL%"></iframe>', { host: W, type: 'html', chips: true, frame: 'self' }),
  first('tp_chips_fetch', '<script>fetch("%URL%", {credentials: "include"})</script>', { host: T, cors: true, chips: true }),
];
