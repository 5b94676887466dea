// One entry of the log: what it says, the bytes that were signed, the proof that they are in the signed tree, its exhibit.
import { look } from './dialog.js';
import { button, command, el, theirs } from './dom.js';
import { t, tn } from './i18n.js';
import { checkpoint, disclosed, inclusion } from './proof.js';
import { number } from './words.js';

/** @typedef {import('./model.js').Model} Model */

/** Buttons that open entries. @param {Model} m @param {number[]} entries @param {number} [most] */
export function entryLinks(m, entries, most = 6) {
  const link = (/** @type {number} */ i) => button(`#${i}`, () => void openEntry(m, i), { class: 'entry', 'aria-label': t('report_entry_open', String(i)) });
  return el('span', { class: 'entries' }, ...entries.slice(0, most).map(link),
    entries.length > most && button(t('report_more_entries', entries.length - most), () => look(t('report_entries'), el('p', { class: 'entries' }, ...entries.slice(0, 2000).map(link))), { class: 'entry' }));
}

/** @param {Model} m @param {number} i */
const openEntry = (m, i) => lookAt(m, i).catch((error) => look(t('report_entry_title', String(i)), el('p', { class: 'result bad', role: 'status' }, t('report_proof_bad')), el('p', {}, theirs(error.message, 300))));

/** @param {Model} m @param {number} i throws where the file holds what cannot be read */
async function lookAt(m, i) {
  const title = t('report_entry_title', String(i));
  const entry = m.entry(i);
  const { id, tree_size: size, root } = m.report.case;
  const show = command(`affiant export ${id} --rows ${i} -o entry-${i}.affiant.zip`, { copy: t('report_copy'), copied: t('report_copied') });
  if (!entry) return look(title, el('p', {}, t('report_entry_absent')), show);
  const said = JSON.parse(entry.line);
  const { fields, without } = await disclosed(said.b, entry.d);
  const path = entry.path.map((n) => m.proofs.hashes[n]);
  const proof = await inclusion({ index: i, line: entry.line, path }, { size, root });
  const head = await checkpoint(m.proofs.checkpoint, m.proofs.key, { origin: m.report.case.origin, size, root });
  const good = proof.holds && head.same && head.named && head.signed !== false && fields.every((f) => f.fits);
  const time = new Date(said.t).toISOString().replace('T', ' ').replace('Z', ' UTC');
  look(title,
    el('p', { class: good ? 'result good' : 'result bad', role: 'status' }, good ? t('report_proof_good', number(size)) : t('report_proof_bad')),
    el('dl', { class: 'fields' }, ...row(t('report_entry_kind'), said.k), ...row(t('report_entry_time'), time), ...row(t('report_session'), String(said.s))),
    el('h3', {}, t('report_entry_says')), body(said.b, fields, without), exhibit(m, said.b),
    el('h3', {}, t('report_entry_proof')), steps(i, proof, size, head, root),
    el('h3', {}, t('report_entry_raw')), el('p', {}, t('report_entry_raw_why')), el('pre', { class: 'raw', tabindex: 0, 'aria-label': t('report_entry_raw') }, theirs(entry.line, 70_000)),
    el('h3', {}, t('report_entry_show')), el('p', {}, t('report_entry_show_how')), show);
}

/** @param {string} name @param {string} value */
const row = (name, value) => [el('dt', {}, name), el('dd', {}, theirs(value, 2000))];

/** @param {any} body @param {{name: string, value: any, fits: boolean}[]} fields @param {number} without */
function body(body, fields, without) {
  const text = (/** @type {any} */ value) => (typeof value === 'string' ? value : JSON.stringify(value));
  const open = Object.entries(body).filter(([name]) => name !== '_sd');
  return el('div', {},
    el('dl', { class: 'fields' }, ...open.flatMap(([name, value]) => row(name, text(value))),
      ...fields.flatMap(({ name, value, fits }) => [el('dt', {}, name), el('dd', {}, theirs(text(value), 2000), ' ', el('small', {}, fits ? `✓ ${t('report_field_fits')}` : `✕ ${t('report_field_unfit')}`))])),
    without > 0 && el('p', { class: 'soft' }, tn('report_fields_kept', without)));
}

/** @param {Model} m @param {any} body */
function exhibit(m, body) {
  if (typeof body.exhibit !== 'string') return null;
  const source = m.report.declaration.sources.find((/** @type {any} */ s) => s.sha256 === body.exhibit);
  return el('div', { class: 'exhibit' }, el('h3', {}, t('report_exhibit')),
    el('dl', { class: 'fields' }, ...row('SHA-256', body.exhibit), ...row(t('report_exhibit_type'), body.exhibit_type ?? ''), ...row(t('report_exhibit_file'), `exhibits/${body.exhibit}`)),
    source && m.texts.has(source.id) && el('p', {}, el('a', { href: `#text-${source.id}`, onclick: () => document.querySelector('dialog')?.close() }, t('report_exhibit_text'))));
}

/** @param {number} i @param {Awaited<ReturnType<typeof inclusion>>} proof @param {number} size @param {Awaited<ReturnType<typeof checkpoint>>} head @param {string} root */
function steps(i, proof, size, head, root) {
  const mark = (/** @type {boolean | null} */ holds) => (holds === null ? '○' : holds ? '✓' : '✕');
  const signed = head.signed === null ? t('report_proof_no_ed25519') : head.signed ? t('report_proof_signed') : t('report_proof_unsigned');
  return el('div', {},
    el('ul', { class: 'checks' },
      el('li', {}, `${mark(proof.holds)} ${t('report_proof_path', number(i), number(size))}`),
      el('li', {}, `${mark(head.same)} ${t('report_proof_same')}`),
      el('li', {}, `${mark(head.named)} ${t('report_proof_named')}`),
      el('li', {}, `${mark(head.signed)} ${signed}`)),
    el('details', {}, el('summary', {}, tn('report_proof_steps', proof.steps.length)),
      el('ol', { class: 'steps', start: 0 },
        el('li', {}, t('report_proof_leaf'), el('code', {}, proof.leaf)),
        ...proof.steps.map((step) => el('li', {}, step.side === 'left' ? 'SHA-256(0x01 ‖ ' : 'SHA-256(0x01 ‖ … ‖ ', el('code', { class: 'sibling' }, step.sibling), step.side === 'left' ? ' ‖ …) =' : ') =', el('code', {}, step.hash)))),
      el('p', {}, `${t('report_proof_root')} `, el('code', {}, root))),
    el('p', { class: 'soft' }, t('report_proof_trust')));
}
