// The queue's copy in storage.session, which outlives a background that is stopped (not the browser). A write costs the browser far
// more than an event does, and a string far less than an object of many parts: so what has come up within WRITE_DELAY_MS of a burst
// (a page loads) is one piece of JSON; an event after a lull is written at once. When the browser's quota (10 MB) is full, events are
// held in memory only, and `incomplete` says so.

const PIECE = 'e:';
const STATE = 'state';
const LAST = 'lastQ';
const WRITE_DELAY_MS = 25;

/** @typedef {import('./queue.js').QueuedEvent} QueuedEvent */

export class WriteAhead {
  #area;
  /** @type {Map<number, QueuedEvent>} not written yet, by q */ #events = new Map();
  /** @type {Map<string, any>} */ #puts = new Map();
  /** @type {Set<string>} */ #removes = new Set();
  /** @type {Map<number, string>} where each event is */ #pieceOf = new Map();
  /** @type {Map<string, number>} how many of a piece are still wanted */ #wanted = new Map();
  #pieces = 0;
  #prefix = `${PIECE}${Date.now().toString(36)}.`;  // Those of an earlier background are not to be written over.
  #scheduled = false;
  #written = 0;  // When, ms.
  incomplete = false;

  /** @param {chrome.storage.StorageArea} area */
  constructor(area) { this.#area = area; }

  /** @param {QueuedEvent[]} events */
  put(events) {
    for (const event of events) {
      this.#forget(event.q);
      this.#events.set(event.q, event);
      this.#puts.set(LAST, event.q);
    }
    this.#schedule();
  }

  /** @param {number[]} qs */
  remove(qs) {
    for (const q of qs) this.#forget(q);
    this.#schedule();
  }

  /** A piece goes when none of its events is wanted any more. @param {number} q */
  #forget(q) {
    this.#events.delete(q);
    const piece = this.#pieceOf.get(q);
    if (piece === undefined) return;
    this.#pieceOf.delete(q);
    const left = (this.#wanted.get(piece) ?? 1) - 1;
    this.#wanted.set(piece, left);
    if (left > 0) return;
    this.#wanted.delete(piece);
    this.#removes.add(piece);
  }

  /** @param {string} piece @param {QueuedEvent[]} events */
  #keep(piece, events) {
    for (const { q } of events) this.#pieceOf.set(q, piece);
    this.#wanted.set(piece, events.length);
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
    if (this.#events.size > 0) {
      const events = [...this.#events.values()];
      const piece = `${this.#prefix}${this.#pieces++}`;
      this.#keep(piece, events);
      this.#puts.set(piece, JSON.stringify(events));
      this.#events.clear();
    }
    const removes = [...this.#removes];
    const puts = Object.fromEntries(this.#puts);
    this.#puts.clear();
    this.#removes.clear();
    // First what goes: an event that was numbered anew must never be found under both numbers.
    if (removes.length > 0) this.#area.remove(removes).catch(() => {});
    if (Object.keys(puts).length > 0) this.#area.set(puts).catch(() => { this.incomplete = true; });
  }

  /** @returns {Promise<{state: any, events: QueuedEvent[], lastQ: number}>} */
  async load() {
    const all = await this.#area.get(null);
    /** @type {Map<number, QueuedEvent>} */
    const events = new Map();
    for (const [piece, text] of Object.entries(all)) {
      if (!piece.startsWith(PIECE)) continue;
      const some = /** @type {QueuedEvent[]} */ (JSON.parse(/** @type {string} */ (text)));
      this.#keep(piece, some);
      for (const event of some) events.set(event.q, event);
    }
    return { state: all[STATE] ?? null, events: [...events.values()], lastQ: /** @type {any} */ (all[LAST]) ?? 0 };
  }

  async clear() {
    for (const map of [this.#events, this.#puts, this.#removes, this.#pieceOf, this.#wanted]) map.clear();
    await this.#area.clear();
  }
}
