// Strings and URLs as the protocol wants them. Pure.

const LONE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** Lone surrogates become U+FFFD: they have no UTF-8. @param {string} text */
export const wellFormed = (text) => (/** @type {any} */ (text).isWellFormed?.() ? text : text.replace(LONE, '\uFFFD'));

/** Length in UTF-8 bytes of a well-formed string. @param {string} text */
export function utf8Length(text) {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 0x80) bytes += 1;
    else if (c < 0x800) bytes += 2;
    else if (c >= 0xd800 && c < 0xdc00) { bytes += 4; i++; }
    else bytes += 3;
  }
  return bytes;
}

/**
 * The longest beginning of `text` that takes at most `max` UTF-8 bytes, cut between characters.
 * @param {string} text well formed
 * @param {number} max bytes
 */
export function cutUtf8(text, max) {
  if (text.length * 3 <= max) return text;
  let bytes = 0;
  let i = 0;
  while (i < text.length) {
    const c = text.charCodeAt(i);
    const pair = c >= 0xd800 && c < 0xdc00;
    bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : pair ? 4 : 3;
    if (bytes > max) return text.slice(0, i);
    i += pair ? 2 : 1;
  }
  return text;
}

/** @param {string | null | undefined} url @returns {URL | null} */
export function parseUrl(url) {
  if (!url) return null;
  try { return new URL(url); } catch { return null; }
}

/** Host name without port, or null where there is none (about:blank, data:). @param {string | null | undefined} url */
export const hostOf = (url) => parseUrl(url)?.hostname || null;

/** @param {string} url */
export const schemeOf = (url) => (parseUrl(url)?.protocol ?? '').replace(/:$/, '');

/** The origin, or null for an opaque one. @param {string | null | undefined} url */
export function originOf(url) {
  const origin = parseUrl(url)?.origin;
  return origin && origin !== 'null' ? origin : null;
}

/** The URL without its fragment. @param {string} url */
export const withoutHash = (url) => url.replace(/#.*$/s, '');

/**
 * Do two hosts look like one site? Only chooses which links to follow, never part of evidence: the host decides parties with
 * the public suffix list. Two labels count, three where the second-to-last is a usual second-level suffix (example.co.uk).
 * @param {string | null} a @param {string | null} b
 */
export function sameSite(a, b) {
  if (!a || !b) return false;
  return a === b || (siteOf(a) === siteOf(b));
}

const SECOND_LEVEL = new Set(['co', 'com', 'net', 'org', 'gov', 'gob', 'gouv', 'ac', 'edu', 'or', 'ne', 'go', 'gv', 'nom', 'ltd', 'plc', 'me', 'mil', 'sch']);

/** @param {string} host */
export function siteOf(host) {
  const bare = host.replace(/\.$/, '').toLowerCase();
  if (bare.startsWith('[') || /^[\d.]+$/.test(bare)) return bare;  // An address is its own site.
  const labels = bare.split('.');
  const last = labels[labels.length - 1] ?? '';
  const three = last.length === 2 && SECOND_LEVEL.has(labels[labels.length - 2] ?? '');
  return labels.slice(three ? -3 : -2).join('.');
}
