// cookies.onChanged and snapshots of the jar → cookie.change, cookie.jar, cookie.jar.done.
import { headerText } from './set-cookie.js';

/** @type {Record<string, string>} */
const SAME_SITE = { no_restriction: 'none', none: 'none', lax: 'lax', strict: 'strict' };

/** A cookie's fields in the protocol's names. Firefox gives one character per byte of a name. @param {any} c cookies.Cookie @param {boolean} firefox */
export function cookieFields(c, firefox) {
  return {
    name: headerText({ value: c.name }, firefox).text, value: c.value, domain: c.domain, host_only: c.hostOnly === true, path: c.path ?? '/', secure: c.secure === true,
    http_only: c.httpOnly === true, same_site: SAME_SITE[c.sameSite] ?? 'unset', session: c.session === true,
    expires_ms: c.session || c.expirationDate === undefined ? null : Math.round(c.expirationDate * 1000),
    partition_key: c.partitionKey?.topLevelSite || null, store: String(c.storeId),
  };
}

export class CookieObserver {
  #api;
  #session;
  #scope;
  #firefox;
  /** @type {(change: any) => void} */ #listener;

  /** @param {{api: typeof chrome, firefox: boolean, session: import('../session.js').Session, scope: import('../scope.js').Scope}} parts */
  constructor({ api, firefox, session, scope }) {
    this.#firefox = firefox;
    this.#api = api;
    this.#session = session;
    this.#scope = scope;
    this.#listener = (change) => {
      if (!this.#scope.wantsCookie(change.cookie)) return;
      this.#session.emit('cookie.change', { cause: change.cause, removed: change.removed, ...cookieFields(change.cookie, this.#firefox) });
    };
  }

  start() { this.#api.cookies.onChanged.addListener(this.#listener); }
  stop() { this.#api.cookies.onChanged.removeListener(this.#listener); }

  /** The whole jar, partitioned cookies included (getAll({}) alone omits them). @returns {Promise<any[]>} */
  async jar() {
    const all = await this.#api.cookies.getAll(/** @type {any} */ ({ partitionKey: {} }));
    return all.filter((cookie) => this.#scope.wantsCookie(/** @type {any} */ (cookie)));
  }

  /** @param {'start' | 'final'} when @param {any[]} jar */
  emitJar(when, jar) {
    for (const cookie of jar) this.#session.emit('cookie.jar', { when, ...cookieFields(cookie, this.#firefox) });
    this.#session.emit('cookie.jar.done', { when, count: jar.length });
  }
}
