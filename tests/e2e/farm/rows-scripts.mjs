// document.cookie, by every sort of script and in every sort of frame. %SET% is the assignment, %LINE% its right side in single quotes.
import { A, B, S, T, TC, W, WA, WS } from './hosts.mjs';

const inline = (id, js, more = {}) => ({ id, kind: 'cookie-script', in: 'scripts', js, ...more });
const file = (id, key, js = '%SET%', more = {}) => ({ id, kind: 'cookie-script', in: key, js, ...more });
const script = (src, attributes = '') => `<script ${attributes} src="${src}"></script>`;
// An inline script that a script inserts has no address in Chromium: the stack names who inserted it; Firefox names the document.
const anonymous = 'measured here';
const meta = 'neither engine heeds it any more, so nobody asks the jar (measured here)';
const stackless = 'in Chromium the stack is empty for string timers and javascript: URLs';
const pragma = 'a sourceURL pragma puts a false URL on top of the stack in both';

export const scripts = [
  inline('js_inline', '%SET%'),
  inline('js_attrs', '%SET%', { attrs: 'Secure; SameSite=Strict' }),
  inline('js_domain', '%SET%', { attrs: `Domain=${S}`, domain: `.${S}` }),
  inline('js_partitioned', '%SET%', { attrs: 'Secure; SameSite=None; Partitioned', part: { chromium: true, firefox: true } }),
  inline('js_bracket', "document['coo' + 'kie'] = %LINE%"),
  inline('js_reflect', "Reflect.set(document, 'cookie', %LINE%)"),
  inline('js_descriptor', "Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').set.call(document, %LINE%)"),
  inline('js_assign', 'Object.assign(document, {cookie: %LINE%})'),
  inline('js_legacy_setter', "document.__lookupSetter__('cookie').call(document, %LINE%)"),
  inline('js_object_line', 'document.cookie = {toString: () => %LINE%}'),
  inline('js_eval', 'eval("%SET%")'),
  inline('js_eval_indirect', '(0, eval)("%SET%")'),
  inline('js_function', 'new Function("%SET%")()'),
  inline('js_timer', 'setTimeout(() => { %SET% }, 20)'),
  inline('js_timer_late', 'setTimeout(() => { %SET% }, 500)'),
  inline('js_timer_string', 'setTimeout("%SET%", 20)', { nobody: { chromium: stackless, firefox: stackless } }),
  inline('js_promise', 'Promise.resolve().then(() => { %SET% })'),
  inline('js_async', '(async () => { await null; %SET% })()'),
  inline('js_raf', 'requestAnimationFrame(() => { %SET% })'),
  inline('js_idle', 'requestIdleCallback(() => { %SET% })'),
  inline('js_message', "addEventListener('message', (e) => { if (e.data === 'js_message') %SET% }); postMessage('js_message', '*')"),
  inline('js_observer', "new MutationObserver(() => { %SET% }).observe(document.head, {childList: true}); document.head.append('')"),
  inline('js_load', "addEventListener('load', () => { %SET% })"),
  inline('js_fetched', "fetch('/m/js_fetched_code').then((r) => r.text()).then((code) => eval(code))", { serve: { host: S, path: '/m/js_fetched_code', body: '%SET%' } }),
  inline('js_inserted_inline', 'document.head.append(Object.assign(document.createElement("script"), {textContent: "%SET%"}))'),
  inline('js_no_stack', 'Error.stackTraceLimit = 0; %SET%; Error.stackTraceLimit = 10'),
  inline('js_prepare_stack', 'Error.prepareStackTrace = () => "nothing"; %SET%; delete Error.prepareStackTrace'),
  inline('js_to_json', 'String.prototype.toJSON = Array.prototype.toJSON = () => 1; %SET%; delete String.prototype.toJSON; delete Array.prototype.toJSON'),
  inline('js_source_url', 'eval("%SET%\\n//# sourceURL=https://innocent.test/x.js")', { nobody: { chromium: pragma, firefox: pragma } }),
  inline('js_anchor', "{ const a = document.createElement('a'); a.href = \"javascript:void(%SET%)\"; document.documentElement.append(a); a.click(); }",
    { nobody: { chromium: stackless, firefox: stackless } }),
  { id: 'js_attr_error', kind: 'cookie-script', in: 'scripts', html: '<img src="data:,x" onerror="%SET%">' },
  { id: 'js_attr_load', kind: 'cookie-script', in: 'scripts', html: '<svg onload="%SET%"></svg>' },
  { id: 'js_attr_click', kind: 'cookie-script', in: 'scripts', html: '<b id="clicked" onclick="%SET%"></b><script>document.getElementById("clicked").click()</script>' },
  { id: 'js_module_inline', kind: 'cookie-script', in: 'scripts', html: '<script type="module">%SET%</script>' },
  { id: 'js_written', kind: 'cookie-script', in: 'scripts', html: '<script>document.write("<script>%SET%<\\/script>")</script>' },
  file('js_external', 'own.js', '%SET%', { html: script(`https://${S}/s/own.js`) }),
  file('js_external_function', 'own.js', 'window.ownSetter = () => { %SET% }; ownSetter()'),
  file('js_defer', 'defer.js', '%SET%', { html: script(`https://${S}/s/defer.js`, 'defer') }),
  file('js_inserted', 'inserted.js', '%SET%', { html: `<script>document.head.append(Object.assign(document.createElement("script"), {src: "https://${S}/s/inserted.js"}))</script>` }),
  file('js_module', 'module.js', '%SET%', { html: script(`https://${S}/s/module.js`, 'type="module"') }),
  file('js_imported', 'imported.js', '%SET%', { html: `<script type="module">import("https://${S}/s/imported.js")</script>` }),
  file('js_written_src', 'written.js', '%SET%', { html: `<script>document.write('<script src="https://${S}/s/written.js"><\\/script>')</script>` }),
  file('js_www', 'www.js', '%SET%', { html: script(`https://${WS}/s/www.js`) }),
  file('js_third', 'tracker.js', '%SET%', { html: script(`https://${T}/s/tracker.js`) }),
  file('js_third_domain', 'tracker.js', '%SET%', { attrs: `Domain=${S}`, domain: `.${S}` }),
  file('js_third_timer', 'tracker.js', 'setTimeout(() => { %SET% }, 50)'),
  file('js_third_timer_string', 'tracker.js', 'setTimeout("%SET%", 50)', { nobody: { chromium: stackless, firefox: stackless } }),
  file('js_third_eval', 'tracker.js', 'eval("%SET%")'),
  file('js_third_function', 'tracker.js', 'new Function("%SET%")()'),
  file('js_third_listener', 'tracker.js', "addEventListener('load', () => { %SET% })"),
  file('js_third_inserted_inline', 'tracker.js', 'document.head.append(Object.assign(document.createElement("script"), {textContent: "%SET%"}))',
    { by: { chromium: `https://${T}/s/tracker.js`, firefox: `https://${S}/p/scripts` }, note: anonymous }),
  file('js_third_frame_lent', 'tracker.js', "{ const f = document.createElement('iframe'); document.documentElement.append(f);"
    + " Object.getOwnPropertyDescriptor(f.contentWindow.Document.prototype, 'cookie').set.call(document, %LINE%) }", { frame: 'any' }),
  file('js_third_cdn', 'cdn.js', '%SET%', { html: script(`https://${TC}/s/cdn.js`, 'async') }),
  inline('js_lent', "{ const f = document.createElement('iframe'); document.documentElement.append(f);"
    + " Object.getOwnPropertyDescriptor(f.contentWindow.Document.prototype, 'cookie').set.call(document, %LINE%) }", { frame: 'any' }),
  inline('js_lent_frame', "addEventListener('load', () => { const d = document.getElementById('lent').contentWindow.Document.prototype;"
    + " Object.getOwnPropertyDescriptor(d, 'cookie').set.call(document, %LINE%) })", { html: `<iframe id="lent" src="https://${S}/f/lent"></iframe>`, frame: 'any' }),
  inline('js_blob', 'document.head.append(Object.assign(document.createElement("script"), {src: URL.createObjectURL(new Blob(["%SET%"]))}))', { by: `blob:https://${S}/*` }),
  inline('js_data', 'document.head.append(Object.assign(document.createElement("script"), {src: "data:text/javascript," + encodeURIComponent("%SET%")}))',
    { by: 'data:text/javascript,*' }),
  { id: 'js_meta', kind: 'cookie-script', in: 'scripts', html: '<meta http-equiv="set-cookie" content="m_js_meta=v_js_meta">', out: 'refused',
    quiet: { chromium: meta, firefox: meta } },
  // Refused by the jar whoever asks.
  inline('js_http_only', '%SET%', { attrs: 'HttpOnly', out: 'refused' }),
  inline('js_bad_domain', '%SET%', { attrs: `Domain=${T}`, out: 'refused', domain: '*' }),
  inline('js_none_insecure', '%SET%', { attrs: 'SameSite=None', out: 'refused' }),
  inline('js_host_bad', '%SET%', { attrs: 'Secure', name: '__Host-m_js_host_bad', line: '%NAME%=%VALUE%; path=/p; secure', out: 'refused' }),
  inline('js_too_large', "document.cookie = 'm_js_too_large=v_js_too_large' + 'x'.repeat(4097)", { out: 'refused' }),
  inline('js_over_http_only', "document.cookie = 'm_at_http_only=v_js_over_http_only; path=/'", { in: 'life', name: 'm_at_http_only', out: 'refused' }),
];

const frame = (id, html, more = {}) => ({ id, kind: 'cookie-script', in: 'frames', html, ...more });
const src = (url, attributes = '') => `<iframe ${attributes} src="${url}"></iframe>`;
const lax = { chromium: 'refused', firefox: 'stored' };
const firefoxPartitions = { chromium: false, firefox: true };
const throws = 'document.cookie throws in an opaque origin: nothing is asked of the jar';

export const frames = [
  { id: 'fr_same', kind: 'cookie-script', in: 'same', js: '%SET%' },
  { id: 'fr_same_header', kind: 'cookie-header', url: `https://${A}/f/same`, frame: 'self', in: 'frames', html: src(`https://${A}/f/same`) },
  { id: 'fr_www', kind: 'cookie-script', in: 'www', js: '%SET%', host: WA },
  { id: 'fr_www_header', kind: 'cookie-header', url: `https://${WA}/f/www`, host: WA, frame: 'self', in: 'frames', html: src(`https://${WA}/f/www`) },
  { id: 'fr_www_parent', kind: 'cookie-script', in: 'www', js: '%SET%', attrs: `Domain=${A}`, host: WA, domain: `.${A}` },
  { id: 'fr_cross_header', kind: 'cookie-header', url: `https://${T}/f/cross`, host: T, frame: 'self', third: true, in: 'frames', html: src(`https://${T}/f/cross`) },
  { id: 'fr_cross', kind: 'cookie-script', in: 'cross', js: '%SET%', host: T, third: true },
  { id: 'fr_cross_unset', kind: 'cookie-script', in: 'cross', js: '%SET%', host: T, out: lax, part: firefoxPartitions },
  { id: 'fr_cross_chips', kind: 'cookie-script', in: 'cross', js: '%SET%', host: T, chips: true },
  { id: 'fr_cross_img', kind: 'cookie-header', in: 'cross', html: '<img src="%URL%">', type: 'img', host: T, third: true },
  { id: 'fr_cross_fetch', kind: 'cookie-header', in: 'cross', js: 'fetch("%URL%")', host: T, chips: true },
  { id: 'fr_nested_header', kind: 'cookie-header', url: `https://${B}/f/nested`, host: B, frame: 'self', third: true, in: 'frames', html: src(`https://${B}/f/nested`) },
  { id: 'fr_nested', kind: 'cookie-script', in: 'nested', js: '%SET%', host: B, chips: true },
  { id: 'fr_deep_header', kind: 'cookie-header', url: `https://${T}/f/deep`, host: T, frame: 'self', third: true, in: 'nested', html: src(`https://${T}/f/deep`) },
  { id: 'fr_deep', kind: 'cookie-script', in: 'deep', js: '%SET%', host: T, third: true },
  { id: 'fr_deep_chips', kind: 'cookie-script', in: 'deep', js: '%SET%', host: T, chips: true },
  // The site's own cookie, framed by another site inside itself.
  { id: 'fr_aba_header', kind: 'cookie-header', url: `https://${A}/f/aba`, frame: 'self', third: true, in: 'nested', html: src(`https://${A}/f/aba`) },
  { id: 'fr_aba', kind: 'cookie-script', in: 'aba', js: '%SET%', third: true },
  { id: 'fr_boxed', kind: 'cookie-script', in: 'boxed', js: '%SET%' },
  { id: 'fr_boxed_header', kind: 'cookie-header', url: `https://${A}/f/boxed`, frame: 'self', in: 'frames', html: src(`https://${A}/f/boxed`,
    'sandbox="allow-scripts allow-same-origin"') },
  { id: 'fr_opaque', kind: 'cookie-script', in: 'opaque', js: '%SET%', out: 'refused', quiet: { chromium: throws, firefox: throws } },
  { id: 'fr_opaque_header', kind: 'cookie-header', url: `https://${A}/f/opaque`, frame: 'self', in: 'frames', html: src(`https://${A}/f/opaque`, 'sandbox="allow-scripts"') },
  frame('fr_srcdoc', '<iframe srcdoc="<script>%SET%</script>"></iframe>', { by: 'about:srcdoc', frame: 'about:srcdoc' }),
  frame('fr_srcdoc_third', `<iframe srcdoc="<script src='https://${W}/s/in-srcdoc.js'></script>"></iframe>`,
    { by: `https://${W}/s/in-srcdoc.js`, frame: 'about:srcdoc', serve: { host: W, path: '/s/in-srcdoc.js', type: 'js', body: '%SET%',
      frame: { chromium: 'about:srcdoc', firefox: `https://${A}/p/frames` } } }),
  frame('fr_blob', '<script>document.documentElement.append(Object.assign(document.createElement("iframe"), {src: URL.createObjectURL(new Blob(["<script>%SET%<\\/script>"], {type: "text/html"}))}))</script>',
    { by: `blob:https://${A}/*`, frame: `blob:https://${A}/*`, out: { chromium: 'blocked', firefox: 'stored' } }),
  frame('fr_data', '<iframe src="data:text/html,<script>%SET%</script>"></iframe>', { out: 'refused', quiet: { chromium: throws, firefox: throws } }),
  frame('fr_blank', '<iframe id="blank"></iframe><script>{ const d = document.getElementById("blank").contentDocument; const s = d.createElement("script"); s.textContent = "%SET%"; d.body.append(s) }</script>',
    { by: { chromium: `https://${A}/p/frames`, firefox: 'about:blank' }, frame: 'about:blank', note: anonymous }),
  frame('fr_blank_parent', '<iframe id="blank2"></iframe><script>document.getElementById("blank2").contentDocument.cookie = %LINE%</script>', { frame: 'about:blank' }),
  frame('fr_blank_eval', '<iframe id="blank3"></iframe><script>document.getElementById("blank3").contentWindow.eval("%SET%")</script>', { frame: 'about:blank' }),
  frame('fr_js_url', '<iframe src="javascript:void(%SET%)"></iframe>', { frame: 'about:blank', nobody: { chromium: stackless, firefox: stackless } }),
  frame('fr_written', '<iframe id="written"></iframe><script>{ const d = document.getElementById("written").contentDocument; d.open(); d.write("<script>%SET%<\\/script>"); d.close() }</script>',
    { frame: 'any', by: `https://${A}/p/frames` }),
  frame('fr_same_parent', '<script>addEventListener("load", () => { document.querySelector("iframe[src$=same]").contentDocument.cookie = %LINE% })</script>',
    { frame: `https://${A}/f/same` }),
  { id: 'fr_svg', kind: 'cookie-script', in: 'frames', html: src(`https://${A}/f/drawing.svg`), by: `https://${A}/f/drawing.svg`, frame: `https://${A}/f/drawing.svg`,
    serve: { path: '/f/drawing.svg', type: 'svg', body: '<svg xmlns="http://www.w3.org/2000/svg"><script>%SET%</script></svg>' } },
  { id: 'fr_xhtml', kind: 'cookie-script', in: 'frames', html: src(`https://${A}/f/strict.xhtml`), by: `https://${A}/f/strict.xhtml`, frame: `https://${A}/f/strict.xhtml`,
    serve: { path: '/f/strict.xhtml', type: 'xhtml', body: '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body><script>%SET%</script></body></html>' } },
  frame('fr_srcdoc_boxed', '<iframe sandbox="allow-scripts allow-same-origin" srcdoc="<script>%SET%</script>"></iframe>', { by: 'about:srcdoc', frame: 'about:srcdoc' }),
  { id: 'fr_up', kind: 'cookie-script', in: 'same', js: 'parent.document.cookie = %LINE%', frame: `https://${A}/p/frames` },
  { id: 'fr_widget', kind: 'cookie-script', in: 'widget', js: '%SET%', host: W, third: true },
  { id: 'fr_widget_header', kind: 'cookie-header', url: `https://${W}/f/widget`, host: W, frame: 'self', third: true, in: 'frames', html: src(`https://${W}/f/widget`) },
];
