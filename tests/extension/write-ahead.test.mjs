import assert from 'node:assert/strict';
import test from 'node:test';
import { EarlyEvents } from '../../extension/src/early-events.js';
import { weigh } from '../../extension/src/protocol.js';
import { Scope } from '../../extension/src/scope.js';
import { WriteAhead } from '../../extension/src/write-ahead.js';

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const events = (...qs) => qs.map((q) => ({ q, k: 'request', t: q, b: { n: q } }));

function area() {
  const data = new Map();
  const calls = { set: 0, remove: 0 };
  return {
    data, calls,
    set: async (all) => { calls.set++; for (const [key, value] of Object.entries(all)) data.set(key, value); },
    remove: async (keys) => { calls.remove++; for (const key of keys) data.delete(key); },
    get: async () => Object.fromEntries(data),
    clear: async () => data.clear(),
  };
}

test('TheFirstEventIsWrittenAtOnceAndABurstTogether', async () => {
  const store = area();
  const wal = new WriteAhead(store);
  wal.put(events(1));
  await wait(0);
  assert.equal(store.calls.set, 1);
  for (let q = 2; q <= 50; q++) { wal.put(events(q)); await wait(0); }
  await wait(60);
  assert.ok(store.calls.set < 20, `${store.calls.set} writes of 50 events`);
  assert.deepEqual((await new WriteAhead(store).load()).events.map((e) => e.q), Array.from({ length: 50 }, (_, i) => i + 1));
});

test('WhatIsAcknowledgedGoesWithTheLastOfItsPieceAndWhatIsNotStays', async () => {
  const store = area();
  const wal = new WriteAhead(store);
  wal.put(events(1, 2, 3));
  await wait(40);
  wal.put(events(4));
  wal.remove([1, 2]);
  await wait(40);
  const { events: left, lastQ } = await new WriteAhead(store).load();
  assert.ok([3, 4].every((q) => left.some((e) => e.q === q)));
  assert.equal(lastQ, 4);
  wal.remove([3, 4]);
  await wait(40);
  assert.deepEqual([...store.data.keys()], ['lastQ']);
});

test('AnotherBackgroundRenumbersWhatTheFirstLeftAndLeavesNothingOfItBehind', async () => {
  const store = area();
  new WriteAhead(store).put(events(5, 6));
  await wait(5);
  const wal = new WriteAhead(store);
  assert.equal((await wal.load()).events.length, 2);
  wal.remove([5, 6]);
  wal.put(events(6, 7));
  wal.saveState({ session: 1 });
  await wait(40);
  const found = await new WriteAhead(store).load();
  assert.deepEqual([found.events.map((e) => e.q), found.state, found.lastQ], [[6, 7], { session: 1 }, 7]);
  await wal.clear();
  assert.equal(store.data.size, 0);
});

test('AnEventNeverWeighsLessThanItsJson', () => {
  for (const value of [{ a: 'é€😀\u0001"\\', n: 9007199254740991, l: ['x', ''], m: { 'content-security-policy': 'a\n' }, z: null, b: false }, {}, 'x', -1.5e-300])
    assert.ok(weigh(value) >= Buffer.byteLength(JSON.stringify(value)), JSON.stringify(value));
});

/** An event of the browser, and who listens to it. */
function fakeEvent() {
  const listeners = new Set();
  return { listeners, addListener: (f) => listeners.add(f), removeListener: (f) => listeners.delete(f), fire: (d) => listeners.forEach((f) => f(d)) };
}
const fakeApi = () => ({
  webRequest: { onHeadersReceived: fakeEvent(), onErrorOccurred: fakeEvent(), onBeforeRequest: fakeEvent(), onCompleted: fakeEvent() },
  webNavigation: { onBeforeNavigate: fakeEvent(), onCommitted: fakeEvent(), onCompleted: fakeEvent(), onErrorOccurred: fakeEvent() },
  cookies: { onChanged: fakeEvent(), getAll: async () => [] },
});

test('WhatHappensBeforeTheObserversAreThereIsToldThemInOrderAndOnce', () => {
  const api = fakeApi();
  const early = new EarlyEvents(api, false);
  early.listen();
  const heard = [];
  api.webRequest.onHeadersReceived.fire('h1');
  api.webNavigation.onCommitted.fire('c');
  const onHeaders = (d) => heard.push(d);
  early.api.webRequest.onHeadersReceived.addListener(onHeaders);
  early.api.webNavigation.onCommitted.addListener((d) => heard.push(d));
  api.webRequest.onHeadersReceived.fire('h2');
  assert.deepEqual(heard, []);
  early.release();
  api.webRequest.onHeadersReceived.fire('h3');
  assert.deepEqual(heard, ['h1', 'c', 'h2', 'h3']);
  early.api.webRequest.onHeadersReceived.removeListener(onHeaders);
  assert.equal(api.webRequest.onHeadersReceived.listeners.size, 0);
});

test('WhatIsTooMuchToHoldIsCounted', () => {
  const api = fakeApi();
  const early = new EarlyEvents(api, false);
  early.listen();
  let heard = 0;
  early.api.cookies.onChanged.addListener(() => { heard++; });
  for (let i = 0; i < 20_007; i++) api.cookies.onChanged.fire(i);
  assert.equal(early.release(), 7);
  assert.equal(heard, 20_000);
});

test('WithoutARecordingNothingIsListenedToAndALaterOneListensForItself', () => {
  const api = fakeApi();
  const early = new EarlyEvents(api, true);
  early.listen();
  api.cookies.onChanged.fire('before');
  early.drop();
  for (const space of [api.webRequest, api.webNavigation]) for (const event of Object.values(space)) assert.equal(event.listeners.size, 0);
  const heard = [];
  const listener = (d) => heard.push(d);
  early.api.cookies.onChanged.addListener(listener);
  early.release();
  api.cookies.onChanged.fire('after');
  early.api.cookies.onChanged.removeListener(listener);
  assert.deepEqual([heard, api.cookies.onChanged.listeners.size], [['after'], 0]);
});

test('AnotherBackgroundStillKnowsWhoseWorkersAndCookiesBelongToTheRecording', () => {
  let told = 0;
  const first = new Scope({ tab: 1, siteUrl: 'https://shop.example/', onSeen: () => { told++; } });
  const frame = { type: 'sub_frame', tabId: 1, url: 'https://pay.test/frame' };
  first.record(frame, () => {});
  first.record(frame, () => {});
  assert.equal(told, 1, 'only what is new');
  const worker = { type: 'xmlhttprequest', tabId: -1, url: 'https://pay.test/api', initiator: 'https://pay.test' };
  const cookie = { domain: '.pay.test' };
  assert.deepEqual([first.wants(worker), first.wantsCookie(cookie)], [true, true]);
  const next = new Scope({ tab: 1, siteUrl: 'https://shop.example/', seen: structuredClone(first.seen) });
  assert.deepEqual([next.wants(worker), next.wantsCookie(cookie)], [true, true]);
});
