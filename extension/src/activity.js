// When is a page quiet? When nothing started or finished for a while. Pure.

const HOLD_MS = 10_000;  // A request without an answer for so long (long poll) no longer holds the page up.

export class Activity {
  /** @type {Map<string, number>} */ #open = new Map();
  #last = 0;

  /** @param {string} id @param {number} now ms */
  started(id, now) {
    if (!this.#open.has(id)) this.#open.set(id, now);
    this.#last = now;
  }

  /** @param {string} id @param {number} now */
  touched(id, now) {
    if (this.#open.has(id)) this.#open.set(id, now);
    this.#last = now;
  }

  /** @param {string} id @param {number} now */
  ended(id, now) {
    this.#open.delete(id);
    this.#last = now;
  }

  /** Forget what an earlier page left open. */
  reset() { this.#open.clear(); }

  /** How long nothing has happened; 0 while a request is out. @param {number} now @param {number} quietMs */
  quietFor(now, quietMs) {
    const hold = Math.max(HOLD_MS, quietMs);
    for (const [id, since] of this.#open) {
      if (now - since < hold) return 0;
      this.#open.delete(id);
    }
    return now - this.#last;
  }
}
