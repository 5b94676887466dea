// The sessions of a case side by side: phases, browsers, runs.
import { el, section, theirs } from './dom.js';
import { entryLinks } from './entry.js';
import { t, word } from './i18n.js';
import { identifier } from './life.js';
import { table } from './tables.js';
import { number, plain } from './words.js';

/** @typedef {import('./model.js').Model} Model */

/** @param {any} s a session */
export const sessionName = (s) => `${s.id} · ${word('phase', s.phase ?? 'none')}${s.gpc ? ' · GPC' : ''} · ${plain(s.browser.name, 30)}`;

/** What each session had, by a key that sessions share. @param {Model} m @param {any[]} items @param {(item: any) => string} keyOf */
export function bySession(m, items, keyOf) {
  /** @type {Map<string, {item: any, in: Map<number, any[]>}>} */
  const rows = new Map();
  for (const item of items) {
    const key = keyOf(item);
    const row = rows.get(key) ?? { item, in: new Map() };
    const session = m.sessionOf(item);
    row.in.set(session, [...(row.in.get(session) ?? []), item]);
    rows.set(key, row);
  }
  return [...rows.values()];
}

/** @param {Model} m */
export function comparison(m) {
  const { report } = m;
  const { sessions } = report;
  if (sessions.length < 2) return null;
  const of = (/** @type {any[]} */ items, /** @type {any} */ s) => items.filter((item) => m.sessionOf(item) === s.id);
  const hosts = (/** @type {any} */ s) => new Set(of(report.requests, s).filter((r) => r.party === 'third').map((r) => r.host)).size;
  /** @type {[string, (s: any) => number][]} */
  const lines = [
    [t('report_column_pages'), (s) => s.pages.length], [t('report_column_requests'), (s) => of(report.requests, s).length], [t('report_part_parties'), hosts],
    [t('report_column_stored'), (s) => of(report.cookies, s).filter((c) => c.outcome === 'stored').length], [t('report_column_third_cookies'), (s) => of(report.cookies, s).filter((c) => c.party === 'third').length],
    [t('report_column_identifiers'), (s) => of(report.cookies, s).filter((c) => ['confirmed', 'like'].includes(identifier(c))).length], [t('report_part_storage'), (s) => of(report.storage, s).length],
    [t('report_column_after_choice'), (s) => of(report.cookies, s).filter((c) => c.after_choice).length],
  ];
  const cell = (/** @type {(items: any[]) => string} */ show) => sessions.map((/** @type {any} */ s) => ({ title: sessionName(s), width: 9, filter: true, of: (/** @type {any} */ row) => (row.in.has(s.id) ? show(row.in.get(s.id)) : '–') }));
  const outcomes = (/** @type {any[]} */ items) => [...new Set(items.map((c) => word('outcome', c.outcome)))].sort().join(', ');
  const differs = (/** @type {(items: any[]) => string} */ show) => ({ title: t('report_differs'), width: 7, filter: true,
    of: (/** @type {any} */ row) => t(row.in.size < sessions.length || new Set([...row.in.values()].map(show)).size > 1 ? 'report_yes' : 'report_no') });
  const cookies = bySession(m, report.cookies, (c) => `${c.name}\n${c.domain}\n${c.path}`);
  const parties = bySession(m, report.requests.filter((/** @type {any} */ r) => r.party === 'third'), (r) => r.host);
  return section('sessions', t('report_sessions'), el('p', {}, t('report_sessions_lead')),
    el('div', { class: 'wide', tabindex: 0, role: 'group', 'aria-label': t('report_sessions') }, el('table', { class: 'matrix' },
      el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, t('report_session')), ...sessions.map((/** @type {any} */ s) => el('th', { scope: 'col', class: 'number' }, sessionName(s))))),
      el('tbody', {}, ...lines.map(([title, count]) => el('tr', {}, el('th', { scope: 'row' }, title), ...sessions.map((/** @type {any} */ s) => el('td', { class: 'number' }, number(count(s)))))),
        sessions.some((/** @type {any} */ s) => s.choice) && el('tr', {}, el('th', { scope: 'row' }, t('report_choice_made')), ...sessions.map((/** @type {any} */ s) => el('td', {}, s.choice && [t(s.choice.made ? 'report_yes' : 'report_no'), ' ', theirs(s.choice.detail ?? '', 120), ' ', entryLinks(m, s.choice.entries)])))))),
    el('h3', {}, t('report_part_cookies')), table('report_cookie_count', [{ title: t('report_name'), width: 10, of: (row) => row.item.name }, { title: t('report_domain'), width: 10, of: (row) => row.item.domain }, differs(outcomes), ...cell(outcomes)], cookies, null),
    el('h3', {}, t('report_part_parties')), table('report_party_count', [{ title: t('report_host'), width: 14, of: (row) => row.item.host }, { title: t('report_owner'), width: 8, of: (row) => row.item.owner }, differs(() => ''),
      ...cell((items) => number(items.length))], parties, null));
}
