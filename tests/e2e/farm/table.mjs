// The truth table: one row for each mechanism, expanded from the rows-*.mjs files with what they leave to the rule.
//
// Of a row: `id` unique; `kind`: cookie-header | cookie-script | cookie-store | deletion | storage:AREA | request; `in`: the document of
// documents.mjs that its snippet (`html`, `js`) goes into; `url`: the response that sets it or that is asked for, by rule
// https://HOST/m/ID; `name`, `value`: of the cookie, by rule m_ID and v_ID; `attrs` or the whole `line`; `domain`: as the jar shows it, by
// rule the host, `*` where there is none to show; `out`: what becomes of it, by rule stored; `part`: is it kept under a partition;
// `by`: the response or script that did it, `frame`: the document it happened in ('any': not judged).
// Each of out, part, name, value and by may differ by engine: {chromium, firefox}. `third`: a third party's cookie as those are usually
// set (Chromium blocks it, Firefox partitions it); `chips`: with Partitioned, kept by both.
// What an engine does not show carries the reason, by engine: `quiet`: it happens unseen; `nobody`: seen, but not who did it;
// `races`: its outcome differs from run to run, and it may not happen at all; `also`: another word for the outcome that is as right.
// `absent`: this engine does not do it at all, and it must then be in no report.
import { documents } from './documents.mjs';
import { A } from './hosts.mjs';
import { attributes } from './rows-attributes.mjs';
import { life } from './rows-life.mjs';
import { requests } from './rows-requests.mjs';
import { resources } from './rows-resources.mjs';
import { frames, scripts } from './rows-scripts.mjs';
import { storage } from './rows-storage.mjs';
import { workers } from './rows-workers.mjs';

export const engines = ['chromium', 'firefox'];
const each = (value) => (value !== null && typeof value === 'object' ? value : { chromium: value, firefox: value });

const mechanisms = { 'cookie-header': 'http', 'cookie-script': 'document.cookie', 'cookie-store': 'cookieStore' };

/** The document in which what is in document `key` runs, or null for a worker. */
function frameOf(key) {
  const document = documents.get(key);
  if (!document) return null;
  if (document.type === 'html') return document.url;
  return document.frame ? documents.get(document.frame).url : null;
}

function expand(row) {
  if (row.in !== undefined && !documents.has(row.in)) throw new Error(`${row.id}: no document ${row.in}`);
  const scripted = row.kind === 'cookie-script' || row.kind === 'cookie-store' || row.kind.startsWith('storage:');
  const frame = frameOf(row.in);
  const host = row.host ?? (scripted && frame ? new URL(frame).hostname : row.url ? new URL(row.url).hostname : A);
  const url = row.url ?? `https://${host}/m/${row.id}`;
  const third = row.third ? { attrs: 'SameSite=None; Secure', out: { chromium: 'blocked', firefox: 'stored' }, part: { chromium: false, firefox: true } }
    : row.chips ? { attrs: 'SameSite=None; Secure; Partitioned', part: { chromium: true, firefox: true } } : {};
  const given = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
  const rule = { type: 'text', way: row.id, domain: host, key: row.id, mechanism: mechanisms[row.kind], out: 'stored', part: false, name: `m_${row.id}`, value: `v_${row.id}` };
  const full = { ...rule, ...third, ...given, host, url };
  const script = row.in && documents.get(row.in).type === 'html' ? frame : documents.get(row.in)?.url;
  full.by = row.by ?? (!scripted ? url : row.via === 'snapshot' ? null : script);
  full.frame = row.frame === 'self' ? url : row.frame ?? frame;
  if (row.kind.startsWith('storage:')) full.origin = row.origin ?? `https://${host}`;
  for (const field of ['name', 'value', 'out', 'part', 'by']) full[field] = each(full[field]);
  for (const field of ['quiet', 'nobody', 'absent', 'races']) full[field] = row[field] ?? {};
  const name = full.name.chromium;
  const value = full.value.chromium;
  const attrs = full.attrs ? `; ${full.attrs}` : '';
  const usual = row.kind === 'cookie-header' ? `%NAME%=%VALUE%; Path=/; Max-Age=9000${attrs}` : `%NAME%=%VALUE%; path=/; max-age=9000${attrs}`;
  full.line = (row.line ?? (row.kind.startsWith('cookie-') ? usual : '')).replace('%NAME%', () => name).replace('%VALUE%', () => value);
  // A request that only fetches what another row's script runs is no mechanism of its own; the address is served all the same.
  const fill = (text) => text.replaceAll('%URL%', url).replaceAll('%SET%', `document.cookie='${full.line}'`)
    .replaceAll('%LINE%', `'${full.line}'`).replaceAll('%NAME%', name).replaceAll('%VALUE%', value);
  if (full.html) full.html = fill(full.html);
  if (full.js) full.js = fill(full.js);
  if (full.serve) full.serve = { host: A, type: 'text', ...full.serve, body: fill(full.serve.body) };
  return full;
}

export const rows = [resources, attributes, scripts, frames, life, storage, workers, requests].flat().map(expand);

const ids = new Set();
for (const row of rows) {
  if (ids.has(row.id)) throw new Error(`two rows are called ${row.id}`);
  ids.add(row.id);
}

export const isCookie = (row) => row.kind.startsWith('cookie-');
export const isStorage = (row) => row.kind.startsWith('storage:');

/** Every address that is asked for, with what is known of it: each is expected among the requests. */
export const addresses = (engine) => {
  const found = new Map();
  const cameFrom = new Map([...documents.values(), ...rows].filter((r) => r.to).map((r) => [r.to, r.url]));
  const add = (row, url) => {
    const known = found.get(url);
    if (known) return;
    const unnamed = row.unnamed === true || row.unnamed?.[engine] === true;
    found.set(url, { id: row.id, url, from: cameFrom.get(url), absent: row.absent[engine], races: row.races?.[engine], failed: row.failed === true, frame: row.frame, method: row.method,
      unanswered: row.unanswered === true, unnamed });
  };
  for (const row of rows) {
    if (row.kind === 'cookie-header' || row.kind === 'request' || (row.kind === 'deletion' && row.html)) add(row, row.url + (row.query ?? ''));
    if (row.serve) add({ ...row, absent: {}, frame: each(row.serve.frame ?? row.frame)[engine] }, `https://${row.serve.host}${row.serve.path}`);
  }
  for (const document of documents.values()) add({ id: `document ${document.url}`, absent: {}, frame: 'any' }, document.url);
  return [...found.values()];
};
