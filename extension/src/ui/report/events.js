// What happened in a visit, in order: pages, consent, and the first of each thing. Pure.

/** @typedef {{at: number, session: number, kind: string, text: string, entries: number[], item: any}} Happening */

/** @param {import('./model.js').Model} m @returns {Happening[]} */
export function happenings(m) {
  const { report, proofs } = m;
  if (!proofs) return [];
  /** @type {Happening[]} */
  const out = [];
  const add = (/** @type {string} */ kind, /** @type {any} */ item, /** @type {string} */ text) => {
    const first = Math.min(...item.entries);
    out.push({ at: m.timeOf(first) ?? 0, session: m.sessionOf(item) ?? 0, kind, text, entries: item.entries, item });
  };
  for (const mark of proofs.marks) add(mark.kind, { entries: [mark.entry], session: mark.session, result: mark.result }, mark.text ?? '');
  for (const state of report.consent_states) add('consent', state, [state.source, state.status].filter(Boolean).join(': '));
  for (const cookie of report.cookies) add('cookie', cookie, `${cookie.name} (${cookie.domain})`);
  for (const item of report.storage) add('storage', item, `${item.key ?? item.kind} (${item.origin})`);
  for (const technique of report.techniques) add('technique', technique, technique.technique);
  for (const request of report.requests) add(request.party === 'first' ? 'request-first' : 'request-third', request, request.url ?? request.host);
  return out.sort((a, b) => a.at - b.at || (a.entries[0] ?? 0) - (b.entries[0] ?? 0));
}
