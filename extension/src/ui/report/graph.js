// The graph of who loads whom, drawn by d3-sankey, with the same as a table.
import { el, section, svg } from './dom.js';
import { t, tn } from './i18n.js';
import { partyLife } from './life.js';
import { graphOf, loads } from './loads.js';
import { table } from './tables.js';
import { hostOf, number, plain } from './words.js';

/** @typedef {import('./model.js').Model} Model */

const GRAPH_WIDTH = 1000;
const NODE_WIDTH = 12;
const ROW_HEIGHT = 24;
const NAMES_WIDTH = 170;  // Room for the names of the last column.

/** What is drawn with; nothing where the build had no registry to fetch it from. */
export const drawing = () => /** @type {any} */ (globalThis).d3 ?? null;

/** @param {Model} m */
export function graph(m) {
  const rows = loads(m.report);
  if (rows.length === 0) return null;
  const site = hostOf(m.report.site) || t('report_the_site');
  return section('loads', t('report_loads'), el('p', {}, t('report_loads_lead')),
    drawing() ? graphPicture(rows, site) : el('p', { class: 'nothing' }, t('report_no_drawing')),
    el('h3', {}, t('report_as_table')), table('report_load_count', [
      { title: t('report_asked'), width: 15, of: (row) => row.to }, { title: t('report_asked_by'), width: 15, filter: true, of: (row) => row.from }, { title: t('report_owner'), width: 10, filter: true, of: (row) => row.owner },
      { title: t('report_tracker'), width: 6, filter: true, of: (row) => t(row.tracker ? 'report_yes' : 'report_no') }, { title: t('report_column_requests'), width: 6, number: true, of: (row) => row.requests },
    ], rows, (row) => partyLife(m, { ...row, host: row.to, category: null })));
}

/** @param {import('./loads.js').Load[]} rows @param {string} site */
function graphPicture(rows, site) {
  const { nodes, links } = graphOf(rows, site, 22, { more: t('report_others'), nobody: t('report_owner_unknown') });
  const tallest = Math.max(...[0, 1, 2, 3].map((column) => nodes.filter((n) => n.column === column).length));
  const height = Math.max(150, tallest * ROW_HEIGHT) + 40;
  const layout = drawing().sankey().nodeId((/** @type {any} */ n) => n.id).nodeAlign((/** @type {any} */ n) => n.column).nodeWidth(NODE_WIDTH).nodePadding(ROW_HEIGHT - 10).extent([[4, 34], [GRAPH_WIDTH - NAMES_WIDTH, height - 6]]);
  const drawn = layout({ nodes: nodes.map((n) => ({ ...n })), links: links.map((l) => ({ ...l })) });
  const path = drawing().sankeyLinkHorizontal();
  const columns = ['report_the_site', 'report_scripts', 'report_part_parties', 'report_owners'];
  const x = (/** @type {number} */ column) => 4 + column * ((GRAPH_WIDTH - NAMES_WIDTH - 4 - NODE_WIDTH) / 3);
  const image = svg('svg', { viewBox: `0 0 ${GRAPH_WIDTH} ${height}`, role: 'img', 'aria-labelledby': 'loads-picture-title loads-picture-text', class: 'graph' },
    svg('title', { id: 'loads-picture-title' }, t('report_loads')),
    svg('desc', { id: 'loads-picture-text' }, t('report_loads_text', tn('report_party_count', new Set(rows.map((r) => r.to)).size), number(new Set(rows.filter((r) => r.owner).map((r) => r.owner)).size))),
    ...columns.map((key, column) => svg('text', { x: x(column), y: 16, class: 'column' }, t(key))),
    ...drawn.links.map((/** @type {any} */ l) => svg('path', { d: path(l), class: `link${l.target.tracker || l.source.tracker ? ' tracker' : ''}`, 'stroke-width': Math.max(1.5, l.width), 'data-from': l.source.id, 'data-to': l.target.id },
      svg('title', {}, `${plain(l.source.name, 80)} → ${plain(l.target.name, 80)}: ${tn('report_request_count', l.value)}`))),
    ...drawn.nodes.map((/** @type {any} */ n) => svg('g', { class: `node${n.tracker ? ' tracker' : ''}`, 'data-id': n.id }, svg('rect', { x: n.x0, y: n.y0, width: NODE_WIDTH, height: Math.max(2, n.y1 - n.y0) }), svg('title', {}, `${plain(n.name, 120)}: ${tn('report_request_count', n.value)}`),
      svg('text', { x: n.x1 + 5, y: (n.y0 + n.y1) / 2, dy: '0.35em' }, `${n.tracker ? '● ' : ''}${plain(n.name, 400).slice(0, 30)}`))));
  image.addEventListener('pointerover', (event) => light(image, /** @type {Element} */ (event.target).closest('.node')?.getAttribute('data-id') ?? null));
  image.addEventListener('pointerleave', () => light(image, null));
  return el('figure', { class: 'picture' }, el('div', { class: 'wide', tabindex: 0, role: 'group', 'aria-label': t('report_loads') }, image), el('figcaption', {}, `● ${t('report_tracker_sign')}`));
}

/** Shows what hangs on one node; the others step back. @param {Element} image @param {string | null} id */
function light(image, id) {
  image.classList.toggle('lit', id !== null);
  for (const link of image.querySelectorAll('.link')) link.classList.toggle('on', link.getAttribute('data-from') === id || link.getAttribute('data-to') === id);
}
