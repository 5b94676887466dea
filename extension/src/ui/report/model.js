// What the sections need to know of a report, worked out once. Pure.

/** @typedef {{kind: 'cookie' | 'storage' | 'request' | 'technique' | 'consent', item: any}} Thing */
/** @typedef {{kind: string, at: number, text: string, level?: number, hidden?: boolean, table?: number, row?: number, header?: boolean}} Block */
/** @typedef {{i: number, line: string, d: string[], path: number[]}} LogEntry */

/** Of the ways to judge a statement, the gravest first. */
export const STATUSES = ['contradicted', 'vague', 'unseen', 'held'];

/** @param {any} report @param {any} texts @param {any} proofs */
export function model(report, texts, proofs) {
  /** @type {Map<number, Thing[]>} */
  const things = new Map();
  const index = (/** @type {Thing['kind']} */ kind, /** @type {any[]} */ items) => {
    for (const item of items) {
      for (const entry of item.entries) {
        const there = things.get(entry);
        if (there) there.push({ kind, item });
        else things.set(entry, [{ kind, item }]);
      }
    }
  };
  index('cookie', report.cookies);
  index('storage', report.storage);
  index('technique', report.techniques);
  index('consent', report.consent_states);
  index('request', report.requests);

  const gather = (/** @type {string} */ member) => {
    /** @type {Map<any, any[]>} */
    const found = new Map();
    for (const finding of report.findings) for (const key of finding[member]) found.set(key, [...(found.get(key) ?? []), finding]);
    return found;
  };
  const ofStatement = gather('statements');
  const ofDeclared = gather('declared_cookies');

  /** @type {Map<number, LogEntry>} */
  const entries = new Map((proofs?.entries ?? []).map((/** @type {LogEntry} */ entry) => [entry.i, entry]));
  const times = proofs ? running(proofs.times) : null;
  const sessions = proofs ? spread(proofs.sessions) : null;

  return {
    report, proofs,
    /** @param {number} entry */
    thingsOf: (entry) => things.get(entry) ?? [],
    statements: new Map(report.declaration.statements.map((/** @type {any} */ s) => [s.id, s])),
    sources: new Map(report.declaration.sources.map((/** @type {any} */ s) => [s.id, s])),
    /** @type {Map<number, Block[]>} */
    texts: new Map((texts ?? []).map((/** @type {any} */ text) => [text.source, text.blocks])),
    /** @param {string} id @returns {any[]} */
    findingsOfStatement: (id) => ofStatement.get(id) ?? [],
    /** @param {number} place @returns {any[]} */
    findingsOfDeclared: (place) => ofDeclared.get(place) ?? [],
    /** @param {any} statement */
    statusOf: (statement) => judged(ofStatement.get(statement.id) ?? [], statement.type) ?? (statement.observable === 'yes' ? 'held' : 'unseen'),
    /** @param {number} place */
    statusOfDeclared: (place) => judged(ofDeclared.get(place) ?? []) ?? 'held',
    /** @param {number} i */
    entry: (i) => entries.get(i) ?? null,
    /** @param {number} i UTC milliseconds, or null where the file does not say */
    timeOf: (i) => times?.[i] ?? null,
    /** @param {any} item */
    sessionOf: (item) => item.session ?? sessions?.[item.entries[0]] ?? null,
  };
}

/** @typedef {ReturnType<typeof model>} Model */

/** @param {any[]} findings what they say of the words that they cite @param {string} [type] of the statement */
function judged(findings, type) {
  const undeclared = findings.some((f) => f.strength === 'undeclared');
  // "This is the whole list", and something is not in it.
  if (findings.some((f) => f.strength === 'contradicted') || (undeclared && type === 'closed-list')) return 'contradicted';
  if (undeclared || findings.some((f) => f.strength === 'vague')) return 'vague';
  return findings.some((f) => f.rule === 'declared-not-seen') ? 'unseen' : null;
}

/** @param {number[]} differences */
function running(differences) {
  let sum = 0;
  return Float64Array.from(differences, (d) => (sum += d));
}

/** @param {[number, number][]} runs */
function spread(runs) {
  const out = new Int32Array(runs.reduce((sum, [, n]) => sum + n, 0));
  let at = 0;
  for (const [session, n] of runs) {
    out.fill(session, at, at + n);
    at += n;
  }
  return out;
}
