// Elements out of plain values. Text goes in as text, never as markup: what a site wrote stays words.
import { plain } from './words.js';

/** @typedef {Node | string | number | null | undefined | false} Child */

const SVG = 'http://www.w3.org/2000/svg';

/** @template {Element} T @param {T} element @param {Record<string, any>} attributes @param {(Child | Child[])[]} children @returns {T} */
function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children.flat()) if (child !== null && child !== undefined && child !== false) element.append(child instanceof Node ? child : String(child));
  return element;
}

/** @param {string} tag @param {Record<string, any>} [attributes] @param {(Child | Child[])[]} children @returns {HTMLElement} */
export const el = (tag, attributes = {}, ...children) => filled(document.createElement(tag), attributes, children);

/** @param {string} tag @param {Record<string, any>} [attributes] @param {(Child | Child[])[]} children */
export const svg = (tag, attributes = {}, ...children) => filled(document.createElementNS(SVG, tag), attributes, children);

/** A section with a heading that can be linked to. @param {string} id @param {string} title @param {(Child | Child[])[]} children */
export const section = (id, title, ...children) => el('section', { id, 'aria-labelledby': `${id}-title` }, el('h2', { id: `${id}-title`, tabindex: -1 }, title), ...children);

/** @param {string} text @param {(event: Event) => void} onclick @param {Record<string, any>} [more] */
export const button = (text, onclick, more = {}) => el('button', { type: 'button', onclick, ...more }, text);

/** What a site wrote: shown as it is, in its own direction, with nothing that could act. @param {unknown} text @param {number} [most] */
export const theirs = (text, most = 300) => el('bdi', {}, plain(String(text ?? ''), most));

/** Words of the host, which are English. @param {string} text @param {number} [most] */
export const english = (text, most = 2000) => el('span', { lang: 'en' }, plain(text, most));

/** A command with a button that copies it. @param {string} text @param {{copy: string, copied: string}} words */
export function command(text, words) {
  const copy = button(words.copy, async () => {
    await navigator.clipboard.writeText(text).catch(() => getSelection()?.selectAllChildren(code));
    copy.textContent = words.copied;
  }, { class: 'copy', 'aria-live': 'polite' });
  const code = el('code', {}, text);
  return el('div', { class: 'command' }, code, copy);
}
