// What the report says in the first ten seconds.
import { command, el, english, theirs } from './dom.js';
import { t, tn, word } from './i18n.js';
import { translated } from './titles.js';
import { SIGNS, STRENGTHS, hostOf, listed, number, plain, time } from './words.js';

/** @typedef {import('./model.js').Model} Model */

/** @param {Model} m @param {(strength: string) => void} choose */
export function headline(m, choose) {
  const { report } = m;
  const site = hostOf(report.site) || plain(report.site ?? '', 80) || t('report_site_withheld');
  const of = (/** @type {string} */ strength) => report.findings.filter((/** @type {any} */ f) => f.strength === strength);
  const counts = Object.fromEntries(STRENGTHS.map((s) => [s, of(s).length]));
  const grave = STRENGTHS.find((s) => counts[s] > 0 && s !== 'note');
  const seen = report.sessions.some((/** @type {any} */ s) => s.pages.length > 0);
  const verdict = !seen ? 'unseen' : grave ?? 'clean';
  const top = grave ? of(grave).slice(0, 3) : [];
  return el('header', { class: `headline ${verdict}` },
    el('p', { class: 'kicker' }, t('report_kicker')),
    el('h1', {}, t(`report_verdict_${verdict}`, site)),
    el('p', { class: 'lead' }, when(report)),
    el('ul', { class: 'strengths', 'aria-label': t('report_findings_by_strength') }, ...STRENGTHS.map((strength) => el('li', { class: `${strength}${counts[strength] === 0 ? ' none' : ''}` },
      el('a', { href: '#findings', onclick: () => choose(strength) }, el('b', {}, counts[strength]), el('span', { class: 'word' }, el('span', { 'aria-hidden': 'true', class: 'sign' }, SIGNS[strength]), ' ', word('strength', strength)), el('small', {}, t(`report_meaning_${strength}`)))))),
    top.length > 0 && el('div', { class: 'top' }, el('h2', {}, t('report_top')),
      el('ul', {}, ...top.map((/** @type {any} */ f) => el('li', {}, el('a', { href: `#${f.id}`, onclick: () => choose(f.strength) }, translated(m, f) ?? english(f.title, 300)))))),
    el('div', { class: 'trust' }, record(m)));
}

/** When and with what it was recorded, in one line. @param {any} report its sessions */
export function when(report) {
  const session = report.sessions[0];
  if (!session) return t('report_nothing_recorded');
  const browsers = [...new Set(report.sessions.map((/** @type {any} */ s) => `${s.browser.name} ${s.browser.version}`))];
  const phases = [...new Set(report.sessions.map((/** @type {any} */ s) => word('phase', s.phase ?? 'none')))];
  return t('report_recorded', time(session.opened_at), plain(listed(browsers), 200), plain(listed(phases), 200));
}

/** What signing shows, in one line. @param {any} kase the report's case */
export const soundness = ({ verdict, tree_size: size }) =>
  `${t(`report_short_${verdict.integrity === 'intact' ? 'intact' : verdict.integrity === 'broken' ? 'broken' : 'tail'}`, number(size))} ${t(verdict.key === 'pinned' ? 'report_short_pinned' : 'report_short_unpinned')}`;

/** The log's verdict in one line, and how to check it. @param {Model} m */
function record(m) {
  const { verdict, id } = m.report.case;
  const sound = verdict.integrity === 'intact';
  return [el('h2', {}, el('span', { 'aria-hidden': 'true', class: 'sign' }, sound ? '✓' : '!'), ' ', t(sound ? 'report_record' : 'report_record_unsound')),
    el('p', {}, soundness(m.report.case), ' ', el('a', { href: '#evidence' }, t('report_record_more'))),
    el('p', { class: 'check' }, t('report_check_by')), command(`affiant verify ${id}`, { copy: t('report_copy'), copied: t('report_copied') }),
    el('p', { id: 'selfcheck', role: 'status', class: 'soft' })];
}

/** What was observed, and what was not: two lists side by side. @param {Model} m */
export function observed(m) {
  const { report } = m;
  const third = new Set(report.requests.filter((/** @type {any} */ r) => r.party === 'third').map((/** @type {any} */ r) => r.site || r.host));
  const owners = new Set(report.requests.filter((/** @type {any} */ r) => r.party === 'third' && r.owner).map((/** @type {any} */ r) => r.owner));
  const trackers = new Set(report.requests.filter((/** @type {any} */ r) => r.tracker).map((/** @type {any} */ r) => r.site || r.host));
  const pages = new Set(report.sessions.flatMap((/** @type {any} */ s) => s.pages)).size;
  const stored = report.cookies.filter((/** @type {any} */ c) => c.outcome === 'stored').length;
  const blocked = report.cookies.filter((/** @type {any} */ c) => c.outcome === 'blocked' || c.outcome === 'refused').length;
  const { sources, statements, cookies } = report.declaration;
  const done = [tn('report_pages', pages), tn('report_requests', report.requests.length), tn('report_third_parties', third.size, number(owners.size), number(trackers.size)),
    tn('report_cookies', report.cookies.length, number(stored), number(blocked)), tn('report_storage_keys', report.storage.length), ...(report.techniques.length > 0 ? [tn('report_techniques', report.techniques.length)] : [])];
  const said = sources.length === 0 ? [t('report_no_policy')] : [
    ...sources.slice(0, 6).map((/** @type {any} */ s) => [`${word('source', s.kind)}${s.language ? ` (${plain(s.language, 20)})` : ''} `, s.url && theirs(s.url, 90)]),
    tn('report_statements', statements.length), tn('report_declared', cookies.length), tn('report_not_observable', report.not_observable)];
  const list = (/** @type {any[]} */ lines) => el('ul', {}, ...lines.map((line) => el('li', {}, ...[line].flat())));
  return el('section', { id: 'observed', class: 'columns', 'aria-label': t('report_observed') },
    el('div', {}, el('h2', {}, t('report_seen')), list(done)),
    el('div', {}, el('h2', {}, t('report_said_is')), list(said)),
    el('div', {}, el('h2', {}, t('report_unseen')), list(unseen(report))));
}

/** @param {any} report what the recording cannot show @returns {string[]} */
function unseen(report) {
  const lines = [];
  const { sessions } = report;
  if (sessions.some((/** @type {any} */ s) => s.browser.third_party_cookies === 'blocked')) lines.push(t('report_unseen_blocked'));
  const phases = new Set(sessions.map((/** @type {any} */ s) => s.phase));
  if (!phases.has('reject') && !phases.has('accept')) lines.push(t('report_unseen_choice'));
  else if (!phases.has('reject')) lines.push(t('report_unseen_reject'));
  else if (!phases.has('accept')) lines.push(t('report_unseen_accept'));
  if (!sessions.some((/** @type {any} */ s) => s.gpc)) lines.push(t('report_unseen_gpc'));
  if (report.case.withheld_fields > 0) lines.push(tn('report_unseen_withheld', report.case.withheld_fields));
  lines.push(t('report_unseen_server'));
  for (const s of sessions) {
    if (s.choice && !s.choice.made) lines.push(t('report_unseen_not_made', String(s.id), word('phase', s.phase), plain(s.choice.detail ?? '–', 160)));
    for (const page of s.failed_pages ?? []) lines.push(t('report_unseen_page', plain(page.url ?? t('report_address_withheld'), 120), plain(page.error ?? '', 80)));
    const missing = s.completeness.gaps.reduce((/** @type {number} */ sum, /** @type {any} */ g) => sum + (g.dropped ?? 1), 0);
    if (missing > 0) lines.push(tn('report_unseen_gap', missing, String(s.id)));
    if (s.completeness.recorder_down_ms > 0) lines.push(t('report_unseen_down', String(s.id), (s.completeness.recorder_down_ms / 1000).toFixed(1)));
  }
  if (sessions.length > 0 && !sessions.some((/** @type {any} */ s) => s.completeness.gaps.length > 0)) lines.push(t('report_unseen_none'));
  return lines;
}
