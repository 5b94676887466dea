// Runs what `affiant audit` asked for (docs/protocol.md "The plan"): the site, its policies found by their links, further pages,
// and at the end everything acknowledged and sealed. The list of steps is plain data, so that a restarted background goes on.
import { plantCanary } from './canary.js';
import { makeChoice } from './consent/choice.js';
import { noteConditions, readConditions } from './conditions.js';
import { Observers } from './observers.js';
import { visitPage } from './page-visit.js';
import { collectLinks } from './policy-capture.js';
import { choosePolicies, furtherPages, scoreLinks } from './policy-links.js';
import { recordPolicy, runInPage } from './policy-visit.js';
import { Scope } from './scope.js';
import { ConsentData, recordSiteFiles } from './site-files.js';
import { withoutHash } from './text.js';

const MAX_POLICY_PAGES = 4;
const MAX_FURTHER = 50;

/**
 * @typedef {{url: string, pages: number, quiet_ms: number, timeout_ms: number, policy: string | null, discover_policy: boolean, site_files: boolean,
 *   phase: 'no-choice' | 'reject' | 'accept', gpc: boolean, third_party_cookies: string, canary?: import('./canary.js').Canary | null}} Plan
 * @typedef {{url: string, role: 'site' | 'further' | 'policy', kind: string, linkText: string | null}} Step
 * @typedef {{plan: Plan, steps: Step[], number: number, policies: string[], captured: string[], kinds: string[], siteUrl: string | null, consentData: string[], choice: 'made' | 'failed' | null,
 *   outcome: {reason: 'plan-done' | 'timeout' | 'failed', detail: string | null}}} PlanState
 */

/** Where an audit begins. @param {Plan} plan @returns {PlanState} */
export function beginning(plan) {
  /** @type {Step[]} */
  const steps = [{ url: plan.url, role: 'site', kind: '', linkText: null }];
  if (plan.policy) steps.push({ url: plan.policy, role: 'policy', kind: 'unknown', linkText: null });
  return { plan, steps, number: 0, policies: plan.policy ? [plan.policy] : [], captured: [], kinds: [], siteUrl: null, consentData: [], choice: null, outcome: { reason: 'plan-done', detail: null } };
}

export class Audit {
  #api;
  #firefox;
  #session;
  #save;
  /** @type {Observers} */ #observers;
  /** @type {number} */ #tab = -1;

  /** @param {{api: typeof chrome, early: import('./early-events.js').EarlyEvents, firefox: boolean, session: import('./session.js').Session, inbox: import('./inbox.js').Inbox, bodies: boolean, save: (state: PlanState) => void}} parts */
  constructor({ api, early, firefox, session, inbox, bodies, save }) {
    this.#api = api;
    this.#firefox = firefox;
    this.#session = session;
    this.#save = save;
    this.#observers = new Observers({ api, early, firefox, session, inbox, scope: new Scope(), audit: true, bodies });
  }

  /** @param {Plan} plan */
  async run(plan) {
    const found = await readConditions(this.#api, this.#firefox);
    const jar = await this.#observers.cookies.jar();
    await this.#session.open({ url: plan.url, purpose: 'audit', phase: plan.phase ?? 'no-choice', gpc: found.gpc, third_party_cookies: found.thirdParty.mode, private_window: false });
    noteConditions(this.#session, found, plan);
    this.#observers.cookies.emitJar('start', jar);
    return this.#go(beginning(plan));
  }

  /** The background began anew within an audit: the step it was in is done again. @param {PlanState} state */
  async resume(state) {
    this.#session.note('background-restarted', `step ${state.number} is done again; what happened meanwhile was not seen`);
    return this.#go(state);
  }

  /** @param {PlanState} state */
  async #go(state) {
    const consentData = new ConsentData(state.consentData);
    this.#observers.onResponse = (url, status) => consentData.seen(url, status);
    await this.#observers.start();
    /** @param {number} removed */
    const onRemoved = (removed) => {
      if (removed !== this.#tab) return;
      this.#tab = -1;
      this.#session.note('tab-closed', 'the tab of the audit was closed, but not by the audit');
    };
    this.#api.tabs.onRemoved.addListener(onRemoved);
    try {
      while (state.steps.length > 0 && this.#session.state === 'open') {
        this.#save(state);
        await this.#step(state, /** @type {Step} */ (state.steps[0]));
        state.steps.shift();
        state.number++;
      }
      await this.#finish();
      if (state.plan.site_files === true && state.siteUrl !== null && this.#session.state === 'open')
        await recordSiteFiles({ session: this.#session, siteUrl: state.siteUrl, consentData: state.consentData });
    } finally {
      this.#api.tabs.onRemoved.removeListener(onRemoved);
      await this.#observers.stop();
    }
    return this.#session.close(state.outcome.reason, state.outcome.detail);
  }

  /** @param {PlanState} state @param {Step} step */
  async #step(state, step) {
    const { plan } = state;
    const api = this.#api;
    const page = state.number;
    await this.#ensureTab();
    const visit = await visitPage({
      api, session: this.#session, frames: this.#observers.frames, activity: this.#observers.activity, tab: this.#tab, url: step.url, role: step.role, page,
      quietMs: plan.quiet_ms ?? 3000, timeoutMs: plan.timeout_ms ?? 60_000, alive: () => this.#tab >= 0, beforeDone: () => this.#observers.scripts.snapshot(this.#tab),
    });
    if (step.role === 'policy') {
      const address = withoutHash(visit.url);
      if (visit.result !== 'failed' && state.captured.includes(address)) this.#session.note('policy-same', `${step.url} leads to ${visit.url}, which is captured already`);
      else if (await recordPolicy({ api, session: this.#session, tab: this.#tab, visit, kind: step.kind, linkText: step.linkText, requested: step.url }) === 'captured') state.captured.push(address);
    }
    if (step.role === 'site' && !visit.shown) {
      const reason = visit.result === 'timeout' ? 'timeout' : 'failed';
      state.outcome = { reason, detail: visit.error ?? `${step.url}: nothing was shown within ${plan.timeout_ms} ms` };
      state.steps.splice(1);
    } else if (visit.shown) {
      if (step.role === 'site') state.siteUrl = visit.url;
      await this.#followLinks(state, step, visit.url, page);
      if (step.role === 'site') await this.#choose(state, page, visit.url);
      if (plan.canary && step.role !== 'policy' && this.#tab >= 0)
        await plantCanary({ api, session: this.#session, tab: this.#tab, page, url: visit.url, canary: plan.canary, settle: () => this.#quiet(plan) });
    }
    // A page that hung or offered a file may hold its tab in a dialog: the next one gets a tab of its own.
    if (!visit.quiet) await this.#dropTab();
  }

  /** Until the page asks for nothing more, or its time is up. @param {Plan} plan */
  async #quiet({ quiet_ms: quietMs = 3000, timeout_ms: timeoutMs = 60_000 }) {
    const start = Date.now();
    const sleep = () => new Promise((resolve) => setTimeout(resolve, 50));
    // What an event starts may come a moment later.
    do await sleep(); while (this.#tab >= 0 && Date.now() - start < timeoutMs && (Date.now() - start < quietMs || this.#observers.activity.quietFor(Date.now(), quietMs) < quietMs));
  }

  /** The choice of the session, and the page once more after it: much of what a choice changes shows when a page is loaded. @param {PlanState} state @param {number} page @param {string} url */
  async #choose(state, page, url) {
    const { phase } = state.plan;
    if ((phase !== 'reject' && phase !== 'accept') || state.choice !== null) return;
    const { made } = await makeChoice({ api: this.#api, session: this.#session, tab: this.#tab, page, wanted: phase, alive: () => this.#tab >= 0 });
    await this.#quiet(state.plan);
    state.choice = made ? 'made' : 'failed';
    if (made) state.steps.splice(1, 0, { url, role: 'further', kind: '', linkText: null });
  }

  /** @param {PlanState} state @param {Step} step @param {string} url @param {number} page */
  async #followLinks(state, step, url, page) {
    const { plan } = state;
    const frames = await runInPage(this.#api, this.#tab, collectLinks, true);
    const candidates = plan.discover_policy === false || plan.policy ? [] : frames.flatMap((f) => scoreLinks(f.result, url, { framed: f.frameId !== 0 }))
      .sort((a, b) => b.score - a.score);
    const visited = new Set(state.policies.map(withoutHash));
    const fresh = candidates.filter((c) => !visited.has(withoutHash(c.url)));
    // A policy page is searched only for the kind that is still missing: it links to many others' policies.
    const wanted = step.role === 'site' ? fresh : fresh.filter((c) => !state.kinds.includes(c.kind) && (step.role !== 'policy' || c.kind === 'cookie-policy'));
    const chosen = step.role === 'policy' ? wanted.slice(0, 1).filter((c) => c.score >= 50 && state.policies.length < MAX_POLICY_PAGES)
      : choosePolicies(wanted, MAX_POLICY_PAGES - state.policies.length, visited);
    for (const c of fresh)
      this.#session.emit('policy.link', { url: c.url, host: c.host, text: c.text, kind: c.kind, score: c.score, page, chosen: chosen.includes(c) });
    for (const c of chosen) {
      state.policies.push(c.url);
      state.kinds.push(c.kind);
      state.steps.push({ url: c.url, role: 'policy', kind: c.kind, linkText: c.text });
    }
    if (step.role !== 'site') return;
    const links = frames.filter((f) => f.frameId === 0).flatMap((f) => f.result);
    const exclude = [plan.url, ...(plan.policy ? [plan.policy] : []), ...candidates.map((c) => c.url)];
    const further = furtherPages(links, url, Math.min(plan.pages ?? 0, MAX_FURTHER), exclude);
    state.steps.splice(1, 0, ...further.map((address) => ({ url: address, role: /** @type {const} */ ('further'), kind: '', linkText: null })));
  }

  /** The last look: storage was compared page by page; leaving the page lets it say its farewells; then the jar. */
  async #finish() {
    if (this.#tab >= 0) {
      await this.#api.tabs.update(this.#tab, { url: 'about:blank' }).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 400));
    }
    if (this.#session.state === 'open') this.#observers.cookies.emitJar('final', await this.#observers.cookies.jar());
  }

  async #ensureTab() {
    if (this.#tab >= 0 && await this.#api.tabs.get(this.#tab).catch(() => null)) return;
    const tab = await this.#api.tabs.create({ url: 'about:blank', active: true });
    this.#tab = tab.id ?? -1;
  }

  async #dropTab() {
    const old = this.#tab;
    this.#tab = -1;
    // Another tab first: the last tab takes its window and, in some browsers, the browser with it.
    await this.#ensureTab();
    if (old >= 0) await this.#api.tabs.remove(old).catch(() => {});
  }
}
