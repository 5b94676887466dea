// The pages of ours that are open, the popup and the report: takes ports from them only, pushes the state to popups, keeps the badge.
import { badgeOf, showBadge } from './badge.js';

const PUSH_MS = 150;
const LOOK_MS = 1000;  // How often an open popup makes somebody ask what there is to see.

export class Popups {
  #api;
  #state;
  #commands;
  #onReport;
  #onLook;
  /** @type {Set<chrome.runtime.Port>} */ #ports = new Set();
  #scheduled = false;
  #badge = '';
  /** @type {any} */ #looking = null;

  /**
   * @param {{api: typeof chrome, state: () => any, commands: Record<string, (message: any) => any>, onReport: (page: chrome.runtime.Port) => void, onLook: () => void}} parts
   *   onLook: called again and again while a popup is open
   */
  constructor({ api, state, commands, onReport, onLook }) {
    this.#api = api;
    this.#state = state;
    this.#commands = commands;
    this.#onReport = onReport;
    this.#onLook = onLook;
  }

  get open() { return this.#ports.size > 0; }

  listen() {
    this.#api.runtime.onConnect.addListener((port) => {
      const from = port.sender?.id === this.#api.runtime.id ? port.sender?.url ?? '' : '';
      const ours = (/** @type {string} */ place) => from.startsWith(this.#api.runtime.getURL(place));
      if (port.name === 'popup' && ours('src/ui/')) this.#opened(port);
      else if (port.name === 'report' && ours('src/ui/report/')) this.#onReport(port);
      else port.disconnect();
    });
  }

  /** @param {chrome.runtime.Port} port */
  #opened(port) {
    this.#ports.add(port);
    port.onDisconnect.addListener(() => {
      this.#ports.delete(port);
      if (!this.open) clearInterval(this.#looking);
    });
    port.onMessage.addListener((message) => {
      if (Object.hasOwn(this.#commands, message?.command)) this.#commands[message.command]?.(message);
    });
    if (this.#ports.size === 1) this.#looking = setInterval(() => this.#onLook(), LOOK_MS);
    this.#commands.opened?.({});
    this.#onLook();
    port.postMessage(this.#state());
  }

  changed() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setTimeout(() => {
      this.#scheduled = false;
      const state = this.#state();
      for (const port of this.#ports) { try { port.postMessage(state); } catch { this.#ports.delete(port); } }
      const badge = badgeOf(state);
      const now = JSON.stringify(badge);
      if (now === this.#badge) return;
      this.#badge = now;
      showBadge(this.#api, badge);
    }, PUSH_MS);
  }
}
