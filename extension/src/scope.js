// What belongs to the recording. An audit owns its browser: everything but our own requests. In a person's browser: one tab, the
// frames in it, and workers of origins seen there; a navigation that would leave the site is held back until it is known to stay.
import { hostOf, originOf, sameSite } from './text.js';

const OURS = /^(?:chrome|moz)-extension:/;

/** @typedef {{origins: string[], hosts: string[]}} Seen */

export class Scope {
  /** @type {number | null} null: every tab */ #tab;
  /** @type {string | null} */ #siteHost;
  /** @type {Set<string>} */ #origins = new Set();
  /** @type {Set<string>} */ #hosts = new Set();
  /** @type {(() => void)[]} */ #held = [];

  #onSeen;

  /**
   * @param {{tab?: number | null, siteUrl?: string | null, seen?: Seen | null, onSeen?: () => void}} [one] for a person's browser: the tab
   *   and the site; what an earlier background had seen; told when there is more
   */
  constructor({ tab = null, siteUrl = null, seen = null, onSeen = () => {} } = {}) {
    this.#tab = tab;
    this.#siteHost = hostOf(siteUrl);
    this.#onSeen = onSeen;
    for (const origin of seen?.origins ?? []) this.#origins.add(origin);
    for (const host of seen?.hosts ?? []) this.#hosts.add(host);
  }

  /** @returns {Seen} */
  get seen() { return { origins: [...this.#origins], hosts: [...this.#hosts] }; }
  get everything() { return this.#tab === null; }

  /** @param {any} d details of a webRequest event */
  wants(d) {
    if (d.incognito) return false;
    const initiator = d.originUrl ?? d.initiator ?? null;
    // A plan's navigations are started by us, and are the page's all the same.
    if (initiator && OURS.test(initiator) && d.type !== 'main_frame') return false;
    // Without an initiator and outside any tab it is the browser's own business (updates, sign-in).
    if (d.tabId < 0 && !initiator && !d.documentUrl) return false;
    if (this.#tab === null) return true;
    if (d.tabId >= 0) return d.tabId === this.#tab;
    return this.#origins.has(originOf(initiator ?? d.documentUrl) ?? '');
  }

  /** @param {any} d @param {() => void} write */
  record(d, write) {
    if (this.#tab === null) return write();
    if (d.type === 'main_frame' && !sameSite(hostOf(d.url), this.#siteHost)) {
      if (this.#held.length < 50) this.#held.push(write);
      return;
    }
    const before = this.#origins.size + this.#hosts.size;
    const origin = originOf(d.url);
    if (origin && (d.type === 'main_frame' || d.type === 'sub_frame')) this.#origins.add(origin);
    const host = hostOf(d.url);
    if (host) this.#hosts.add(host);
    if (this.#origins.size + this.#hosts.size > before) this.#onSeen();
    write();
  }

  /** The recorded tab shows another document. @param {string} url @returns {boolean} whether it is still the site */
  stays(url) {
    const held = this.#held.splice(0);
    if (this.#tab === null) return true;
    const stays = sameSite(hostOf(url), this.#siteHost);
    if (stays) held.forEach((write) => write());
    return stays;
  }

  /** @param {number | undefined} tab */
  wantsTab(tab) { return tab !== undefined && (this.#tab === null || this.#tab === tab); }

  /** @param {{domain: string, partitionKey?: {topLevelSite?: string}}} cookie */
  wantsCookie(cookie) {
    if (this.#tab === null) return true;
    const top = hostOf(cookie.partitionKey?.topLevelSite);
    if (top) return sameSite(top, this.#siteHost);
    const domain = cookie.domain.replace(/^\./, '');
    if (sameSite(domain, this.#siteHost)) return true;
    for (const host of this.#hosts) if (host === domain || host.endsWith(`.${domain}`)) return true;
    return false;
  }
}
