// Hands a case's report to our report page, piece by piece as the host sends it. One report at a time: pieces carry no number.

const LAST = 'proofs';  // Of report, texts, proofs.
const CASE = /^[\w.-]{1,200}$/;

/** The case that a report page's address names (`?case=`), or null. @param {string | undefined} url */
export function caseOf(url) {
  try {
    const name = new URL(url ?? '').searchParams.get('case') ?? '';
    return CASE.test(name) && !name.startsWith('.') ? name : null;
  } catch {
    return null;
  }
}

export class ReportPages {
  /** @type {{page: chrome.runtime.Port, name: string}[]} */ #waiting = [];
  /** @type {{page: chrome.runtime.Port, name: string} | null} */ #served = null;
  #parts;

  /** @param {{post: (message: object) => boolean, ready: () => Promise<void>}} parts ready: resolves when there is a host */
  constructor(parts) { this.#parts = parts; }

  get busy() { return this.#served !== null || this.#waiting.length > 0; }

  /** A report page has connected. @param {chrome.runtime.Port} page */
  connected(page) {
    const name = caseOf(page.sender?.url);
    if (!name) return this.#fail(page, 'the address of this page names no case');
    page.onDisconnect.addListener(() => { this.#waiting = this.#waiting.filter((w) => w.page !== page); });
    this.#waiting.push({ page, name });
    if (!this.#served) this.#next();
  }

  /** @param {any} message from the host */
  receive(message) {
    if (message?.type !== 'report.part' || message.case !== this.#served?.name) return;
    const { part, json, done, error } = message;
    try {
      this.#served?.page.postMessage(error ? { part, json, done, error: error.message } : { part, json, done });
    } catch { /* The page is gone; the rest is let by. */ }
    if (error || (done && part === LAST)) this.#next();
  }

  /** The host is gone. */
  down() {
    if (this.#served) {
      this.#fail(this.#served.page, 'the host has gone away');
      this.#next();
    }
  }

  async #next() {
    const wanted = this.#waiting.shift() ?? null;
    this.#served = wanted;
    if (!wanted) return;
    try {
      await this.#parts.ready();
      if (!this.#parts.post({ type: 'report', case: wanted.name })) throw new Error('the host cannot be reached');
    } catch (error) {
      this.#fail(wanted.page, error instanceof Error ? error.message : String(error));
      this.#next();
    }
  }

  /** @param {chrome.runtime.Port} page @param {string} error */
  #fail(page, error) { try { page.postMessage({ part: 'report', json: '', done: true, error }); } catch { /* The page is gone. */ } }
}
