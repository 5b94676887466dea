// Holds the table against what the browser itself says (no extension of ours) and what the server was asked. Every line that comes
// back is a disagreement: then the oracle is right and the table wrong.
import { addresses, isCookie, isStorage, rows } from './table.mjs';

const bare = (url) => url.replace(/#.*$/, '');
// Reasons that are the browser's own policy; the others are the standard's.
const POLICY = /^(?:UserPreferences|ThirdParty)/;

/**
 * @param {'chromium' | 'firefox'} engine @param {import('./oracle-chromium.mjs').Seen & {log: {url: string, method: string, cookie: string}[]}} seen
 * @returns {string[]} disagreements
 */
export function checkTable(engine, seen) {
  const wrong = [];
  for (const row of rows) {
    const say = (text) => wrong.push(`${row.id} (${row.kind}): ${text}`);
    if (row.absent[engine] || row.races[engine]) continue;
    if (isCookie(row)) checkCookie(engine, seen, row, say);
    if (isStorage(row)) checkStorage(seen, row, say);
  }
  for (const address of addresses(engine)) checkAddress(seen, address, (text) => wrong.push(`${address.id}: ${text}`));
  return wrong;
}

function checkCookie(engine, seen, row, say) {
  const name = row.name[engine];
  const value = row.value[engine];
  const out = row.out[engine];
  const here = seen.jar.filter((c) => c.name === name && (row.domain === '*' || c.domain === row.domain));
  const mine = here.filter((c) => c.value === value);
  // A browser without a name for the cookie sends the value alone.
  const sent = seen.log.some(({ cookie }) => `; ${cookie};`.includes(`; ${name === '' ? value : `${name}=${value}`};`));
  const reasons = seen.refusals?.get(row.line) ?? [];
  switch (out) {
    case 'stored':
      if (row.fades) { if (mine.length > 0) say('should have run out by now'); break; }
      if (mine.length === 0) say(`not in the jar (${reasons.join(', ') || 'no reason known'}); there: ${JSON.stringify(here)}`);
      else if (mine[0].partitioned !== row.part[engine]) say(`is ${mine[0].partitioned ? '' : 'not '}partitioned`);
      break;
    case 'replaced':
      if (mine.length > 0 || here.length === 0) say(`nothing else took its place: ${JSON.stringify(here)}`);
      if (!sent && !row.unsent) say('was never sent back, so never stored');
      break;
    case 'deleted':
      if (here.length > 0) say('is still in the jar');
      if (!sent && !row.unsent) say('was never sent back, so never stored');
      break;
    default:
      if (mine.length > 0) say('is in the jar after all');
      if (sent) say('was sent back, so it was stored');
      if (reasons.length > 0 && reasons.every((r) => POLICY.test(r)) !== (out === 'blocked')) say(`the browser's reason: ${reasons.join(', ')}`);
  }
}

function checkStorage(seen, row, say) {
  const items = seen.storage.filter((item) => item.kind === row.kind.slice('storage:'.length) && item.key === row.key && item.origin.replace(/\/$/, '') === row.origin);
  // An event of the protocol says that an item came; what is looked at when a page is done says what stayed.
  if (row.out.chromium === 'stored' && items.length === 0) say('was never there');
  if (row.out.chromium === 'deleted' && items.some((item) => !item.event)) say('is still there');
}

function checkAddress(seen, address, say) {
  const asked = seen.log.filter(({ url }) => bare(url) === bare(address.url).replace(/^wss:/, 'https:'));
  const known = seen.requests.get(address.url);
  if (address.absent) {
    if (asked.length > 0) say(`was asked for all the same, though: ${address.absent}`);
    return;
  }
  if (address.races && asked.length === 0) return;
  if (address.failed) {
    if (!known && !address.unnamed) say('nothing failed');
    return;
  }
  if (asked.length === 0) say('the server was never asked');
  if (!known && !address.unnamed) say('the browser does not name the request');
}
