// The visit in time, drawn by d3-shape: requests as an area, cookies and storage as strokes, pages and consent as flags. The same as a table.
import { el, section, svg } from './dom.js';
import { entryLinks } from './entry.js';
import { look } from './dialog.js';
import { happenings } from './events.js';
import { drawing } from './graph.js';
import { t, tn, word } from './i18n.js';
import { sessionName } from './compare.js';
import { table } from './tables.js';
import { plain, seconds } from './words.js';

/** @typedef {import('./model.js').Model} Model */
/** @typedef {import('./events.js').Happening} Happening */

const TIME_WIDTH = 1000;
const LEFT = 150;
const AREA = 90;
const LANE = 26;
const LANES = /** @type {const} */ (['cookie', 'storage', 'technique', 'consent']);

/** @param {Model} m */
export function timeline(m) {
  const all = happenings(m);
  if (all.length === 0) return null;
  const sessions = m.report.sessions.filter((/** @type {any} */ s) => all.some((h) => h.session === s.id));
  const starts = new Map(sessions.map((/** @type {any} */ s) => [s.id, all.find((h) => h.session === s.id)?.at ?? 0]));
  const since = (/** @type {Happening} */ h) => h.at - (starts.get(h.session) ?? h.at);
  return section('timeline', t('report_timeline'), el('p', {}, t('report_timeline_lead')),
    ...(drawing() ? sessions.slice(0, 12).map((/** @type {any} */ s) => timePicture(s, all.filter((h) => h.session === s.id), since)) : [el('p', { class: 'nothing' }, t('report_no_drawing'))]),
    el('h3', {}, t('report_as_table')), table('report_event_count', [
      { title: t('report_event'), width: 10, filter: true, of: (h) => word('happening', h.kind) }, { title: t('report_after'), width: 6, number: true, of: (h) => seconds(since(h)), sort: since },
      ...(sessions.length > 1 ? [{ title: t('report_session'), width: 5, filter: true, of: (/** @type {any} */ h) => String(h.session) }] : []), { title: t('report_what'), width: 30, of: (h) => (h.kind === 'choice' ? word('phase', h.text) : h.text) },
    ], all, (h) => look(word('happening', h.kind), el('p', {}, plain(h.text, 2000)), el('p', {}, `${t('report_proofs')} `, entryLinks(m, h.entries, 20)))));
}

/** @param {any} session @param {Happening[]} all @param {(h: Happening) => number} since */
function timePicture(session, all, since) {
  const d3 = drawing();
  const end = Math.max(1000, ...all.slice(-1).map(since));
  const x = (/** @type {number} */ ms) => LEFT + (ms / end) * (TIME_WIDTH - LEFT - 20);
  const flags = all.filter((h) => h.kind === 'page' || h.kind === 'choice');
  const top = 14 + 18 * Math.min(4, Math.max(1, flags.length));
  const lanes = LANES.filter((kind) => all.some((h) => h.kind === kind));
  const ground = top + AREA;
  const height = ground + lanes.length * LANE + 30;
  const bins = d3.bin().domain([0, end]).thresholds(d3.range(1, 80).map((/** @type {number} */ n) => (n * end) / 80));
  const count = (/** @type {string} */ kind) => bins(all.filter((h) => h.kind === kind).map(since));
  const third = count('request-third');
  const both = count('request-first').map((/** @type {any} */ bin, /** @type {number} */ n) => ({ from: bin.x0, first: bin.length, third: third[n].length }));
  const most = Math.max(1, d3.max(both, (/** @type {any} */ b) => b.first + b.third));
  const y = (/** @type {number} */ n) => ground - (n / most) * (AREA - 8);
  const area = (/** @type {(b: any) => number} */ low, /** @type {(b: any) => number} */ high) => d3.area().curve(d3.curveStepAfter).x((/** @type {any} */ b) => x(b.from)).y0((/** @type {any} */ b) => y(low(b))).y1((/** @type {any} */ b) => y(high(b)))([...both, { from: end, first: 0, third: 0 }]);
  const title = `${t('report_session')} ${sessionName(session)}`;
  const id = `timeline-${session.id}`;
  const lane = (/** @type {string} */ kind) => ground + lanes.indexOf(/** @type {any} */ (kind)) * LANE + LANE;
  return el('figure', { class: 'picture' }, el('figcaption', {}, title), el('div', { class: 'wide', tabindex: 0, role: 'group', 'aria-label': title },
    svg('svg', { viewBox: `0 0 ${TIME_WIDTH} ${height}`, role: 'img', 'aria-labelledby': `${id}-title`, class: 'timeline' },
      svg('title', { id: `${id}-title` }, `${title}: ${tn('report_event_count', all.length)}, ${seconds(end)}`),
      ...d3.ticks(0, end / 1000, 8).map((/** @type {number} */ s) => svg('g', { class: 'tick' }, svg('line', { x1: x(s * 1000), x2: x(s * 1000), y1: top, y2: height - 20 }), svg('text', { x: x(s * 1000), y: height - 6, 'text-anchor': 'middle' }, `${s} s`))),
      svg('path', { class: 'area third', d: area(() => 0, (b) => b.third) }), svg('path', { class: 'area first', d: area((b) => b.third, (b) => b.third + b.first) }),
      svg('text', { x: LEFT - 8, y: ground - AREA / 2, 'text-anchor': 'end' }, t('report_requests_most', most)),
      ...lanes.flatMap((kind) => [svg('text', { x: LEFT - 8, y: lane(kind) - 8, 'text-anchor': 'end' }, word('happening', kind)), svg('line', { class: 'lane', x1: LEFT, x2: TIME_WIDTH - 20, y1: lane(kind), y2: lane(kind) }),
        svg('path', { class: `strokes ${kind}`, d: strokes(all.filter((h) => h.kind === kind).map((h) => x(since(h))), lane(kind)) })]),
      ...flags.slice(0, 40).map((h, n) => {
        const at = x(since(h));
        const row = 14 + 18 * (n % 4);
        const late = at > TIME_WIDTH * 0.7;
        return svg('g', { class: `flag ${h.kind}` }, svg('line', { x1: at, x2: at, y1: row - 8, y2: height - 20 }), svg('text', { x: late ? at - 4 : at + 4, y: row, 'text-anchor': late ? 'end' : 'start' }, label(h)));
      }))), el('div', { class: 'key' }, el('span', { class: 'first' }, t('report_requests_first')), el('span', { class: 'third' }, t('report_requests_third'))));
}

/** Each place once: a thousand at one are one stroke. @param {number[]} places @param {number} y */
const strokes = (places, y) => [...new Set(places.map((place) => Math.round(place * 2) / 2))].map((place) => `M${place},${y - 2}v-${LANE - 9}`).join('');

/** @param {Happening} h */
function label(h) {
  if (h.kind === 'choice') return `◆ ${t('report_choice')}: ${word('phase', h.text)}`;
  const address = h.text.replace(/^https?:\/\/[^/]*/, '');
  return `▸ ${plain(address || h.text, 400).slice(0, 40)}`;
}
