// One thing looked at closely. Of a cookie its life: what was said, what that means, what became of it.
import { look } from './dialog.js';
import { el, theirs } from './dom.js';
import { entryLinks } from './entry.js';
import { t, word } from './i18n.js';
import { lifetime, plain } from './words.js';

/** @typedef {import('./model.js').Model} Model */
/** @typedef {[string, any]} Fact */

/** @param {Fact[]} facts what is null is not known and is left out */
const facts = (facts) => el('dl', { class: 'fields' }, ...facts.filter(([, value]) => value !== null && value !== undefined && value !== '' && value?.length !== 0).flatMap(([name, value]) => [
  el('dt', {}, name), el('dd', {}, value instanceof Node ? value : Array.isArray(value) ? value.map((one) => el('div', {}, theirs(one, 600))) : typeof value === 'boolean' ? t(value ? 'report_yes' : 'report_no') : theirs(value, 2000))]));

/** The findings about an item. @param {Model} m @param {any} item */
function about(m, item) {
  const those = m.report.findings.filter((/** @type {any} */ f) => item.entries.some((/** @type {number} */ n) => f.entries.includes(n))).slice(0, 12);
  return those.length === 0 ? null : el('div', {}, el('h3', {}, t('report_findings_here')), el('ul', {}, ...those.map((/** @type {any} */ f) =>
    el('li', {}, el('a', { href: `#${f.id}`, onclick: () => document.querySelector('dialog')?.close() }, el('span', { lang: 'en' }, plain(f.title, 300))), ` (${word('strength', f.strength)})`))));
}

/** Entries by what they are: the kind of each is in its bytes. @param {Model} m @param {number[]} entries @param {string[]} kinds */
function ofKinds(m, entries, kinds) {
  const those = entries.filter((i) => kinds.some((kind) => m.entry(i)?.line.includes(`"k":"${kind}"`)));
  return those.length > 0 ? entryLinks(m, those) : null;
}

/** The line as it was set, as far as this file has it. @param {Model} m @param {number[]} entries */
function saidLine(m, entries) {
  for (const i of entries) {
    const line = m.entry(i)?.line;
    if (!line || !/"k":"cookie\.(?:header|script)"/.test(line)) continue;
    const { head, tail } = JSON.parse(line).b;
    return el('code', { class: 'setline' }, theirs(head, 300), el('span', { class: 'soft' }, `‹${t('report_value_kept')}›`), theirs(tail, 600));
  }
  return null;
}

/** @param {Model} m @param {any} c a cookie of the report */
export function cookieLife(m, c) {
  const meant = [[t('report_domain'), c.domain], [t('report_host_only'), c.host_only], [t('report_path'), c.path], [t('report_kept'), lifetime(c.lifetime_s, c.session_cookie)], ['Secure', c.secure], ['HttpOnly', c.http_only],
    ['SameSite', c.same_site], [t('report_partition'), c.partition_key], [t('report_party'), word('party', c.party)], [t('report_owner'), c.owner], [t('report_category'), c.category && word('category', c.category)]];
  const declared = m.report.declaration.cookies.filter((/** @type {any} */ d) => matches(d.pattern, c.name));
  look(t('report_cookie_title', plain(c.name, 80)),
    el('ol', { class: 'life' },
      el('li', {}, el('h3', {}, t('report_life_said')), saidLine(m, c.entries),
        facts([[t('report_how'), word('mechanism', c.set_by?.mechanism)], [t('report_set_by_whom'), c.set_by?.url ?? c.set_by?.host], [t('report_third_script'), c.by_third_party_script || null], [t('report_frame'), c.set_by?.frame], [t('report_stack'), c.set_by?.stack], [t('report_entries'), ofKinds(m, c.entries, ['cookie.header', 'cookie.script'])]])),
      el('li', {}, el('h3', {}, t('report_life_meant')), facts(/** @type {Fact[]} */ (meant))),
      el('li', {}, el('h3', {}, t('report_life_became')), facts([[t('report_outcome'), word('outcome', c.outcome)], [t('report_reason'), c.reason], [t('report_identifier'), word('identifier', identifier(c))],
        [t('report_phase'), word('phase', c.phase ?? 'none')], [t('report_after_choice'), c.phase === 'no-choice' ? null : c.after_choice], [t('report_entries'), ofKinds(m, c.entries, ['cookie.change', 'cookie.jar'])]])),
      el('li', {}, el('h3', {}, t('report_life_declared')), declared.length === 0 ? el('p', {}, t('report_life_undeclared')) : el('ul', {}, ...declared.slice(0, 6).map((/** @type {any} */ d) =>
        el('li', {}, el('b', {}, theirs(d.pattern, 80)), `: ${d.category}, ${lifetime(d.lifetime_s, d.session_cookie) || t('report_no_lifetime')}`, d.purpose && [' · ', theirs(d.purpose, 300)]))))),
    el('p', {}, `${t('report_proofs')} `, entryLinks(m, c.entries, 20)), about(m, c));
}

/** @param {any} c */
export const identifier = (c) => (c.identifier_confirmed ? 'confirmed' : c.identifier_confirmed === false ? 'refuted' : c.identifier_like ? 'like' : 'none');

/** A declared pattern, of which '*' is any run of characters. @param {string} pattern @param {string} name */
export function matches(pattern, name) {
  const parts = pattern.split('*');
  if (parts.length === 1) return pattern === name;
  let at = /** @type {string} */ (parts[0]).length;
  if (!name.startsWith(/** @type {string} */ (parts[0]))) return false;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  const end = /** @type {string} */ (parts[parts.length - 1]);
  return name.length - end.length >= at && name.endsWith(end);
}

/** @param {Model} m @param {any} r a request of the report */
export function requestLife(m, r) {
  look(t('report_request_title', plain(r.host, 80)), facts([[t('report_address'), r.url ?? t('report_address_withheld')], [t('report_method'), r.method], [t('report_type'), r.type], [t('report_status'), r.status ?? r.failure],
    [t('report_party'), word('party', r.party)], [t('report_owner'), r.owner], [t('report_category'), r.category && word('category', r.category)], [t('report_tracker'), r.tracker ? `${r.tracker.by.join(', ')}${r.tracker.rule ? `: ${r.tracker.rule}` : ''}` : null],
    [t('report_asked_by'), r.initiator], [t('report_frame'), r.frame], [t('report_redirected_from'), r.redirected_from], [t('report_server'), r.remote_address], ...Object.entries(r.headers ?? {}), [t('report_phase'), word('phase', r.phase ?? 'none')]]),
  el('p', {}, `${t('report_proofs')} `, entryLinks(m, r.entries, 20)), about(m, r));
}

/** @param {Model} m @param {any} s a storage key of the report */
export function storageLife(m, s) {
  look(t('report_storage_title', plain(s.key ?? s.kind, 80)), facts([[t('report_kind'), s.kind], [t('report_key'), s.key], [t('report_origin'), s.origin], [t('report_party'), word('party', s.party)], [t('report_how'), s.set_by?.mechanism],
    [t('report_set_by_whom'), s.set_by?.url ?? s.set_by?.host], [t('report_frame'), s.set_by?.frame], [t('report_stack'), s.set_by?.stack], [t('report_phase'), word('phase', s.phase ?? 'none')]]),
  el('p', {}, `${t('report_proofs')} `, entryLinks(m, s.entries, 20)), about(m, s));
}

/** @param {Model} m @param {any} x a technique of the report */
export function techniqueLife(m, x) {
  look(word('technique', x.technique), facts([[t('report_script'), x.script], [t('report_frame'), x.frame], [t('report_detail'), el('span', { lang: 'en' }, theirs(x.detail, 2000))]]), el('p', {}, `${t('report_proofs')} `, entryLinks(m, x.entries, 20)), about(m, x));
}

/** @param {Model} m @param {{host: string, owner: string | null, category: string | null, requests: number, entries: number[]}} p */
export function partyLife(m, p) {
  look(plain(p.host, 100), facts([[t('report_owner'), p.owner], [t('report_category'), p.category && word('category', p.category)], [t('report_column_requests'), p.requests]]), el('p', {}, `${t('report_proofs')} `, entryLinks(m, p.entries, 60)), about(m, p));
}
