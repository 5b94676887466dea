// The native-messaging port: connects, says hello, waits for welcome, connects again when it breaks, gives up politely.

/** @typedef {'connecting' | 'ready' | 'missing' | 'gave-up' | 'host-old' | 'extension-old' | 'off'} PortState */

const FIRST_RETRY_MS = 200;
const LAST_RETRY_MS = 5000;
const TRIES = 12;
const TRIES_MISSING = 2;
const STEADY_MS = 5000;  // A connection that lasted so long makes the count of tries begin anew.

/** Chromium's and Firefox's words for a manifest that is not there or does not name us. @param {string} text */
export const saysMissing = (text) => /not found|no such native|forbidden/i.test(text);

export class HostPort {
  /** @type {chrome.runtime.Port | null} */ #port = null;
  /** @type {PortState} */ state = 'off';
  error = '';
  #tries = 0;
  #since = 0;
  #lastWords = '';  // Why the host ends, where it said so; the browser knows only that it did.
  #parts;

  /**
   * @param {{connect: () => chrome.runtime.Port, lastError: (port: any) => string, hello: () => Promise<object>,
   *   mismatch?: (message: any) => 'host-old' | 'extension-old' | null, onMessage: (message: any) => void, onDown: () => void, onState: () => void, setTimer?: (f: () => void, ms: number) => any}} parts
   *   mismatch: whether a message shows that the two do not speak one protocol; then nothing more is tried until start()
   */
  constructor(parts) { this.#parts = parts; }

  /** Connects unless connected. After giving up, a call begins anew. */
  start() {
    if (this.#port || this.state === 'connecting') return;
    this.#tries = 0;
    this.#open();
  }

  stop() {
    const port = this.#port;
    this.#port = null;
    port?.disconnect();
    this.#set('off');
  }

  /** @param {object} message @returns {boolean} false when there is no living port */
  post(message) {
    try {
      if (!this.#port) return false;
      this.#port.postMessage(message);
      return true;
    } catch {
      return false;
    }
  }

  async #open() {
    this.#set('connecting');
    const hello = await this.#parts.hello();
    let port;
    try {
      port = this.#parts.connect();
    } catch (error) {
      this.#down(String(error));
      return;
    }
    this.#port = port;
    this.#since = Date.now();
    this.#lastWords = '';
    port.onMessage.addListener((message) => {
      if (this.#port !== port) return;
      const odd = this.#parts.mismatch?.(message) ?? null;
      if (odd) {
        this.error = message?.message ?? '';
        this.#port = null;
        port.disconnect();
        this.#parts.onDown();
        this.#set(odd);
        return;
      }
      if (message?.type === 'welcome') this.#set('ready');
      if (message?.type === 'error' && message.fatal) this.#lastWords = `${message.code}: ${message.message}`;
      this.#parts.onMessage(message);
    });
    port.onDisconnect.addListener(() => {
      const why = this.#parts.lastError(port);
      if (this.#port !== port) return;
      this.#down(why);
    });
    this.post(hello);
  }

  /** @param {string} why */
  #down(why) {
    const steady = this.#port !== null && Date.now() - this.#since > STEADY_MS;
    this.#port = null;
    this.error = this.#lastWords || why;
    this.#parts.onDown();
    this.#tries = steady ? 1 : this.#tries + 1;
    const missing = saysMissing(why);
    if (this.#tries >= (missing ? TRIES_MISSING : TRIES)) {
      this.#set(missing ? 'missing' : 'gave-up');
      return;
    }
    const wait = Math.min(FIRST_RETRY_MS * 1.6 ** (this.#tries - 1), LAST_RETRY_MS);
    this.#set('connecting');
    (this.#parts.setTimer ?? setTimeout)(() => { if (this.state === 'connecting') this.#open(); }, wait);
  }

  /** @param {PortState} state */
  #set(state) {
    this.state = state;
    this.#parts.onState();
  }
}
