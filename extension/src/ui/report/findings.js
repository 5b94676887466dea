// Said against done: each finding with the site's words on one side and what was seen on the other.
import { button, el, english, section, theirs } from './dom.js';
import { entryLinks } from './entry.js';
import { t, tn, word } from './i18n.js';
import { quotation } from './quotes.js';
import { translated } from './titles.js';
import { SIGNS, STRENGTHS, lifetime, plain } from './words.js';

/** @typedef {import('./model.js').Model} Model */

const AT_ONCE = 40;
const MOST_THINGS = 8;

/** @param {Model} m @returns {{node: HTMLElement, choose: (strength: string) => void, reveal: (id: string) => boolean}} */
export function findings(m) {
  const sorted = [...m.report.findings].sort((a, b) => STRENGTHS.indexOf(a.strength) - STRENGTHS.indexOf(b.strength));
  const nothing = { choose: () => {}, reveal: () => false };
  if (sorted.length === 0) return { node: section('findings', t('report_findings'), el('p', {}, t('report_findings_none'))), ...nothing };
  const list = el('div', { class: 'list' });
  const status = el('p', { class: 'status', role: 'status' });
  const more = button('', () => { shown += AT_ONCE; fill(); }, { class: 'more' });
  const search = /** @type {HTMLInputElement} */ (el('input', { type: 'search', 'aria-label': t('report_findings_search'), placeholder: t('report_findings_search'), oninput: () => restart() }));
  let strength = '';
  let shown = AT_ONCE;
  const kinds = ['', ...STRENGTHS.filter((s) => sorted.some((f) => f.strength === s))];
  const choices = kinds.map((s) => button(s === '' ? t('report_all') : `${SIGNS[s]} ${word('strength', s)}`, () => choose(s), { 'aria-pressed': String(s === ''), class: s }));

  const found = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    return sorted.filter((f) => (strength === '' || f.strength === strength) && words.every((w) => `${f.id} ${f.rule} ${translated(m, f) ?? ''} ${f.title} ${f.explanation}`.toLowerCase().includes(w)));
  };
  function fill() {
    const those = found();
    for (const finding of those.slice(list.childElementCount, shown)) list.append(article(m, finding));
    more.hidden = those.length <= shown;
    more.textContent = t('report_show_more', Math.min(AT_ONCE, those.length - shown));
    status.textContent = those.length === sorted.length && more.hidden ? '' : t('report_shown', Math.min(shown, those.length), tn('report_finding_count', those.length));
  }
  function restart() {
    shown = AT_ONCE;
    list.replaceChildren();
    fill();
  }
  /** @param {string} chosen */
  function choose(chosen) {
    strength = kinds.includes(chosen) ? chosen : '';
    choices.forEach((choice, n) => choice.setAttribute('aria-pressed', String(kinds[n] === strength)));
    restart();
  }
  /** Draws the finding of this id, wherever it stands. @param {string} id */
  function reveal(id) {
    const place = sorted.findIndex((f) => f.id === id);
    if (place < 0) return false;
    if (!found().slice(0, shown).some((f) => f.id === id)) {
      search.value = '';
      choose('');
      shown = Math.max(shown, place + 1);
      fill();
    }
    return true;
  }
  fill();
  return { node: section('findings', t('report_findings'), el('div', { class: 'tools' }, el('div', { class: 'choices', role: 'group', 'aria-label': t('report_findings_by_strength') }, ...choices), sorted.length > 8 && search), status, list, more), choose, reveal };
}

/** @param {Model} m @param {any} finding */
function article(m, finding) {
  const { nodes, shown } = done(m, finding);
  const title = translated(m, finding);
  const others = finding.entries.filter((/** @type {number} */ n) => !shown.has(n));
  return el('article', { class: finding.strength, id: finding.id, tabindex: -1, 'aria-labelledby': `${finding.id}-title` },
    el('h3', { id: `${finding.id}-title` }, el('span', { class: 'badge' }, el('span', { 'aria-hidden': 'true' }, SIGNS[finding.strength]), ' ', word('strength', finding.strength)), ' ', title ?? english(finding.title, 400)),
    el('div', { class: 'sides' },
      el('div', { class: 'said' }, el('h4', {}, t('report_said')), ...said(m, finding)),
      el('div', { class: 'done' }, el('h4', {}, t('report_done')), ...nodes)),
    el('p', { class: 'why' }, english(title === null ? finding.explanation : `${finding.title}. ${finding.explanation}`)),
    el('p', { class: 'proof' }, `${plain(finding.id, 40)} · `, el('span', { lang: 'en' }, plain(finding.rule, 60)), finding.phase && ` · ${word('phase', finding.phase)}`,
      others.length > 0 && [` · ${t('report_entries')} `, entryLinks(m, others, 8)]));
}

/** @param {Model} m @param {any} finding */
function said(m, finding) {
  const status = finding.strength === 'contradicted' ? 'contradicted' : finding.strength === 'vague' ? 'vague' : 'cited';
  const quotes = [
    ...finding.statements.map((/** @type {string} */ id) => m.statements.get(id)).filter(Boolean).map((/** @type {any} */ s) => quotation(m, s, status, s.id)),
    ...finding.declared_cookies.map((/** @type {number} */ n) => m.report.declaration.cookies[n]).filter(Boolean)
      .map((/** @type {any} */ c) => quotation(m, c, status, t('report_declared_cookie', plain(c.pattern, 60), c.category, lifetime(c.lifetime_s, c.session_cookie) || t('report_no_lifetime')))),
  ];
  if (quotes.length === 0) return [el('p', { class: 'nothing' }, t('report_said_nothing'))];
  return quotes.length <= 4 ? quotes : [...quotes.slice(0, 3), el('details', {}, el('summary', {}, t('report_more_quotes', quotes.length - 3)), ...quotes.slice(3))];
}

/** @param {Model} m @param {any} finding @returns {{nodes: any[], shown: Set<number>}} `shown`: the entries that stand in them */
function done(m, finding) {
  const cited = [...new Set(finding.entries.flatMap((/** @type {number} */ n) => m.thingsOf(n)).map((/** @type {any} */ thing) => thing.item))];
  const kinds = new Map(finding.entries.flatMap((/** @type {number} */ n) => m.thingsOf(n)).map((/** @type {any} */ thing) => [thing.item, thing.kind]));
  const lines = cited.filter((item) => kinds.get(item) !== 'request').map((item) => line(m, kinds.get(item), item));
  /** @type {Map<string, any[]>} */
  const hosts = new Map();
  for (const item of cited) if (kinds.get(item) === 'request') hosts.set(item.host, [...(hosts.get(item.host) ?? []), item]);
  for (const [host, items] of hosts) {
    const owner = items.find((r) => r.owner)?.owner;
    lines.push(el('li', {}, tn('report_requests_to', items.length), ' ', el('b', {}, theirs(host, 100)), owner && [' (', theirs(owner, 60), ')'], ' ', entryLinks(m, items.flatMap((r) => r.entries), 3)));
  }
  const shown = new Set(cited.flatMap((item) => item.entries));
  if (lines.length === 0) return { shown, nodes: [el('p', { class: 'nothing' }, t(finding.rule === 'declared-not-seen' ? 'report_not_seen' : finding.entries.length > 0 ? 'report_see_entries' : 'report_no_entries'))] };
  return { shown, nodes: [el('ul', {}, ...lines.slice(0, MOST_THINGS)), lines.length > MOST_THINGS && el('details', {}, el('summary', {}, t('report_more_things', lines.length - MOST_THINGS)), el('ul', {}, ...lines.slice(MOST_THINGS, 500)))].filter(Boolean) };
}

/** @param {Model} m @param {string} kind @param {any} item */
function line(m, kind, item) {
  const links = [' ', entryLinks(m, item.entries, 4)];
  const by = item.set_by?.host && [`, ${t('report_set_by')} `, theirs(item.set_by.host, 80)];
  if (kind === 'cookie') return el('li', {}, `${t('report_cookie')} `, el('b', {}, theirs(item.name, 80)), ' · ', theirs(item.domain, 80), by, `, ${lifetime(item.lifetime_s, item.session_cookie) || t('report_no_lifetime')}, ${word('outcome', item.outcome)}`, ...links);
  if (kind === 'storage') return el('li', {}, `${item.kind} `, el('b', {}, theirs(item.key, 80)), ' · ', theirs(item.origin, 80), by, ...links);
  if (kind === 'technique') return el('li', {}, el('b', {}, word('technique', item.technique)), item.script && [' · ', theirs(item.script, 120)], el('br'), el('small', {}, english(item.detail, 300)), ...links);
  return el('li', {}, t('report_consent_state', item.source, item.status ?? ''), ...links);
}
