// Two recordings side by side: two of one site at different times (affiant.diff/1), or in two engines (affiant.engines/1).
import { button, command, el, english, section, theirs } from './dom.js';
import { soundness, when } from './headline.js';
import { t, tn, word } from './i18n.js';
import { STRENGTHS, hostOf, listed, number, plain } from './words.js';

const FIRST = 100;  // Differences that are drawn before anybody asks for more.
const MOST_ENTRIES = 12;

/** @typedef {{words: string, quotes: any[], entries: number[]}} Side */
/** @typedef {{change: string, kind: string, what: string, news: boolean, expected: string, sides: [Side, Side]}} Row */

/** @param {string} id @param {string} title @param {string} empty @param {Row[]} rows @param {[string, string]} names */
function rowsOf(id, title, empty, rows, names) {
  const list = el('div');
  let shown = 0;
  const more = button('', () => draw());
  const draw = () => {
    list.append(...rows.slice(shown, shown + FIRST).map((row) => card(row, names)));
    shown += FIRST;
    more.hidden = shown >= rows.length;
    more.textContent = t('report_show_more', Math.min(FIRST, rows.length - shown));
  };
  draw();
  return section(id, `${title} (${number(rows.length)})`, rows.length === 0 ? el('p', { class: 'nothing' }, empty) : [list, more]);
}

/** @param {Row} row @param {[string, string]} names */
function card(row, names) {
  const badges = [row.change && word('change', row.change), row.news && t('report_news'), row.expected && t('report_expected')].filter(Boolean);
  return el('article', { class: row.news ? 'undeclared' : row.expected ? 'held' : 'note' },
    el('p', { class: 'about' }, ...badges.flatMap((badge) => [el('span', { class: 'badge' }, badge), ' ']), el('small', {}, word('difference', row.kind))),
    el('h3', {}, english(row.what, 600)),
    el('div', { class: 'sides' }, ...row.sides.map((side, n) => el('div', { class: n === 1 ? 'done' : null }, el('h4', {}, names[n]), sideOf(side)))),
    row.expected && el('p', { class: 'proof' }, t('report_expected_why'), ' ', theirs(row.expected, 600)));
}

/** @param {Side} side */
function sideOf(side) {
  const { entries } = side;
  return [el('p', {}, english(side.words, 600)),
    ...side.quotes.slice(0, 5).map((q) => el('figure', {}, el('blockquote', { dir: 'auto' }, theirs(q.text, 1200)), el('figcaption', {}, theirs(q.source, 120), ` · ${plain(q.statement ?? t('report_row', q.declared_cookie ?? 0), 20)}`))),
    side.quotes.length > 5 && el('p', { class: 'soft' }, t('report_more_things', side.quotes.length - 5)),
    entries.length > 0 && el('p', { class: 'proof' }, tn('report_log_entries', entries.length), ' ', listed(entries.slice(0, MOST_ENTRIES).map((n) => `#${n}`)), entries.length > MOST_ENTRIES && ' …')];
}

/** @param {string[]} limits */
const unseenBy = (limits) => section('limits', t('report_sides_limits'),
  el('ul', {}, ...limits.map((limit) => el('li', {}, english(limit, 1000))), el('li', {}, t('report_sides_silence')), el('li', {}, t('report_sides_values'))));

/** One of the two recordings: when, with what, what was found, is it sound, how to check it. @param {string} title @param {any} report case and sessions @param {string} name @param {any} [found] @param {any} [more] */
function recording(title, report, name, found = null, more = null) {
  return el('div', { class: 'trust' }, el('h2', {}, title),
    el('p', {}, when(report)),
    found && el('p', {}, el('b', {}, found)),
    el('p', {}, soundness(report.case)),
    command(`affiant verify ${name}`, { copy: t('report_copy'), copied: t('report_copied') }), more);
}

/** @param {string} kicker @param {string} title @param {string} lead @param {(HTMLElement | null)[]} parts */
const head = (kicker, title, lead, ...parts) => el('header', { class: 'headline note' }, el('p', { class: 'kicker' }, kicker), el('h1', {}, title), el('p', { class: 'lead' }, lead), ...parts);

/** @param {any} diff affiant.diff/1 @returns {HTMLElement[]} */
export function changes(diff) {
  /** @type {[string, string]} */
  const names = [t('report_before'), t('report_after')];
  const rows = (/** @type {any[]} */ all) => all.map((d) => /** @type {Row} */ ({ change: d.change, kind: d.kind, what: d.what, news: d.news === true, expected: d.expected ?? '', sides: [d.before, d.after] }));
  const parts = /** @type {const} */ (['findings', 'done', 'said']);
  const orders = ['new', 'gone', 'changed', 'wording'];
  const counts = el('div', { class: 'wide', tabindex: 0, role: 'group', 'aria-label': t('report_changes_counted') }, el('table', { class: 'matrix' },
    el('thead', {}, el('tr', {}, el('td'), ...orders.map((change) => el('th', { scope: 'col', class: 'number' }, word('change', change))))),
    el('tbody', {}, ...parts.map((part) => el('tr', {}, el('th', { scope: 'row' }, el('a', { href: `#${part}` }, t(`report_changes_${part}`))),
      ...orders.map((change) => el('td', { class: 'number' }, number(diff[part].filter((/** @type {any} */ d) => d.change === change).length))))))));
  return [
    head(t('report_changes_kicker'), t(diff.changed ? 'report_changes_title' : 'report_changes_none', plain(diff.site, 80)), tn('report_news_count', diff.news), counts,
      el('div', { class: 'columns' }, recording(names[0], diff.before, diff.before.name), recording(names[1], diff.after, diff.after.name))),
    ...parts.map((part) => rowsOf(part, t(`report_changes_${part}`), t('report_changes_same'), rows(diff[part]), names)),
    unseenBy(diff.limits)];
}

/** @param {any} set affiant.engines/1 @param {(member: number) => void} open shows a member's own report @returns {HTMLElement[]} */
export function engines(set, open) {
  const { engines: members, disagreements } = set;
  /** @type {[string, string]} */
  const names = [members[0]?.browser ?? '', members.at(-1)?.browser ?? ''];
  const rows = (disagreements ?? []).map((/** @type {any} */ d) => /** @type {Row} */ ({ change: '', kind: d.kind, what: d.what, news: false, expected: '',
    sides: /** @type {any} */ (names.map((name) => ({ words: d[name], quotes: [], entries: d.entries[name] }))) }));
  const tally = (/** @type {any} */ report) => STRENGTHS.map((s) => `${number(report.findings.filter((/** @type {any} */ f) => f.strength === s).length)} ${word('strength', s)}`).join(', ');
  const site = hostOf(set.site) || t('report_site_withheld');
  return [
    head(t('report_engines_kicker'), t('report_engines_title', site), disagreements === null ? t('report_engines_not_compared') : tn('report_engines_count', disagreements.length),
      el('div', { class: 'columns' }, ...members.map((/** @type {any} */ m, /** @type {number} */ n) => recording(m.browser, m.report, m.case, tally(m.report), button(t('report_engines_open', m.browser), () => open(n)))),
        ...set.missing.map((/** @type {any} */ m) => el('div', { class: 'trust' }, el('h2', {}, plain(m.browser, 40)), el('p', { class: 'bad' }, t('report_engines_missing')), el('p', {}, english(m.why, 400)))))),
    ...(disagreements === null ? [] : [rowsOf('disagreements', t('report_engines_disagree'), t('report_engines_agree'), rows, names)]),
    unseenBy(set.limits)];
}
