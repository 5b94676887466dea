// Puts the parts together: one port to the host, one queue, one session; an audit when the host hands a plan, else a recording
// when a person asks for one in the popup. Nothing is listened to on the web without one, the moment apart in which a new background
// looks up whether it was stopped within one.
import { api, browserInfo, HOST_NAME, isFirefox } from './api.js';
import { EarlyEvents } from './early-events.js';
import { HostPort } from './host-port.js';
import { Inbox } from './inbox.js';
import { removeHooks } from './observe/scripts.js';
import { Audit, beginning } from './plan.js';
import { Popups } from './popups.js';
import { PROTOCOL } from './protocol.js';
import { EventQueue } from './queue.js';
import { canBeRecorded } from './recordable.js';
import { mismatch } from './release.js';
import { ReportPages } from './report-pages.js';
import { Session } from './session.js';
import { Summaries } from './summaries.js';
import { Visit } from './visit.js';
import { WriteAhead } from './write-ahead.js';

const IDLE_MS = 20_000;  // Without a plan or a recording the host need not run.
const LAST = 'lastCase';  // In storage.session: what was recorded last, for as long as the browser runs.

const version = api.runtime.getManifest().version;
const boot = `${Date.now().toString(36)}-${crypto.randomUUID().slice(0, 8)}`;
const wal = new WriteAhead(api.storage.session);
const queue = new EventQueue({ store: wal });
const port = new HostPort({
  connect: () => api.runtime.connectNative(HOST_NAME),
  lastError: (p) => api.runtime.lastError?.message ?? p?.error?.message ?? 'the host has gone away',
  hello: async () => ({
    type: 'hello', protocol: PROTOCOL, boot, extension: { version }, browser: await browserInfo(), user_agent: navigator.userAgent,
  }),
  mismatch: (message) => {
    const odd = mismatch(message);
    if (odd) hostVersion = odd.version;
    return odd?.verdict ?? null;
  },
  onMessage: (message) => onHost(message),
  onDown: () => {
    session.down();
    summaries.down();
    reports.down();
  },
  onState: () => {
    if (port.state === 'ready') hostSeen = true;
    if (unusable()) {
      hostSeen = false;
      session.giveUp(`the host cannot be reached: ${port.error}`);
    }
    popups.changed();
  },
});
const session = new Session({ queue, port, onChange: () => popups.changed() });
const summaries = new Summaries({ post: (message) => port.state === 'ready' && port.post(message), onChange: () => popups.changed() });
const reports = new ReportPages({ post: (message) => port.post(message), ready: () => ready() });

/** @type {Visit | null} */ let visit = null;
let hostSeen = false;
let hostVersion = '';
let stopping = false;
let last = /** @type {{case: string | null, tree_size: number | null, host: string | null, tab: number | null, why: string | null} | null} */ (null);

const unusable = () => ['missing', 'gave-up', 'host-old', 'extension-old'].includes(port.state);
const shownCase = () => (session.recording ? session.caseName : last?.case ?? null);

const popups = new Popups({
  api,
  state: () => ({
    host: port.state === 'off' && hostSeen ? 'ready' : port.state, hostVersion, extension: version, error: port.error, session: session.state, failure: session.failure,
    recorded: session.queue.durable, tab: visit?.tab ?? null, site: visit?.host ?? null, policy: visit?.policy.state ?? null, last, summary: summaries.of(shownCase(), session.queue.durable),
  }),
  commands: {
    retry: () => port.start(), opened: () => { if (port.state === 'off') port.start(); }, record: (m) => record(m), stop: () => stop(null), policy: () => visit?.policy.open(),
  },
  onReport: (page) => reports.connected(page),
  onLook: () => summaries.look(shownCase(), session.queue.durable),
});
popups.listen();
const inbox = new Inbox(api);
inbox.listen();
const early = new EarlyEvents(api, isFirefox);
early.listen();

/** @param {any} message */
function onHost(message) {
  session.receive(message);
  summaries.receive(message);
  reports.receive(message);
  if (message?.type === 'welcome') welcomed(message).catch((error) => fail(error));
}

/** @param {any} welcome */
async function welcomed({ plan, resume }) {
  if (session.state !== 'none') {
    if (!visit && !session.recording && session.state !== 'opening') setTimeout(idle, IDLE_MS);  // For a popup or a report.
    return;
  }
  if (resume) {
    // A session that an earlier run of this browser left open. What it had not sent is gone.
    queue.restore([], resume.durable);
    session.adopt(resume.session, null);
    session.receive({ type: 'welcome', resume });
    session.note('background-restarted', 'the browser or the extension was started anew; what was not yet sent is lost');
    if (plan) await sealed(new Audit(parts({}, plan)).resume(beginning(plan)));
    else await sealed(session.close('stopped', 'left open by an earlier run'));
  } else if (plan) {
    await sealed(new Audit(parts({}, plan)).run(plan));
  } else {
    setTimeout(idle, IDLE_MS);
  }
}

/** @param {object} state @param {any} plan */
const parts = (state, plan) => ({
  api, early, firefox: isFirefox, session, inbox, bodies: Boolean(plan.canary),
  save: (/** @type {any} */ at) => wal.saveState({ ...state, kind: 'audit', session: session.id, case: session.caseName, plan: at }),
});

/** @param {number} tab @param {string} url @param {import('./scope.js').Seen | null} seen */
const newVisit = (tab, url, seen) => new Visit({
  api, early, firefox: isFirefox, session, inbox, tab, url, seen, onStop: stop, onPolicy: () => popups.changed(),
  save: (now) => wal.saveState({ kind: 'visit', session: session.id, case: session.caseName, tab, url, seen: now }),
});

/** @param {string | null} detail */
function stop(detail) {
  if (!visit || stopping) return;
  stopping = true;
  sealed(visit.stop(detail), detail);
}

/** @param {any} message of the popup */
async function record({ tab, url }) {
  if (visit || session.recording || !Number.isInteger(tab) || !canBeRecorded(url)) return;
  const info = await api.tabs.get(tab);
  if (info.incognito || visit) return;
  visit = newVisit(tab, url, null);
  popups.changed();
  try {
    await ready();
    await visit.start();
    visit.save();
  } catch (error) {
    fail(error);
  }
}

/** Resolves when the host has welcomed us. */
async function ready() {
  port.start();
  for (let i = 0; i < 600; i++) {
    if (port.state === 'ready') return;
    if (unusable()) throw new Error(port.error || 'the host speaks another protocol');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the host does not answer');
}

/** @param {Promise<any>} done @param {string | null} [why] a recording by hand ended by itself */
async function sealed(done, why = null) {
  const byHand = visit;
  let closed = null;
  try {
    closed = await done;
    if (closed) last = { case: closed.case ?? session.caseName, tree_size: closed.tree_size ?? null, host: byHand?.host ?? null, tab: byHand?.tab ?? null, why };
  } catch (error) {
    fail(error);
  }
  visit = null;
  stopping = false;
  await wal.clear();  // Before anything that takes time: a next background has nothing to go on with.
  popups.changed();
  // Beyond what is on disk: the seal's own entries count.
  if (byHand && closed && last?.case) await summaries.conclude(last.case, session.queue.durable + 1);
  if (byHand) {
    await api.storage.session.set({ [LAST]: { last, summary: summaries.last } }).catch(() => {});
    idle();  // Whoever looks at the popup may want the report.
  } else if (port.state === 'ready') {
    port.stop();
  }
  popups.changed();
}

/** @param {unknown} error */
function fail(error) {
  if (!session.failure) session.failure = String(error instanceof Error ? error.message : error);
  console.error('affiant:', error);
  visit = null;
  stopping = false;
  popups.changed();
}

function idle() {
  if (visit || session.state === 'opening' || session.recording || popups.open || reports.busy) { setTimeout(idle, IDLE_MS); return; }
  port.stop();
}

async function start() {
  const known = (/** @type {any} */ (await api.storage.session.get(LAST).catch(() => ({}))))[LAST];
  if (known && !last) {
    last = known.last;
    summaries.restore(known.summary);
  }
  const saved = await wal.load().catch(() => ({ state: null, events: [], lastQ: 0 }));
  const { state } = saved;
  if (state?.session == null) {
    inbox.nobody();
    early.drop();
    await removeHooks(api);
    port.start();
    return;
  }
  // This background was stopped within a recording. Watch first, then connect: the queue holds until the host says where it stands.
  queue.restore(saved.events, saved.lastQ);
  session.adopt(state.session, state.case);
  port.start();
  if (state.kind === 'audit') {
    await sealed(new Audit(parts(state, state.plan.plan)).resume(state.plan));
  } else {
    visit = newVisit(state.tab, state.url, state.seen ?? null);
    await visit.resume();
  }
}
start().catch((error) => console.error('affiant:', error));
