// What a site offers to machines: files at well-known addresses, and the data that its consent manager gave the page. Fetched by us once
// the audit has looked its last, so that nothing of it is the page's; never in a person's browser.
import { hostOf, parseUrl, sameSite, withoutHash } from './text.js';

const TIMEOUT_MS = 10_000;
const MOST_BYTES = 2 << 20;
const MOST_CONSENT_DATA = 8;

/** Paths of the site's own origin, with the kinds of docs/protocol.md "policy.page". @type {[string, string][]} */
const SITE_FILES = [
  ['/.well-known/gpc.json', 'gpc.json'],
  ['/.well-known/dnt-policy.txt', 'dnt-policy'],
  ['/.well-known/related-website-set.json', 'related-website-set'],
  ['/ads.txt', 'ads.txt'],
];

/** Where consent managers keep what they declare: host (null: any, sites serve it themselves too), then path. @type {[string, RegExp | null, RegExp][]} */
const CONSENT_DATA = [
  ['cookiebot', /^consent\.cookiebot\.(?:com|eu)$/, /^\/[0-9a-f-]{36}\/cc\.js$/i],
  ['onetrust', null, /\/consent\/[0-9a-f-]{36}(?:-test)?\/[0-9a-f-]{36}\/[a-z]{2,3}(?:-[a-z]{2,4})*\.json$/i],
  ['termly', /(?:^|\.)termly\.io$/, /^\/api\/v\d+\/.*\/cookies$/],
  ['usercentrics', /(?:^|\.)usercentrics\.(?:eu|com)$/, /^\/(?:settings\/.+\.json|aggregate\/.+|latest\/.+|api\/.+\.json)$/],
  ['osano', /(?:^|\.)osano\.com$/, /^\/(?:customer\/.+|[\w-]+\/[0-9a-f-]{36}\/osano\.js)$/],
  ['complianz', null, /\/complianz\/v1\/cookie_data\/?$/],
  ['cookieyes', /(?:^|\.)(?:cdn-)?cookieyes\.com$/, /^\/client_data\/[0-9a-f]+\/(?:config|audit-table)\/[^/]+\.json$/i],
];

/** @param {string} url of a request that the page made @returns {string | null} the consent manager whose data are there */
export function consentDataKind(url) {
  const parsed = parseUrl(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return null;
  return CONSENT_DATA.find(([, host, path]) => (host === null || host.test(parsed.hostname)) && path.test(parsed.pathname))?.[0] ?? null;
}

/** What the page has loaded of its consent manager's data, each address once. */
export class ConsentData {
  #urls;

  /** @param {string[]} urls seen by an earlier background, added to here */
  constructor(urls) { this.#urls = urls; }

  /** @param {string} url @param {number} status */
  seen(url, status) {
    if (status !== 200 || this.#urls.length >= MOST_CONSENT_DATA || consentDataKind(url) === null) return;
    const address = withoutHash(url);
    if (!this.#urls.includes(address)) this.#urls.push(address);
  }
}

/**
 * @param {{session: import('./session.js').Session, siteUrl: string, consentData: string[], get?: typeof fetch, timeoutMs?: number, mostBytes?: number}} parts
 *   siteUrl: where the site was shown
 */
export async function recordSiteFiles({ session, siteUrl, consentData, get = (...args) => fetch(...args), timeoutMs = TIMEOUT_MS, mostBytes = MOST_BYTES }) {
  const files = SITE_FILES.map(([path, kind]) => ({ url: new URL(path, siteUrl).href, kind }));
  const data = consentData.map((url) => ({ url, kind: consentDataKind(url) ?? 'unknown' }));
  const answers = await Promise.all([...files, ...data].map(async (file) => ({ ...file, got: await read(file.url, { get, timeoutMs, mostBytes }) })));
  for (const { url, kind, got } of answers) record(session, url, kind, got);
}

/**
 * @typedef {{result: 'captured' | 'error-status' | 'failed' | 'empty' | 'not-file' | 'too-large', url: string, status: number | null, type: string | null, text?: string,
 *   repaired?: boolean}} Got url: final
 */

/** @param {import('./session.js').Session} session @param {string} asked @param {string} kind @param {Got} got */
function record(session, asked, kind, got) {
  if (!sameSite(hostOf(got.url), hostOf(asked))) session.note('site-file-elsewhere', `${asked} leads to ${got.url}, another site`);
  if (got.repaired) session.note('site-file-repaired', `${got.url} is not UTF-8: unknown bytes are kept as U+FFFD`);
  session.emit('policy.page', {
    url: got.url, host: hostOf(got.url) ?? '', kind, result: got.result, status: got.status, content_type: got.type, title: null, language: null, link_text: null,
  }, got.text === undefined ? {} : { x: { type: got.type?.split(';')[0]?.trim().toLowerCase() || 'application/octet-stream', text: got.text } });
}

/** @param {string} url @param {{get: typeof fetch, timeoutMs: number, mostBytes: number}} how @returns {Promise<Got>} */
async function read(url, { get, timeoutMs, mostBytes }) {
  /** @type {Got} */
  const got = { result: 'failed', url, status: null, type: null };
  try {
    const response = await get(url, { credentials: 'omit', cache: 'no-store', redirect: 'follow', referrerPolicy: 'no-referrer', signal: AbortSignal.timeout(timeoutMs) });
    Object.assign(got, { url: response.url || url, status: response.status, type: response.headers.get('content-type') });
    if (!response.ok) {
      await response.body?.cancel();
      return { ...got, result: 'error-status' };
    }
    const bytes = await atMost(response, mostBytes);
    if (bytes === null) return { ...got, result: 'too-large' };
    const { text, repaired } = decode(bytes);
    if (text.trim() === '') return { ...got, result: 'empty' };
    // Many sites answer any address with a page: then there is no such file.
    if (/^\s*text\/html\b/i.test(got.type ?? '') || /^\uFEFF?\s*</.test(text)) return { ...got, result: 'not-file' };
    return { ...got, result: 'captured', text, repaired };
  } catch {
    return { ...got, result: 'failed' };  // No connection, out of time, or given up within the body.
  }
}

/** The whole body, or null when it is larger. @param {Response} response @param {number} most bytes */
async function atMost(response, most) {
  const chunks = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const { done, value } = await reader?.read() ?? { done: true, value: undefined };
    if (done || !value) break;
    size += value.length;
    if (size > most) {
      await reader?.cancel();
      return null;
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** As the bytes are: the exhibit's digest is then the file's own. @param {Uint8Array} bytes */
function decode(bytes) {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), repaired: false };
  } catch {
    return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes), repaired: true };
  }
}
