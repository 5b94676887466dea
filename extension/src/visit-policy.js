// The site's policy in a recording by hand. Nobody is sent anywhere unasked: a policy page is captured when it is opened in the recorded tab, by the
// visitor or by the popup's button, which does what a click on the link would do. Policies on other sites are left alone: a recording covers one site.
import { collectLinks } from './policy-capture.js';
import { scoreLinks } from './policy-links.js';
import { recordPolicy, runInPage } from './policy-visit.js';
import { hostOf, sameSite, withoutHash } from './text.js';

const RENDER_MS = 700;   // Pages that are built by script have no text at the load event.
const FIRM = 50;         // Score of a link that hardly leads elsewhere.
const PATIENCE_MS = 2000;

/** @typedef {import('./policy-links.js').Candidate} Candidate */
/** @typedef {{state: 'none' | 'found' | 'reading' | 'read' | 'elsewhere' | 'failed', host: string | null, next?: Candidate['kind'] | null}} PolicyState next: of read, what else could be read */

export class VisitPolicy {
  #api;
  #session;
  #tab;
  #onChange;
  /** @type {Map<string, Candidate>} by address without fragment, own site only */ #candidates = new Map();
  /** @type {string | null} */ #elsewhere = null;
  /** @type {Set<string>} */ #told = new Set();
  /** @type {Set<string>} */ #captured = new Set();
  /** @type {string | null} */ #opening = null;
  #reading = 0;
  #result = '';
  /** @type {Promise<any>} */ #busy = Promise.resolve();

  /** @param {{api: typeof chrome, session: import('./session.js').Session, tab: number, onChange: () => void}} parts */
  constructor({ api, session, tab, onChange }) {
    this.#api = api;
    this.#session = session;
    this.#tab = tab;
    this.#onChange = onChange;
  }

  /** @returns {PolicyState} */
  get state() {
    if (this.#reading > 0 || this.#opening) return { state: 'reading', host: null };
    if (this.#result === 'captured') return { state: 'read', host: null, next: this.#best()?.kind ?? null };
    if (this.#result) return { state: 'failed', host: null };
    if (this.#best()) return { state: 'found', host: null };
    return this.#elsewhere ? { state: 'elsewhere', host: this.#elsewhere } : { state: 'none', host: null };
  }

  /** Opens the best policy link in the recorded tab: asked for in the popup. */
  async open() {
    const best = this.#best();
    if (!best || this.#opening) return;
    this.#opening = best.url;
    this.#onChange();
    await this.#api.tabs.update(this.#tab, { url: best.url }).catch(() => { this.#opening = null; });
    this.#onChange();
  }

  /** Whether the page to come is the one of open(). */
  get opening() { return this.#opening !== null; }

  /** The page to come does not come. */
  notOpened() {
    if (!this.#opening) return;
    this.#captured.add(withoutHash(this.#opening));
    this.#opening = null;
    this.#result ||= 'failed';
    this.#onChange();
  }

  /** A page of the site has loaded. @param {{url: string, page: number, status: number | null, contentType: string | null}} loaded */
  loaded(loaded) { this.#busy = Promise.allSettled([this.#busy, this.#look(loaded)]); }

  /** Resolves when nothing is being captured any more, or after a while. */
  settled() { return Promise.race([this.#busy, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]); }

  /** @param {{url: string, page: number, status: number | null, contentType: string | null}} loaded */
  async #look({ url, page, status, contentType }) {
    const asked = this.#opening !== null;
    const link = this.#candidates.get(withoutHash(url)) ?? (asked ? this.#best() : undefined) ?? this.#byItsOwnAddress(url);
    this.#opening = null;
    const wanted = link && (asked || link.score >= FIRM) && !this.#captured.has(withoutHash(url));
    if (wanted) {
      this.#captured.add(withoutHash(url));
      this.#reading++;
      this.#onChange();
    }
    await new Promise((resolve) => setTimeout(resolve, RENDER_MS));
    if (wanted) {
      const visit = { result: /** @type {const} */ ('loaded'), url, status, contentType, error: null, quiet: false, shown: true };
      const result = await recordPolicy({ api: this.#api, session: this.#session, tab: this.#tab, visit, kind: link.kind, linkText: link.text || null, requested: url }).catch(() => 'failed');
      if (this.#result !== 'captured') this.#result = result;
      this.#reading--;
    }
    await this.#links(url, page);
    this.#onChange();
  }

  /** @param {string} url @param {number} page */
  async #links(url, page) {
    const frames = await runInPage(this.#api, this.#tab, collectLinks, true);
    for (const c of frames.flatMap((f) => scoreLinks(f.result, url, { framed: f.frameId !== 0 }))) {
      const key = withoutHash(c.url);
      if (this.#told.has(key)) continue;
      this.#told.add(key);
      this.#session.emit('policy.link', { url: c.url, host: c.host, text: c.text, kind: c.kind, score: c.score, page, chosen: false });
      if (sameSite(c.host, hostOf(url))) this.#candidates.set(key, c);
      else if (c.score >= FIRM) this.#elsewhere ??= c.host;
    }
  }

  /** @returns {Candidate | undefined} */
  #best() {
    const firm = [...this.#candidates.values()].filter((c) => c.score >= FIRM && !this.#captured.has(withoutHash(c.url)));
    return firm.sort((a, b) => Number(b.kind === 'privacy-policy') - Number(a.kind === 'privacy-policy') || b.score - a.score)[0];
  }

  /** Of a page that nobody linked: its address may say it. @param {string} url @returns {Candidate | undefined} */
  #byItsOwnAddress(url) {
    const path = url.replace(/^https?:\/\/[^/]*/, '').replace(/[-_/.]+/g, ' ').trim();
    return scoreLinks([{ text: path, href: url }], new URL('/', url).href)[0];
  }
}
