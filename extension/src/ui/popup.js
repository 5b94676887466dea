// Shows the background's state; sends its commands.
import { api } from '../api.js';
import { view } from './view.js';

const TICK_MS = 1000;  // "As of N seconds ago" grows while nothing else happens.

/** @param {string} id @returns {HTMLElement} */
const at = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const language = api.i18n.getMessage('popup_language');  // Of the texts, which need not be the browser's.
/** @type {import('./view.js').Text} */
const t = (key, ...parts) => api.i18n.getMessage(key, parts.map((part) => (typeof part === 'number' ? part.toLocaleString(language) : part)));
const join = new Intl.ListFormat(language, { type: 'unit', style: 'short' });

/** @type {import('./view.js').Tab} */ let tab = null;
/** @type {any} */ let state = { host: 'connecting', session: 'none' };
let copied = '';

/** @param {string} name @param {string} text @param {Record<string, string>} [attributes] */
function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** Hidden when empty; touched only when it differs, so that a status is read out once. @param {string} id @param {string} text */
function put(id, text) {
  if (at(id).textContent !== text) at(id).textContent = text;
  at(id).hidden = text === '';
}

const shown = new Map();
/** Replaces the rows only when they differ, so that a selection or a reader's place is kept. @param {string} id @param {any} rows @param {(row: any) => HTMLElement} make */
function putRows(id, rows, make) {
  const now = JSON.stringify(rows);
  if (shown.get(id) === now) return;
  shown.set(id, now);
  at(id).replaceChildren(...rows.map(make));
}

/** @param {HTMLElement} parent @param {...HTMLElement} children */
function holding(parent, ...children) {
  parent.replaceChildren(...children);
  return parent;
}

/** @param {string} id @param {{text: string, command: string, tone?: string} | null} button */
function putButton(id, button) {
  const b = /** @type {HTMLButtonElement} */ (at(id));
  b.hidden = button === null;
  if (!button) return;
  b.textContent = button.text;
  b.dataset.command = button.command;
  b.dataset.tone = button.tone ?? 'plain';
}

function render() {
  const v = view(state, tab, t, Date.now());
  document.body.dataset.state = v.state;
  document.body.dataset.tone = v.tone;
  put('status', v.status);
  put('detail', v.detail);
  put('stores', v.stores);
  at('command').hidden = v.command === null;
  at('command-text').textContent = v.command;
  at('copy').textContent = copied || t('popup_copy');
  putButton('main', v.button);
  at('counts').hidden = v.counts === null;
  putRows('count-rows', v.counts?.rows ?? [], (row) => holding(element('div', '', { 'data-tone': row.tone }), element('dt', row.label), element('dd', row.value?.toLocaleString(language, { notation: row.value > 99_999 ? 'compact' : 'standard' }) ?? '…')));
  put('count-note', v.counts?.note ?? '');
  at('findings').hidden = v.findings === null;
  put('findings-total', v.findings?.total || v.findings?.none || '');
  putRows('finding-rows', v.findings?.items ?? [], (item) => holding(element('li', '', { 'data-strength': item.strength }),
    element('p', item.word, { class: 'strength' }), element('p', item.rule, { class: 'rule' }), element('p', item.title, { class: 'title', ...(item.english && { lang: 'en' }), dir: 'auto' })));
  at('said').hidden = v.said === null;
  putRows('said-rows', v.said?.lines ?? [], (line) => holding(element('div', ''), element('dt', line.hint ? `${line.label} (${line.hint})` : line.label),
    element('dd', join.format([...line.topics, ...line.names]) || t('popup_said_nothing'), { dir: 'auto' })));
  put('said-note', v.said?.note ?? '');
  putButton('policy', v.said?.button ?? null);
  put('policy-detail', v.said?.button?.detail ?? '');
  at('report').hidden = v.report === null;
  if (v.report) at('report').setAttribute('href', `report/report.html?case=${encodeURIComponent(v.report)}`);
}

/** Firefox lets its user take the sites away from an extension; then tabs have no address for us. */
async function look() {
  const [[active], access] = await Promise.all([api.tabs.query({ active: true, currentWindow: true }), api.permissions.contains({ origins: ['<all_urls>'] })]);
  tab = active ? { id: active.id, url: active.url, incognito: active.incognito, access } : null;
}

document.documentElement.lang = language;
document.documentElement.dir = t('@@bidi_dir') || 'ltr';
for (const [id, key] of Object.entries({ 'counts-title': 'popup_counts', 'findings-title': 'popup_findings', 'said-title': 'popup_said', report: 'popup_report' })) at(id).textContent = t(key);
at('command-text').setAttribute('aria-label', t('popup_command_label'));
const port = api.runtime.connect({ name: 'popup' });
port.onMessage.addListener((pushed) => {
  state = pushed;
  for (const id of ['main', 'policy']) /** @type {HTMLButtonElement} */ (at(id)).disabled = false;
  render();
});
render();
await look();
render();
setInterval(render, TICK_MS);

/** @param {Event} event */
async function click(event) {
  const button = /** @type {HTMLButtonElement} */ (event.currentTarget);
  if (button.dataset.command === 'access') {
    await api.permissions.request({ origins: ['<all_urls>'] });
    await look();
    render();
    return;
  }
  button.disabled = true;
  port.postMessage({ command: button.dataset.command, tab: tab?.id, url: tab?.url });
}
for (const id of ['main', 'policy']) at(id).addEventListener('click', click);
at('copy').addEventListener('click', async () => {
  copied = await navigator.clipboard.writeText(at('command-text').textContent ?? '').then(() => t('popup_copied'), () => t('popup_copy_failed'));
  render();
});
