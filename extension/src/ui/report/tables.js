// Tables that can be sorted and searched. Rows are made as they are shown: ten thousand stay quick.
import { el } from './dom.js';
import { count } from './words.js';

const PAGE = 200;

/** @typedef {{title: string, of: (row: any) => string | number | null, number?: boolean, sort?: (row: any) => number}} Column */

/** @typedef {{row: any, cells: string[], text: string, place: number}} Item */

/** @param {string} name what a row is @param {Column[]} columns @param {any[]} rows @param {string} [many] */
export function table(name, columns, rows, many = `${name}s`) {
  /** @type {Item[]} */
  const items = rows.map((row, place) => {
    const cells = columns.map((column) => String(column.of(row) ?? ''));
    return { row, cells, text: cells.join('\n').toLowerCase(), place };
  });
  let found = items;
  let shown = PAGE;
  let by = { column: -1, down: false };
  const body = el('tbody');
  const status = el('p', { class: 'status', role: 'status' });
  const more = el('button', { type: 'button', onclick: () => { shown += PAGE * 5; fill(); } }, 'Show more');
  const search = /** @type {HTMLInputElement} */ (el('input', { type: 'search', 'aria-label': `Search the ${many}`, placeholder: `Search ${count(rows.length, name, many)}`, oninput: () => { shown = PAGE; choose(); } }));
  const heads = columns.map((column, n) => el('th', { scope: 'col', 'aria-sort': 'none', class: column.number && 'number' }, el('button', { type: 'button', onclick: () => sort(n) }, column.title)));

  function sort(/** @type {number} */ column) {
    by = { column, down: by.column === column && !by.down };
    heads.forEach((head, n) => head.setAttribute('aria-sort', n !== column ? 'none' : by.down ? 'descending' : 'ascending'));
    choose();
  }
  function choose() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    found = items.filter((item) => words.every((word) => item.text.includes(word)));
    const column = columns[by.column];
    const key = (/** @type {Item} */ item) => column?.sort?.(item.row) ?? (column?.number ? Number(item.cells[by.column]) : item.cells[by.column]);
    if (column) found.sort((a, b) => (by.down ? -1 : 1) * compare(key(a), key(b)) || a.place - b.place);
    fill();
  }
  function fill() {
    body.replaceChildren(...found.slice(0, shown).map((item) => el('tr', {}, ...item.cells.map((cell, n) => el('td', { class: columns[n]?.number && 'number' }, cell)))));
    more.hidden = found.length <= shown;
    status.textContent = found.length === rows.length && found.length <= shown ? '' : `${Math.min(shown, found.length).toLocaleString('en')} of ${count(found.length, name, many)} shown`;
  }
  fill();
  return el('div', { class: 'table' }, rows.length > 10 && search, el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `Table of ${many}` }, el('table', {}, el('thead', {}, el('tr', {}, ...heads)), body)), status, more);
}

/** @param {any} a @param {any} b */
const compare = (a, b) => typeof a === 'number' && typeof b === 'number' ? (Number.isNaN(a) ? -1 : a) - (Number.isNaN(b) ? -1 : b) : String(a).localeCompare(String(b), 'en');
