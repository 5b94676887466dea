// Shows the background's state; sends its three commands.
import { api } from '../api.js';
import { view } from './view.js';

/** @param {string} id @returns {HTMLElement} */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const button = /** @type {HTMLButtonElement} */ (at('main'));
const tabs = await api.tabs.query({ active: true, currentWindow: true });
const tab = tabs[0] ?? null;
const port = api.runtime.connect({ name: 'popup' });

port.onMessage.addListener((state) => {
  const v = view(state, /** @type {any} */ (tab));
  document.body.dataset.state = v.state;
  if (at('status').textContent !== v.status) at('status').textContent = v.status;
  at('detail').textContent = v.detail;
  at('command').hidden = !v.command;
  at('counts').hidden = v.counts.length === 0;
  at('counts').replaceChildren(...v.counts.flatMap(([label, n]) => {
    const dt = document.createElement('dt');
    const dd = document.createElement('dd');
    dt.textContent = label;
    dd.textContent = n.toLocaleString('en');
    return [dt, dd];
  }));
  button.hidden = v.button === null;
  button.disabled = false;
  button.textContent = v.button?.text ?? '';
  button.dataset.command = v.button?.command ?? '';
});

button.addEventListener('click', () => {
  button.disabled = true;
  port.postMessage({ command: button.dataset.command, tab: tab?.id, url: tab?.url });
});
at('copy').addEventListener('click', async () => {
  await navigator.clipboard.writeText(at('command-text').textContent ?? '');
  at('copy').textContent = 'Copied';
});
