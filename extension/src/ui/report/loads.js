// Who loads whom: site -> what asked -> third party -> its owner, as far as the browser says who asked. Pure.
import { hostOf } from './words.js';

/** @typedef {{from: string, to: string, owner: string, tracker: boolean, requests: number, entries: number[]}} Load */

/** One row for each pair of who asked and who was asked, the most requests first. @param {any} report @returns {Load[]} */
export function loads(report) {
  const site = hostOf(report.site);
  const own = new Set(report.requests.filter((/** @type {any} */ r) => r.party === 'first').map((/** @type {any} */ r) => r.host));
  /** @type {Map<string, Load>} */
  const found = new Map();
  for (const r of report.requests) {
    if (r.party !== 'third') continue;
    const asked = hostOf(r.redirected_from) || hostOf(r.initiator?.[0]) || hostOf(r.frame) || site;
    const from = own.has(asked) || asked === site ? site : asked;
    const key = `${from} ${r.host}`;
    /** @type {Load} */
    const load = found.get(key) ?? { from, to: r.host, owner: r.owner ?? '', tracker: false, requests: 0, entries: [] };
    load.requests += 1;
    load.tracker ||= r.tracker !== null;
    load.entries.push(...r.entries);
    found.set(key, load);
  }
  return [...found.values()].sort((a, b) => b.requests - a.requests || (a.to < b.to ? -1 : 1));
}

/** @typedef {{id: string, column: number, name: string, tracker: boolean, asked: number}} GraphNode */

/**
 * The rows as a graph of four columns; what is beyond `most` hosts or owners is one node.
 * @param {Load[]} rows @param {string} site @param {number} most @param {{more: string, nobody: string}} names
 * @returns {{nodes: GraphNode[], links: {source: string, target: string, value: number}[]}}
 */
export function graphOf(rows, site, most, names) {
  const keep = (/** @type {(row: Load) => string} */ of) => {
    /** @type {Map<string, number>} */
    const sums = new Map();
    for (const row of rows) sums.set(of(row), (sums.get(of(row)) ?? 0) + row.requests);
    return new Set([...sums].sort((a, b) => b[1] - a[1]).slice(0, most).map(([name]) => name));
  };
  const hosts = keep((row) => row.to);
  const askers = keep((row) => row.from);
  const owners = keep((row) => row.owner);
  /** @type {Map<string, GraphNode>} */
  const nodes = new Map();
  /** @type {Map<string, {source: string, target: string, value: number}>} */
  const links = new Map();
  const node = (/** @type {number} */ column, /** @type {string} */ name, tracker = false) => {
    const id = `${column} ${name}`;
    const there = nodes.get(id) ?? { id, column, name, tracker: false, asked: 0 };
    there.tracker ||= tracker;
    nodes.set(id, there);
    return id;
  };
  const link = (/** @type {string} */ source, /** @type {string} */ target, /** @type {number} */ value) => {
    const there = links.get(`${source}\n${target}`) ?? { source, target, value: 0 };
    there.value += value;
    links.set(`${source}\n${target}`, there);
  };
  const root = node(0, site);
  for (const row of rows) {
    const host = node(2, hosts.has(row.to) ? row.to : names.more, row.tracker);
    const owner = node(3, row.owner === '' ? names.nobody : owners.has(row.owner) ? row.owner : names.more);
    const asker = row.from === site ? root : node(1, askers.has(row.from) ? row.from : names.more);
    if (asker !== root) link(root, asker, row.requests);
    link(asker, host, row.requests);
    link(host, owner, row.requests);
  }
  return { nodes: [...nodes.values()], links: [...links.values()] };
}
