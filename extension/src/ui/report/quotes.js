// The site's words: a quotation in its paragraph, and the whole text with every statement marked.
import { el, section, theirs } from './dom.js';
import { t, tn, word } from './i18n.js';
import { STATUSES } from './model.js';
import { around, pieces } from './spans.js';
import { SIGNS, lifetime, plain } from './words.js';

/** @typedef {import('./model.js').Model} Model */
/** @typedef {{start: number, end: number, status: string, id: string, what: string, findings: any[]}} Mark */

const CONTEXT = 320;  // Characters of the paragraph that are shown on either side of a quotation.

/** @param {Model} m @param {{source: number, quote: string, start?: number, end?: number}} said @param {string} status @param {string} place what it is called */
export function quotation(m, said, status, place) {
  const source = m.sources.get(said.source);
  const span = { start: said.start ?? 0, end: said.end ?? 0 };
  const blocks = span.end > span.start ? around(m.texts.get(said.source) ?? [], span.start, span.end) : [];
  const words = blocks.length === 0 ? [el('mark', { class: status }, theirs(said.quote, 1200))] : inContext(blocks, span, status);
  return el('figure', {},
    el('blockquote', { dir: 'auto', lang: source?.language ?? null }, ...words),
    el('figcaption', {}, source && [word('source', source.kind), source.url && ' ', source.url && theirs(source.url, 100), ' · '], plain(place, 200),
      blocks.length > 0 && [' · ', el('a', { href: `#at-${said.source}-${span.start}` }, t('report_in_text'))]));
}

/** @param {import('./model.js').Block[]} blocks @param {{start: number, end: number}} span @param {string} status */
function inContext(blocks, span, status) {
  return blocks.map((block) => {
    const parts = pieces(block, [span]);
    const quoted = parts.findIndex((part) => part.span !== null);
    return el(block.kind === 'cell' ? 'span' : 'p', { class: block.kind === 'cell' ? 'cell' : null }, ...parts.map((part, n) => {
      if (part.span) return el('mark', { class: status }, theirs(part.text, 1200));
      if (part.text.length <= CONTEXT) return theirs(part.text, CONTEXT);
      return theirs(n < quoted ? `… ${part.text.slice(-CONTEXT)}` : `${part.text.slice(0, CONTEXT)} …`, CONTEXT + 2);
    }));
  });
}

/** @param {Model} m */
export function policyTexts(m) {
  const { declaration } = m.report;
  const texts = declaration.sources.filter((/** @type {any} */ s) => m.texts.has(s.id));
  if (texts.length === 0) return null;
  return section('policy', t('report_policy'), el('p', {}, t('report_policy_lead')), legend(),
    ...texts.map((/** @type {any} */ source, /** @type {number} */ n) => {
      const marks = marksOf(m, source.id);
      const body = el('div', { class: 'text', lang: source.language, dir: 'auto', tabindex: 0, role: 'group', 'aria-label': word('source', source.kind) });
      const box = /** @type {HTMLDetailsElement} */ (el('details', { id: `text-${source.id}`, class: 'part' },
        el('summary', {}, word('source', source.kind), ' ', source.url && theirs(source.url, 100), el('small', {}, ' ', tally(marks))), body));
      // A long text is drawn when it is first looked at.
      const draw = () => { if (!body.hasChildNodes()) body.append(...drawn(m.texts.get(source.id) ?? [], marks, source.id)); };
      box.addEventListener('toggle', () => box.open && draw());
      box.addEventListener('reveal', () => { draw(); box.open = true; });
      if (n === 0) {
        box.open = true;
        draw();
      }
      return box;
    }));
}

function legend() {
  return el('ul', { class: 'legend', 'aria-label': t('report_legend') }, ...STATUSES.map((status) =>
    el('li', {}, el('mark', { class: status }, el('span', { 'aria-hidden': 'true' }, SIGNS[status]), ' ', word('status', status)), ' ', el('small', {}, t(`report_status_means_${status}`)))));
}

/** @param {Mark[]} marks */
const tally = (marks) => STATUSES.map((status) => [status, marks.filter((mark) => mark.status === status).length]).filter(([, n]) => n).map(([status, n]) => `${SIGNS[/** @type {string} */ (status)]} ${n} ${word('status', /** @type {string} */ (status))}`).join(', ');

/** @param {Model} m @param {number} source @returns {Mark[]} the gravest first */
function marksOf(m, source) {
  const { statements, cookies } = m.report.declaration;
  /** @type {Mark[]} */
  const marks = [
    ...statements.filter((/** @type {any} */ s) => s.source === source && s.end > s.start).map((/** @type {any} */ s) => (
      { start: s.start, end: s.end, status: m.statusOf(s), id: s.id, what: what(s), findings: m.findingsOfStatement(s.id) })),
    ...cookies.flatMap((/** @type {any} */ c, /** @type {number} */ n) => (c.source === source && c.end > c.start ? [
      { start: c.start, end: c.end, status: m.statusOfDeclared(n), id: plain(c.pattern, 40), what: t('report_declared_as', c.category, lifetime(c.lifetime_s, c.session_cookie)), findings: m.findingsOfDeclared(n) }] : [])),
  ];
  return marks.sort((a, b) => STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status));
}

/** @param {any} s a statement */
const what = (s) => [word('statement', s.type), s.polarity === 'does-not' ? t('report_denied') : '', ...[...s.parties, ...s.purposes].map((text) => plain(text, 60))].filter(Boolean).join(', ');

/** @param {import('./model.js').Block[]} blocks @param {Mark[]} marks @param {number} source */
function drawn(blocks, marks, source) {
  /** @type {Set<Mark>} */
  const begun = new Set();
  const words = (/** @type {import('./model.js').Block} */ block) => [block.hidden && el('small', {}, `(${t('report_hidden')}) `),
    ...pieces(block, marks).flatMap(({ text, span, last }) => {
      const first = span && !begun.has(span);
      if (span) begun.add(span);
      const piece = theirs(text, 20_000);
      return [span ? el('mark', { class: span.status, id: first ? `at-${source}-${span.start}` : null, tabindex: first ? -1 : null }, piece) : piece, ...last.map((mark) => tagOf(mark))];
    })];
  /** @type {HTMLElement[]} */
  const out = [];
  /** @type {any} the row that is being filled */
  let row = null;
  for (const block of blocks) {
    const cls = [block.kind, block.hidden && 'hidden-there'].filter(Boolean).join(' ');
    if (block.kind !== 'cell') {
      row = null;
      out.push(el(block.kind === 'heading' ? 'h3' : block.kind === 'item' ? 'div' : 'p', { class: cls }, ...words(block)));
      continue;
    }
    if (row?.table !== block.table) out.push(el('table', { class: 'cells' }));
    if (row?.table !== block.table || row?.row !== block.row) {
      row = { table: block.table, row: block.row, into: el('tr') };
      out[out.length - 1]?.append(row.into);
    }
    row.into.append(el(block.header ? 'th' : 'td', { class: block.hidden && 'hidden-there', scope: block.header && 'col' }, ...words(block)));
  }
  return out;
}

/** The sign after a marked statement: says what it was held to be, and opens the findings about it. @param {Mark} mark */
function tagOf(mark) {
  const label = `${mark.id}: ${word('status', mark.status)}. ${mark.what}`;
  const sign = el('span', { 'aria-hidden': 'true' }, SIGNS[mark.status]);
  const finding = mark.findings[0];
  if (!finding) return el('span', { class: `tag ${mark.status}`, title: label }, sign, el('span', { class: 'sr' }, ` (${label})`));
  return el('a', { class: `tag ${mark.status}`, href: `#${finding.id}`, title: label, 'aria-label': `${finding.id}, ${label}. ${tn('report_findings_about', mark.findings.length)}` }, sign, ` ${finding.id}`);
}
