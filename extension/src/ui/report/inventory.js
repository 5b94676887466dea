// Everything that was seen, and everything that was declared, as tables.
import { el, section } from './dom.js';
import { table } from './tables.js';
import { count, lifetime, shortened } from './words.js';

/** @param {any} report */
export function inventory(report) {
  const entries = { title: 'Entries', of: (/** @type {any} */ row) => row.entries.join(', ') };
  const parties = new Map();
  for (const r of report.requests) {
    if (r.party !== 'third') continue;
    const party = parties.get(r.host) ?? { host: r.host, owner: r.owner, category: r.category, requests: 0, entries: [] };
    party.requests += 1;
    party.entries.push(...r.entries);
    parties.set(r.host, party);
  }
  // What a later visit got like the first one is in the JSON report.
  const cookies = report.cookies.filter((/** @type {any} */ c) => !c.repeats);
  return section('inventory', 'What was seen',
    part('Cookies', cookies.length, true, table('cookie', [
      { title: 'Name', of: (c) => c.name }, { title: 'Domain', of: (c) => c.domain }, { title: 'Party', of: (c) => c.party },
      { title: 'Kept', of: (c) => lifetime(c.lifetime_s, c.session_cookie), sort: (/** @type {any} */ c) => c.lifetime_s ?? -1, number: true },
      { title: 'Set by', of: (c) => c.set_by?.host ?? '' }, { title: 'How', of: (c) => c.set_by?.mechanism ?? '' },
      { title: 'Outcome', of: (c) => c.reason ? `${c.outcome}: ${c.reason}` : c.outcome }, { title: 'Looks like an identifier', of: (c) => c.identifier_confirmed ? 'confirmed' : c.identifier_like ? 'yes' : '' }, entries,
    ], cookies)),
    part('Third parties', parties.size, true, table('third party', [
      { title: 'Host', of: (p) => p.host }, { title: 'Owner', of: (p) => p.owner }, { title: 'Category', of: (p) => p.category },
      { title: 'Requests', of: (p) => p.requests, number: true }, { title: 'Entries', of: (p) => shortened(p.entries.join(', '), 60) },
    ], [...parties.values()], 'third parties')),
    part('Storage', report.storage.length, false, table('storage key', [
      { title: 'Kind', of: (s) => s.kind }, { title: 'Key', of: (s) => s.key }, { title: 'Origin', of: (s) => s.origin }, { title: 'Set by', of: (s) => s.set_by?.host ?? '' }, entries,
    ], report.storage)),
    part('Requests', report.requests.length, false, table('request', [
      { title: 'Address', of: (r) => shortened(r.url ?? `${r.host} (address withheld)`) }, { title: 'Type', of: (r) => r.type }, { title: 'Party', of: (r) => r.party },
      { title: 'Status', of: (r) => r.status ?? r.failure ?? '', number: true }, { title: 'Owner', of: (r) => r.owner }, entries,
    ], report.requests)),
    report.techniques.length > 0 && part('Techniques', report.techniques.length, true, table('technique', [
      { title: 'Technique', of: (t) => t.technique }, { title: 'By', of: (t) => t.set_by?.host ?? t.script_host ?? '' }, entries,
    ], report.techniques)),
    part('Declared cookies', report.declaration.cookies.length, false, table('declared cookie', [
      { title: 'Name', of: (c) => c.pattern }, { title: 'Provider', of: (c) => c.provider }, { title: 'Category', of: (c) => c.category },
      { title: 'Kept', of: (c) => lifetime(c.lifetime_s, c.session_cookie), sort: (/** @type {any} */ c) => c.lifetime_s ?? -1, number: true }, { title: 'Purpose', of: (c) => c.purpose },
    ], report.declaration.cookies)),
    part('Statements', report.declaration.statements.length, false, table('statement', [
      { title: 'Id', of: (s) => s.id }, { title: 'Type', of: (s) => s.type }, { title: 'Says that it', of: (s) => s.polarity }, { title: 'A browser can see it', of: (s) => s.observable }, { title: 'Words', of: (s) => s.quote },
    ], report.declaration.statements)));
}

/** @param {string} title @param {number} n @param {boolean} open @param {Node} content */
function part(title, n, open, content) {
  return el('details', { open: open && n > 0 }, el('summary', {}, `${title} (${n.toLocaleString('en')})`), n > 0 ? content : el('p', { class: 'nothing' }, `No ${title.toLowerCase()}.`));
}

/** @param {any} report what the recording cannot show @returns {HTMLElement} */
export function unseen(report) {
  const lines = [];
  const blocked = report.sessions.some((/** @type {any} */ s) => s.browser.third_party_cookies === 'blocked');
  if (blocked) lines.push('The browser blocked third-party cookies. Attempts to set them are recorded; what would have followed is not.');
  if (report.sessions.every((/** @type {any} */ s) => s.phase === 'no-choice')) lines.push('Nothing was clicked: what the site does after a visitor accepts or refuses is not in the record.');
  if (!report.sessions.some((/** @type {any} */ s) => s.gpc)) lines.push('Global Privacy Control was not sent: whether the site honours it was not tried.');
  if (report.case.withheld_fields > 0) lines.push(`${count(report.case.withheld_fields, 'field')} of the record are withheld from this copy; findings that need them are not made.`);
  for (const s of report.sessions) {
    for (const page of s.failed_pages) lines.push(`A page was not loaded: ${page.url ?? page}${page.why ? ` (${page.why})` : ''}.`);
    const gaps = s.completeness.gaps.reduce((/** @type {number} */ sum, /** @type {any} */ g) => sum + (g.dropped ?? 1), 0);
    lines.push(`Session ${s.id}: ${count(s.completeness.received, 'event')} received, ${gaps === 0 ? 'none missing' : `${gaps} missing`}, recorder ${s.completeness.recorder_down_ms > 0 ? `down for ${(s.completeness.recorder_down_ms / 1000).toFixed(1)} s` : 'never down'}.`);
  }
  return section('unseen', 'What this record does not show', el('ul', {}, ...lines.map((line) => el('li', {}, line))));
}
