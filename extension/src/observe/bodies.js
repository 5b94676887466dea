// webRequest.onBeforeRequest → request.body. Only in an audit that plants something to look for: bodies may hold anything a person typed.
import { hostOf, originOf, schemeOf } from '../text.js';
import { ALL } from './requests.js';

const MOST = 2_000;        // Bodies of one recording.
const MOST_BYTES = 64_000; // Read of one; the protocol keeps less.

/** What a request carries, as text. @param {any} body of webRequest @returns {{size: number, value: string | null}} */
export function bodyText(body) {
  if (body?.formData) {
    const value = new URLSearchParams(Object.entries(body.formData).flatMap(([name, values]) => /** @type {any[]} */ (values).map((v) => [name, String(v)]))).toString();
    return { size: value.length, value };
  }
  const parts = /** @type {any[]} */ (body?.raw ?? []);
  const bytes = parts.filter((p) => p.bytes).map((p) => new Uint8Array(p.bytes));
  const size = bytes.reduce((n, b) => n + b.length, 0);
  if (bytes.length === 0) return { size, value: null };
  const all = new Uint8Array(Math.min(size, MOST_BYTES));
  let at = 0;
  for (const b of bytes) {
    const part = b.subarray(0, all.length - at);
    all.set(part, at);
    at += part.length;
  }
  return { size, value: new TextDecoder('utf-8').decode(all) };
}

export class BodyObserver {
  #parts;
  #left = MOST;
  #on = (/** @type {any} */ d) => this.before(d);

  /** @param {{api: typeof chrome, firefox: boolean, session: import('../session.js').Session, documents: import('../attribution.js').Documents, scope: import('../scope.js').Scope}} parts */
  constructor(parts) { this.#parts = parts; }

  start() { /** @type {any} */ (this.#parts.api.webRequest.onBeforeRequest).addListener(this.#on, ALL, ['requestBody']); }

  stop() { /** @type {any} */ (this.#parts.api.webRequest.onBeforeRequest).removeListener(this.#on); }

  /** @param {any} d */
  before(d) {
    const { session, scope, documents, firefox } = this.#parts;
    if (!d.requestBody || this.#left === 0 || !scope.wants(d)) return;
    this.#left--;
    if (this.#left === 0) session.note('bodies-cut', `only the first ${MOST} request bodies were kept`);
    const { size, value } = bodyText(d.requestBody);
    const initiator = firefox ? d.originUrl : d.initiator;
    scope.record(d, () => session.emit('request.body', {
      rid: String(d.requestId), url: d.url, scheme: schemeOf(d.url), host: hostOf(d.url) ?? '', method: d.method, type: String(d.type).toLowerCase(),
      initiator: initiator ? originOf(initiator) : null, size, value, ...documents.placeOfRequest(d),
    }, { t: d.timeStamp }));
  }
}
