// webRequest.onCompleted and Firefox's resolver → host.address: where a host really is. An audit only: a person's browser is not made to
// look names up.
import { hostOf } from '../text.js';

const MOST = 2000;  // Hosts and addresses in one recording.

export class AddressObserver {
  #api;
  #firefox;
  #session;
  #scope;
  /** @type {Set<string>} */ #told = new Set();

  /** @param {{api: typeof chrome, firefox: boolean, session: import('../session.js').Session, scope: import('../scope.js').Scope}} parts */
  constructor({ api, firefox, session, scope }) {
    this.#api = api;
    this.#firefox = firefox;
    this.#session = session;
    this.#scope = scope;
  }

  /** @param {any} d details of onCompleted */
  completed(d) {
    const host = hostOf(d.url);
    if (!host || !this.#scope.wants(d)) return;
    // Firefox has the address with the headers; what it adds is the name behind the name.
    if (this.#firefox) {
      if (this.#isNew(host)) this.#resolve(host);
    } else if (typeof d.ip === 'string' && d.ip !== '' && this.#isNew(`${host} ${d.ip}`)) {
      this.#session.emit('host.address', { host, ip: d.ip, canonical: null }, { t: d.timeStamp });
    }
  }

  /** @param {string} key */
  #isNew(key) {
    if (this.#told.has(key) || this.#told.size >= MOST) return false;
    this.#told.add(key);
    return true;
  }

  /** @param {string} host */
  async #resolve(host) {
    const found = await /** @type {any} */ (this.#api).dns?.resolve(host, ['canonical_name']).catch(() => null);
    const canonical = found?.canonicalName;
    if (typeof canonical === 'string' && canonical !== '' && canonical !== host) this.#session.emit('host.address', { host, ip: null, canonical });
  }
}
