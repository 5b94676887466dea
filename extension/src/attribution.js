// Who did it: stacks, documents, redirect hops. Pure; nothing is guessed, what is not known is null.
import { hostOf } from './text.js';

const URL_AT = /((?:https?|wss?|file|blob|data|ftp|about):[^\s]*?)(?: line (\d+) > [^:]+)?:(\d+):(\d+)\)?$/;
const OURS = /(?:chrome|moz)-extension:\/\//;

/**
 * Frames of an Error.stack as `url:line:column`, the innermost first, without our own. For evaluated code the frame names the
 * script that called eval. Understands V8's and SpiderMonkey's form.
 * @param {string} stack
 * @returns {string[]}
 */
export function parseStack(stack) {
  const frames = [];
  for (const raw of stack.split('\n', 200)) {
    const line = raw.trim();
    if (line.length === 0 || line.length > 8192 || OURS.test(line)) continue;
    const frame = frameOf(line);
    if (frame) frames.push(frame);
    if (frames.length === 32) break;
  }
  return frames;
}

/** @param {string} line */
function frameOf(line) {
  // V8: "at f (eval at g (https://a/x.js:1:2), <anonymous>:3:4)": the innermost URL is the one that exists.
  const evalAt = line.lastIndexOf('eval at ');
  if (line.startsWith('at ') && evalAt >= 0) {
    const inner = /\(((?:https?|file|blob|data):[^()\s]*:\d+:\d+)\)/.exec(line.slice(evalAt));
    return inner?.[1] ?? null;
  }
  // V8: "at f (URL:1:2)" or "at URL:1:2". SpiderMonkey: "f@URL:1:2", "f@URL line 3 > eval:1:1".
  const text = line.startsWith('at ') ? line.slice(3) : line.slice(line.indexOf('@') + 1);
  const start = text.search(/(?:https?|wss?|file|blob|data|ftp|about):/);
  if (start < 0) return null;
  const match = URL_AT.exec(text.slice(start));
  if (!match) return null;
  // SpiderMonkey counts inside the evaluated text; the line that exists is the one that called eval, its column is not told.
  return match[2] ? `${match[1]}:${match[2]}:0` : `${match[1]}:${match[3]}:${match[4]}`;
}

/** The script on top of a parsed stack. @param {string[]} frames @returns {{script_url: string | null, script_host: string | null}} */
export function scriptOf(frames) {
  const url = frames[0]?.replace(/:\d+:\d+$/, '') ?? null;
  return { script_url: url, script_host: hostOf(url) };
}

/** Number of the hop within a request id: redirects and authentication rounds use one id again. */
export class Hops {
  /** @type {Map<string, number>} */ #next = new Map();

  /** @param {string} rid @param {boolean} goesOn another response with this id is to be expected */
  take(rid, goesOn) {
    const hop = this.#next.get(rid) ?? 0;
    this.#next.delete(rid);
    if (goesOn) {
      this.#next.set(rid, hop + 1);
      if (this.#next.size > 2000) this.#next.delete(/** @type {string} */ (this.#next.keys().next().value));
    }
    return hop;
  }
}

/** @typedef {{tab: number, frame: number, top: string | null, top_host: string | null, frame_url: string | null, frame_host: string | null}} Place */

/** The documents that are or were in the tabs, by the browser's own document id where it has one. */
export class Documents {
  /** @type {Map<string, {tab: number, frame: number, url: string, top: string | null}>} */ #byId = new Map();
  /** @type {Map<string, string>} */ #current = new Map();
  /** @type {Map<number, string>} */ #top = new Map();

  /** A main-frame response that is no redirect: requests of the new document may come before its commit is told. @param {number} tab @param {string} url */
  arriving(tab, url) { this.#top.set(tab, url); }

  /** @param {{tabId: number, frameId: number, url: string, documentId?: string}} d of webNavigation.onCommitted */
  committed(d) {
    if (d.frameId === 0) {
      this.#top.set(d.tabId, d.url);
      for (const key of this.#current.keys()) if (key.startsWith(`${d.tabId}/`)) this.#current.delete(key);
    }
    this.#current.set(`${d.tabId}/${d.frameId}`, d.url);
    if (!d.documentId) return;
    this.#byId.set(d.documentId, { tab: d.tabId, frame: d.frameId, url: d.url, top: this.#top.get(d.tabId) ?? null });
    if (this.#byId.size > 5000) this.#byId.delete(/** @type {string} */ (this.#byId.keys().next().value));
  }

  /** @param {number} tab */
  topOf(tab) { return this.#top.get(tab) ?? null; }

  /**
   * Where a script of a document ran, told by its content script.
   * @param {number} tab @param {number} frame @param {string} url of the document @param {string | null} origin that it has or inherits
   * @param {string} [documentId]
   * @returns {Place}
   */
  placeOfScript(tab, frame, url, origin, documentId) {
    const known = documentId ? this.#byId.get(documentId) : undefined;
    const top = frame === 0 ? url : known?.top ?? this.#top.get(tab) ?? null;
    return { tab, frame, top, top_host: hostOf(top), frame_url: url, frame_host: hostOf(url) ?? hostOf(origin) };
  }

  /**
   * Where a request belongs. A navigation belongs to the document that it brings.
   * @param {any} d details of a webRequest event; Firefox also has documentUrl and frameAncestors
   * @returns {Place}
   */
  placeOfRequest(d) {
    const tab = d.tabId;
    const frame = d.frameId;
    let top = null;
    let url = null;
    if (d.type === 'main_frame') {
      top = url = d.url;
    } else if (tab >= 0) {
      const known = this.#byId.get(d.documentId ?? '');
      const ancestors = d.frameAncestors;
      if (Array.isArray(ancestors)) top = ancestors.length > 0 ? ancestors[ancestors.length - 1].url : frame === 0 ? d.documentUrl : null;
      top ??= known?.top ?? this.#byId.get(d.parentDocumentId ?? '')?.top ?? this.#top.get(tab) ?? null;
      // Chromium asks for an <object> in the name of the frame that it may become: it belongs to the document that holds it.
      const holder = d.type === 'object' ? this.#byId.get(d.parentDocumentId ?? '')?.url : undefined;
      url = d.type === 'sub_frame' ? d.url : d.documentUrl ?? known?.url ?? holder ?? this.#current.get(`${tab}/${frame}`) ?? (frame === 0 ? top : null);
    }
    return { tab, frame, top, top_host: hostOf(top), frame_url: url, frame_host: hostOf(url) };
  }
}
