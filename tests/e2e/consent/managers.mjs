// Pages whose banners have the markup, names and interfaces of consent managers as the public knows them, each in our own few lines: enough for a
// rule that knows the manager, no more. `chosen(what)` in each tells the server what the page understood.

/** @param {string} body @param {string} [script] */
const page = (body, script = '') => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><p>Things for sale.</p>
<script>const chosen = (what) => { document.cookie = 'choice=' + what; fetch('/chose?' + what, { method: 'POST', keepalive: true }); };
const gone = (id) => document.getElementById(id)?.remove();
const seen = document.cookie.includes('choice=');</script>
${body}<script>${script}</script>`;

const BOX = 'style="position:fixed;bottom:0;left:0;right:0;padding:2em;background:#fff;border:1px solid"';
const TEXT = '<p>We and our partners use cookies to measure and to advertise.</p>';

/** One button a choice. @param {string} id @param {string} outer @param {string} accept @param {string} reject attributes */
const simple = (id, outer, accept, reject, inner = '') => page(`<div id="${id}" ${outer} ${BOX}>${inner}${TEXT}
<button ${accept} onclick="chosen('accept');gone('${id}')">Accept all</button><button ${reject} onclick="chosen('reject');gone('${id}')">Reject all</button></div>`, `if (seen) gone('${id}');`);

export const MANAGERS = {
  onetrust: page(`<div id="onetrust-consent-sdk"><div id="onetrust-banner-sdk" ${BOX}>${TEXT}<button id="onetrust-accept-btn-handler" onclick="chosen('accept');gone('onetrust-consent-sdk')">Accept All</button>
<button id="onetrust-reject-all-handler" onclick="chosen('reject');OnetrustActiveGroups=',C0001,';gone('onetrust-consent-sdk')">Reject All</button></div></div>`, "var OnetrustActiveGroups = ',C0001,C0002,'; if (seen) gone('onetrust-consent-sdk');"),
  cookiebot: page(`<div id="CybotCookiebotDialog" ${BOX}>${TEXT}<button id="CybotCookiebotDialogBodyLevelButtonLevelOptinDeclineAll" onclick="chosen('reject');Cookiebot.declined=true;Cookiebot.hasResponse=true;gone('CybotCookiebotDialog')">Deny</button>
<button id="CybotCookiebotDialogBodyLevelButtonAccept" onclick="chosen('accept');gone('CybotCookiebotDialog')">Allow all</button></div>`, 'var Cookiebot = { hasResponse: seen, declined: false, dialog: { visible: !seen }, withdraw() {}, hide() {} };'),
  usercentrics: page('<div id="usercentrics-root"></div>', `var UC_UI = {}; if (!seen) { const root = document.getElementById('usercentrics-root'); root.style.cssText = 'position:fixed;bottom:0;width:100%;height:9em'; root.attachShadow({ mode: 'open' }).innerHTML =
'<div data-testid="uc-container"><p>We use cookies and other trackers.</p><button data-testid="uc-deny-all-button">Deny</button><button data-testid="uc-accept-all-button">Accept All</button></div>';
root.shadowRoot.querySelector('[data-testid=uc-deny-all-button]').onclick = () => { chosen('reject'); root.remove(); };
UC_UI.acceptAllConsents = () => { chosen('accept'); return Promise.resolve(); }; UC_UI.denyAllConsents = () => chosen('reject'); UC_UI.closeCMP = () => root.remove(); UC_UI.areAllConsentsAccepted = () => document.cookie.includes('choice=accept'); }`),
  didomi: page(`<div id="didomi-host"><div id="didomi-notice" ${BOX}>${TEXT}<button id="didomi-notice-agree-button" onclick="chosen('accept');gone('didomi-host')">Agree and close</button>
<span class="didomi-continue-without-agreeing" role="button" tabindex="0" onclick="chosen('reject');off=true;gone('didomi-host')">Continue without agreeing</span></div></div>`,
  "var off = false; var Didomi = { getCurrentUserStatus: () => ({ purposes: { a: { enabled: !off } } }) }; if (seen) gone('didomi-host');"),
  complianz: page(`<div id="cmplz-cookiebanner-container"><div class="cmplz-cookiebanner" ${BOX}>${TEXT}<button class="cmplz-btn cmplz-accept" onclick="chosen('accept');close_()">Accept</button>
<button class="cmplz-btn cmplz-deny" onclick="chosen('reject');close_()">Deny</button></div></div>`, "function close_() { document.cookie = 'cmplz_banner-status=dismissed'; gone('cmplz-cookiebanner-container'); } if (seen) gone('cmplz-cookiebanner-container');"),
  cookieyes: page(`<div class="cky-consent-container" id="cky" ${BOX}>${TEXT}<button data-cky-tag="accept-button" onclick="chosen('accept');gone('cky')">Accept All</button>
<button data-cky-tag="reject-button" onclick="chosen('reject');document.cookie='cookieyes-consent=advertisement:no';gone('cky')">Reject All</button></div>`, "if (seen) gone('cky');"),
  iubenda: page(`<div id="iubenda-cs-banner" ${BOX}>${TEXT}<button class="iubenda-cs-accept-btn" onclick="chosen('accept');gone('iubenda-cs-banner')">Accept</button>
<button class="iubenda-cs-reject-btn" onclick="chosen('reject');document.cookie='_iub_cs-1234567=x';gone('iubenda-cs-banner')">Reject</button></div>`, "if (seen) gone('iubenda-cs-banner');"),
  klaro: page(`<div class="klaro" id="k"><div class="cookie-notice" ${BOX}>${TEXT}<button class="cm-btn cn-decline" onclick="chosen('reject');gone('k')">I decline</button><button class="cm-btn cm-btn-success" onclick="chosen('accept');gone('k')">That's ok</button></div></div>`, "if (seen) gone('k');"),
  osano: page(`<div class="osano-cm-window" id="o"><div class="osano-cm-dialog" role="dialog" ${BOX}>${TEXT}<button class="osano-cm-accept-all" onclick="chosen('accept');gone('o')">Accept All</button><button class="osano-cm-denyAll" onclick="chosen('reject');gone('o')">Reject All</button></div></div>`,
  "var Osano = { cm: { dialogOpen: !seen } }; if (seen) gone('o');"),
  termly: simple('termly-code-snippet-support', '', 'data-tid="banner-accept"', 'data-tid="banner-decline"', '<div>Cookies</div>'),
  borlabs: simple('BorlabsCookieBox', 'class="_brlbs-box-wrap brlbs-cmpnt-dialog"', 'class="brlbs-btn-accept-all"', 'class="brlbs-btn-accept-only-essential"',
    '<script>document.cookie = "borlabs-cookie=" + encodeURIComponent(JSON.stringify({ consents: { essential: [1] } }))</script>'),
  cookiescript: simple('cookiescript_injected', '', 'id="cookiescript_accept"', 'id="cookiescript_reject"'),
};

/** Banners that no rule knows: told by the words on their buttons. Closed shadow roots, frames and pages of settings among them. */
export const UNKNOWN = {
  german: page(`<div id="b" ${BOX}><p>Wir verwenden Cookies und bitten um Ihre Einwilligung.</p><button onclick="chosen('accept');gone('b')">Alle akzeptieren</button><button onclick="chosen('reject');gone('b')">Nur notwendige Cookies</button><a href="#s">Einstellungen</a></div>`, "if (seen) gone('b');"),
  french: page(`<div id="b" ${BOX}><p>Ce site utilise des cookies avec votre consentement.</p><span role="button" onclick="chosen('reject');gone('b')">Continuer sans accepter</span><button onclick="chosen('accept');gone('b')">J’accepte</button></div>`, "if (seen) gone('b');"),
  italian: page('<my-banner id="b"></my-banner>', `if (!seen) { const b = document.getElementById('b'); b.style.cssText = 'position:fixed;top:0;width:100%;height:8em;display:block'; const inside = b.attachShadow({ mode: 'closed' });
inside.innerHTML = '<p>Questo sito usa i cookie: serve il tuo consenso.</p><button>Accetta tutti</button><button>Rifiuta tutti</button>'; inside.querySelectorAll('button').forEach((x, i) => { x.onclick = () => { chosen(i ? 'reject' : 'accept'); b.remove(); }; }); }`),
  framed: page(`<iframe id="b" src="/frame" title="Consent" ${BOX}></iframe>`, "if (seen) gone('b'); addEventListener('message', (e) => { chosen(e.data); gone('b'); });"),
  toggles: page(`<div id="b" role="dialog" ${BOX}><div id="first"><p>Usamos cookies propias y de terceros.</p><button onclick="chosen('accept');gone('b')">Aceptar todo</button><button onclick="gone('first');document.getElementById('second').hidden=false">Configurar</button></div>
<div id="second" hidden><p>Elija qué cookies acepta.</p><label><input type="checkbox" checked disabled> Necesarias</label><label><input type="checkbox" checked id="ads"> Publicidad</label><button onclick="chosen(document.getElementById('ads').checked ? 'accept' : 'reject');gone('b')">Guardar preferencias</button></div></div>`, "if (seen) gone('b');"),
};

export const FRAME = `<!doctype html><meta charset="utf-8"><body><p>Deze site gebruikt cookies met uw toestemming.</p><button onclick="parent.postMessage('accept','*')">Alles accepteren</button><button onclick="parent.postMessage('reject','*')">Weigeren</button>`;

/** Nothing that can be refused, or nothing at all. */
export const NONE = {
  plain: page('<p>Nothing asks here.</p><footer><a href="/settings">Cookie settings</a></footer>'),
  onlyok: page(`<div id="b" ${BOX}><p>This site uses cookies.</p><button onclick="gone('b')">OK</button></div>`),
  hidden: page(`<div class="osano-cm-window"><div class="osano-cm-dialog" ${BOX}>${TEXT}<button class="osano-cm-accept">Accept</button></div></div>`, 'var Osano = { cm: { dialogOpen: true } };'),
};
