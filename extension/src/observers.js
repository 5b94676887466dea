// All observers of one recording, built together, started and stopped together.
import { Activity } from './activity.js';
import { Documents } from './attribution.js';
import { MainFrames } from './main-frame.js';
import { AddressObserver } from './observe/addresses.js';
import { BodyObserver } from './observe/bodies.js';
import { CookieObserver } from './observe/cookies.js';
import { NavigationObserver } from './observe/navigation.js';
import { RequestObserver } from './observe/requests.js';
import { ScriptObserver } from './observe/scripts.js';

export class Observers {
  frames = new MainFrames();
  documents = new Documents();
  /** @type {(what: string, d: any) => void} */ onMain = () => {};
  /** Told of every response that is recorded. @type {(url: string, status: number) => void} */ onResponse = () => {};
  #early;
  #session;

  /** @param {{api: typeof chrome, early: import('./early-events.js').EarlyEvents, firefox: boolean, session: import('./session.js').Session, scope: import('./scope.js').Scope,
   *   inbox: import('./inbox.js').Inbox, audit: boolean, bodies?: boolean}} parts bodies: of requests, to be looked for what was planted */
  constructor({ api, early, firefox, session, scope, inbox, audit, bodies = false }) {
    const { documents, frames } = this;
    this.#early = early;
    this.#session = session;
    this.activity = new Activity();
    this.cookies = new CookieObserver({ api: early.api, firefox, session, scope });
    this.scripts = new ScriptObserver({ api, session, documents, scope, inbox });
    this.requests = new RequestObserver({ api: early.api, firefox, session, documents, scope, activity: audit ? this.activity : null,
      addresses: new AddressObserver({ api, firefox, session, scope }),
      onMain: (d, info) => frames.response(d.tabId, info, Date.now()), onResponse: (url, status) => this.onResponse(url, status) });
    this.bodies = bodies ? new BodyObserver({ api, firefox, session, documents, scope }) : null;
    this.navigation = new NavigationObserver({ api: early.api, documents, onMain: (what, d) => {
      frames.navigation(what, d, Date.now());
      this.onMain(what, d);
    } });
  }

  async start() {
    this.navigation.start();
    this.requests.start();
    this.bodies?.start();
    this.cookies.start();
    const lost = this.#early.release();
    if (lost > 0) this.#session.note('early-overflow', `${lost} events came before the recording could go on, and were too many to hold`);
    await this.scripts.start();
  }

  async stop() {
    this.navigation.stop();
    this.requests.stop();
    this.bodies?.stop();
    this.cookies.stop();
    await this.scripts.stop();
  }
}
