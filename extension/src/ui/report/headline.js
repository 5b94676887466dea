// What the report says in the first ten seconds.
import { el } from './dom.js';
import { MEANING, STRENGTHS, count, time } from './words.js';

/** @param {any} report */
export function headline(report) {
  const session = report.sessions[0];
  const thirds = new Set(report.requests.filter((/** @type {any} */ r) => r.party === 'third').map((/** @type {any} */ r) => r.site || r.host));
  const visited = new Set(report.sessions.flatMap((/** @type {any} */ s) => s.pages));
  const policies = report.declaration.sources.filter((/** @type {any} */ s) => visited.has(s.url)).length;
  const stored = report.cookies.filter((/** @type {any} */ c) => c.outcome === 'stored').length;
  const browsers = [...new Set(report.sessions.map((/** @type {any} */ s) => `${s.browser.name} ${s.browser.version}`))].join(', ');
  return el('header', {},
    el('h1', {}, 'What ', el('span', { class: 'site' }, report.site), ' does, and what it says'),
    el('p', { class: 'lead' }, session ? `Recorded ${time(session.opened_at)} with ${browsers}, ${session.phase === 'no-choice' ? 'before any consent choice' : `phase ${session.phase}`}.` : 'Nothing was recorded.'),
    el('p', {}, `Seen: ${[count(visited.size - policies, 'page'), count(report.requests.length, 'request'), `${count(report.cookies.length, 'cookie')} (${stored} stored)`, count(report.storage.length, 'storage key'), count(thirds.size, 'third party', 'third parties')].join(', ')}.`),
    el('p', {}, declared(report)),
    el('ul', { class: 'strengths' }, ...STRENGTHS.map((strength) => {
      const n = report.findings.filter((/** @type {any} */ f) => f.strength === strength).length;
      return el('li', { class: `${strength}${n === 0 ? ' none' : ''}` }, el('b', {}, n), el('span', { class: 'word' }, strength), el('small', {}, MEANING[strength]));
    })));
}

/** @param {any} report */
function declared(report) {
  const { sources, statements, cookies } = report.declaration;
  if (sources.length === 0) return 'Said: no policy was found or given.';
  const kinds = sources.map((/** @type {any} */ s) => `${s.kind.replace('-', ' ')}${s.language ? ` (${s.language})` : ''}`).join(' and ');
  return `Said: ${kinds}: ${count(statements.length, 'statement')} about what a browser does and ${count(cookies.length, 'declared cookie')}; ${count(report.not_observable, 'passage')} that no browser can check.`;
}
