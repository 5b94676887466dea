// Holds a report of `affiant audit` against the table: what was found, was its outcome right, was it laid at the right door, and what
// was made up.
import { addresses, isCookie, isStorage, rows } from './table.mjs';

/** Does `text` fit what is expected? A trailing `*` stands for any rest; 'any' and null are not judged. */
const fits = (text, expected) => expected === 'any' || (expected.endsWith('*') ? (text ?? '').startsWith(expected.slice(0, -1)) : text === expected);
const frameFits = (text, expected) => expected === null || fits(text, expected);

const show = (by) => `${by.mechanism} by ${by.url ?? 'unknown'} in ${by.frame ?? 'unknown'}`;

/** One kind's numbers. `misses` are complaints, `unseen` the rows that no one could see with the reason. */
const fresh = () => ({ expected: 0, found: 0, outcome: 0, judged: 0, attributed: 0, misses: [], unseen: [], unattributed: [] });

class Score {
  kinds = new Map();
  of(kind) {
    if (!this.kinds.has(kind)) this.kinds.set(kind, fresh());
    return this.kinds.get(kind);
  }
}

const cookieBy = (engine, row, found) => found.set_by.mechanism === row.mechanism && fits(found.set_by.url, row.by[engine]);

/** Where no one can tell, the report may say so, or be right; it may not name somebody else. */
function unattributable(engine, row, found, kind) {
  kind.unattributed.push(`${row.id}: ${row.nobody[engine]} (report: ${show(found.set_by)})`);
  const by = row.by[engine];
  if (found.set_by.url !== null && (by === null || !fits(found.set_by.url, by))) kind.misses.push(`${row.id}: ${show(found.set_by)}, should be by ${by ?? 'nobody'} or unknown`);
}

function scoreCookies(engine, report, score) {
  const left = new Set(report.cookies);
  const wanted = rows.filter((row) => isCookie(row) && !row.absent[engine]);
  const pick = (row) => [...left].filter((c) => c.name === row.name[engine] && (row.domain === '*' || c.domain === row.domain))
    .map((c) => [c, (cookieBy(engine, row, c) ? 8 : 0) + (c.outcome === row.out[engine] ? 4 : 0) + (frameFits(c.set_by.frame, row.frame) ? 1 : 0)]).sort((a, b) => b[1] - a[1])[0];
  // A line that is refused when it is read may be there without a name, several of one response as one.
  const nameless = report.cookies.filter((c) => c.name === '' && c.domain === '');
  const namelessOf = (row) => {
    const found = row.out[engine] === 'refused' ? nameless.filter((c) => c.outcome === 'refused' && cookieBy(engine, row, c)) : [];
    for (const story of found) left.delete(story);
    return found.length > 0;
  };
  // Surest matches first, so that of two setters of one name each gets its own.
  const order = wanted.map((row) => [row, pick(row)?.[1] ?? -1]).sort((a, b) => b[1] - a[1]).map(([row]) => row);
  for (const row of order) {
    const out = row.out[engine];
    const kind = score.of(`${row.kind} ${out === 'blocked' || out === 'refused' ? 'blocked or refused' : out}`);
    const found = pick(row)?.[0];
    if (found) left.delete(found);
    const unseen = row.quiet[engine] ?? (found ? undefined : row.races[engine]);
    if (unseen) {
      kind.unseen.push(`${row.id}: ${unseen}`);
      continue;
    }
    kind.expected++;
    if (!found && namelessOf(row)) {
      kind.found++;
      kind.misses.push(`${row.id}: the refused attempt is there, the report has lost its name`);
      continue;
    }
    if (!found) { kind.misses.push(`${row.id}: not in the report`); continue; }
    kind.found++;
    const raced = row.races[engine] !== undefined;
    const partitioned = found.partition_key !== null;
    if (!raced && found.outcome !== out && found.outcome !== row.also) kind.misses.push(`${row.id}: ${found.outcome} (${found.reason ?? 'no reason'}), should be ${out}`);
    else if (!raced && out === 'stored' && partitioned !== row.part[engine]) kind.misses.push(`${row.id}: ${partitioned ? '' : 'not '}partitioned`);
    else kind.outcome++;
    if (row.nobody[engine]) {
      unattributable(engine, row, found, kind);
      continue;
    }
    kind.judged++;
    if (cookieBy(engine, row, found) && frameFits(found.set_by.frame, row.frame)) kind.attributed++;
    else kind.misses.push(`${row.id}: ${show(found.set_by)}, should be ${row.mechanism} by ${row.by[engine]} in ${row.frame}`);
  }
  return [...left];
}

/** What the report should name as the call that stored it; of the newer kinds any. */
const callOf = (row) => row.via ?? (/Storage$/.test(row.kind) && row.kind !== 'storage:cacheStorage' ? 'setItem' : 'any');

function scoreStorage(engine, report, score) {
  for (const row of rows.filter(isStorage)) {
    const kind = score.of(row.kind);
    if (row.quiet[engine]) { kind.unseen.push(`${row.id}: ${row.quiet[engine]}`); continue; }
    kind.expected++;
    const all = report.storage.filter((s) => s.kind === row.kind.slice('storage:'.length) && s.origin === row.origin && s.key === row.key);
    const found = all.find((s) => row.by[engine] && fits(s.set_by.url, row.by[engine])) ?? all[0];
    if (!found) { kind.misses.push(`${row.id}: not in the report`); continue; }
    kind.found++;
    kind.outcome++;
    if (row.nobody[engine]) { unattributable(engine, row, found, kind); continue; }
    kind.judged++;
    if (fits(found.set_by.url, row.by[engine]) && frameFits(found.set_by.frame, row.frame) && fits(found.set_by.mechanism, callOf(row))) kind.attributed++;
    else kind.misses.push(`${row.id}: ${show(found.set_by)}, should be ${callOf(row)} by ${row.by[engine]} in ${row.frame}`);
  }
}

function scoreRequests(engine, report, score) {
  const kind = score.of('request');
  const byUrl = new Map();
  for (const r of report.requests) {
    const url = r.url.replace(/#.*$/, '');
    byUrl.set(url, [...(byUrl.get(url) ?? []), r]);
  }
  for (const address of addresses(engine)) {
    const all = byUrl.get(address.url) ?? [];
    if (address.absent) {
      kind.unseen.push(`${address.id}: ${address.absent}`);
      if (all.some((r) => r.status !== null)) kind.misses.push(`${address.id}: in the report as answered, though: ${address.absent}`);
      continue;
    }
    if (address.races && all.length === 0) {
      kind.unseen.push(`${address.id}: ${address.races}`);
      continue;
    }
    kind.expected++;
    const found = all.find((r) => r.method === address.method) ?? (address.method ? undefined : all.find((r) => r.status !== null) ?? all[0]);
    if (!found) { kind.misses.push(`${address.id}: not in the report`); continue; }
    kind.found++;
    const failed = address.failed || address.unanswered;
    if (failed ? found.failure === null : found.status === null) kind.misses.push(`${address.id}: status ${found.status}, failure ${found.failure}`);
    else kind.outcome++;
    kind.judged++;
    const hop = address.from === undefined || all.some((r) => r.redirected_from === address.from);
    if (frameFits(found.frame, address.frame) && hop) kind.attributed++;
    else kind.misses.push(`${address.id}: in ${found.frame}, redirected from ${found.redirected_from}; should be in ${address.frame}, from ${address.from ?? 'nothing'}`);
  }
}

/**
 * @param {'chromium' | 'firefox'} engine @param {any} report of `affiant audit --format json`
 * @returns {{kinds: Map<string, ReturnType<typeof fresh>>, invented: string[], twice: string[]}}
 */
export function scoreReport(engine, report) {
  const score = new Score();
  const left = scoreCookies(engine, report, score);
  scoreStorage(engine, report, score);
  scoreRequests(engine, report, score);
  const tell = (c) => `${c.name || '(no name)'} at ${c.domain}, ${c.outcome}, ${show(c.set_by)}`;
  const known = (c) => rows.some((row) => isCookie(row) && row.name[engine] === c.name && (row.domain === '*' || row.domain === c.domain));
  return { kinds: score.kinds, invented: left.filter((c) => !known(c)).map(tell), twice: left.filter(known).map(tell) };
}

/** The numbers as lines to print. */
export function tableOf(engine, { kinds, invented, twice }) {
  const lines = [`${engine}: kind | expected | found | outcome right | attribution right | not observable`];
  for (const [kind, k] of [...kinds].sort()) {
    lines.push(`${engine}: ${kind} | ${k.expected} | ${k.found} | ${k.outcome} | ${k.attributed}/${k.judged} | ` +
      `${k.unseen.length} unseen, ${k.unattributed.length} unattributable`);
  }
  lines.push(`${engine}: invented cookies ${invented.length}, second stories of a known cookie ${twice.length}`);
  for (const [kind, k] of [...kinds].sort()) for (const miss of k.misses) lines.push(`  MISS ${kind}: ${miss}`);
  for (const text of invented) lines.push(`  INVENTED ${text}`);
  for (const text of twice) lines.push(`  TWICE ${text}`);
  for (const [kind, k] of [...kinds].sort()) {
    for (const text of k.unseen) lines.push(`  not observable, ${kind}: ${text}`);
    for (const text of k.unattributed) lines.push(`  not attributable, ${kind}: ${text}`);
  }
  return lines;
}
