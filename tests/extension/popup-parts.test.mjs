// The background's parts behind the popup and the report page: when the host is asked, what is passed on, which hosts fit.
import assert from 'node:assert/strict';
import test from 'node:test';
import { HostPort } from '../../extension/src/host-port.js';
import { PROTOCOL } from '../../extension/src/protocol.js';
import { caseOf, ReportPages } from '../../extension/src/report-pages.js';
import { mismatch } from '../../extension/src/release.js';
import { Summaries } from '../../extension/src/summaries.js';

function summaries() {
  const made = { posted: [], now: 1000, changes: 0 };
  made.s = new Summaries({ post: (message) => { made.posted.push(message); return made.up ?? true; }, onChange: () => made.changes++, now: () => made.now });
  made.answer = (figures = { cookies: 1 }, more = {}) => made.s.receive({ type: 'summary', case: 'c', summary: figures, error: null, ...more });
  return made;
}

test('AskedAtMostEveryTwoSecondsAndOnlyWhenSomethingNewIsOnDisk', () => {
  const m = summaries();
  m.s.look(null, 5);
  assert.deepEqual(m.posted, []);
  m.s.look('c', 5);
  m.s.look('c', 6);
  assert.deepEqual(m.posted, [{ type: 'summary', case: 'c' }], 'one question at a time');
  m.now += 100;
  m.answer();
  m.now += 1999;
  m.s.look('c', 9);
  assert.equal(m.posted.length, 1);
  m.now += 1;
  m.s.look('c', 5);
  assert.equal(m.posted.length, 1, 'nothing new');
  m.s.look('c', 9);
  assert.equal(m.posted.length, 2);
});

test('ASlowAnswerMeansALongerRestAndIsSaidToBeBehind', () => {
  const m = summaries();
  m.s.look('c', 5);
  m.now += 10_000;
  m.answer();
  assert.deepEqual(m.s.of('c', 50), { at: 1000, figures: { cookies: 1 }, error: null, behind: true });
  m.now += 39_000;
  m.s.look('c', 50);
  assert.equal(m.posted.length, 1);
  m.now += 1000;
  m.s.look('c', 50);
  assert.equal(m.posted.length, 2);
});

test('AnErrorKeepsTheLastFiguresOfTheSameCaseAndNoOthers', () => {
  const m = summaries();
  m.s.look('c', 5);
  m.answer();
  m.now += 5000;
  m.s.look('c', 6);
  m.answer(null, { error: { code: 'io', message: 'no' } });
  assert.deepEqual(m.s.of('c', 6), { at: 6000, figures: { cookies: 1 }, error: 'no', behind: false });
  assert.equal(m.s.of('d', 6), null);
  m.answer({ cookies: 9 });
  assert.equal(m.s.of('c', 6).figures.cookies, 1, 'nobody asked');
});

test('TheLastSummaryOfACaseIsWaitedForAndAHostThatGoesEndsTheWait', async () => {
  const m = summaries();
  m.s.look('c', 5);
  const done = m.s.conclude('c', 9);
  m.answer({ cookies: 1 });
  await new Promise((resolve) => setTimeout(resolve, 0));
  assert.equal(m.posted.length, 2, 'what was asked before the seal does not count');
  m.answer({ cookies: 2 });
  await done;
  assert.equal(m.s.of('c', 9).figures.cookies, 2);
  const again = m.s.conclude('c', 10);
  m.s.down();
  await again;
  m.up = false;
  await m.s.conclude('c', 11);
});

function page(url) {
  const made = { posted: [], gone: [], sender: { url }, postMessage: (m) => made.posted.push(m), onDisconnect: { addListener: (f) => made.gone.push(f) } };
  return made;
}
const tick = () => new Promise((resolve) => setTimeout(resolve, 0));
const at = (name) => `chrome-extension://x/src/ui/report/report.html?case=${name}`;
const part = (name, json, done = false, error = null, which = 'report') => ({ type: 'report.part', case: name, part: which, json, done, error });

test('AReportIsPassedOnPieceByPieceToThePageThatAskedOneAfterTheOther', async () => {
  const posted = [];
  const pages = new ReportPages({ post: (m) => { posted.push(m); return true; }, ready: async () => {} });
  const [a, b] = [page(at('c1')), page(at('c1'))];
  pages.connected(a);
  pages.connected(b);
  await tick();
  assert.deepEqual(posted, [{ type: 'report', case: 'c1' }]);
  pages.receive(part('c1', '{"a'));
  pages.receive(part('other', 'x'));
  pages.receive(part('c1', '":1}'));
  pages.receive(part('c1', '', true));
  pages.receive(part('c1', '[]', true, null, 'texts'));
  assert.equal(posted.length, 1);
  pages.receive(part('c1', '', true, null, 'proofs'));
  await tick();
  assert.deepEqual(a.posted, [{ part: 'report', json: '{"a', done: false }, { part: 'report', json: '":1}', done: false }, { part: 'report', json: '', done: true },
    { part: 'texts', json: '[]', done: true }, { part: 'proofs', json: '', done: true }]);
  assert.equal(posted.length, 2);
  pages.receive(part('c1', '', true, { code: 'broken', message: 'bad' }));
  assert.deepEqual(b.posted, [{ part: 'report', json: '', done: true, error: 'bad' }]);
  await tick();
  assert.equal(pages.busy, false);
});

test('AReportPageIsToldWhenThereIsNoCaseOrNoHost', async () => {
  const pages = new ReportPages({ post: () => true, ready: async () => { throw new Error('not installed'); } });
  for (const [url, error] of [[at(''), /names no case/], [at('..%2F..'), /names no case/], ['nonsense', /names no case/], [at('c1'), /not installed/]]) {
    const p = page(url);
    pages.connected(p);
    await tick();
    assert.match(p.posted.at(-1).error, error, url);
    assert.equal(p.posted.at(-1).done, true);
  }
  const lost = new ReportPages({ post: () => true, ready: async () => {} });
  const p = page(at('c1'));
  lost.connected(p);
  await tick();
  lost.down();
  assert.match(p.posted.at(-1).error, /gone/);
  assert.equal(lost.busy, false);
});

test('CasesAreNamedByAddressInPlainCharacters', () => {
  assert.equal(caseOf(at('20261126-101500-001-shop.example-1a2b3c4d')), '20261126-101500-001-shop.example-1a2b3c4d');
  for (const name of ['.hidden', 'a/b', 'a%00b', 'x'.repeat(201)]) assert.equal(caseOf(at(name)), null, name);
});

test('NumbersOfProtocolsTellWhichHalfIsOldAndVersionsDoNot', () => {
  const welcome = (more) => ({ type: 'welcome', protocol: PROTOCOL, host_version: '0.2.0', plan: null, ...more });
  for (const host_version of ['0.0.1', '99.0.0', undefined]) assert.equal(mismatch(welcome({ host_version })), null);
  assert.deepEqual(mismatch(welcome({ protocol: PROTOCOL + 1 })), { verdict: 'extension-old', version: '0.2.0' });
  assert.deepEqual(mismatch(welcome({ protocol: PROTOCOL - 1 })), { verdict: 'host-old', version: '0.2.0' });
  assert.equal(mismatch(welcome({ protocol: undefined })).verdict, 'host-old');
  const refusal = (more) => ({ type: 'error', code: 'unsupported', fatal: true, ...more });
  assert.deepEqual(mismatch(refusal({ message: 'whatever', protocol: PROTOCOL + 1, oldest_protocol: PROTOCOL + 1, host_version: '9.9.9' })), { verdict: 'extension-old', version: '9.9.9' });
  assert.equal(mismatch(refusal({ message: 'something else is not supported', protocol: PROTOCOL, host_version: '0.2.0' })), null);
  const inWords = (speaks) => mismatch(refusal({ message: `message.protocol: the extension speaks protocol ${PROTOCOL}, this affiant-host 0.0.9 speaks ${speaks}. Install …` }));
  assert.deepEqual([inWords(PROTOCOL - 1), inWords(PROTOCOL + 1).verdict], [{ verdict: 'host-old', version: '0.0.9' }, 'extension-old']);
  assert.deepEqual(mismatch(refusal({ message: 'no numbers' })), { verdict: 'host-old', version: '' });
  assert.equal(mismatch({ type: 'error', code: 'io', message: '' }), null);
});

test('AHostThatEndsWithAReasonIsQuotedWhereTheBrowserKnowsNone', async () => {
  let say;
  let die;
  const port = new HostPort({ connect: () => ({ postMessage() {}, disconnect() {}, onMessage: { addListener: (f) => { say = f; } }, onDisconnect: { addListener: (f) => { die = f; } } }),
    lastError: () => 'Native host has exited.', hello: async () => ({}), onMessage() {}, onDown() {}, onState() {}, setTimer() {} });
  port.start();
  await tick();
  say({ type: 'error', code: 'no-space', message: 'the disk with /home is full', fatal: true });
  die();
  assert.equal(port.error, 'no-space: the disk with /home is full');
});

test('AHostOfAnotherReleaseIsNotTriedAgainUntilSomebodyAsks', async () => {
  let connects = 0;
  let onMessage;
  const port = new HostPort({ connect: () => { connects++; return { postMessage() {}, disconnect() {}, onMessage: { addListener: (f) => { onMessage = f; } }, onDisconnect: { addListener() {} } }; },
    lastError: () => '', hello: async () => ({}), mismatch: (m) => (m.old ? 'host-old' : null), onMessage: () => assert.fail('nothing is passed on'), onDown() {}, onState() {}, setTimer: () => assert.fail('no retry') });
  port.start();
  await tick();
  onMessage({ type: 'welcome', old: true });
  assert.deepEqual([port.state, connects, port.post({})], ['host-old', 1, false]);
  port.start();
  await tick();
  assert.equal(connects, 2);
});
