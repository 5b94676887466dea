// One rule for all: the farm's names are unique, so whoever names one, as the right kind of thing, has seen it. Harder on our own report
// than the farm's test is: what that counts as not observable or not attributable to an extension counts as missed here.
import { documents } from '../../e2e/farm/documents.mjs';
import { addresses, isCookie, isStorage, rows } from '../../e2e/farm/table.mjs';

const engine = 'chromium';
const fits = (text, expected) => (expected.endsWith('*') ? (text ?? '').startsWith(expected.slice(0, -1)) : text === expected);
const happened = (row) => !row.absent[engine] && !row.races[engine];
// Who did it, also where the farm's test asks nobody to know.
const setter = (row) => row.by[engine] ?? documents.get(row.in)?.url;
const bare = (url) => url.replace(/#.*$/, '');

// A quiet cookie row is one of which the jar is never asked: nobody could see what does not happen. Quiet storage does happen.
const cookies = rows.filter((row) => isCookie(row) && happened(row) && !row.quiet[engine]);
const storage = rows.filter((row) => isStorage(row) && happened(row));
const uses = new Map();
for (const row of cookies) uses.set(row.name[engine], (uses.get(row.name[engine]) ?? 0) + 1);

// Two rows of one name are told apart by value or setter, where the tool gives either.
const ofRow = (row) => (c) => c.name === row.name[engine]
  && ((uses.get(c.name) === 1 && c.name !== '') || c.value === row.value[engine] || fits(c.by, setter(row)));
const refused = (row) => ['blocked', 'refused'].includes(row.out[engine]);
const gone = (row) => row.fades || ['deleted', 'replaced'].includes(row.out[engine]);
const told = (row) => (c) => (refused(row) ? c.state === 'refused' : row.fades ? c.state !== undefined && c.state !== 'refused' : gone(row) ? c.state === 'gone' : c.state === 'stored');
const itemOf = (row) => (s) => s.key === row.key && (s.kind === row.kind.slice('storage:'.length) || s.kind === '?');

const cookieLine = (name, which, test) => ({ name, rows: cookies.filter(which), seen: (row, { cookies: all }) => all.filter(ofRow(row)).some((c) => test === undefined || test(row)(c)) });
const storageLine = (name, kinds, test) => ({ name, rows: storage.filter((row) => kinds.includes(row.kind.slice('storage:'.length))),
  seen: (row, { storage: all }) => all.filter(itemOf(row)).some((s) => test === undefined || test(row)(s)) });
const named = (row) => (found) => fits(found.by, setter(row));
const scripted = (row) => row.kind !== 'cookie-header';

const kinds = ['localStorage', 'sessionStorage', 'indexedDB', 'cacheStorage', 'opfs', 'serviceWorker'];
const asked = addresses(engine);
export const lines = [
  cookieLine('cookies kept in the jar', (row) => !refused(row) && !gone(row)),
  cookieLine('cookies deleted, overwritten or run out since', gone),
  cookieLine('attempts that the browser refused or blocked', refused),
  cookieLine('of all these: what became of it told rightly', () => true, told),
  cookieLine('set by script: the right script named', scripted, named),
  cookieLine('set by header: the right response named', (row) => !scripted(row), named),
  { name: 'requests', rows: asked.filter((a) => !a.absent && !a.races), seen: (a, { requests }) => requests.has(bare(a.url)) },
  ...kinds.map((kind) => storageLine(kind, [kind])),
  storageLine('storage of every kind: the right script named', kinds, named),
];

/** @param {import('./shared.mjs').Seen} seen @returns {{name: string, of: number, seen: Set<string>}[]} ids by line */
export function score(seen) {
  const indexed = { ...seen, requests: new Set(seen.requests.map((url) => bare(url ?? ''))) };
  return lines.map((line) => ({ name: line.name, of: line.rows.length, seen: new Set(line.rows.filter((row) => line.seen(row, indexed)).map((row) => row.id)) }));
}

/** Outside the count: addresses that no engine asks the network for, or not in every run, and that the tool names all the same. */
export function beyond(seen) {
  const urls = new Set(seen.requests.map((url) => bare(url ?? '')));
  return asked.filter((a) => (a.absent || a.races) && urls.has(bare(a.url))).map((a) => `${a.id} (${a.absent ?? a.races})`);
}

/** How many of the farm's addresses a browser asked the server for: what a tool made happen, seen by it or not. */
export const reached = (log) => {
  const urls = new Set(log.map(({ url }) => bare(url)));
  return asked.filter((a) => !a.absent && !a.races && !a.failed && urls.has(bare(a.url).replace(/^wss:/, 'https:'))).length;
};

/** Cookie names that are nobody's on the farm. */
export const strange = (seen) => [...new Set(seen.cookies.map((c) => c.name).filter((name) => name !== '' && !rows.some((row) => isCookie(row) && row.name[engine] === name)))];
