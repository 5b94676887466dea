// Numbered commands and their answers: CDP and WebDriver BiDi differ only in how bytes travel.

export class Rpc {
  #next = 1;
  #waiting = new Map();
  #listeners = new Set();
  #send;

  /** @param {(message: object) => void} send */
  constructor(send) { this.#send = send; }

  /** @param {string} method @param {object} [params] @param {object} [more] further fields of the message @returns {Promise<any>} */
  call(method, params = {}, more = {}, timeoutMs = 60_000) {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => { this.#waiting.delete(id); reject(new Error(`${method}: no answer in ${timeoutMs} ms`)); }, timeoutMs);
      this.#waiting.set(id, { method, timer, resolve, reject });
      this.#send({ id, method, params, ...more });
    });
  }

  /** @param {any} message */
  receive(message) {
    const waiting = this.#waiting.get(message.id);
    if (message.id === undefined || message.id === null) { for (const listener of this.#listeners) listener(message); return; }
    if (!waiting) return;
    this.#waiting.delete(message.id);
    clearTimeout(waiting.timer);
    if (message.error) waiting.reject(new Error(`${waiting.method}: ${message.error.message ?? `${message.error} ${message.message ?? ''}`}`));
    else waiting.resolve(message.result);
  }

  /** The browser is gone. */
  end() {
    for (const { method, timer, reject } of this.#waiting.values()) { clearTimeout(timer); reject(new Error(`${method}: the browser has gone`)); }
    this.#waiting.clear();
    for (const listener of this.#listeners) listener(null);
  }

  /** Every event from now on. @param {(message: any) => void} listener */
  listen(listener) { this.#listeners.add((message) => { if (message !== null) listener(message); }); }

  /** Resolves with the first event that `wanted` says yes to. @param {(message: any) => boolean} wanted @returns {Promise<any>} */
  event(wanted, timeoutMs = 60_000) {
    return new Promise((resolve, reject) => {
      const listener = (message) => {
        if (message !== null && !wanted(message)) return;
        this.#listeners.delete(listener);
        clearTimeout(timer);
        if (message === null) reject(new Error('the browser has gone'));
        else resolve(message);
      };
      const timer = setTimeout(() => { this.#listeners.delete(listener); reject(new Error(`no such event in ${timeoutMs} ms`)); }, timeoutMs);
      this.#listeners.add(listener);
    });
  }
}
