import assert from 'node:assert/strict';
import test from 'node:test';
import { HostPort, saysMissing } from '../../extension/src/host-port.js';
import { EventQueue } from '../../extension/src/queue.js';
import { Session } from '../../extension/src/session.js';

function setUp() {
  const queue = new EventQueue({ store: { put() {}, remove() {} }, setTimer: () => 0 });
  const posted = [];
  const session = new Session({ queue, setTimer: () => 0, port: { post: (m) => { posted.push(structuredClone(m)); return true; } } });
  return { queue, posted, session, types: () => posted.map((m) => m.type) };
}
const opened = { type: 'opened', session: 3, case: 'c' };

test('NothingIsRecordedBeforeTheHostHasOpened', async () => {
  const { session, posted } = setUp();
  session.note('x', 'before');
  const opening = session.open({ url: 'https://a.test/' });
  session.note('x', 'still before');
  session.receive(opened);
  await opening;
  session.note('x', 'after');
  session.queue.flush();
  assert.deepEqual(posted.filter((m) => m.type === 'events').flatMap((m) => m.events.map((e) => [e.q, e.b.detail])), [[1, 'after']]);
});

test('CloseIsSaidOnlyWhenAllIsAcknowledged', async () => {
  const { session, types } = setUp();
  session.open({}).catch(() => {});
  session.receive(opened);
  session.note('x', 'y');
  const closing = session.close('plan-done', null);
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(types(), ['open', 'events']);
  session.receive({ type: 'ack', durable: 1 });
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual(types(), ['open', 'events', 'close']);
  session.receive({ type: 'closed', case: 'c', tree_size: 5, root: 'r' });
  assert.equal((await closing).tree_size, 5);
  assert.equal(session.state, 'closed');
});

test('AfterAHostDiedTheSessionGoesOnWhereTheDiskStands', () => {
  const { session, posted } = setUp();
  session.open({}).catch(() => {});
  session.receive(opened);
  session.note('x', '1');
  session.note('x', '2');
  session.queue.flush();
  session.down();
  session.note('x', '3');
  session.receive({ type: 'welcome', resume: { session: 3, durable: 1 } });
  assert.deepEqual(posted.at(-1).events.map((e) => e.q), [2, 3]);
});

test('AHostThatNoLongerKnowsTheSessionEndsTheRecordingAloud', () => {
  const { session } = setUp();
  session.open({}).catch(() => {});
  session.receive(opened);
  session.receive({ type: 'welcome', resume: { session: 99, durable: 0 } });
  assert.equal(session.state, 'lost');
  assert.match(session.failure, /no longer knows/);
});

test('AHostThatDiedBeforeItOpenedIsAskedAgain', () => {
  const { session, types } = setUp();
  session.open({}).catch(() => {});
  session.down();
  session.receive({ type: 'welcome', resume: null });
  assert.deepEqual(types(), ['open', 'open']);
});

test('AHostThatDiedWhileSealingIsToldAgain', async () => {
  const { session, types } = setUp();
  session.open({}).catch(() => {});
  session.receive(opened);
  const closing = session.close('stopped', null);
  await new Promise((resolve) => setTimeout(resolve, 5));
  session.down();
  session.receive({ type: 'welcome', resume: { session: 3, durable: 0 } });
  assert.deepEqual(types(), ['open', 'close', 'close']);
  session.receive({ type: 'closed', case: 'c', tree_size: 1 });
  await closing;
});

test('AFatalErrorOfTheHostRejectsWhoeverWaits', async () => {
  const { session } = setUp();
  const opening = session.open({});
  session.receive({ type: 'error', code: 'no-space', message: 'the disk is full', fatal: true });
  await assert.rejects(opening, /no-space: the disk is full/);
});

test('ADefectInAnEventIsRecordedAndNotThrown', () => {
  const { session, posted } = setUp();
  session.open({}).catch(() => {});
  session.receive(opened);
  session.emit('page.start', { page: 'one' });
  session.queue.flush();
  assert.deepEqual(posted.at(-1).events.map((e) => e.b.code), ['extension-error']);
});

function fakePort(onConnect) {
  const timers = [];
  const ports = [];
  const states = [];
  const port = new HostPort({
    connect: () => {
      const listeners = { message: [], disconnect: [] };
      const fake = { sent: [], postMessage(m) { if (this.dead) throw new Error('dead'); this.sent.push(m); }, disconnect() { this.dead = true; },
        onMessage: { addListener: (f) => listeners.message.push(f) }, onDisconnect: { addListener: (f) => listeners.disconnect.push(f) },
        say: (m) => listeners.message.forEach((f) => f(m)), die: (why) => { fake.dead = true; fake.why = why; listeners.disconnect.forEach((f) => f()); } };
      ports.push(fake);
      onConnect?.(fake);
      return fake;
    },
    lastError: (p) => p.why, hello: async () => ({ type: 'hello' }), onMessage() {}, onDown() {}, onState: () => states.push(port?.state), setTimer: (f, ms) => timers.push([f, ms]),
  });
  return { port, ports, timers, states };
}
const settle = () => new Promise((resolve) => setTimeout(resolve, 2));

test('ABrokenPortIsOpenedAgainAfterTwoHundredMilliseconds', async () => {
  const { port, ports, timers } = fakePort();
  port.start();
  await settle();
  ports[0].say({ type: 'welcome' });
  assert.equal(port.state, 'ready');
  ports[0].die('Native host has exited.');
  assert.equal(timers[0][1], 200);
  timers[0][0]();
  await settle();
  assert.deepEqual(ports[1].sent, [{ type: 'hello' }]);
});

test('AMissingHostIsSaidToBeMissingAfterTwoTries', async () => {
  const { port, ports, timers } = fakePort();
  port.start();
  for (let i = 0; i < 2; i++) {
    await settle();
    ports[i].die('Specified native messaging host not found.');
    timers[i]?.[0]();
  }
  assert.equal(port.state, 'missing');
  assert.ok(saysMissing('No such native application app.affiant.host'));
  assert.ok(saysMissing('Access to the specified native messaging host is forbidden.'));
});

test('AHostThatKeepsDyingIsGivenUpAndCanBeTriedAnew', async () => {
  const { port, ports, timers } = fakePort();
  port.start();
  for (let i = 0; port.state !== 'gave-up'; i++) {
    assert.ok(i < 20, 'it ends');
    await settle();
    ports[i].die('Native host has exited.');
    timers[i]?.[0]();
  }
  assert.equal(ports.length, 12);
  port.start();
  await settle();
  assert.equal(ports.length, 13);
});

test('APortThatWeClosedStaysClosed', async () => {
  const { port, ports, timers } = fakePort();
  port.start();
  await settle();
  port.stop();
  ports[0].die('x');
  assert.equal(port.state, 'off');
  assert.equal(timers.length, 0);
  assert.equal(port.post({}), false);
});
