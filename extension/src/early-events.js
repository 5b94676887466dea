// The browser's events from the first tick of the background. A background that was stopped within a recording is woken by one of
// them, and the browser hands over what has happened meanwhile only to listeners that are there at once, long before storage has
// said whether a recording goes on. So they are held here until that is known, then told in their order or thrown away.
import { ALL, headersExtra } from './observe/requests.js';

const MOST_HELD = 20_000;  // Storage answers within milliseconds; this is for the day when it does not.

/** Stands for one event of the browser. */
class HeldEvent {
  #event;
  #hold;
  /** @type {((d: any) => void) | null} ours, while it is registered */ #native = null;
  /** @type {((d: any) => void) | null} */ handler = null;

  /** @param {any} event @param {(event: HeldEvent, d: any) => void} hold */
  constructor(event, hold) {
    this.#event = event;
    this.#hold = hold;
  }

  /** @param {any[]} args */
  listen(args) {
    this.#native = (d) => this.#hold(this, d);
    this.#event.addListener(this.#native, ...args);
  }

  /** @param {(d: any) => void} listener @param {any[]} args the same as those of listen() */
  addListener(listener, ...args) {
    if (this.#native) this.handler = listener;
    else this.#event.addListener(listener, ...args);
  }

  /** @param {(d: any) => void} listener */
  removeListener(listener) {
    if (this.handler === listener) this.drop();
    else this.#event.removeListener(listener);
  }

  drop() {
    if (this.#native) this.#event.removeListener(this.#native);
    this.#native = this.handler = null;
  }
}

export class EarlyEvents {
  /** @type {[HeldEvent, any][] | null} null: nothing is held any more */ #held = [];
  /** @type {[HeldEvent, any[]][]} */ #events = [];
  #lost = 0;
  /** What the observers use in place of the browser's API. @type {any} */ api;

  /** @param {typeof chrome} api @param {boolean} firefox */
  constructor(api, firefox) {
    const of = (/** @type {any} */ event, /** @type {any[]} */ ...args) => {
      const held = new HeldEvent(event, (self, d) => {
        if (!this.#held) self.handler?.(d);
        else if (this.#held.length < MOST_HELD) this.#held.push([self, d]);
        else this.#lost++;
      });
      this.#events.push([held, args]);
      return held;
    };
    const { webRequest: web, webNavigation: nav, cookies } = api;
    this.api = {
      webRequest: { onHeadersReceived: of(web.onHeadersReceived, ALL, headersExtra(firefox)), onErrorOccurred: of(web.onErrorOccurred, ALL), onBeforeRequest: web.onBeforeRequest, onBeforeRedirect: web.onBeforeRedirect, onCompleted: web.onCompleted },
      webNavigation: { onBeforeNavigate: of(nav.onBeforeNavigate), onCommitted: of(nav.onCommitted), onCompleted: of(nav.onCompleted), onErrorOccurred: of(nav.onErrorOccurred) },
      cookies: { onChanged: of(cookies.onChanged), getAll: (/** @type {any} */ query) => cookies.getAll(query) },
    };
  }

  listen() { for (const [event, args] of this.#events) event.listen(args); }

  /** Everybody who wants to know has subscribed: what was held is told, what comes goes through. @returns {number} events that were too many to hold */
  release() {
    const held = this.#held ?? [];
    this.#held = null;
    for (const [event, d] of held) event.handler?.(d);
    return this.#lost;
  }

  /** No recording is going on: nothing of the web is listened to. */
  drop() {
    this.#held = null;
    for (const [event] of this.#events) event.drop();
  }
}
