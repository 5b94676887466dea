// Events between the moment the browser tells them and the moment the host has them on disk. Pure: the port, the store and the
// timer are handed in. An event leaves the queue only when the host acknowledges it.
import { BATCH_BYTES, BATCH_EVENTS, weigh } from './protocol.js';

/** @typedef {{q: number, k: string, t: number, b: Record<string, any>, x?: {type: string, text: string, encoding?: "base64"}}} QueuedEvent */
/** @typedef {{put: (events: QueuedEvent[]) => void, remove: (qs: number[]) => void}} Store */
/** @typedef {(events: QueuedEvent[]) => boolean} Post false: the port is gone */

const BATCH_DELAY_MS = 100;

export class EventQueue {
  /** @type {Map<number, QueuedEvent>} in ascending q */ #events = new Map();
  /** @type {Map<number, number>} */ #weights = new Map();
  /** @type {Post | null} */ #post = null;
  #next = 1;
  #durable = 0;
  #sent = 0;
  /** @type {number | null} the last number that an earlier background is known to have given out, until the host has said what it has */ #inherited = null;
  /** @type {any} */ #timer = null;
  /** @type {(() => void)[]} */ #waiting = [];
  #store;
  #setTimer;

  /** @param {{store: Store, setTimer?: (f: () => void, ms: number) => any}} parts */
  constructor({ store, setTimer = (f, ms) => setTimeout(f, ms) }) {
    this.#store = store;
    this.#setTimer = setTimer;
  }

  get lastQ() { return this.#next - 1; }
  get durable() { return this.#durable; }
  get pending() { return this.#events.size; }

  /** A new session: numbers begin at 1. */
  begin() {
    this.#store.remove([...this.#events.keys()]);
    this.#events.clear();
    this.#weights.clear();
    this.#next = 1;
    this.#durable = this.#sent = 0;
    this.#inherited = null;
  }

  /** @param {string} k @param {number} t ms since the epoch @param {Record<string, any>} b @param {{type: string, text: string, encoding?: "base64"}} [x] */
  push(k, t, b, x) {
    const event = { q: this.#next++, k, t, b, ...(x ? { x } : {}) };
    this.#add(event);
    this.#store.put([event]);
    if (this.#next - 1 - this.#sent >= BATCH_EVENTS) this.flush();
    else this.#timer ??= this.#setTimer(() => this.flush(), BATCH_DELAY_MS);
    return event.q;
  }

  /** @param {QueuedEvent} event */
  #add(event) {
    this.#events.set(event.q, event);
    this.#weights.set(event.q, weigh(event));
  }

  /** A port that is past `welcome` (and `opened`); everything unacknowledged goes out again. @param {Post} post */
  attach(post) {
    this.#post = post;
    this.#sent = this.#durable;
    this.flush();
  }

  detach() { this.#post = null; }

  /**
   * Another port to the same session: the host has everything up to `durable`. Numbers that are neither there nor here will never
   * come; a gap says so, and what follows moves up by the gap's own number (the host has none of it).
   * @param {number} durable @param {string} why
   */
  resume(durable, why) {
    this.#makeRoom(durable);
    this.acknowledge(durable);
    const left = [...this.#events.values()].sort((a, b) => a.q - b.q);
    this.#durable = durable;
    let expected = durable + 1;
    let shift = 0;
    /** @type {QueuedEvent[]} */
    const moved = [];
    for (const event of left) {
      const q = event.q + shift;
      if (q > expected) {
        moved.push({ q, k: 'gap', t: Date.now(), b: { from: expected, to: q - 1, dropped: q - expected, why } });
        shift++;
      }
      moved.push({ ...event, q: event.q + shift });
      expected = event.q + shift + 1;
    }
    if (shift > 0) {
      this.#store.remove(left.map((e) => e.q));
      this.#events.clear();
      this.#weights.clear();
      for (const event of moved) this.#add(event);
      this.#store.put(moved);
    }
    this.#next += shift;
    if (this.#next <= expected) this.#next = expected;
    else this.push('gap', Date.now(), { from: expected, to: this.#next - 1, dropped: this.#next - expected, why });
  }

  /** The host may have more than the store knew of (what was sent at once): what came up since must not take those numbers. @param {number} durable */
  #makeRoom(durable) {
    const ahead = this.#inherited === null ? 0 : durable - this.#inherited;
    if (ahead > 0) {
      const young = [...this.#events.values()].filter((e) => e.q > /** @type {number} */ (this.#inherited));
      const moved = young.map((e) => ({ ...e, q: e.q + ahead }));
      this.#store.remove(young.map((e) => e.q));
      for (const { q } of young) { this.#events.delete(q); this.#weights.delete(q); }
      for (const event of moved) this.#add(event);
      if (moved.length > 0) this.#store.put(moved);
      this.#next += ahead;
    }
    this.#inherited = null;
  }

  /** After a restart of the background: what the store still had. @param {QueuedEvent[]} events @param {number} lastQ given out */
  restore(events, lastQ) {
    this.#events.clear();
    this.#weights.clear();
    const left = [...events].sort((a, b) => a.q - b.q);
    for (const event of left) this.#add(event);
    this.#next = Math.max(lastQ, left[left.length - 1]?.q ?? 0) + 1;
    this.#inherited = this.#next - 1;
    this.#durable = this.#sent = (left[0]?.q ?? this.#next) - 1;
  }

  /** @param {number} durable */
  acknowledge(durable) {
    if (durable <= this.#durable) return;
    this.#durable = durable;
    const gone = [];
    for (const q of this.#events.keys()) {
      if (q > durable) break;
      gone.push(q);
    }
    for (const q of gone) {
      this.#events.delete(q);
      this.#weights.delete(q);
    }
    if (gone.length > 0) this.#store.remove(gone);
    this.#sent = Math.max(this.#sent, durable);
    if (this.#events.size === 0) this.#waiting.splice(0).forEach((done) => done());
  }

  /** Resolves when nothing waits for its acknowledgement. @returns {Promise<void>} */
  drained() {
    this.flush();
    return this.#events.size === 0 ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }

  flush() {
    this.#timer = null;
    if (!this.#post) return;
    /** @type {QueuedEvent[]} */
    let batch = [];
    let bytes = 0;
    const send = () => {
      const last = batch[batch.length - 1];
      if (!last) return true;
      if (!this.#post?.(batch)) { this.#post = null; return false; }
      this.#sent = last.q;
      batch = [];
      bytes = 0;
      return true;
    };
    for (let q = this.#sent + 1; q < this.#next; q++) {
      const event = this.#events.get(q);
      if (!event) continue;
      const weight = this.#weights.get(q) ?? 0;
      // A gap must lead its batch, and an exhibit travels alone.
      const apart = event.k === 'gap' || event.x !== undefined || bytes + weight > BATCH_BYTES || batch.length >= BATCH_EVENTS;
      if (apart && !send()) return;
      batch.push(event);
      bytes += weight;
      if (event.x !== undefined && !send()) return;
    }
    send();
  }
}
