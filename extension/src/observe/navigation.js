// webNavigation → what the documents are (attribution) and how the main frame of a tab fares (page visits).

export class NavigationObserver {
  #api;
  #documents;
  #onMain;
  /** @type {[any, Function][]} */ #added = [];

  /**
   * @param {{api: typeof chrome, documents: import('../attribution.js').Documents,
   *   onMain: (what: 'before' | 'committed' | 'completed' | 'error', d: any) => void}} parts main-frame steps of any tab
   */
  constructor({ api, documents, onMain }) {
    this.#api = api;
    this.#documents = documents;
    this.#onMain = onMain;
  }

  start() {
    const nav = this.#api.webNavigation;
    this.#add(nav.onBeforeNavigate, (/** @type {any} */ d) => { if (d.frameId === 0) this.#onMain('before', d); });
    this.#add(nav.onCommitted, (/** @type {any} */ d) => {
      this.#documents.committed(d);
      if (d.frameId === 0) this.#onMain('committed', d);
    });
    this.#add(nav.onCompleted, (/** @type {any} */ d) => { if (d.frameId === 0) this.#onMain('completed', d); });
    this.#add(nav.onErrorOccurred, (/** @type {any} */ d) => { if (d.frameId === 0) this.#onMain('error', d); });
  }

  stop() { for (const [event, listener] of this.#added.splice(0)) event.removeListener(listener); }

  /** @param {any} event @param {Function} listener */
  #add(event, listener) {
    event.addListener(listener);
    this.#added.push([event, listener]);
  }
}
