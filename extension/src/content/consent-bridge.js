// In each frame of a page while a consent choice is being made (the extension's own world): carries the messages of the consent rules to the
// background and back, and tells which element a click reached.
'use strict';
(() => {
  const here = /** @type {any} */ (globalThis);
  if (here.autoconsentSendMessage) return;
  const runtime = (here.browser ?? here.chrome).runtime;
  here.autoconsentSendMessage = (message) => Promise.resolve(runtime.sendMessage({ affiant: 'consent', message })).catch(() => {});
  runtime.onMessage.addListener((message) => {
    if (message?.affiant === 'consent' && here.autoconsentReceiveMessage) here.autoconsentReceiveMessage(message.message);
  });
  addEventListener('click', (event) => {
    const target = event.composedPath()[0];
    const button = target instanceof Element ? target.closest('button, a, input, label, [role]') ?? target : null;
    const text = button ? button.innerText || button.value || button.getAttribute('aria-label') || button.id || button.localName : '';
    here.autoconsentSendMessage({ type: 'clicked', label: String(text).replace(/\s+/g, ' ').trim().slice(0, 80) });
  }, true);
})();
