// The report viewer: `--format html` of report, audit, compare and diff, and the extension's page. Reads its JSON from the page it is in, or from the background.
import { comparison } from './compare.js';
import { button, el } from './dom.js';
import { checkProofs, evidence } from './evidence.js';
import { findings } from './findings.js';
import { graph } from './graph.js';
import { headline, observed } from './headline.js';
import { inExtension, language, languages, setLanguage, t, useBrowser, useMessages } from './i18n.js';
import { inventory } from './inventory.js';
import { model } from './model.js';
import { policyTexts } from './quotes.js';
import { changes, engines } from './sides.js';
import { DIFF, ENGINES, fromExtension, inlined, refusal } from './source.js';
import { timeline } from './timeline.js';
import { hostOf, plain } from './words.js';

const SELF_CHECKED = 200;  // Proofs that are checked without being asked.

/** @type {(id: string) => boolean} draws the finding that a link names */
let reveal = () => false;

let turn = 0;

/**
 * Part after part, the first ones at once: what is read first is there first, and no part holds up the page.
 * @param {import('./model.js').Model} m @param {HTMLElement} main @param {(() => void) | null} [back] leads to the page of which this is a part
 */
async function drawReport(m, main, back = null) {
  const mine = ++turn;
  document.title = t('report_title', hostOf(m.report.site) || plain(m.report.site ?? '', 60));
  main.setAttribute('aria-busy', 'true');
  const list = findings(m);
  reveal = list.reveal;
  const add = pageFrame(main, () => void drawReport(m, main, back), back);
  for (const part of [headline(m, list.choose), observed(m), list.node]) add(part);
  for (const make of [policyTexts, inventory, graph, timeline, comparison, evidence]) {
    await new Promise((resolve) => setTimeout(resolve));
    if (mine !== turn) return;
    add(make(m));
  }
  main.removeAttribute('aria-busy');
  void selfCheck(m);
}

/**
 * An empty page with its bar; what it returns puts a part into both.
 * @param {HTMLElement} main @param {() => void} redraw in another language @param {(() => void) | null} back
 */
function pageFrame(main, redraw, back) {
  const links = el('ul');
  document.querySelector('.skip')?.remove();
  document.querySelector('nav')?.remove();
  main.before(el('a', { class: 'skip', href: '#findings' }, t('report_skip')), el('nav', { 'aria-label': t('report_nav') }, back && button(`← ${t('report_engines_back')}`, back), links, languages().length > 1 && chooser(redraw)));
  main.replaceChildren();
  return (/** @type {HTMLElement | null} */ part) => {
    if (!part) return;
    main.append(part);
    if (part.id) links.append(el('li', {}, el('a', { href: `#${part.id}` }, t(`report_nav_${part.id}`))));
  };
}

/** Two recordings side by side, in one go. @param {import('./source.js').Parts} parts @param {HTMLElement} main */
function drawSides(parts, main) {
  ++turn;
  const { report } = parts;
  const again = () => drawSides(parts, main);
  const add = pageFrame(main, again, null);
  reveal = () => false;
  document.title = t(report.schema === DIFF ? 'report_changes_title' : 'report_engines_title', hostOf(report.site) || plain(report.site ?? '', 60));
  const open = (/** @type {number} */ n) => {
    scrollTo(0, 0);
    void drawReport(model(report.engines[n].report, parts.texts?.[n], parts.proofs?.[n]), main, again);
  };
  (report.schema === DIFF ? changes(report) : engines(report, open)).forEach(add);
  const skip = document.querySelector('.skip');
  skip?.setAttribute('href', `#${main.querySelector('section')?.id}`);
  main.removeAttribute('aria-busy');
}

/** @param {() => void} redraw */
function chooser(redraw) {
  const select = /** @type {HTMLSelectElement} */ (el('select', { 'aria-label': t('report_language'), class: 'language', onchange: () => {
    setLanguage(select.value);
    redraw();
    document.querySelector('select')?.focus();
  } }, ...languages().map((code) => el('option', { value: code, lang: code, selected: code === language() }, { en: 'English', de: 'Deutsch' }[code] ?? code))));
  return select;
}

/** The proofs of what is found fault with, as soon as there is nothing else to do. @param {import('./model.js').Model} m */
async function selfCheck(m) {
  const place = document.getElementById('selfcheck');
  if (!m.proofs || !place) return;
  const cited = new Set(m.report.findings.flatMap((/** @type {any} */ f) => f.entries));
  const those = m.proofs.entries.filter((/** @type {any} */ e) => cited.has(e.i)).slice(0, SELF_CHECKED);
  if (those.length === 0) return;
  await new Promise((resolve) => setTimeout(resolve, 300));
  const { good, all } = await checkProofs(m, those);
  place.textContent = good === all ? `✓ ${t('report_checked_here', all)}` : `✕ ${t('report_checked_bad', all - good, all)}`;
  place.classList.toggle('bad', good !== all);
}

/** Follows a link to what is not drawn yet: a finding far down, a text that is closed. @param {string} hash */
function follow(hash) {
  const id = decodeURIComponent(hash.slice(1));
  if (id === '') return;
  reveal(id);
  const text = /^at-(\d+)-/.exec(id);
  if (text) document.getElementById(`text-${text[1]}`)?.dispatchEvent(new Event('reveal'));
  document.getElementById(id)?.dispatchEvent(new Event('reveal'));
  const target = document.getElementById(id);
  if (!target) return;
  target.scrollIntoView({ block: text ? 'center' : 'start' });
  (target.querySelector('h2') ?? target).focus({ preventScroll: true });
}

/** On paper everything is open, and tables have their first rows. @param {boolean} on */
function paper(on) {
  for (const box of document.querySelectorAll('details.part')) if (on) box.dispatchEvent(new Event('reveal'));
  for (const box of document.querySelectorAll('.scroll')) box.dispatchEvent(new CustomEvent('paper', { detail: on }));
}

/** @param {HTMLElement} main @param {string} key @param {string} what */
function refuse(main, key, what) {
  main.replaceChildren(el('div', { role: 'alert', class: 'refused' }, el('h1', {}, t('report_cannot')), el('p', {}, t(key, plain(what, 200))), el('p', {}, t('report_cannot_then'))));
}

async function start() {
  const main = document.querySelector('main');
  if (!main) return;
  const messages = document.getElementById('messages');
  if (inExtension) useBrowser();
  else useMessages(JSON.parse(messages?.textContent ?? '{}'), navigator.languages);
  try {
    const parts = inExtension ? await fromExtension() : inlined();
    const refused = refusal(parts.report);
    if (refused) return refuse(main, ...refused);
    if ([DIFF, ENGINES].includes(parts.report.schema)) drawSides(parts, main);
    else await drawReport(model(parts.report, parts.texts, parts.proofs), main);
  } catch (error) {
    return refuse(main, 'report_unreadable', error instanceof Error ? error.message : String(error));
  }
  addEventListener('hashchange', () => follow(location.hash));
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    if (!link) return;
    event.preventDefault();
    const hash = link.getAttribute('href') ?? '';
    history.replaceState(null, '', hash);
    follow(hash);
  });
  addEventListener('beforeprint', () => paper(true));
  addEventListener('afterprint', () => paper(false));
  follow(location.hash);
}

void start();
