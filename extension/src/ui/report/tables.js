// Tables that can be sorted, filtered and searched. Of many rows only those in view are in the page, so ten thousand stay quick.
import { el, button } from './dom.js';
import { t, tn } from './i18n.js';
import { number, plain } from './words.js';

/**
 * @typedef {{title: string, of: (row: any) => string | number | null | undefined, width: number, number?: boolean, sort?: (row: any) => number, filter?: boolean}} Column
 *   `width`: in rem; `filter`: few values, one of which can be chosen
 * @typedef {{row: any, place: number, cells: string[] | null, text: string | null}} Item
 */

const SLICE_MS = 12;      // Work goes on in pieces of this length, so that a page never stalls.
const BEYOND = 6;         // Rows drawn above and below those in view.
const PRINTED = 300;      // Rows of a table that go on paper.
const SHORT = 14;         // Rows that are shown without a scroll bar of their own.

/** Lets the browser do what waits. */
const breath = () => new Promise((resolve) => { const { port1, port2 } = new MessageChannel(); port1.onmessage = () => { port1.close(); resolve(undefined); }; port2.postMessage(0); });

/** @param {string} key of the messages that count the rows @param {Column[]} columns @param {any[]} rows @param {((row: any) => void) | null} open looks at one row closely */
export function table(key, columns, rows, open) {
  /** @type {Item[]} */
  const items = rows.map((row, place) => ({ row, place, cells: null, text: null }));
  const cells = (/** @type {Item} */ item) => (item.cells ??= columns.map((column) => plain(String(column.of(item.row) ?? ''), 400)));
  const text = (/** @type {Item} */ item) => (item.text ??= cells(item).join('\n').toLowerCase());
  const label = tn(key, rows.length);
  let found = items;
  let by = { column: -1, down: false };
  let turn = 0;      // Of the choice that is under way: a later one ends it.
  let first = -1;    // Rows [first, last) are in the page.
  let last = -1;
  let active = 0;    // The row that the tab key reaches.
  let height = 0;    // Of a row, in pixels.
  let printing = false;

  const body = /** @type {HTMLTableSectionElement} */ (el('tbody'));
  const above = el('tr', { 'aria-hidden': 'true', class: 'space' }, el('td', { colspan: columns.length }));
  const below = el('tr', { 'aria-hidden': 'true', class: 'space' }, el('td', { colspan: columns.length }));
  const status = el('p', { class: 'status', role: 'status' });
  const search = /** @type {HTMLInputElement} */ (el('input', { type: 'search', 'aria-label': t('report_search_in', label), placeholder: t('report_search'), oninput: () => void choose() }));
  const filters = columns.map((column, n) => (column.filter && rows.length > SHORT ? /** @type {HTMLSelectElement} */ (el('select', { 'aria-label': column.title, onfocus: () => fillFilter(n), onpointerdown: () => fillFilter(n), onchange: () => void choose() }, el('option', { value: '' }, `${column.title}: ${t('report_all')}`))) : null));
  const heads = columns.map((column, n) => el('th', { scope: 'col', 'aria-sort': 'none', class: column.number && 'number' }, button(column.title, () => sort(n))));
  const grid = el('table', { 'aria-rowcount': rows.length + 1 }, el('caption', { class: 'sr' }, label), el('colgroup', {}, ...columns.map((column) => {
    const col = el('col');
    col.style.width = `${column.width}rem`;
    return col;
  })), el('thead', {}, el('tr', { 'aria-rowindex': 1 }, ...heads)), body);
  grid.style.minWidth = `${columns.reduce((sum, column) => sum + column.width, 0)}rem`;
  const box = el('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': label, onscroll: () => draw() }, grid);
  body.addEventListener('click', (event) => {
    const row = /** @type {HTMLElement | null} */ (event.target instanceof Element ? event.target.closest('.row')?.closest('tr') : null);
    const item = row && open ? found[Number(row.dataset.n)] : undefined;
    if (!item || !open) return;
    active = Number(row?.dataset.n);
    open(item.row);
  });
  body.addEventListener('keydown', (event) => { if (open) move(event); });

  /** @param {number} n */
  function fillFilter(n) {
    const select = filters[n];
    if (!select || select.options.length > 1) return;
    /** @type {Map<string, number>} */
    const values = new Map();
    for (const item of items) {
      const value = cells(item)[n] ?? '';
      values.set(value, (values.get(value) ?? 0) + 1);
    }
    const most = [...values].sort((a, b) => b[1] - a[1]).slice(0, 100);
    select.append(...most.map(([value, count]) => el('option', { value: `=${value}` }, `${value || t('report_empty')} (${number(count)})`)));
  }
  /** @param {number} column */
  function sort(column) {
    by = { column, down: by.column === column && !by.down };
    heads.forEach((head, n) => head.setAttribute('aria-sort', n !== column ? 'none' : by.down ? 'descending' : 'ascending'));
    void choose();
  }
  async function choose() {
    const mine = ++turn;
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = filters.map((select) => select?.value ?? '');
    const column = columns[by.column];
    /** @type {{item: Item, key: any}[]} */
    const kept = [];
    let until = performance.now() + SLICE_MS;
    for (const item of items) {
      if (wanted.every((value, n) => value === '' || `=${cells(item)[n]}` === value) && words.every((word) => text(item).includes(word)))
        kept.push({ item, key: !column ? item.place : column.sort ? column.sort(item.row) : column.number ? Number(column.of(item.row) ?? -1) : (cells(item)[by.column] ?? '').toLowerCase() });
      if (performance.now() > until) {
        await breath();
        if (mine !== turn) return;
        until = performance.now() + SLICE_MS;
      }
    }
    if (column) kept.sort((a, b) => (by.down ? -1 : 1) * (a.key < b.key ? -1 : a.key > b.key ? 1 : 0) || a.item.place - b.item.place);
    found = kept.map(({ item }) => item);
    active = 0;
    first = last = -1;
    box.scrollTop = 0;
    grid.setAttribute('aria-rowcount', String(found.length + 1));
    status.textContent = found.length === rows.length ? '' : t('report_shown', found.length, label);
    draw();
  }
  const model = el('tr', {}, ...columns.map((column, c) => (c > 0 ? el('td', { class: column.number && 'number' }, el('bdi')) : el('th', { scope: 'row' }, open ? el('button', { type: 'button', class: 'row' }, el('bdi')) : el('bdi')))));
  /** The row of a place, made of one that is no longer in view where there is one. @param {number} n @param {HTMLElement} [spare] */
  function rowOf(n, spare) {
    const row = spare ?? /** @type {HTMLElement} */ (model.cloneNode(true));
    row.setAttribute('aria-rowindex', String(n + 2));
    row.dataset.n = String(n);
    cells(/** @type {Item} */ (found[n])).forEach((cell, c) => {
      const place = /** @type {Element} */ (row.children[c]).querySelector('bdi');
      if (place) place.textContent = c === 0 && cell === '' ? t('report_empty') : cell;
    });
    return row;
  }
  function draw() {
    const many = found.length;
    if (height === 0) measure();
    const size = height || 34;
    const view = box.clientHeight || SHORT * size;
    const from = printing ? 0 : Math.max(0, Math.min(Math.floor(box.scrollTop / size) - BEYOND, many - 1));
    const to = printing ? Math.min(many, PRINTED) : Math.min(many, from + Math.ceil(view / size) + 2 * BEYOND);
    if (first >= 0 && from === first && to === last) return;
    if (first >= 0 && !printing && Math.abs(from - first) < BEYOND / 2 && to !== many && from !== 0 && last - first === to - from) return;
    const held = /** @type {HTMLElement | null} */ (body.contains(document.activeElement) ? document.activeElement?.closest('tr') : null);
    const keep = new Map([...body.rows].filter((row) => row.dataset.n && first >= 0).map((row) => [Number(row.dataset.n), row]));
    [first, last] = [from, to];
    if (active < from || active >= to) active = held ? active : from;
    space(above, from * size);
    space(below, printing ? 0 : (many - to) * size);
    const spare = [...keep].filter(([n, row]) => (n < from || n >= to) && row !== held).map(([, row]) => row);
    if (held && !keep.has(Number(held.dataset.n))) held.remove();
    const drawn = [];
    for (let n = from; n < to; ++n) drawn.push(keep.get(n) ?? rowOf(n, spare.pop()));
    for (const [n, row] of keep) if ((n < from || n >= to) && !drawn.includes(row)) row.remove();
    if (body.firstChild !== above) body.replaceChildren(above, below);
    let before = /** @type {Node} */ (above);
    for (const row of drawn) {
      if (before.nextSibling !== row) body.insertBefore(row, before.nextSibling);
      before = row;
    }
    while (before.nextSibling && before.nextSibling !== below) before.nextSibling.remove();
    for (const row of drawn) row.querySelector('.row')?.setAttribute('tabindex', Number(row.dataset.n) === active ? '0' : '-1');
    if (held && !held.isConnected) box.focus({ preventScroll: true });
  }
  /** @param {HTMLElement} row @param {number} pixels */
  function space(row, pixels) {
    row.hidden = pixels === 0;
    row.style.height = `${pixels}px`;
  }
  function measure() {
    if (!box.isConnected || box.clientHeight === 0 || found.length === 0) return;
    body.replaceChildren(rowOf(0));
    height = /** @type {HTMLElement} */ (body.firstChild).getBoundingClientRect().height;
  }
  /** @param {KeyboardEvent} event */
  function move(event) {
    const page = Math.max(1, Math.floor(box.clientHeight / (height || 34)) - 2);
    const to = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page, Home: 0, End: found.length - 1 }[event.key];
    if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    active = Math.max(0, Math.min(found.length - 1, to));
    const top = active * height;
    const head = heads[0]?.getBoundingClientRect().height ?? 0;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (top + height + head > box.scrollTop + box.clientHeight) box.scrollTop = top + height + head - box.clientHeight;
    first = -1;
    draw();
    /** @type {HTMLElement | null} */ (body.querySelector(`tr[data-n="${active}"] .row`))?.focus({ preventScroll: true });
  }
  box.addEventListener('paper', (event) => {
    printing = /** @type {CustomEvent} */ (event).detail;
    first = -1;
    draw();
  });
  // Drawn when it comes into view, and anew when its width or the size of its letters changed.
  let width = -1;
  new ResizeObserver(() => {
    if (box.clientWidth !== width || height === 0) {
      width = box.clientWidth;
      height = 0;
      first = -1;
    }
    draw();
  }).observe(box);
  const tools = rows.length > 8 && el('div', { class: 'tools' }, search, ...filters);
  return el('div', { class: 'table' }, tools, box, el('p', { class: 'printed soft' }, rows.length > PRINTED && t('report_printed', PRINTED, label)), status, open && rows.length > 1 && el('p', { class: 'hint soft' }, t('report_keys')));
}
