// From a visited policy address to policy.page: what was there, and its text as blocks.
import { captureBlocks } from './policy-capture.js';
import { isReadable } from './main-frame.js';
import { hostOf } from './text.js';

const CAPTURE_MS = 30_000;
const FRAME_MS = 3_000;  // Some frames never answer (measured, Chromium): each is asked apart, so that none takes the others' words away.
const SHORT = 600;   // Characters: a page with less text may hold its policy in a frame.

/** @typedef {{url: string, title: string | null, lang: string | null, contentType: string, blocks: any[], truncated: boolean}} Capture */

/**
 * @param {typeof chrome} api @param {number} tab @param {(...args: any[]) => any} func
 * @param {boolean | number[]} [frames] all of them (true), these, or the page's own @param {any[]} [args]
 * @returns {Promise<{frameId: number, result: any}[]>} empty when the page does not answer in time
 */
export async function runInPage(api, tab, func, frames = false, args = []) {
  const there = frames === true ? (await api.webNavigation.getAllFrames({ tabId: tab }).catch(() => null)) ?? [] : [];
  const ids = Array.isArray(frames) ? frames : [0, ...there.map((f) => f.frameId).filter((id) => id !== 0)];
  const answers = await Promise.all(ids.map((id) => Promise.race([
    api.scripting.executeScript({ target: { tabId: tab, frameIds: [id] }, func, args }).catch(() => []),
    new Promise((resolve) => setTimeout(() => resolve([]), id === 0 ? CAPTURE_MS : FRAME_MS)),
  ])));
  return (/** @type {any[]} */ (answers.flat())).filter((r) => r?.result).sort((a, b) => a.frameId - b.frameId);
}

/** @param {any[]} blocks */
const sizeOf = (blocks) => blocks.reduce((n, b) => n + b.text.length, 0);

/** @param {typeof chrome} api @param {number} tab @returns {Promise<Capture | null>} */
async function capture(api, tab) {
  const main = /** @type {Capture | undefined} */ ((await runInPage(api, tab, captureBlocks))[0]?.result);
  if (!main) return null;
  if (sizeOf(main.blocks) >= SHORT) return main;
  const frames = (await runInPage(api, tab, captureBlocks, true)).filter((r) => r.frameId !== 0 && sizeOf(r.result.blocks) >= SHORT);
  return frames.length === 0 ? main : { ...main, blocks: [main, ...frames.map((r) => r.result)].flatMap((c, i) => renumber(c.blocks, i)) };
}

/** Lists and tables of one frame stay apart from another's. @param {any[]} blocks @param {number} frame */
function renumber(blocks, frame) {
  const shift = frame * 10_000;
  return blocks.map((b) => ({ ...b, ...('list' in b ? { list: b.list + shift } : {}), ...('table' in b ? { table: b.table + shift } : {}) }));
}

/**
 * @param {{api: typeof chrome, session: import('./session.js').Session, tab: number, visit: import('./page-visit.js').Visit, kind: string,
 *   linkText: string | null, requested: string}} parts
 * @returns {Promise<string>} the result as recorded
 */
export async function recordPolicy({ api, session, tab, visit, kind, linkText, requested }) {
  const base = { url: visit.url, host: hostOf(visit.url) ?? hostOf(requested) ?? '', kind, status: visit.status || null, content_type: visit.contentType, link_text: linkText };
  /** @param {string} result @param {object} [more] @param {any} [options] */
  const emit = (result, more = {}, options = {}) => {
    session.emit('policy.page', { title: null, language: null, ...base, ...more, result }, options);
    return result;
  };
  if (visit.status !== null && visit.status >= 400) return emit('error-status');
  if (visit.contentType !== null && !isReadable(visit.contentType)) return emit('not-html');
  if (visit.error === 'download') return emit('not-html');
  if (!visit.shown) return emit('failed');
  const got = await capture(api, tab);
  if (!got) return emit('failed');
  const { title, lang, blocks, truncated } = got;
  if (blocks.length === 0) return emit('empty', { title, language: lang });
  if (truncated) session.note('policy-cut', `${visit.url}: only the first ${blocks.length} blocks were kept`);
  const text = JSON.stringify({ v: 1, url: visit.url, title: title ?? '', lang: lang ?? '', blocks }).replace(/\\ud[89a-f][0-9a-f]{2}/gi, '\uFFFD');
  return emit('captured', { title, language: lang }, { x: { type: 'application/vnd.affiant.blocks+json', text } });
}
