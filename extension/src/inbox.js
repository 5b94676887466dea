// Messages of the content scripts. Listened to from the first tick, so that one of them can wake a stopped background; kept until
// it is known who wants them.

const MOST_KEPT = 500;

export class Inbox {
  #api;
  /** @type {((message: any, sender: any) => void) | null} */ #handler = null;
  /** @type {[any, any][] | null} null: nobody will want them */ #kept = [];

  /** @param {typeof chrome} api */
  constructor(api) { this.#api = api; }

  listen() {
    this.#api.runtime.onMessage.addListener((message, sender) => {
      if (sender.id !== this.#api.runtime.id || message?.affiant !== 'records') return;
      if (this.#handler) this.#handler(message, sender);
      else if (this.#kept && this.#kept.length < MOST_KEPT) this.#kept.push([message, sender]);
    });
  }

  /** @param {(message: any, sender: any) => void} handler */
  attach(handler) {
    this.#handler = handler;
    const kept = this.#kept ?? [];
    this.#kept = null;
    for (const [message, sender] of kept) handler(message, sender);
  }

  detach() { this.#handler = null; }

  /** No recording is going on: what comes is of no use. */
  nobody() { this.#kept = null; }
}
