// Which links may lead to a policy, and which to visit. Pure. Scores only order candidates; every candidate is in evidence.
import { hostOf, parseUrl, sameSite, withoutHash } from './text.js';

/** @typedef {{text: string, href: string, rel?: string, area?: string, download?: boolean}} Link */
/** @typedef {{url: string, host: string, text: string, kind: 'privacy-policy' | 'cookie-policy', score: number, order: number}} Candidate */

// Words as they stand in menus and footers. `firm`: such a link is hardly anything else. `loose`: it may be.
const PRIVACY_FIRM = new RegExp([
  'privacy (?:policy|notice|statement)', 'privacy & cookies?', 'privacy and cookies?', 'data (?:protection|privacy) (?:policy|notice|statement|declaration)',
  'datenschutz(?:erkl[äa]rung|hinweise?|bestimmungen|richtlinien?|information(?:en)?)?', 'privatsph[äa]re', 'politique (?:de |relative à la )?(?:confidentialit[ée]|vie priv[ée]e)',
  'protection des donn[ée]es', 'donn[ée]es personnelles', 'vie priv[ée]e', 'pol[íi]ticas? de privacidad(?:e)?', 'aviso de privacidad', 'protecci[óo]n de datos',
  'informativa (?:sulla )?privacy', 'privacy policy', 'tutela della privacy', 'prote[cç][ãa]o de dados', 'privacy(?:beleid|verklaring|statement|reglement)',
  'polityka prywatno[śs]ci', 'ochrona danych', 'integritetspolicy', 'sekretesspolicy', 'personuppgift(?:er|spolicy)', 'privatlivspolitik', 'persondatapolitik',
  'personvern(?:erkl[æa]ring)?', 'tietosuoja(?:seloste|k[äa]yt[äa]nt[öo])?', 'ochrana (?:osobn[íi]ch [úu]daj[ůu]|s[úu]krom[íi]|soukrom[íi])', 'z[áa]sady ochrany', 'adatv[ée]delm\\S*',
  'confiden[țt]ialitate', 'protec[țt]ia datelor', 'απορρ[ήη]του?', 'προσωπικ[άα] δεδομ[έε]να', 'конфиденциальност\\S*', 'персональных данных', 'gizlilik', 'ki[şs]isel veri\\S*',
  'プライバシー', '個人情報', '隐私', '隱私', '개인정보',
].join('|'), 'iu');
const PRIVACY_LOOSE = /privacy|privacidad|confidentialit|privat|prywatn|datenschutz|gdpr|dsgvo|rgpd|data protection/iu;
const COOKIE_FIRM = new RegExp([
  'cookies? (?:policy|notice|statement|declaration|list|table|details)', 'cookie-?(?:richtlinien?|erkl[äa]rung|hinweise?|beleid|verklaring|policy|politik|erkl[æa]ring|k[äa]yt[äa]nt[öo])',
  'politique (?:de |des |relative aux )?cookies', 'gestion des cookies', 'pol[íi]tica de cookies', 'informativa (?:sui )?cookies?', 'polityka (?:plik[óo]w )?cookies?', 'use of cookies', 'about cookies',
  'verwendung von cookies', 'z[áa]sady (?:pou[žz][íi]v[áa]n[íi] )?(?:soubor[ůu] )?cookies?', 'politica (?:de )?cookies?', 'политика (?:использования )?(?:файлов )?cookies?', '[çc]erez politikas\\S*',
  'クッキー', 'cookieポリシー', '쿠키', 'cookie 政策',
].join('|'), 'iu');
const COOKIE_LOOSE = /cookies?\b|evästeet|[çc]erez/iu;
// Text that only looks like one.
const NOT = /(?:cookie|privacy|privat\w*)[- ]?(?:settings?|preferences|einstellungen|choices|center|centre|manager|instellingen|indstillinger|param[èe]tres)|\b(?:manage|change|customi[sz]e|accept|reject|allow|do not sell)\b|recipe|shop|blog|news/iu;

const PRIVACY_PATH = /privacy|datenschutz|confidentialit|privacidad|privatlivs|personvern|tietosuoja|prywatnosc|integritet|gizlilik|vie-privee|donnees-personnelles|gdpr|dsgvo|rgpd|data-?protection/i;
const COOKIE_PATH = /cookies?(?:[-_/.]|$)|cookie-?(?:policy|richtlinie|beleid|politik|notice|statement|declaration)/i;

// Services that host other sites' policies: a link there is as good as one's own.
const HOSTED = /(?:^|\.)(?:iubenda\.com|termly\.io|termsfeed\.com|privacypolicies\.com|freeprivacypolicy\.com|getterms\.io|enzuzo\.com|cookiebot\.com|cookieyes\.com|websitepolicies\.com|notion\.site|docs\.google\.com)$/;
// Whose policy it is whoever links it: notices of embedded services ("protected by reCAPTCHA").
const OTHERS = /(?:^|\.)(?:google\.[a-z.]+|youtube\.com|facebook\.com|meta\.com|instagram\.com|twitter\.com|x\.com|linkedin\.com|tiktok\.com|microsoft\.com|apple\.com|stripe\.com|paypal\.com|cloudflare\.com|hcaptcha\.com|vimeo\.com|pinterest\.[a-z.]+|hubspot\.com|mailchimp\.com|intuit\.com|shopify\.com|wordpress\.(?:com|org)|automattic\.com|onetrust\.com|usercentrics\.[a-z]+|privacyshield\.gov|allaboutcookies\.org|aboutcookies\.org|youronlinechoices\.(?:com|eu)|networkadvertising\.org|aboutads\.info)$/;
const FILES = /\.(?:jpe?g|png|gif|webp|svg|ico|zip|gz|tgz|dmg|exe|msi|deb|rpm|apk|mp[34]|webm|mov|avi|css|js|json|xml|rss|ics|vcf|docx?|xlsx?|pptx?|csv)$/i;

const MIN_SCORE = 20;
const GOOD_SCORE = 50;

/**
 * Candidates among links of a page, best first (ties in document order), one per address and kind.
 * @param {Link[]} links @param {string} pageUrl @param {{framed?: boolean}} [options] framed: links of a sub-frame
 * @returns {Candidate[]}
 */
export function scoreLinks(links, pageUrl, { framed = false } = {}) {
  const siteHost = hostOf(pageUrl);
  /** @type {Map<string, Candidate>} */
  const best = new Map();
  links.forEach((link, order) => {
    const url = parseUrl(link.href);
    if (!url || !/^https?:$/.test(url.protocol) || FILES.test(url.pathname)) return;
    const own = sameSite(url.hostname, siteHost);
    if (framed && !own) return;
    if (withoutHash(url.href) === withoutHash(pageUrl) && url.hash.length <= 1) return;
    const text = link.text.replace(/\s+/g, ' ').trim();
    const path = safeDecode(url.pathname + url.hash);
    let privacy = PRIVACY_FIRM.test(text) ? 60 : PRIVACY_LOOSE.test(text) ? 40 : 0;
    let cookie = COOKIE_FIRM.test(text) ? 60 : COOKIE_LOOSE.test(text) ? 35 : 0;
    if (PRIVACY_PATH.test(path)) privacy += privacy > 0 ? 25 : 22;
    if (COOKIE_PATH.test(path)) cookie += cookie > 0 ? 25 : 22;
    if (/privacy-policy/.test(link.rel ?? '')) privacy += 60;
    const kind = cookie > privacy ? 'cookie-policy' : 'privacy-policy';
    let score = Math.max(privacy, cookie);
    if (score === 0) return;
    if (NOT.test(text)) score -= 35;
    if (text.length > 80) score -= 20;
    if (link.area === 'footer') score += 5;
    if (!own) score += HOSTED.test(url.hostname) ? -5 : OTHERS.test(url.hostname) ? -80 : -25;
    if (score < MIN_SCORE) return;
    const key = `${kind} ${withoutHash(url.href)}`;
    const known = best.get(key);
    if (!known || known.score < score) best.set(key, { url: url.href, host: url.hostname, text, kind, score, order: known?.order ?? order });
  });
  return [...best.values()].sort((a, b) => b.score - a.score || a.order - b.order).slice(0, 50);
}

/** @param {string} text */
function safeDecode(text) {
  try { return decodeURIComponent(text); } catch { return text; }
}

/**
 * Whom to visit: the best privacy policy, the best cookie policy, then further good ones, at most `max` addresses.
 * @param {Candidate[]} candidates best first @param {number} max @param {Set<string>} [visited] addresses without fragment
 * @returns {Candidate[]}
 */
export function choosePolicies(candidates, max, visited = new Set()) {
  /** @type {Candidate[]} */
  const chosen = [];
  const taken = new Set(visited);
  /** @param {Candidate | undefined} c */
  const take = (c) => {
    if (!c || chosen.length >= max || taken.has(withoutHash(c.url))) return;
    taken.add(withoutHash(c.url));
    chosen.push(c);
  };
  for (const kind of ['privacy-policy', 'cookie-policy']) take(candidates.find((c) => c.kind === kind && !taken.has(withoutHash(c.url))));
  for (const c of candidates) if (c.score >= GOOD_SCORE) take(c);
  return chosen;
}

const SESSION_ENDING = /(?:log|sign)[-_ ]?out|abmelden|deconnexion|unsubscribe|delete/i;

/**
 * Further pages of the site: document order, distinct paths, none that is a policy candidate, a file or ends a session.
 * @param {Link[]} links @param {string} pageUrl @param {number} count @param {Iterable<string>} exclude addresses
 * @returns {string[]}
 */
export function furtherPages(links, pageUrl, count, exclude) {
  const page = parseUrl(pageUrl);
  if (!page) return [];
  const pathOf = (/** @type {URL} */ u) => u.host + u.pathname.replace(/\/(?:index\.html?)?$/, '');
  const seen = new Set([pathOf(page)]);
  for (const address of exclude) {
    const url = parseUrl(address);
    if (url) seen.add(pathOf(url));
  }
  /** @type {string[]} */
  const own = [];
  /** @type {string[]} */
  const sibling = [];
  for (const link of links) {
    const url = parseUrl(link.href);
    if (!url || url.protocol !== page.protocol || link.download || !sameSite(url.hostname, page.hostname)) continue;
    if (FILES.test(url.pathname) || /\.pdf$/i.test(url.pathname) || SESSION_ENDING.test(url.pathname + url.search) || seen.has(pathOf(url))) continue;
    seen.add(pathOf(url));
    (url.host === page.host ? own : sibling).push(withoutHash(url.href));
  }
  return [...own, ...sibling].slice(0, Math.max(0, count));
}
