// Makes the visitor's choice of a `reject` or `accept` session, once, on the page the audit began with: by rules that know the banner, else by what is
// written on its buttons. What was done goes into evidence: screenshots before and after, and a note `choice-made` or `choice-failed`.
import { runInPage } from '../policy-visit.js';
import { chooseByRules, loadRules } from './rules.js';
import { takeScreenshot } from './screenshot.js';
import { lookForChoice } from './buttons.js';
import { LABELS, TOPIC } from './words.js';

const ROUNDS = 4;          // Banner, its settings, a second page of them, and the last word.
const SETTLE_MS = 700;     // After a click, before the next look.
const GONE_MS = 5_000;     // How long a banner may take to go.
const LOOK_FOR_MS = 2_500;

/** What is pressed, the best first, in each round. @type {Record<'reject' | 'accept', import('./words.js').ButtonKind[][]>} */
const ORDER = { reject: [['reject', 'settings', 'save'], ['reject', 'save'], ['reject', 'save'], ['save']], accept: [['accept'], ['accept'], [], []] };

/** @typedef {{made: boolean, detail: string}} Choice */

const sleep = (/** @type {number} */ ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * @param {{api: typeof chrome, session: import('../session.js').Session, tab: number, page: number, wanted: 'reject' | 'accept', alive: () => boolean}} parts
 * @returns {Promise<Choice>}
 */
export async function makeChoice({ api, session, tab, page, wanted, alive }) {
  await takeScreenshot({ api, session, tab, page, when: 'before-choice' });
  const choice = await choose(api, tab, wanted, alive);
  session.note(choice.made ? 'choice-made' : 'choice-failed', `${wanted}: ${choice.detail}`);
  if (choice.made) await takeScreenshot({ api, session, tab, page, when: 'after-choice' });
  return choice;
}

/** @param {typeof chrome} api @param {number} tab @param {'reject' | 'accept'} wanted @param {() => boolean} alive @returns {Promise<Choice>} */
async function choose(api, tab, wanted, alive) {
  const rules = await loadRules(api);
  let before = 'built without rules for consent managers';
  if (rules) {
    const { found, done, why, clicked } = await chooseByRules({ api, tab, wanted, rules, alive });
    if (done) return { made: true, detail: `by the rule ${found} of autoconsent ${rules.version}${pressed(clicked)}` };
    before = why;
  }
  const buttons = await chooseByButtons(api, tab, wanted, alive);
  return buttons.made ? buttons : { made: false, detail: `${buttons.detail} (${before})` };
}

const pressed = (/** @type {string[]} */ labels) => (labels.length > 0 ? `; pressed ${labels.map((label) => `“${label}”`).join(', ')}` : '');

/** @param {typeof chrome} api @param {number} tab @param {'reject' | 'accept'} wanted @param {() => boolean} alive @returns {Promise<Choice>} */
async function chooseByButtons(api, tab, wanted, alive) {
  const labels = /** @type {string[]} */ ([]);
  let last = /** @type {import('./buttons.js').Button | null} */ (null);
  let offered = /** @type {string[]} */ ([]);
  let switched = 0;
  for (let round = 0; round < ROUNDS && alive(); round++) {
    const press = ORDER[wanted][round] ?? [];
    const start = Date.now();
    let look = await inFrames(api, tab, press);
    while (look.clicked === null && alive() && Date.now() - start < LOOK_FOR_MS) {
      await sleep(250);
      look = await inFrames(api, tab, press);
    }
    if (offered.length === 0) offered = look.buttons.map((b) => `“${b.label}”`);
    if (look.clicked === null) break;
    last = look.clicked;
    labels.push(last.label);
    switched += look.switched;
    await sleep(SETTLE_MS);
    if (last.kind !== 'settings') break;
  }
  const what = `${pressed(labels)}${switched > 0 ? `; ${switched} switched off before` : ''}`;
  if (last === null || last.kind === 'settings')
    return { made: false, detail: offered.length > 0 ? `the banner offers no button to ${wanted} all: ${offered.slice(0, 6).join(', ')}${what}` : 'no consent banner was found' };
  const { kind, label } = last;
  const end = Date.now() + GONE_MS;
  while (alive() && Date.now() < end) {
    if (!(await inFrames(api, tab, [])).buttons.some((b) => b.kind === kind && b.label === label)) return { made: true, detail: `by what is written on the buttons${what}` };
    await sleep(250);
  }
  return { made: false, detail: `the banner is still there${what}` };
}

/**
 * One look at every frame, the page's own first; one click at most, in the first frame that has a button for it.
 * @param {typeof chrome} api @param {number} tab @param {import('./words.js').ButtonKind[]} press
 */
async function inFrames(api, tab, press) {
  const all = (await runInPage(api, tab, lookForChoice, true, [LABELS, TOPIC, []])).filter((f) => f.result.buttons.length > 0);
  for (const kind of press) {
    const at = all.find((f) => f.result.buttons.some((/** @type {any} */ b) => b.kind === kind));
    if (!at) continue;
    const [answer] = await runInPage(api, tab, lookForChoice, [at.frameId], [LABELS, TOPIC, [kind]]);
    if (answer) return /** @type {import('./buttons.js').Look} */ (answer.result);
  }
  return { buttons: /** @type {import('./buttons.js').Button[]} */ (all.flatMap((f) => f.result.buttons)), clicked: null, switched: 0 };
}
