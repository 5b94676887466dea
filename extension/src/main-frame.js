// How the main frame of a tab fares: response, commit, load, failure. Pure; times are handed in, ms.
//
// Firefox delivers webRequest and webNavigation events in any order, commits its error pages under the failed address and aborts the
// first navigation of a new tab only to begin it again (measured, ESR 153). So events only collect facts here, and verdict() weighs
// them. What both browsers keep to: an error page never fires onCompleted.

/**
 * @typedef {{url: string, status?: number, contentType?: string | null, redirect?: string | null, attachment?: boolean, error?: string}} MainInfo
 * @typedef {{pendingSince: number | null, committed: string | null, committedAt: number, loadedAt: number | null, error: string | null, errorAt: number,
 *   aborted: string | null, abortedAt: number, response: MainInfo | null, responseAt: number}} MainState
 */

/** @returns {MainState} */
const fresh = () => ({ pendingSince: null, committed: null, committedAt: 0, loadedAt: null, error: null, errorAt: 0, aborted: null, abortedAt: 0, response: null, responseAt: 0 });

const SHOWN = /^(?:text\/|application\/(?:[\w.-]+\+)?(?:xml|json)|application\/(?:pdf|javascript)|image\/|audio\/|video\/)/i;
// Given up in favour of another navigation or a download. 2152398850 is NS_BINDING_ABORTED.
const ABORTED = /ERR_ABORTED|NS_BINDING_ABORTED|2152398850/;

const ERROR_GRACE_MS = 700;       // Another attempt may follow (plain HTTP after HTTPS), or a better name for the error.
const ABORT_GRACE_MS = 1500;
const NO_RESPONSE_MS = 5000;      // Firefox shows some errors (a forbidden port) without telling anyone.
const PENDING_MOST_MS = 10_000;

/** Would the browser save this instead of showing it? @param {MainInfo} info */
export const isDownload = (info) => info.attachment === true || (!!info.contentType && !SHOWN.test(info.contentType.trim()));

/** Can text be read out of it? @param {string | null | undefined} contentType */
export const isReadable = (contentType) => !contentType || /^\s*(?:text\/(?:html|plain|markdown|xml)|application\/(?:xhtml\+xml|xml))\b/i.test(contentType);

/** Is a document of the site on the screen? @param {MainState} s */
export const isShown = (s) => s.committed !== null && (s.loadedAt !== null || (s.response !== null && s.error === null));

/**
 * @param {MainState} s @param {number} now
 * @returns {{failed: string} | 'loaded' | 'waiting'}
 */
export function verdict(s, now) {
  const pending = s.pendingSince !== null && now - s.pendingSince < PENDING_MOST_MS;
  // A download ends the navigation of a tab that goes on showing what it did (Firefox), or shows nothing.
  if (s.committed === null && s.response && isDownload(s.response) && now - s.responseAt > ABORT_GRACE_MS) return { failed: 'download' };
  if (s.loadedAt !== null && s.committed !== null) return pending ? 'waiting' : 'loaded';
  if (pending) return 'waiting';
  if (s.error !== null && now - s.errorAt > ERROR_GRACE_MS) {
    const retried = s.response !== null && s.responseAt >= s.errorAt && (s.response.status ?? 0) < 400;
    if (!retried) return { failed: s.error };
  }
  if (s.committed === null) {
    if (s.aborted !== null && now - s.abortedAt > ABORT_GRACE_MS) return { failed: s.aborted };
  } else if (s.response === null && now - s.committedAt > NO_RESPONSE_MS) {
    return { failed: 'no-response' };
  }
  return 'waiting';
}

export class MainFrames {
  /** @type {Map<number, MainState>} */ #tabs = new Map();

  /** @param {number} tab */
  reset(tab) { this.#tabs.set(tab, fresh()); }

  /** @param {number} tab @returns {MainState} */
  of(tab) {
    let state = this.#tabs.get(tab);
    if (!state) this.#tabs.set(tab, state = fresh());
    return state;
  }

  /** From webRequest. @param {number} tab @param {MainInfo} info @param {number} now */
  response(tab, info, now) {
    const state = this.of(tab);
    if (info.error !== undefined) { this.#failed(state, info.error, now); return; }
    if (info.redirect) return;
    state.response = info;
    state.responseAt = now;
  }

  /** From webNavigation. @param {'before' | 'committed' | 'completed' | 'error'} what @param {any} d @param {number} now */
  navigation(what, d, now) {
    if (/^about:blank\b/.test(d.url)) return;
    const state = this.of(d.tabId);
    switch (what) {
      case 'before': state.pendingSince = now; return;
      case 'committed': Object.assign(state, { pendingSince: null, committed: d.url, committedAt: now, loadedAt: null }); return;
      case 'completed': state.loadedAt = now; return;
      case 'error':
        state.pendingSince = null;
        this.#failed(state, String(d.error ?? 'unknown error'), now);
    }
  }

  /** @param {MainState} state @param {string} error @param {number} now */
  #failed(state, error, now) {
    if (ABORTED.test(error)) {
      state.aborted = error;
      state.abortedAt = now;
    } else if (state.error === null || /^Error code/.test(state.error)) {
      // webRequest has a name for what webNavigation only numbers in Firefox.
      state.error = error;
      state.errorAt = now;
    }
  }
}
