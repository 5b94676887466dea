// Chromium's debugging protocol over its pipe (file descriptors 3 and 4, messages end with a NUL): no WebSocket is needed.

export class Cdp {
  #child;
  #next = 1;
  #waiting = new Map();
  #listeners = [];
  #rest = '';

  /** @param {import('node:child_process').ChildProcess} child started with --remote-debugging-pipe */
  constructor(child) {
    this.#child = child;
    child.stdio[3].on('error', () => {});
    child.stdio[4].setEncoding('utf8').on('data', (text) => {
      const parts = (this.#rest + text).split('\0');
      this.#rest = parts.pop();
      parts.forEach((part) => this.#take(JSON.parse(part)));
    });
    child.once('exit', () => { for (const { reject } of this.#waiting.values()) reject(new Error('the browser has ended')); });
  }

  /** @param {(method: string, params: any, sessionId: string | undefined) => void} listener */
  listen(listener) { this.#listeners.push(listener); }

  send(method, params = {}, sessionId = undefined) {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, method });
      this.#child.stdio[3].write(`${JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) })}\0`);
    });
  }

  #take(message) {
    if (message.id !== undefined) {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.error) waiting?.reject(new Error(`${waiting.method}: ${message.error.message}`));
      else waiting?.resolve(message.result);
    } else {
      for (const listener of this.#listeners) listener(message.method, message.params, message.sessionId);
    }
  }
}
