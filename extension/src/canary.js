// Types a made-up e-mail address and text into a page's visible fields, as a visitor would who then thinks better of it: nothing is submitted. Whoever
// is sent them all the same took them from the page (host/detect/pii_leak.cc).
import { runInPage } from './policy-visit.js';

/** @typedef {{email: string, text: string}} Canary */

/**
 * Runs in the page, in the extension's own world; stands alone.
 * @param {string} email @param {string} text @param {boolean} fill false: only count @returns {number} how many fields are filled
 */
export function fillFields(email, text, fill) {
  const MOST = 20;
  let filled = 0;
  const fields = /** @type {(HTMLInputElement | HTMLTextAreaElement)[]} */ ([...document.querySelectorAll('input, textarea')]);
  for (const field of fields) {
    if (filled >= MOST) break;
    const type = field.localName === 'textarea' ? 'text' : (field.getAttribute('type') ?? 'text').toLowerCase();
    if (!['email', 'text', 'search', 'tel', 'url'].includes(type) || field.disabled || field.readOnly || field.value !== '') continue;
    const box = field.getBoundingClientRect();
    if (box.width < 2 || box.height < 2 || getComputedStyle(field).visibility !== 'visible') continue;
    filled++;
    if (!fill) continue;
    const hints = [field.name, field.id, field.autocomplete, field.placeholder, field.getAttribute('aria-label')].join(' ');
    const value = type === 'email' || /e-?mail/i.test(hints) ? email : text;
    field.focus();
    field.dispatchEvent(new KeyboardEvent('keydown', { key: value.slice(-1), bubbles: true }));
    field.value = value;
    field.dispatchEvent(new InputEvent('input', { data: value, inputType: 'insertText', bubbles: true }));
    field.dispatchEvent(new KeyboardEvent('keyup', { key: value.slice(-1), bubbles: true }));
    field.dispatchEvent(new Event('change', { bubbles: true }));
    field.blur();
  }
  return filled;
}

/**
 * @param {{api: typeof chrome, session: import('./session.js').Session, tab: number, page: number, url: string, canary: Canary, settle: () => Promise<void>}} parts
 *   settle: waits until the page has sent what it sends
 */
export async function plantCanary({ api, session, tab, page, url, canary, settle }) {
  const [answer] = await runInPage(api, tab, fillFields, false, [canary.email, canary.text, false]);
  const fields = answer?.result ?? 0;
  // In evidence first: what is found in an entry before it was not taken from the page.
  session.emit('canary', { email: canary.email, text: canary.text, fields, page, url });
  if (fields === 0) return;
  await runInPage(api, tab, fillFields, false, [canary.email, canary.text, true]);
  await settle();
}
