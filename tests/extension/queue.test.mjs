import assert from 'node:assert/strict';
import test from 'node:test';
import { BATCH_BYTES } from '../../extension/src/protocol.js';
import { EventQueue } from '../../extension/src/queue.js';

function setUp() {
  const stored = new Map();
  const store = { put: (events) => events.forEach((e) => stored.set(e.q, e)), remove: (qs) => qs.forEach((q) => stored.delete(q)) };
  const timers = [];
  const queue = new EventQueue({ store, setTimer: (f) => timers.push(f) });
  const batches = [];
  const post = (events) => { batches.push(events.map((e) => ({ ...e }))); return true; };
  return { queue, stored, timers, batches, post, sent: () => batches.map((b) => b.map((e) => e.q)) };
}
const push = (queue, n, size = 1) => { for (let i = 0; i < n; i++) queue.push('recorder.note', 1, { code: 'x', detail: 'd'.repeat(size) }); };

test('EventsAreStoredBeforeTheyAreSent', () => {
  const { queue, stored, post } = setUp();
  let atSend = -1;
  queue.attach((events) => { atSend = stored.size; return post(events); });
  push(queue, 1);
  queue.flush();
  assert.equal(atSend, 1);
});

test('ABatchGoesOutAtAHundredEventsOrWhenTheTimerFires', () => {
  const { queue, timers, post, sent } = setUp();
  queue.attach(post);
  push(queue, 99);
  assert.deepEqual(sent(), []);
  push(queue, 1);
  assert.deepEqual(sent().map((b) => b.length), [100]);
  push(queue, 3);
  assert.equal(sent().length, 1);
  timers.pop()();
  assert.deepEqual(sent()[1], [101, 102, 103]);
});

test('NoBatchOutgrowsItsWeight', () => {
  const { queue, batches, post } = setUp();
  push(queue, 90, 30_000);
  queue.attach(post);
  assert.ok(batches.length >= 5);
  for (const batch of batches) assert.ok(JSON.stringify(batch).length < BATCH_BYTES + 1000);
  assert.deepEqual(batches.flat().map((e) => e.q), Array.from({ length: 90 }, (_, i) => i + 1));
});

test('AnExhibitTravelsAlone', () => {
  const { queue, post, sent } = setUp();
  push(queue, 2);
  queue.push('policy.page', 1, {}, { type: 't', text: 'x'.repeat(2_000_000) });
  push(queue, 1);
  queue.attach(post);
  assert.deepEqual(sent(), [[1, 2], [3], [4]]);
});

test('AnAcknowledgementForgetsAllBelowAndNothingAbove', () => {
  const { queue, stored, post } = setUp();
  push(queue, 5);
  queue.attach(post);
  queue.acknowledge(3);
  assert.deepEqual([...stored.keys()], [4, 5]);
  queue.acknowledge(2);
  assert.equal(queue.durable, 3);
});

test('DrainedWaitsForTheLastAcknowledgement', async () => {
  const { queue, post } = setUp();
  push(queue, 2);
  queue.attach(post);
  let done = false;
  const waiting = queue.drained().then(() => { done = true; });
  queue.acknowledge(1);
  await Promise.resolve();
  assert.equal(done, false);
  queue.acknowledge(2);
  await waiting;
  assert.equal(done, true);
});

test('AfterTheHostDiedEverythingUnacknowledgedIsSentAgainUnderTheSameNumbers', () => {
  const { queue, post, sent } = setUp();
  queue.attach(post);
  push(queue, 4);
  queue.flush();
  queue.acknowledge(2);
  queue.detach();
  push(queue, 1);
  queue.resume(2, 'why');
  queue.attach(post);
  assert.deepEqual(sent(), [[1, 2, 3, 4], [3, 4, 5]]);
});

test('WhatTheHostHadOnDiskButHadNotYetAcknowledgedIsNotSentAgain', () => {
  const { queue, post, sent } = setUp();
  queue.attach(post);
  push(queue, 4);
  queue.flush();
  queue.detach();
  queue.resume(3, 'why');
  queue.attach(post);
  assert.deepEqual(sent(), [[1, 2, 3, 4], [4]]);
});

test('APortThatDiesInMidFlushKeepsTheRest', () => {
  const { queue, batches } = setUp();
  push(queue, 250);
  let calls = 0;
  queue.attach((events) => { batches.push(events); return ++calls < 2; });
  assert.equal(calls, 2);
  queue.resume(100, 'why');
  const again = [];
  queue.attach((events) => { again.push(...events.map((e) => e.q)); return true; });
  assert.deepEqual([again[0], again.length], [101, 150]);
});

test('ANewBackgroundGoesOnWithWhatTheStoreKept', () => {
  const { queue, post, sent } = setUp();
  queue.restore([{ q: 7, k: 'a', t: 1, b: {} }, { q: 6, k: 'a', t: 1, b: {} }], 5);
  queue.resume(5, 'why');
  queue.attach(post);
  assert.deepEqual(sent(), [[6, 7]]);
  assert.equal(queue.push('a', 1, {}), 8);
});

test('AHoleIsNamedByAGapThatLeadsItsBatchAndTheRestMovesUp', () => {
  const { queue, batches, stored, post } = setUp();
  queue.restore([{ q: 6, k: 'a', t: 1, b: { was: 6 } }, { q: 10, k: 'a', t: 1, b: { was: 10 } }, { q: 11, k: 'a', t: 1, b: { was: 11 } }], 11);
  queue.resume(5, 'lost');
  queue.attach(post);
  assert.deepEqual(batches.map((b) => b.map((e) => [e.q, e.k])), [[[6, 'a']], [[10, 'gap'], [11, 'a'], [12, 'a']]]);
  assert.deepEqual(batches[1][0].b, { from: 7, to: 9, dropped: 3, why: 'lost' });
  assert.deepEqual(batches[1].slice(1).map((e) => e.b.was), [10, 11]);
  assert.deepEqual([...stored.keys()].sort((a, b) => a - b), [6, 10, 11, 12]);
  assert.equal(queue.push('a', 1, {}), 13);
});

test('NumbersThatWereGivenOutAndLostAltogetherAreAGapToo', () => {
  const { queue, batches, post } = setUp();
  queue.restore([], 9);
  queue.resume(5, 'the disk was full');
  queue.attach(post);
  queue.flush();
  assert.deepEqual(batches.flat().map((e) => [e.q, e.k, e.b.from, e.b.to]), [[10, 'gap', 6, 9]]);
});

test('AHostThatKnowsMoreThanTheStoreIsBelieved', () => {
  const { queue, post, sent } = setUp();
  queue.restore([{ q: 3, k: 'a', t: 1, b: {} }], 2);
  queue.resume(8, 'why');
  queue.attach(post);
  assert.equal(queue.push('a', 1, {}), 9);
  queue.flush();
  assert.deepEqual(sent(), [[9]]);
});

test('WhatHappensBeforeTheHostSaysWhereItStandsGetsNumbersThatWereNeverUsed', () => {
  const { queue, post, sent } = setUp();
  queue.restore([], 50);  // All was acknowledged, and forgotten, before the background stopped.
  assert.equal(queue.push('a', 1, {}), 51);
  queue.resume(50, 'why');
  queue.attach(post);
  assert.deepEqual(sent(), [[51]]);
});

test('WhatIsNewSinceARestartNeverTakesANumberThatOnlyTheHostKnewOf', () => {
  const { queue, stored, post, batches } = setUp();
  // The store had heard of 40; 41 to 60 were sent, and the background stopped before they were written down.
  queue.restore([{ q: 40, k: 'a', t: 1, b: {} }], 40);
  push(queue, 3);
  queue.resume(60, 'why');
  queue.attach(post);
  queue.flush();
  assert.deepEqual(batches.flat().map((e) => [e.q, e.k]), [[61, 'recorder.note'], [62, 'recorder.note'], [63, 'recorder.note']]);
  assert.deepEqual([...stored.keys()], [61, 62, 63]);
  push(queue, 1);
  queue.resume(62, 'why');  // The host again, in the same background: no number moves any more.
  queue.attach(post);
  assert.deepEqual(batches.at(-1).map((e) => e.q), [63, 64]);
});

test('ANewSessionBeginsAtOneWithAnEmptyStore', () => {
  const { queue, stored, post } = setUp();
  push(queue, 3);
  queue.attach(post);
  queue.begin();
  assert.equal(stored.size, 0);
  assert.equal(queue.push('a', 1, {}), 1);
});

test('WhateverTheOrderOfDeathsAndAcknowledgementsTheHostSeesEveryNumberOnceAndInOrder', () => {
  let seed = 12345;
  const random = (n) => { seed = (seed * 1103515245 + 12345) & 0x7fffffff; return seed % n; };
  for (let round = 0; round < 200; round++) {
    const { queue } = setUp();
    let durable = 0;
    const taken = [];
    const host = (events) => {
      events.forEach((e, i) => {
        if (e.q <= durable) return;
        if (e.q !== durable + 1) { assert.equal(e.k, 'gap'); assert.equal(i, 0); assert.equal(e.b.from, durable + 1); assert.equal(e.b.to, e.q - 1); }
        durable = e.q;
        taken.push(e);
      });
      return random(10) > 0;
    };
    queue.attach(host);
    let pushed = 0;
    for (let step = 0; step < 60; step++) {
      switch (random(4)) {
        case 0: push(queue, 1 + random(150)); break;
        case 1: queue.flush(); break;
        case 2: queue.acknowledge(random(2) ? durable : Math.floor(durable / 2)); break;
        default: queue.detach(); queue.resume(durable, 'test'); queue.attach(host);
      }
      pushed = queue.lastQ;
    }
    while (durable < pushed) { queue.resume(durable, 'test'); queue.attach(host); }
    assert.deepEqual(taken.map((e) => e.q), Array.from({ length: pushed }, (_, i) => i + 1));
    assert.ok(taken.every((e) => e.k !== 'gap'), 'nothing was lost, so nothing is called lost');
  }
});
