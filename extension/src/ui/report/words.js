// How the values of a report are written. Pure, but for the language.
import { language, t, tn } from './i18n.js';

export const STRENGTHS = ['contradicted', 'undeclared', 'vague', 'note'];

/** Signs beside the words, so that nothing is told by colour alone. @type {Record<string, string>} */
export const SIGNS = { contradicted: '✕', undeclared: '?', vague: '≈', note: 'i', held: '✓', unseen: '○' };

// Controls, and what turns the direction of text or hides in it: shown as what they are.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text of a site made harmless to read, cut in the middle when it is long. @param {string} text @param {number} [most] characters */
export function plain(text, most = 300) {
  const cut = text.length <= most ? text : `${text.slice(0, Math.ceil(most * 0.7))} … ${text.slice(-Math.floor(most * 0.2))} (${tn('report_characters', text.length)})`;
  return cut.replace(UNSEEN, (c) => `\\u{${c.charCodeAt(0).toString(16)}}`);
}

/** @param {number | null | undefined} seconds @param {boolean} session */
export function lifetime(seconds, session) {
  if (session) return t('report_lifetime_session');
  if (seconds === null || seconds === undefined) return '';
  const units = /** @type {[number, string][]} */ ([[86_400, 'days'], [3_600, 'hours'], [60, 'minutes'], [1, 'seconds']]);
  const [size, name] = units.find(([s]) => seconds >= s) ?? [1, 'seconds'];
  return tn(`report_${name}`, Math.round(seconds / size));
}

/** @param {string | null | undefined} moment RFC 3339 */
export const time = (moment) => (moment ?? '').replace('T', ' ').replace(/\.\d+/, '').replace('Z', ' UTC');

/** @param {number} ms */
export const seconds = (ms) => `${(ms / 1000).toLocaleString(language(), { minimumFractionDigits: 1, maximumFractionDigits: 1 })} s`;

/** @param {number} n */
export const number = (n) => n.toLocaleString(language());

/** Host of an address, or nothing. @param {string | null | undefined} url */
export function hostOf(url) {
  try {
    return url ? new URL(url).host : '';
  } catch {
    return '';
  }
}

/** @param {string[]} parts */
export const listed = (parts) => new Intl.ListFormat(language(), { style: 'long', type: 'conjunction' }).format(parts);
