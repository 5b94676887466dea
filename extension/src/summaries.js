// The figures of the case that is being recorded, or was last: asked of the host while somebody looks, at most every two seconds and
// never for more than a fifth of the time, since reading a large case takes long; and once when it is sealed.

const LEAST_MS = 2000;
const SHARE = 4;  // Parts of rest to one of reading.
const PATIENCE_MS = 150_000;  // The host gives up after 120 s.

/** @typedef {{case: string, at: number, figures: any, error: string | null, entries: number}} Summary at: when it was asked for, UTC ms; entries: on disk then */

export class Summaries {
  /** @type {Summary | null} */ #last = null;
  /** @type {{case: string, at: number, entries: number, resolve: (() => void)[]} | null} */ #asked = null;
  #restUntil = 0;
  #parts;

  /** @param {{post: (message: object) => boolean, onChange: () => void, now?: () => number}} parts */
  constructor(parts) { this.#parts = parts; }

  #now() { return (this.#parts.now ?? Date.now)(); }

  /** Of that case, or nothing. @param {string | null} name @param {number} entries on disk now */
  of(name, entries) {
    if (!name || this.#last?.case !== name) return null;
    const { at, figures, error } = this.#last;
    return { at, figures, error, behind: entries > this.#last.entries };
  }

  /** What was known before the background began anew. @param {Summary | null} saved */
  restore(saved) { this.#last = saved; }
  get last() { return this.#last; }

  /** Somebody looks: asks if that is due. @param {string | null} name @param {number} entries on disk now */
  look(name, entries) {
    if (!name) return;
    if (this.#asked && this.#now() - this.#asked.at > PATIENCE_MS) this.down();
    const known = this.#last?.case === name;
    if (this.#asked || (known && (this.#now() < this.#restUntil || entries <= (this.#last?.entries ?? 0)))) return;
    this.#ask(name, entries);
  }

  /** Asks now, for the last time of a case; resolves when there is an answer or there will be none. @param {string} name @param {number} entries @returns {Promise<void>} */
  async conclude(name, entries) {
    if (this.#asked) await new Promise((resolve) => this.#asked?.resolve.push(() => resolve(null)));
    if (!this.#ask(name, entries)) return;
    await new Promise((resolve) => this.#asked?.resolve.push(() => resolve(null)));
  }

  /** @param {any} message from the host */
  receive(message) {
    if (message?.type !== 'summary' || !this.#asked || message.case !== this.#asked.case) return;
    const { at, entries } = this.#asked;
    const figures = message.summary ?? (this.#last?.case === message.case ? this.#last?.figures : null) ?? null;
    this.#last = { case: message.case, at, figures, error: message.error?.message ?? null, entries };
    this.#restUntil = this.#now() + Math.max(LEAST_MS, SHARE * (this.#now() - at));
    this.#answered();
  }

  /** The host is gone, and with it what it was asked. */
  down() { if (this.#asked) this.#answered(); }

  /** @param {string} name @param {number} entries @returns {boolean} */
  #ask(name, entries) {
    if (!this.#parts.post({ type: 'summary', case: name })) return false;
    this.#asked = { case: name, at: this.#now(), entries, resolve: [] };
    return true;
  }

  #answered() {
    const resolve = this.#asked?.resolve ?? [];
    this.#asked = null;
    for (const done of resolve) done();
    this.#parts.onChange();
  }
}
