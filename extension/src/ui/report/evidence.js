// The log's verdict, word by word, and how to check it without us.
import { el, section } from './dom.js';
import { VERDICTS, time } from './words.js';

/** @param {any} report */
export function evidence(report) {
  const { verdict, ...kase } = report.case;
  const rows = Object.entries(VERDICTS).map(([axis, words]) => el('div', { class: `axis ${verdict[axis]}` }, el('dt', {}, axis === 'complete' ? 'completeness' : axis), el('dd', {}, el('b', {}, verdict[axis]), ' ', words[verdict[axis]] ?? '')));
  return section('evidence', 'The evidence',
    el('dl', {}, ...rows, el('div', { class: 'axis' }, el('dt', {}, 'witnesses'), el('dd', {}, el('b', {}, verdict.witnesses), ' of a policy have cosigned.'))),
    el('p', {}, `${kase.tree_size.toLocaleString('en')} signed entries. Check them with:`),
    el('pre', {}, `affiant verify ${kase.id}`),
    el('p', {}, 'or, without our program, by the commands in the README of the bundle (affiant export).'),
    el('table', { class: 'facts' }, el('tbody', {}, ...[['log', kase.origin], ['root', kase.root], ['report made', time(report.generated_at)], ['by', `${report.tool.name} ${report.tool.version}`],
      ...report.knowledge.map((/** @type {any} */ k) => ['knowledge', `${k.source} ${k.version ?? ''} (${k.licence ?? 'no licence named'})${k.sha256 ? `, SHA-256 ${k.sha256}` : ''}`]),
      ...report.declaration.sources.map((/** @type {any} */ s) => ['policy', `${s.kind} ${s.url ?? ''} SHA-256 ${s.sha256}`])].map(([name, value]) => el('tr', {}, el('th', { scope: 'row' }, name), el('td', {}, value))))));
}
