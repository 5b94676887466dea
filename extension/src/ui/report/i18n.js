// The words of the report's language: from the browser in the extension, from the file itself in a file.
import { api } from '../../api.js';
import { plain } from './words.js';

/** @type {Record<string, Record<string, string>>} language -> key -> message; empty in the extension. */
let tables = {};
let current = 'en';

export const inExtension = typeof api?.runtime?.id === 'string';

/** The languages that the reader may choose from. */
export const languages = () => Object.keys(tables);
export const language = () => current;

/** @param {Record<string, Record<string, string>>} messages @param {readonly string[]} wanted the reader's languages, best first */
export function useMessages(messages, wanted) {
  tables = messages;
  setLanguage(wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find((code) => messages[code]) ?? 'en');
}

/** @param {string} code */
export function setLanguage(code) {
  current = code;
  document.documentElement.lang = code;
}

/** In the extension the browser has chosen already. */
export function useBrowser() {
  setLanguage(t('report_language_code') || 'en');
}

/** @param {string} key @param {(string | number)[]} substitutions for $1 to $9 */
export function t(key, ...substitutions) {
  const words = substitutions.map((value) => (typeof value === 'number' ? value.toLocaleString(current) : value));
  if (inExtension) return api.i18n.getMessage(key, words);
  const message = tables[current]?.[key] ?? tables.en?.[key];
  if (message === undefined) return key;
  return message.replace(/\$([$1-9])/g, (_, which) => (which === '$' ? '$' : words[Number(which) - 1] ?? ''));
}

/** The message for a number of things: `key_one` or `key_other`. @param {string} key @param {number} n @param {(string | number)[]} more */
export const tn = (key, n, ...more) => t(`${key}_${new Intl.PluralRules(current).select(n) === 'one' ? 'one' : 'other'}`, n, ...more);

/** A word of a closed list; as it stands where this viewer does not know it. @param {string} list @param {string | null | undefined} word */
export function word(list, word) {
  if (!word) return '';
  const key = `report_${list}_${word.replace(/[^a-z0-9]+/gi, '_')}`;
  const known = t(key);
  return known === key || known === '' ? plain(word, 80) : known;
}
