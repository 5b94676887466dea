// One page of a plan: navigate, wait until it is loaded and quiet, or failed, or out of time.
import { isDownload, isReadable, isShown, verdict } from './main-frame.js';
import { hostOf } from './text.js';

const POLL_MS = 50;

/** @typedef {{result: 'loaded' | 'failed' | 'timeout', url: string, status: number | null, contentType: string | null, error: string | null, quiet: boolean,
 *   shown: boolean}} Visit shown: a document of the address is in the tab */

/**
 * @param {{api: typeof chrome, session: import('./session.js').Session, frames: import('./main-frame.js').MainFrames, activity: import('./activity.js').Activity,
 *   tab: number, url: string, role: 'site' | 'further' | 'policy', page: number, quietMs: number, timeoutMs: number, alive: () => boolean,
 *   beforeDone?: () => Promise<void>}} parts beforeDone: what else belongs to the page before it counts as done
 * @returns {Promise<Visit>}
 */
export async function visitPage({ api, session, frames, activity, tab, url, role, page, quietMs, timeoutMs, alive, beforeDone = async () => {} }) {
  const start = Date.now();
  session.emit('page.start', { page, role, url, host: hostOf(url) ?? '' });
  frames.reset(tab);
  activity.reset();
  /** @type {{result: 'loaded' | 'failed' | 'timeout', error: string | null, quiet: boolean}} */
  let end;
  try {
    await api.tabs.update(tab, { url });
    end = await watch({ frames, activity, tab, role, quietMs, timeoutMs, start, alive });
  } catch (error) {
    end = { result: 'failed', error: String(error), quiet: false };
  }
  const state = frames.of(tab);
  // No content script runs in a viewer of PDFs or images: it has nothing to say.
  if (end.result !== 'failed' && alive() && isReadable(state.response?.contentType)) await beforeDone();
  const visit = {
    ...end, shown: end.result !== 'failed' && isShown(state), url: state.committed ?? state.response?.url ?? url, status: state.response?.status ?? null, contentType: state.response?.contentType ?? null,
  };
  session.emit('page.done', {
    page, role, url: visit.url, host: hostOf(visit.url), result: visit.result, status: visit.status || null, error: visit.error, quiet: visit.quiet,
    elapsed_ms: Date.now() - start,
  });
  return visit;
}

/**
 * @param {{frames: import('./main-frame.js').MainFrames, activity: import('./activity.js').Activity, tab: number, role: string, quietMs: number,
 *   timeoutMs: number, start: number, alive: () => boolean}} parts
 * @returns {Promise<{result: 'loaded' | 'failed' | 'timeout', error: string | null, quiet: boolean}>}
 */
async function watch({ frames, activity, tab, role, quietMs, timeoutMs, start, alive }) {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    const now = Date.now();
    const s = frames.of(tab);
    // Chromium closes a tab that was opened only to become a download.
    if (!alive()) return { result: 'failed', error: s.response && isDownload(s.response) ? 'download' : 'tab-closed', quiet: false };
    // Nothing of a policy that cannot be read as text is waited for; a download never commits.
    if (role === 'policy' && s.response && !isReadable(s.response.contentType)) return { result: 'loaded', error: null, quiet: false };
    const so = verdict(s, now);
    if (typeof so === 'object') return { result: 'failed', error: so.failed, quiet: false };
    if (so === 'loaded' && s.loadedAt !== null && now - s.loadedAt >= quietMs && activity.quietFor(now, quietMs) >= quietMs) return { result: 'loaded', error: null, quiet: true };
    if (now - start > timeoutMs) return { result: s.loadedAt !== null ? 'loaded' : 'timeout', error: null, quiet: false };
  }
}
