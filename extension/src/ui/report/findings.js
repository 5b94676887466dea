// Said against done: each finding with the site's words on one side and what was seen on the other.
import { el, section } from './dom.js';
import { STRENGTHS, lifetime, shortened } from './words.js';

/** @param {any} report */
export function findings(report) {
  const sorted = [...report.findings].sort((a, b) => STRENGTHS.indexOf(a.strength) - STRENGTHS.indexOf(b.strength));
  if (sorted.length === 0) return section('findings', 'Said against done', el('p', {}, 'What was seen is in keeping with what the site says, as far as it was read. That proves nothing about what was not seen.'));
  return section('findings', 'Said against done', ...sorted.map((finding) => article(report, finding)));
}

/** @param {any} report @param {any} finding */
function article(report, finding) {
  return el('article', { class: finding.strength, id: finding.id },
    el('h3', {}, el('span', { class: 'badge' }, finding.strength), ' ', finding.title),
    el('div', { class: 'sides' },
      el('div', { class: 'said' }, el('h4', {}, 'Said'), ...said(report, finding)),
      el('div', { class: 'done' }, el('h4', {}, 'Done'), ...done(report, finding))),
    el('p', {}, finding.explanation),
    el('p', { class: 'proof' }, `${finding.id}, rule ${finding.rule}, log ${finding.entries.length === 1 ? 'entry' : 'entries'} ${finding.entries.join(', ') || 'none'}`));
}

/** @param {any} report @param {any} finding */
function said(report, finding) {
  const source = (/** @type {any} */ id) => report.declaration.sources.find((/** @type {any} */ s) => s.id === id);
  const quotes = [
    ...finding.statements.map((/** @type {string} */ id) => report.declaration.statements.find((/** @type {any} */ s) => s.id === id)).filter(Boolean)
      .map((/** @type {any} */ s) => ({ quote: s.quote, from: source(s.source), place: `${s.id}, bytes ${s.start} to ${s.end}` })),
    ...finding.declared_cookies.map((/** @type {number} */ n) => report.declaration.cookies[n]).filter(Boolean)
      .map((/** @type {any} */ c) => ({ quote: c.quote, from: source(c.source), place: `declared cookie ${c.pattern}, ${c.category}, ${lifetime(c.lifetime_s, c.session_cookie) || 'no lifetime'}` })),
  ];
  if (quotes.length === 0) return [el('p', { class: 'nothing' }, 'Nothing that covers it was found.')];
  return quotes.map(({ quote, from, place }) => el('figure', {},
    el('blockquote', {}, ...quote.split('\n').flatMap((/** @type {string} */ line, /** @type {number} */ n) => n === 0 ? [line] : [el('br'), line])),
    el('figcaption', {}, [from ? `${from.kind.replace('-', ' ')} ${from.url ?? ''}`.trim() : '', place].filter(Boolean).join(', '))));
}

/** @param {any} report @param {any} finding */
function done(report, finding) {
  const cited = new Set(finding.entries);
  const meets = (/** @type {any} */ item) => item.entries.some((/** @type {number} */ n) => cited.has(n));
  const lines = [
    ...report.cookies.filter(meets).map((/** @type {any} */ c) => `cookie ${c.name} of ${c.domain}${c.set_by?.host ? `, set by ${c.set_by.host}` : ''}, ${lifetime(c.lifetime_s, c.session_cookie) || 'lifetime unknown'}, ${c.outcome}`),
    ...report.storage.filter(meets).map((/** @type {any} */ s) => `${s.kind} ${s.key ?? ''} of ${s.origin}`),
    ...report.techniques.filter(meets).map((/** @type {any} */ t) => `${t.technique}${t.set_by?.host ? ` by ${t.set_by.host}` : ''}`),
  ];
  const hosts = new Map();
  for (const r of report.requests.filter(meets)) hosts.set(r.host, (hosts.get(r.host) ?? 0) + 1);
  if (finding.rule !== 'declared-not-seen') for (const [host, n] of hosts) if (lines.length === 0 || !lines.some((line) => line.includes(host))) lines.push(`${n} request${n === 1 ? '' : 's'} to ${host}`);
  if (lines.length === 0) return [el('p', { class: 'nothing' }, finding.rule === 'declared-not-seen' ? 'Not seen in this recording.' : 'See the entries cited below.')];
  const most = 12;
  return [el('ul', {}, ...lines.slice(0, most).map((line) => el('li', {}, shortened(line, 200))), lines.length > most && el('li', {}, `and ${lines.length - most} more`))];
}
