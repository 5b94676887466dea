// The queue's copy in storage.session, which outlives a background that is stopped (not the browser). A write costs the
// browser far more than an event does, so in a burst (a page loads) what has come up within WRITE_DELAY_MS is written together; an
// event after a lull is written at once. When the browser's quota (10 MB) is full, events are held in memory only, and `incomplete` says so.

const EVENT = 'e:';
const STATE = 'state';
const LAST = 'lastQ';
const WRITE_DELAY_MS = 25;

export class WriteAhead {
  #area;
  /** @type {Map<string, any>} */ #puts = new Map();
  /** @type {Set<string>} */ #removes = new Set();
  #scheduled = false;
  #written = 0;  // When, ms.
  incomplete = false;

  /** @param {chrome.storage.StorageArea} area */
  constructor(area) { this.#area = area; }

  /** @param {import('./queue.js').QueuedEvent[]} events */
  put(events) {
    for (const event of events) {
      this.#puts.set(EVENT + event.q, event);
      this.#removes.delete(EVENT + event.q);
      this.#puts.set(LAST, event.q);
    }
    this.#schedule();
  }

  /** @param {number[]} qs */
  remove(qs) {
    for (const q of qs) {
      this.#puts.delete(EVENT + q);
      this.#removes.add(EVENT + q);
    }
    this.#schedule();
  }

  /** What the recording is about, for the next background. @param {any} state plain data, or null */
  saveState(state) {
    this.#puts.set(STATE, state);
    this.#schedule();
  }

  #schedule() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    const due = this.#written + WRITE_DELAY_MS - Date.now();
    if (due > 0 && due <= WRITE_DELAY_MS) setTimeout(() => this.#write(), due);
    else queueMicrotask(() => this.#write());
  }

  #write() {
    this.#scheduled = false;
    this.#written = Date.now();
    const puts = Object.fromEntries(this.#puts);
    const removes = [...this.#removes];
    this.#puts.clear();
    this.#removes.clear();
    if (removes.length > 0) this.#area.remove(removes).catch(() => {});
    if (Object.keys(puts).length > 0) this.#area.set(puts).catch(() => { this.incomplete = true; });
  }

  /** @returns {Promise<{state: any, events: import('./queue.js').QueuedEvent[], lastQ: number}>} */
  async load() {
    const all = await this.#area.get(null);
    const events = Object.entries(all).filter(([key]) => key.startsWith(EVENT)).map(([, event]) => event);
    return { state: all[STATE] ?? null, events: /** @type {any} */ (events), lastQ: all[LAST] ?? 0 };
  }

  async clear() {
    this.#puts.clear();
    this.#removes.clear();
    await this.#area.clear();
  }
}
