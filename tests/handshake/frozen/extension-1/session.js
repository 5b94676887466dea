// One session with the host: open, events, close, and going on with it after the port or the background was gone.
import { makeBody } from './protocol.js';

/** @typedef {'none' | 'opening' | 'open' | 'closing' | 'closed' | 'lost'} SessionState */

const OPEN_TIMEOUT_MS = 60_000;

export class Session {
  /** @type {SessionState} */ state = 'none';
  /** @type {number | null} */ id = null;
  /** @type {string | null} */ caseName = null;
  failure = '';
  #queue;
  #port;
  #onChange;
  /** @type {object | null} */ #openMessage = null;
  /** @type {object | null} */ #closeMessage = null;
  /** @type {{resolve: (v: any) => void, reject: (e: Error) => void} | null} */ #opening = null;
  /** @type {{resolve: (v: any) => void, reject: (e: Error) => void} | null} */ #closing = null;
  #errorsNoted = 0;

  #setTimer;

  /** @param {{queue: import('./queue.js').EventQueue, port: {post: (m: object) => boolean}, onChange?: () => void, setTimer?: (f: () => void, ms: number) => any}} parts */
  constructor({ queue, port, onChange = () => {}, setTimer = (f, ms) => setTimeout(f, ms) }) {
    this.#setTimer = setTimer;
    this.#queue = queue;
    this.#port = port;
    this.#onChange = onChange;
  }

  get recording() { return this.state === 'open' || this.state === 'closing'; }
  get queue() { return this.#queue; }

  /** @param {object} fields of the `open` message @returns {Promise<{session: number, case: string}>} */
  open(fields) {
    this.#queue.begin();
    this.id = this.caseName = null;
    this.failure = '';
    this.#closeMessage = null;
    this.#openMessage = { type: 'open', ...fields };
    this.#set('opening');
    return new Promise((resolve, reject) => {
      this.#opening = { resolve, reject };
      this.#setTimer(() => { if (this.state === 'opening') this.#lose('the host did not answer "open"'); }, OPEN_TIMEOUT_MS);
      this.#port.post(/** @type {object} */ (this.#openMessage));
    });
  }

  /**
   * Records one event. A defect of ours in building it is itself recorded, never thrown at the browser's callback.
   * @param {string} kind @param {Record<string, any>} fields
   * @param {{t?: number, x?: {type: string, text: string, encoding?: "base64"}}} [options] t: the browser's time of the event, UTC ms
   */
  emit(kind, fields, { t, x } = {}) {
    if (this.state !== 'open') return;
    let body;
    try {
      body = makeBody(kind, fields);
    } catch (error) {
      if (this.#errorsNoted++ < 20) this.note('extension-error', String(error));
      return;
    }
    this.#queue.push(kind, Math.round(t ?? Date.now()), body, x);
    this.#onChange();
  }

  /** @param {string} code @param {string} detail */
  note(code, detail) { this.emit('recorder.note', { code, detail }); }

  /**
   * Waits until everything is acknowledged, then closes. Resolves with the host's `closed`.
   * @param {'plan-done' | 'stopped' | 'timeout' | 'failed'} reason @param {string | null} detail
   */
  async close(reason, detail) {
    if (this.state !== 'open') return null;
    this.#set('closing');
    /** @type {Promise<any>} */
    const closed = new Promise((resolve, reject) => { this.#closing = { resolve, reject }; });
    closed.catch(() => {});
    await Promise.race([this.#queue.drained(), closed]);
    this.#closeMessage = { type: 'close', reason, detail, last_q: this.#queue.lastQ };
    this.#port.post(this.#closeMessage);
    return closed;
  }

  /** The background began anew: this session was open. @param {number} id @param {string | null} caseName */
  adopt(id, caseName) {
    this.id = id;
    this.caseName = caseName;
    this.#set('open');
  }

  /** @param {any} message from the host */
  receive(message) {
    switch (message?.type) {
      case 'welcome': return this.#welcomed(message.resume ?? null);
      case 'opened':
        if (this.state !== 'opening') return;
        this.id = message.session;
        this.caseName = message.case;
        this.#set('open');
        this.#attach();
        this.#opening?.resolve(message);
        return;
      case 'ack': return this.#queue.acknowledge(message.durable);
      case 'closed':
        if (this.state !== 'closing') return;
        this.#queue.detach();
        this.#set('closed');
        this.#closing?.resolve(message);
        return;
      case 'error':
        this.failure = `${message.code}: ${message.message}`;
        if (message.fatal || this.state === 'opening') this.#lose(this.failure);
    }
  }

  /** The port is gone: keep, do not send. */
  down() { this.#queue.detach(); }

  /** The port has given up. @param {string} why */
  giveUp(why) { if (this.state === 'opening' || this.recording) this.#lose(why); }

  /** @param {{session: number, durable: number} | null} resume */
  #welcomed(resume) {
    if (this.state === 'opening') {
      this.#port.post(/** @type {object} */ (this.#openMessage));
    } else if (this.recording && resume && resume.session === this.id) {
      this.#queue.resume(resume.durable, 'lost with the background or the host');
      this.#attach();
      if (this.#closeMessage) this.#port.post(this.#closeMessage);
    } else if (this.recording) {
      this.#lose(this.#closeMessage ? 'the host went away while sealing' : 'the host no longer knows this session');
    }
  }

  #attach() { this.#queue.attach((events) => this.#port.post({ type: 'events', events })); }

  /** @param {string} why */
  #lose(why) {
    this.failure = why;
    this.#queue.detach();
    this.#set('lost');
    const error = new Error(why);
    this.#opening?.reject(error);
    this.#closing?.reject(error);
    this.#opening = this.#closing = null;
  }

  /** @param {SessionState} state */
  #set(state) {
    this.state = state;
    this.#onChange();
  }
}
