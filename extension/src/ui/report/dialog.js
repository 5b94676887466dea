// One window over the page, for whatever is looked at closely. What was looked at before is one step back.
import { button, el } from './dom.js';
import { t } from './i18n.js';

/** @type {{title: string, content: Node}[]} */
let looked = [];

function frame() {
  const there = /** @type {HTMLDialogElement | null} */ (document.querySelector('dialog'));
  if (there) return there;
  const made = /** @type {HTMLDialogElement} */ (el('dialog', { 'aria-labelledby': 'dialog-title', onclose: () => { looked = []; } }));
  made.addEventListener('click', (event) => { if (event.target === made) made.close(); });
  document.body.append(made);
  return made;
}

function drawDialog() {
  const shown = looked[looked.length - 1];
  const dialog = frame();
  if (!shown) return dialog.close();
  dialog.replaceChildren(el('div', { class: 'inside' },
    el('div', { class: 'bar' },
      looked.length > 1 && button(`‹ ${t('report_back')}`, () => { looked.pop(); drawDialog(); }),
      el('h2', { id: 'dialog-title', tabindex: -1 }, shown.title),
      button('✕', () => dialog.close(), { class: 'close', 'aria-label': t('report_close') })),
    shown.content));
  if (!dialog.open) dialog.showModal();
  /** @type {HTMLElement | null} */ (dialog.querySelector('#dialog-title'))?.focus();
  dialog.scrollTop = 0;
}

/** @param {string} title @param {(Node | null | false)[]} content */
export function look(title, ...content) {
  looked.push({ title, content: el('div', { class: 'content' }, ...content) });
  drawDialog();
}

export const closeDialog = () => frame().close();
