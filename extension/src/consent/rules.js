// Asks the rules of autoconsent (vendor/autoconsent, unchanged) to refuse or accept: they know the banners of several hundred consent managers. The
// rules run in the extension's own world in each frame; a few of their steps must ask the page's world, by functions that come with them.

const DETECT_MS = 3_500;   // Nothing known has shown itself: the rules are looked for again and again meanwhile.
const ACT_MS = 30_000;     // From the banner being found to the rules' own word that it is done.
const FRAME_MS = 3_000;
const RETRIES = 5;         // At 500 ms.
const FOLDER = 'vendor/autoconsent';
/** Labels whose pressing closes a banner and refuses nothing. */
const NO_REFUSAL = /^(?:close|dismiss|schlie(?:ß|ss)en|fermer|cerrar|chiudi|sluiten|[×✕✖x]|ok(?:ay)?|got it|i understand|(?:i )?(?:accept|agree).*)$/iu;

/** @typedef {{found: string | null, done: boolean, why: string, clicked: string[], tested: boolean | null}} RulesOutcome */

/** The rules, or null where this extension was built without them. @param {typeof chrome} api */
export async function loadRules(api) {
  try {
    const about = await (await fetch(api.runtime.getURL(`${FOLDER}/about.json`))).json();
    if (!about.version) return null;
    return { version: /** @type {string} */ (about.version), compact: await (await fetch(api.runtime.getURL(`${FOLDER}/compact-rules.json`))).json() };
  } catch { return null; }
}

/**
 * @param {{api: typeof chrome, tab: number, wanted: 'reject' | 'accept', rules: {version: string, compact: any}, alive: () => boolean}} parts
 * @returns {Promise<RulesOutcome>}
 */
export async function chooseByRules({ api, tab, wanted, rules, alive }) {
  /** @type {RulesOutcome} */
  const outcome = { found: null, done: false, why: 'no banner that the rules know', clicked: [], tested: null };
  let failed = '';
  let asked = false;  // A step in the page's world after the banner was found: the manager's own interface.
  let finished = false;
  const config = {
    enabled: true, autoAction: wanted === 'accept' ? 'optIn' : 'optOut', disabledCmps: [], enablePrehide: false, enableCosmeticRules: false, enableGeneratedRules: true,
    detectRetries: RETRIES, isMainWorld: false, visualTest: false, heuristicMode: 'off', enableHeuristicDetection: false,
  };
  /** @param {number} frame @param {object} message */
  const answer = (frame, message) => { api.tabs.sendMessage(tab, { affiant: 'consent', message }, { frameId: frame }).catch(() => {}); };

  /** @param {any} envelope @param {any} sender */
  const onMessage = (envelope, sender) => {
    if (sender.id !== api.runtime.id || sender.tab?.id !== tab || envelope?.affiant !== 'consent') return;
    const message = envelope.message ?? {};
    const frame = sender.frameId ?? 0;
    switch (message.type) {
      case 'init': return answer(frame, { type: 'initResp', config, rules: { autoconsent: [], compact: rules.compact } });
      case 'eval':
        if (outcome.found !== null) asked = true;
        inPage(api, tab, frame, message.snippetId).then((result) => answer(frame, { type: 'evalResp', id: message.id, result }));
        return;
      case 'popupFound': outcome.found ??= String(message.cmp).slice(0, 100); return;
      case 'clicked': if (outcome.clicked.length < 20 && message.label) outcome.clicked.push(String(message.label).slice(0, 80)); return;
      case 'optOutResult': case 'optInResult':
        if (message.result === false) failed = `the rule for ${message.cmp} did not come to its end`;
        else if (message.scheduleSelfTest) answer(frame, { type: 'selfTest' });
        return;
      case 'selfTestResult': outcome.tested = message.result === true; return;
      case 'autoconsentDone': if (message.isCosmetic !== true) finished = true;
    }
  };
  const onFrame = (/** @type {any} */ d) => { if (d.tabId === tab) inject(api, tab, d.frameId); };
  api.runtime.onMessage.addListener(onMessage);
  api.webNavigation.onDOMContentLoaded.addListener(onFrame);
  try {
    const frames = (await api.webNavigation.getAllFrames({ tabId: tab }).catch(() => null)) ?? [];
    await Promise.all(frames.map((f) => inject(api, tab, f.frameId)));
    const start = Date.now();
    while (alive() && !finished && failed === '') {
      const waited = Date.now() - start;
      if (outcome.found === null ? waited > DETECT_MS : waited > ACT_MS) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    if (finished && failed === '') {
      await new Promise((resolve) => setTimeout(resolve, 300));  // The rule's own test of what came of it.
      outcome.why = emptiness(outcome, wanted, asked);
      outcome.done = outcome.why === '';
    } else if (outcome.found !== null) {
      outcome.why = failed || `the rule for ${outcome.found} was not done within ${ACT_MS / 1000} s`;
    }
    return outcome;
  } finally {
    api.webNavigation.onDOMContentLoaded.removeListener(onFrame);
    api.runtime.onMessage.removeListener(onMessage);
  }
}

/**
 * Why a rule that came to its end made no choice all the same; empty: it made one. Some rules only hide a banner that offers no refusal.
 * @param {RulesOutcome} outcome @param {'reject' | 'accept'} wanted @param {boolean} asked
 */
function emptiness({ found, clicked, tested }, wanted, asked) {
  if (tested === false) return `the rule for ${found} says that its choice had no effect`;
  if (tested === true) return '';
  if (clicked.length === 0 && !asked) return `the rule for ${found} only hid the banner`;
  if (wanted === 'reject' && clicked.length > 0 && !asked && clicked.every((label) => NO_REFUSAL.test(label))) return `the rule for ${found} only pressed “${clicked.join('”, “')}”, which refuses nothing`;
  return '';
}

/** Some frames never answer: each is asked apart. @param {typeof chrome} api @param {number} tab @param {number} frame */
async function inject(api, tab, frame) {
  const files = ['src/content/consent-bridge.js', `${FOLDER}/autoconsent.playwright.js`];
  await Promise.race([
    api.scripting.executeScript({ target: { tabId: tab, frameIds: [frame] }, files }).catch(() => {}),
    new Promise((resolve) => setTimeout(resolve, FRAME_MS)),
  ]);
}

/** A step that asks the page's own world. @param {typeof chrome} api @param {number} tab @param {number} frame @param {any} snippet @returns {Promise<boolean>} */
async function inPage(api, tab, frame, snippet) {
  if (typeof snippet !== 'string' || !/^\w+$/.test(snippet)) return false;
  const results = await api.scripting.executeScript(/** @type {any} */ ({ target: { tabId: tab, frameIds: [frame] }, files: [`${FOLDER}/snippets/${snippet}.js`], world: 'MAIN' })).catch(() => []);
  return Boolean(/** @type {any} */ (results)[0]?.result);
}
