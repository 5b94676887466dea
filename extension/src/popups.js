// The popup's end in the background: pushes the state, takes commands from our own pages only, keeps the badge.

const PUSH_MS = 150;

export class Popups {
  #api;
  #state;
  #commands;
  /** @type {Set<chrome.runtime.Port>} */ #ports = new Set();
  #scheduled = false;
  #badge = '';

  /** @param {{api: typeof chrome, state: () => any, commands: Record<string, (message: any) => any>}} parts */
  constructor({ api, state, commands }) {
    this.#api = api;
    this.#state = state;
    this.#commands = commands;
  }

  get open() { return this.#ports.size > 0; }

  listen() {
    this.#api.runtime.onConnect.addListener((port) => {
      const ours = port.sender?.id === this.#api.runtime.id && (port.sender?.url ?? '').startsWith(this.#api.runtime.getURL('src/ui/'));
      if (!ours || port.name !== 'popup') { port.disconnect(); return; }
      this.#ports.add(port);
      port.onDisconnect.addListener(() => this.#ports.delete(port));
      port.onMessage.addListener((message) => { this.#commands[message?.command]?.(message); });
      this.#commands.opened?.({});
      port.postMessage(this.#state());
    });
  }

  changed() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setTimeout(() => {
      this.#scheduled = false;
      const state = this.#state();
      for (const port of this.#ports) { try { port.postMessage(state); } catch { this.#ports.delete(port); } }
      const badge = state.session === 'open' ? 'REC' : state.session === 'lost' || state.host === 'gave-up' ? '!' : '';
      if (badge === this.#badge) return;
      this.#badge = badge;
      this.#api.action.setBadgeText({ text: badge }).catch(() => {});
      if (badge) this.#api.action.setBadgeBackgroundColor({ color: badge === 'REC' ? '#b3261e' : '#8a5a00' }).catch(() => {});
    }, PUSH_MS);
  }
}
