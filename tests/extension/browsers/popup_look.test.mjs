// The popup's own page, in the real extension, in each of its states, languages and colour schemes: axe-core finds nothing, nothing is wider than
// 360 px, everything can be reached and seen by keyboard, and hostile text stays text. Only the background's end of the port is played, so that
// every state can be shown. AFFIANT_SHOTS=folder keeps a picture of each.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { browsers, launch } from '../../live/browser.mjs';
import { languages, messages, NOW, site, states } from '../popup-states.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const ids = JSON.parse(fs.readFileSync(path.join(here, '../../../manifests/ids.json'), 'utf8'));
const axe = fs.readFileSync(path.join(here, '../node_modules/axe-core/axe.min.js'), 'utf8');
const shots = process.env.AFFIANT_SHOTS;

/** Runs in the page before its own scripts: the tab and the language are those of the address, the states come by show(). */
const play = `(() => {
  const states = ${JSON.stringify(states)}, messages = ${JSON.stringify(messages)}, site = ${JSON.stringify(site)};
  const [name, language] = location.hash.slice(1).split(',');
  if (!states[name]) return;
  const { tab = site } = states[name];
  Date.now = () => ${NOW};
  chrome.i18n.getMessage = (key, parts = []) => key === '@@bidi_dir' ? 'ltr' : (messages[language][key]?.message ?? '').replace(/\\$([1-9])/g, (_, n) => parts[n - 1] ?? '');
  chrome.tabs.query = async () => [tab];
  chrome.permissions.contains = async () => tab.access !== false;
  chrome.runtime.connect = () => ({ postMessage() {}, onMessage: { addListener: (push) => {
    globalThis.show = (other) => new Promise((resolve) => { push(states[other].state); setTimeout(resolve, 0); });
  } } });
})()`;

const measure = `(() => {
  const wide = [...document.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > 360.5 && getComputedStyle(e).clipPath === 'none').map((e) => e.id || e.tagName);
  const focusable = [...document.querySelectorAll('button, a[href], [tabindex="0"]')].filter((e) => e.getClientRects().length > 0);
  return { wide, focusable: focusable.map((e) => e.id), small: focusable.filter((e) => e.getBoundingClientRect().height < 24).map((e) => e.id), foreign: document.querySelectorAll('img, script:not([src])').length,
    language: document.documentElement.lang, height: document.documentElement.scrollHeight };
})()`;
const focused = `(() => { const e = document.activeElement, s = getComputedStyle(e); return [e.id, s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2]; })()`;

test('in chromium the popup is readable, operable and plain text in every state', { skip: !browsers.includes('chromium') && 'no chromium', timeout: 180_000 }, async (t) => {
  const browser = await launch({ browser: 'chromium' });
  t.after(() => browser.close());
  const { targetId } = await browser.rpc.call('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await browser.rpc.call('Target.attachToTarget', { targetId, flatten: true });
  const call = (method, params = {}) => browser.rpc.call(method, params, { sessionId });
  const evaluate = async (expression) => {
    const { result, exceptionDetails } = await call('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    assert.equal(exceptionDetails, undefined, exceptionDetails?.exception?.description);
    return result.value;
  };
  await call('Page.enable');
  await call('Page.addScriptToEvaluateOnNewDocument', { source: play });
  await call('Emulation.setDeviceMetricsOverride', { width: 360, height: 600, deviceScaleFactor: shots ? 2 : 1, mobile: false });
  const open = async (name, language) => {
    await call('Page.navigate', { url: 'about:blank' });
    await call('Page.navigate', { url: `chrome-extension://${ids.chromium.id}/src/ui/popup.html#${name},${language}` });
    for (let i = 0; !await evaluate(`location.hash === '#${name},${language}' && typeof globalThis.show === 'function'`); i++) {
      assert.ok(i < 500, `${name} is shown`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await evaluate(`${axe}; undefined`);
  };
  const rules = { light: "{ type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }", dark: "{ type: 'rule', values: ['color-contrast'] }" };
  const tabOf = (name) => JSON.stringify(states[name].tab ?? null);
  const groups = [...new Set(Object.keys(states).map(tabOf))].map((tab) => Object.keys(states).filter((name) => tabOf(name) === tab));

  const look = async (name, language, scheme) => {
    const what = `${name} ${language} ${scheme}`;
    await evaluate(`show(${JSON.stringify(name)})`);
    const { wide, focusable, small, foreign, language: said, height } = await evaluate(measure);
    assert.deepEqual([wide, small, foreign, said], [[], [], 0, language], what);
    const found = await evaluate(`axe.run(document, { runOnly: ${rules[scheme]} }).then((r) => r.violations.map((v) => [v.id, v.nodes.map((n) => n.failureSummary + n.html)]))`);
    assert.deepEqual(found, [], what);
    if (scheme === 'light' && language === 'en') await walk(focusable, what);
    if (!shots) return;
    fs.mkdirSync(shots, { recursive: true });
    const { data } = await call('Page.captureScreenshot', { format: 'png', captureBeyondViewport: true, clip: { x: 0, y: 0, width: 360, height: Math.max(120, height), scale: 1 } });
    fs.writeFileSync(path.join(shots, `${name}-${language}-${scheme}.png`), Buffer.from(data, 'base64'));
  };
  const walk = async (focusable, what) => {
    const reached = [];
    await evaluate("(() => { const h = document.querySelector('h1'); h.tabIndex = -1; h.focus(); })()");
    for (let i = 0; i < focusable.length; i++) {
      for (const type of ['keyDown', 'keyUp']) await call('Input.dispatchKeyEvent', { type, key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 });
      const [id, visible] = await evaluate(focused);
      assert.ok(visible, `${what}: focus on ${id} is seen`);
      reached.push(id);
    }
    assert.deepEqual(reached, focusable, `${what}: all by keyboard, in the order of the page`);
    await evaluate("(() => { document.activeElement.blur(); document.querySelector('h1').removeAttribute('tabindex'); })()");
  };

  for (const language of languages) for (const group of groups) {
    await open(group[0], language);
    for (const scheme of ['light', 'dark']) {
      await call('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }, { name: 'prefers-reduced-motion', value: 'reduce' }] });
      for (const name of group) await look(name, language, scheme);
    }
  }
});
