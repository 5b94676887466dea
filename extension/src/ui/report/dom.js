// Elements out of plain values. Text goes in as text, never as markup: what a site wrote stays words.

/** @typedef {Node | string | number | null | undefined | false} Child */

/** @param {string} tag @param {Record<string, any>} [attributes] @param {(Child | Child[])[]} children */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children.flat()) if (child !== null && child !== undefined && child !== false) element.append(child instanceof Node ? child : String(child));
  return element;
}

/** A section with a heading that can be linked to. @param {string} id @param {string} title @param {Child[]} children */
export const section = (id, title, ...children) => el('section', { id, 'aria-labelledby': `${id}-title` }, el('h2', { id: `${id}-title` }, title), ...children);
