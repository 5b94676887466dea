// A recording in a person's browser: one tab, one site, from Record to Stop. Leaving the site ends it.
import { noteConditions, readConditions } from './conditions.js';
import { Observers } from './observers.js';
import { Scope } from './scope.js';
import { hostOf } from './text.js';
import { VisitPolicy } from './visit-policy.js';

export class Visit {
  #api;
  #session;
  #observers;
  #firefox;
  #tab;
  #url;
  #policy;
  #page = 0;
  /** @type {'site' | 'further' | 'policy'} */ #role = 'site';
  #pageSince = 0;
  #ended = false;
  #scope;
  #onStop;
  #save;
  /** @type {(tab: number) => void} */ #onRemoved;

  /** @param {{api: typeof chrome, early: import('./early-events.js').EarlyEvents, firefox: boolean, session: import('./session.js').Session, inbox: import('./inbox.js').Inbox,
   *   tab: number, url: string, seen: import('./scope.js').Seen | null, save: (seen: import('./scope.js').Seen) => void, onStop: (detail: string) => void,
   *   onPolicy?: () => void}} parts
   *   seen: by an earlier background, to be saved by `save`; onStop: the recording must end for a reason of its own; onPolicy: there is more to say of the policy */
  constructor({ api, early, firefox, session, inbox, tab, url, seen, save, onStop, onPolicy = () => {} }) {
    this.#onStop = onStop;
    this.#api = api;
    this.#firefox = firefox;
    this.#session = session;
    this.#tab = tab;
    this.#url = url;
    this.#scope = new Scope({ tab, siteUrl: url, seen, onSeen: () => this.save() });
    this.#save = save;
    this.#observers = new Observers({ api, early, firefox, session, inbox, scope: this.#scope, audit: false });
    this.#policy = new VisitPolicy({ api, session, tab, onChange: onPolicy });
    this.#observers.onMain = (what, d) => this.#onMain(what, d);
    this.#onRemoved = (removed) => { if (removed === tab) this.#onStop('the tab was closed'); };
  }

  get tab() { return this.#tab; }
  get host() { return hostOf(this.#url); }
  get policy() { return this.#policy; }

  /** What the next background must know, should this one be stopped. */
  save() { if (!this.#ended) this.#save(this.#scope.seen); }

  async start() {
    const found = await readConditions(this.#api, this.#firefox);
    const jar = await this.#observers.cookies.jar();
    await this.#session.open({ url: this.#url, purpose: 'visit', phase: 'no-choice', gpc: found.gpc, third_party_cookies: found.thirdParty.mode, private_window: false });
    noteConditions(this.#session, found);
    this.#observers.cookies.emitJar('start', jar);
    await this.#listen();
    this.#begin('site', this.#url);
    await this.#api.tabs.reload(this.#tab);
  }

  /** The background began anew within the recording. */
  async resume() {
    this.#session.note('background-restarted', 'what happened meanwhile was not seen');
    this.#role = 'further';
    this.#page = 1000;  // Which number it was is not known; numbers only have to differ.
    await this.#listen();
  }

  /** @param {string | null} detail */
  async stop(detail = null) {
    if (this.#ended) return null;
    this.#ended = true;
    this.#api.tabs.onRemoved.removeListener(this.#onRemoved);
    await this.#policy.settled();
    if (detail === null) await this.#observers.scripts.snapshot(this.#tab);
    this.#observers.cookies.emitJar('final', await this.#observers.cookies.jar());
    await this.#observers.stop();
    return this.#session.close('stopped', detail);
  }

  async #listen() {
    this.#api.tabs.onRemoved.addListener(this.#onRemoved);
    await this.#observers.start();
  }

  /** @param {'site' | 'further' | 'policy'} role @param {string} url */
  #begin(role, url) {
    this.#role = role;
    this.#pageSince = Date.now();
    this.#session.emit('page.start', { page: this.#page, role, url, host: hostOf(url) ?? '' });
  }

  /** @param {string} what @param {any} d */
  #onMain(what, d) {
    if (this.#ended || d.tabId !== this.#tab || /^about:blank\b/.test(d.url)) return;
    if (what === 'committed') {
      if (!this.#scope.stays(d.url)) {
        this.#onStop('left the site');
        return;
      }
      if (this.#page > 0) this.#begin(this.#policy.opening ? 'policy' : 'further', d.url);
    } else if (what === 'completed') {
      const state = this.#observers.frames.of(this.#tab);
      this.#session.emit('page.done', {
        page: this.#page, role: this.#role, url: d.url, host: hostOf(d.url), result: 'loaded', status: state.response?.status || null,
        error: null, quiet: false, elapsed_ms: Math.max(0, Date.now() - this.#pageSince),
      });
      this.#policy.loaded({ url: d.url, page: this.#page, status: state.response?.status || null, contentType: state.response?.contentType ?? null });
      this.#page++;
      this.#observers.frames.reset(this.#tab);
    } else if (what === 'error') {
      this.#policy.notOpened();
    }
  }
}
