// webRequest → request, cookie.header, request.failed. Two listeners carry nearly all; an audit adds two more to know when a
// page is quiet (in a person's browser they would only cost time).
import { Hops } from '../attribution.js';
import { hostOf, originOf, schemeOf } from '../text.js';
import { headerText, setCookieLines, splitLine } from './set-cookie.js';

const KEPT_HEADERS = new Set(['p3p', 'content-security-policy', 'permissions-policy', 'strict-transport-security', 'clear-site-data']);
export const ALL = { urls: ['<all_urls>'] };

/** @param {boolean} firefox */
export const headersExtra = (firefox) => (firefox ? ['responseHeaders'] : ['responseHeaders', 'extraHeaders']);

const OURS = /^(?:chrome|moz)-extension:/;

/** The page's part in it: what a plan navigates to was started by nobody on the web. @param {string | undefined | null} url */
const webOrigin = (url) => (url && !OURS.test(url) ? originOf(url) : null);

/** @param {any[]} headers @param {boolean} firefox */
function keptHeaders(headers, firefox) {
  /** @type {Record<string, string>} */
  const kept = {};
  for (const header of headers) {
    const name = header.name.toLowerCase();
    if (!KEPT_HEADERS.has(name)) continue;
    const { text } = headerText(header, firefox);
    kept[name] = name in kept ? `${kept[name]}, ${text}` : text;
  }
  return kept;
}

/** @param {string | undefined} location @param {string} base */
function resolve(location, base) {
  try { return location ? new URL(location, base).href : null; } catch { return null; }
}

export class RequestObserver {
  #parts;
  #hops = new Hops();
  /** @type {[any, Function][]} */ #added = [];

  /**
   * @param {{api: typeof chrome, firefox: boolean, session: import('../session.js').Session, documents: import('../attribution.js').Documents,
   *   scope: import('../scope.js').Scope, activity: import('../activity.js').Activity | null,
   *   addresses?: import('./addresses.js').AddressObserver, onMain: (d: any, info: any) => void, onResponse?: (url: string, status: number) => void}} parts
   */
  constructor(parts) { this.#parts = parts; }

  start() {
    const { api, firefox, activity } = this.#parts;
    const web = /** @type {any} */ (api.webRequest);
    this.#add(web.onHeadersReceived, (/** @type {any} */ d) => this.headers(d), headersExtra(firefox));
    this.#add(web.onErrorOccurred, (/** @type {any} */ d) => this.failed(d));
    if (!activity) return;
    this.#add(web.onBeforeRequest, (/** @type {any} */ d) => { if (d.tabId >= 0) activity.started(d.requestId, Date.now()); });
    this.#add(web.onCompleted, (/** @type {any} */ d) => {
      activity.ended(d.requestId, Date.now());
      this.#parts.addresses?.completed(d);
    });
    // What a service worker answers ends in Firefox with a redirect to its own address, and nothing after that.
    if (firefox) this.#add(web.onBeforeRedirect, (/** @type {any} */ d) => { if (d.redirectUrl === d.url) activity.ended(d.requestId, Date.now()); });
  }

  stop() { for (const [event, listener] of this.#added.splice(0)) event.removeListener(listener); }

  /** @param {any} event @param {Function} listener @param {string[]} [extra] */
  #add(event, listener, extra) {
    if (extra) event.addListener(listener, ALL, extra);
    else event.addListener(listener, ALL);
    this.#added.push([event, listener]);
  }

  /** @param {any} d */
  headers(d) {
    const { session, scope, documents, firefox, activity } = this.#parts;
    activity?.touched(d.requestId, Date.now());
    const headers = d.responseHeaders ?? [];
    const find = (/** @type {string} */ name) => headers.find((/** @type {any} */ h) => h.name.toLowerCase() === name);
    const location = find('location');
    const redirects = d.statusCode >= 300 && d.statusCode < 400 && location !== undefined;
    const hop = this.#hops.take(d.requestId, redirects || d.statusCode === 401 || d.statusCode === 407);
    const redirect = redirects ? resolve(headerText(location, firefox).text, d.url) : null;
    const type = find('content-type');
    const contentType = type ? headerText(type, firefox).text : null;
    if (d.type === 'main_frame' && d.tabId >= 0) {
      const disposition = find('content-disposition');
      if (!redirects) documents.arriving(d.tabId, d.url);
      this.#parts.onMain(d, { url: d.url, status: d.statusCode, contentType, redirect, attachment: /^\s*attachment/i.test(disposition?.value ?? '') });
    }
    if (!scope.wants(d)) return;
    const place = documents.placeOfRequest(d);
    const lines = setCookieLines(headers, firefox);
    const common = { rid: String(d.requestId), hop, url: d.url, scheme: schemeOf(d.url), host: hostOf(d.url) ?? '', type: String(d.type).toLowerCase(), ...place };
    const initiatorUrl = firefox && !OURS.test(d.originUrl ?? '') ? d.originUrl ?? null : null;
    scope.record(d, () => {
      this.#parts.onResponse?.(d.url, d.statusCode);
      session.emit('request', {
        ...common, method: d.method, status: d.statusCode, from_cache: d.fromCache === true, redirect,
        initiator: webOrigin(initiatorUrl ?? d.initiator), initiator_url: initiatorUrl, document_url: OURS.test(d.documentUrl ?? '') ? null : d.documentUrl ?? null, ip: d.ip ?? null,
        content_type: contentType, set_cookies: lines.length, headers: keptHeaders(headers, firefox),
        parent_frame: d.parentFrameId ?? null,
      }, { t: d.timeStamp });
      lines.forEach(({ line, bytes }, n) => session.emit('cookie.header', { ...common, n, ...splitLine(line), bytes }, { t: d.timeStamp }));
    });
  }

  /** @param {any} d */
  failed(d) {
    const { session, scope, documents, firefox, activity } = this.#parts;
    activity?.ended(d.requestId, Date.now());
    this.#hops.take(d.requestId, false);
    if (d.type === 'main_frame' && d.tabId >= 0) this.#parts.onMain(d, { url: d.url, error: d.error });
    if (!scope.wants(d)) return;
    scope.record(d, () => session.emit('request.failed', {
      rid: String(d.requestId), url: d.url, scheme: schemeOf(d.url), host: hostOf(d.url) ?? '', method: d.method, type: String(d.type).toLowerCase(),
      error: String(d.error), initiator: webOrigin(firefox ? d.originUrl : d.initiator), ...documents.placeOfRequest(d),
    }, { t: d.timeStamp }));
  }
}
