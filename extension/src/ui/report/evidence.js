// The log's verdict, word by word, and how to check it without us.
import { button, command, el, section, theirs } from './dom.js';
import { t, word } from './i18n.js';
import { inclusion } from './proof.js';
import { number, plain, time } from './words.js';

/** @typedef {import('./model.js').Model} Model */

/** @param {Model} m */
export function evidence(m) {
  const { report } = m;
  const { verdict, ...kase } = report.case;
  const copy = { copy: t('report_copy'), copied: t('report_copied') };
  const rows = ['integrity', 'key', 'complete', 'time'].map((axis) => el('div', { class: `axis ${plain(verdict[axis], 20)}` }, el('dt', {}, t(`report_axis_${axis}`)), el('dd', {}, el('b', {}, word('verdict', verdict[axis])), ' ', means(axis, verdict[axis]))));
  return section('evidence', t('report_evidence'),
    el('dl', {}, ...rows, el('div', { class: 'axis' }, el('dt', {}, t('report_axis_witnesses')), el('dd', {}, el('b', {}, verdict.witnesses), ' ', t('report_witnesses_mean')))),
    el('h3', {}, t('report_verify')), el('p', {}, t('report_verify_how', number(kase.tree_size))), command(`affiant verify ${kase.id}`, copy), el('p', {}, t('report_verify_without')), command(`affiant export ${kase.id} -o case.affiant.zip`, copy),
    m.proofs && selfcheck(m),
    el('h3', {}, t('report_rests_on')),
    el('table', { class: 'facts' }, el('tbody', {}, ...[[t('report_log'), kase.origin], [t('report_root'), kase.root], [t('report_made'), time(report.generated_at)], [t('report_made_by'), `${report.tool.name} ${report.tool.version}`],
      ...report.knowledge.map((/** @type {any} */ k) => [t('report_knowledge'), `${k.source} ${k.version ?? ''} (${k.licence ?? '–'})${k.sha256 ? `, SHA-256 ${k.sha256}` : ''}`]),
      ...report.declaration.sources.map((/** @type {any} */ s) => [word('source', s.kind), `${s.url ?? ''} SHA-256 ${s.sha256 ?? '–'}`])].map(([name, value]) => el('tr', {}, el('th', { scope: 'row' }, name), el('td', {}, theirs(value, 300)))))));
}

/** @param {string} axis @param {string} value */
function means(axis, value) {
  const key = `report_means_${axis}_${value.replace(/-/g, '_')}`;
  const text = t(key);
  return text === key ? '' : text;
}

/** @param {Model} m */
function selfcheck(m) {
  const result = el('p', { role: 'status' });
  const start = button(t('report_selfcheck', number(m.proofs.entries.length)), async () => {
    start.setAttribute('disabled', '');
    const { good, all } = await checkProofs(m, m.proofs.entries, (done) => { result.textContent = t('report_selfcheck_running', number(done)); });
    result.textContent = t(good === all ? 'report_selfcheck_good' : 'report_selfcheck_bad', good, all);
    result.className = good === all ? 'result good' : 'result bad';
    start.removeAttribute('disabled');
  });
  return el('div', {}, el('p', {}, t('report_selfcheck_lead'), m.proofs.left_out > 0 ? ` ${t('report_selfcheck_left_out', m.proofs.left_out)}` : ''), start, result);
}

/** Whether each entry's proof leads to the root. @param {Model} m @param {import('./model.js').LogEntry[]} entries @param {(done: number) => void} [progress] */
export async function checkProofs(m, entries, progress) {
  const tree = { size: m.report.case.tree_size, root: m.report.case.root };
  let good = 0;
  for (const [n, entry] of entries.entries()) {
    const proof = await inclusion({ index: entry.i, line: entry.line, path: entry.path.map((place) => m.proofs.hashes[place]) }, tree);
    if (proof.holds) ++good;
    if (n % 50 === 49) {
      progress?.(n + 1);
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
  return { good, all: entries.length };
}
