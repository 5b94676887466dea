// What the popup says in each state. Pure, so that every state can be tested.

/**
 * @typedef {{state: string, status: string, detail: string, command: boolean, counts: [string, number][], button: {text: string, command: string} | null}} View
 */

/** @type {[string, string[]][]} */
const ROWS = [
  ['Requests', ['request', 'request.failed']],
  ['Cookies offered', ['cookie.header', 'cookie.script']],
  ['Cookie changes', ['cookie.change']],
  ['Storage writes', ['storage.set']],
];

/** @param {Record<string, number>} counts @param {number} recorded @returns {[string, number][]} */
function rows(counts, recorded) {
  return [.../** @type {[string, number][]} */ (ROWS.map(([label, kinds]) => [label, kinds.reduce((n, kind) => n + (counts[kind] ?? 0), 0)])), ['Entries on disk', recorded]];
}

/**
 * @param {any} s what the background pushed @param {{url?: string, id?: number, incognito?: boolean} | null} tab the active one
 * @returns {View}
 */
export function view(s, tab) {
  const base = { detail: '', command: false, counts: /** @type {[string, number][]} */ ([]), button: null };
  if (s.session === 'open' || s.session === 'opening') {
    if (s.tab === null) return { ...base, state: 'recording', status: 'An audit is running', counts: rows(s.counts, s.recorded) };
    return { ...base, state: 'recording', status: `Recording ${s.site ?? ''}`, detail: 'This tab only. Leaving the site ends the recording.',
      counts: rows(s.counts, s.recorded), button: { text: 'Stop and seal', command: 'stop' } };
  }
  if (s.session === 'closing') return { ...base, state: 'recording', status: 'Sealing…', counts: rows(s.counts, s.recorded) };
  if (s.host === 'missing')
    return { ...base, state: 'missing', status: 'The Affiant program is not installed', detail: 'The extension only watches; the program writes and signs. Run this once in a terminal:',
      command: true, button: { text: 'Try again', command: 'retry' } };
  if (s.host === 'gave-up')
    return { ...base, state: 'failed', status: 'The Affiant program does not answer', detail: `${s.error} Run “affiant doctor” to see why.`, button: { text: 'Try again', command: 'retry' } };
  if (s.session === 'lost')
    return { ...base, state: 'failed', status: 'The recording was cut short', detail: `${s.failure}. What was written before is kept: see “affiant cases”.`, button: recordButton(tab) };
  if (s.session === 'closed' && s.last)
    return { ...base, state: 'sealed', status: `Sealed: ${s.last.tree_size ?? s.recorded} entries`, detail: s.last.case ? `affiant report ${s.last.case}` : 'See “affiant cases”.', button: recordButton(tab) };
  if (s.host === 'ready') {
    const button = recordButton(tab);
    return { ...base, state: 'ready', status: 'Nothing is being recorded',
      detail: button ? 'The page is loaded anew, so that it is seen from its first request.' : 'This page cannot be recorded. Open a web site in an ordinary window.', button };
  }
  return { ...base, state: 'connecting', status: 'Connecting to the Affiant program…' };
}

/** @param {{url?: string, incognito?: boolean} | null} tab */
function recordButton(tab) {
  if (!tab?.url || tab.incognito || !/^https?:/.test(tab.url)) return null;
  return { text: `Record ${new URL(tab.url).hostname}`, command: 'record' };
}
