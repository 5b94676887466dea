// Everything that was seen, and everything that was declared, as tables.
import { el, section } from './dom.js';
import { t, word } from './i18n.js';
import { cookieLife, identifier, partyLife, requestLife, storageLife, techniqueLife } from './life.js';
import { table } from './tables.js';
import { lifetime, number } from './words.js';

/** @typedef {import('./model.js').Model} Model */

/** The third parties by host, the most asked first. @param {any[]} requests */
export function thirdParties(requests) {
  const parties = new Map();
  for (const r of requests) {
    if (r.party !== 'third') continue;
    const party = parties.get(r.host) ?? { host: r.host, owner: r.owner, category: r.category, tracker: false, requests: 0, entries: [] };
    party.requests += 1;
    party.tracker ||= r.tracker !== null;
    party.entries.push(...r.entries);
    parties.set(r.host, party);
  }
  return [...parties.values()].sort((a, b) => b.requests - a.requests);
}

/** @param {Model} m */
export function inventory(m) {
  const { report } = m;
  const kept = { title: t('report_kept'), width: 7, of: (/** @type {any} */ c) => lifetime(c.lifetime_s, c.session_cookie), sort: (/** @type {any} */ c) => c.lifetime_s ?? -1, number: true };
  const party = { title: t('report_party'), width: 6, filter: true, of: (/** @type {any} */ x) => word('party', x.party) };
  const owner = { title: t('report_owner'), width: 9, filter: true, of: (/** @type {any} */ x) => x.owner };
  const phase = report.sessions.length > 1 ? [{ title: t('report_phase'), width: 8, filter: true, of: (/** @type {any} */ x) => word('phase', x.phase ?? 'none') }] : [];
  // What a later visit got like the first one is in the JSON report.
  const cookies = report.cookies.filter((/** @type {any} */ c) => !c.repeats);
  const parties = thirdParties(report.requests);
  return section('inventory', t('report_inventory'), el('p', {}, t('report_inventory_lead')),
    part('cookies', cookies, true, () => table('report_cookie_count', [
      { title: t('report_name'), width: 11, of: (c) => c.name }, { title: t('report_domain'), width: 11, of: (c) => c.domain }, party, kept,
      { title: t('report_set_by_whom'), width: 10, of: (c) => c.set_by?.host }, { title: t('report_how'), width: 8, filter: true, of: (c) => word('mechanism', c.set_by?.mechanism) },
      { title: t('report_outcome'), width: 8, filter: true, of: (c) => word('outcome', c.outcome) }, { title: t('report_category'), width: 8, filter: true, of: (c) => c.category && word('category', c.category) },
      { title: t('report_identifier'), width: 8, filter: true, of: (c) => word('identifier', identifier(c)) }, ...phase,
    ], cookies, (c) => cookieLife(m, c))),
    part('parties', parties, true, () => table('report_party_count', [
      { title: t('report_host'), width: 15, of: (p) => p.host }, owner, { title: t('report_category'), width: 8, filter: true, of: (p) => p.category && word('category', p.category) },
      { title: t('report_tracker'), width: 6, filter: true, of: (p) => t(p.tracker ? 'report_yes' : 'report_no') }, { title: t('report_column_requests'), width: 6, number: true, of: (p) => p.requests },
    ], parties, (p) => partyLife(m, p))),
    part('storage', report.storage, false, () => table('report_storage_count', [
      { title: t('report_key'), width: 13, of: (s) => s.key ?? '' }, { title: t('report_kind'), width: 9, filter: true, of: (s) => s.kind }, { title: t('report_origin'), width: 13, of: (s) => s.origin }, party,
      { title: t('report_set_by_whom'), width: 11, of: (s) => s.set_by?.host }, ...phase,
    ], report.storage, (s) => storageLife(m, s))),
    part('requests', report.requests, false, () => table('report_request_count', [
      { title: t('report_address'), width: 24, of: (r) => r.url ?? `${r.host} (${t('report_address_withheld')})` }, { title: t('report_type'), width: 7, filter: true, of: (r) => r.type }, party,
      { title: t('report_status'), width: 6, number: true, of: (r) => r.status ?? r.failure ?? '', sort: (r) => r.status ?? -1 }, owner, { title: t('report_tracker'), width: 6, filter: true, of: (r) => t(r.tracker ? 'report_yes' : 'report_no') }, ...phase,
    ], report.requests, (r) => requestLife(m, r))),
    report.techniques.length > 0 && part('techniques', report.techniques, false, () => table('report_technique_count', [
      { title: t('report_technique'), width: 10, filter: true, of: (x) => word('technique', x.technique) }, { title: t('report_script'), width: 22, of: (x) => x.script }, { title: t('report_detail'), width: 22, of: (x) => x.detail },
    ], report.techniques, (x) => techniqueLife(m, x))),
    part('declared', report.declaration.cookies, false, () => table('report_declared_count', [
      { title: t('report_name'), width: 10, of: (c) => c.pattern }, { title: t('report_provider'), width: 10, of: (c) => c.provider }, { title: t('report_category'), width: 8, filter: true, of: (c) => word('category', c.category) }, kept, { title: t('report_purpose'), width: 22, of: (c) => c.purpose },
    ], report.declaration.cookies, null)));
}

/** A part is made when it is first opened. @param {string} name @param {any[]} rows @param {boolean} open @param {() => Node} make */
function part(name, rows, open, make) {
  const box = /** @type {HTMLDetailsElement} */ (el('details', { class: 'part', id: `part-${name}` }, el('summary', {}, `${t(`report_part_${name}`)} `, el('span', { class: 'count' }, number(rows.length)))));
  const draw = () => { if (box.childElementCount === 1) box.append(rows.length > 0 ? make() : el('p', { class: 'nothing' }, t('report_part_none'))); };
  box.addEventListener('toggle', () => box.open && draw());
  box.addEventListener('reveal', () => { draw(); box.open = true; });
  if (open && rows.length > 0) {
    draw();
    box.open = true;
  }
  return box;
}
