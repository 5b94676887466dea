// What pages report beyond cookies, and where hosts are: checked, made into events once, and never believed blindly.
import assert from 'node:assert/strict';
import test from 'node:test';
import { Documents } from '../../extension/src/attribution.js';
import { AddressObserver } from '../../extension/src/observe/addresses.js';
import { ScriptObserver } from '../../extension/src/observe/scripts.js';
import { makeBody } from '../../extension/src/protocol.js';
import { Scope } from '../../extension/src/scope.js';

function observer() {
  const events = [];
  const session = { emit: (kind, fields) => events.push([kind, makeBody(kind, fields)]), note: (code, detail) => events.push(['note', code, detail]) };
  const scripts = new ScriptObserver(/** @type {any} */ ({ api: {}, session, documents: new Documents(), scope: new Scope(), inbox: {} }));
  const send = (...records) => scripts.receive({ url: 'https://shop.example/', origin: 'https://shop.example', records }, { tab: { id: 1, incognito: false }, frameId: 0 });
  return { events, send };
}
const stack = 'Error\n    at f (https://cdn.example/fp.js:3:7)';

test('ATechniqueIsToldWithItsScriptAndOnlyNumbersOfIt', () => {
  const { events, send } = observer();
  send({ k: 'technique', technique: 'canvas', features: '{"toDataURL":2,"width":300,"evil name":1,"text":"x","big":1e400}', stack });
  const [[kind, body]] = events;
  assert.equal(kind, 'technique');
  assert.deepEqual(body.features, { toDataURL: '2', width: '300' });
  assert.deepEqual([body.script_url, body.script_host, body.frame_host], ['https://cdn.example/fp.js', 'cdn.example', 'shop.example']);
});

test('FeaturesThatAreNoJsonAreNone', () => {
  const { events, send } = observer();
  for (const features of ['{', 'null', '7', '[]']) send({ k: 'technique', technique: 'audio', features, stack: '' });
  assert.deepEqual(events.map(([, body]) => body.features), [{}, {}, {}, {}]);
});

test('WhatIsOnlyFoundThereIsToldOnceAndNotWhereACallWasSeen', () => {
  const { events, send } = observer();
  const db = (op, key) => ({ k: 'storage', area: 'indexedDB', op, via: op === 'set' ? 'indexedDB.open' : 'snapshot', key, size: 0, stack: '' });
  send(db('set', 'mine'));
  send(db('present', 'mine'), db('present', 'workers'));
  send(db('present', 'mine'), db('present', 'workers'), db('set', 'mine'));
  assert.deepEqual(events.map(([, b]) => `${b.op} ${b.key}`), ['set mine', 'present workers', 'set mine']);
});

test('AreasThatDoNotExistAreNotRecorded', () => {
  const { events, send } = observer();
  send({ k: 'storage', area: 'webSQL', op: 'set', via: 'x', key: 'k', size: 0, stack: '' });
  assert.deepEqual(events, []);
});

test('ConsentIsToldAsThePageSaysIt', () => {
  const { events, send } = observer();
  send({ k: 'consent', source: 'tcf', status: 'tcloaded', value: 'CPX' }, { k: 'consent', source: 'gpc', status: 'on', value: '' });
  assert.deepEqual(events.map(([kind, b]) => [kind, b.source, b.status, b.value]), [['consent.state', 'tcf', 'tcloaded', 'CPX'], ['consent.state', 'gpc', 'on', null]]);
});

test('AFaultOfAHookIsInEvidenceAndNamesThePage', () => {
  const { events, send } = observer();
  send({ k: 'fault', where: 'getImageData', why: 'TypeError: x' });
  assert.deepEqual(events, [['note', 'hook-error', 'getImageData: TypeError: x in https://shop.example/']]);
});

test('AnAddressIsToldOncePerHostAndAddressInChromium', () => {
  const events = [];
  const addresses = new AddressObserver(/** @type {any} */ ({ api: {}, firefox: false, session: { emit: (kind, fields) => events.push(makeBody(kind, fields)) }, scope: new Scope() }));
  const done = (url, ip, more = {}) => addresses.completed({ url, ip, tabId: 1, ...more });
  done('https://a.example/1', '192.0.2.1');
  done('https://a.example/2', '192.0.2.1');
  done('https://a.example/3', '192.0.2.2');
  done('https://a.example/cached', undefined);
  done('https://b.example/', '192.0.2.1', { incognito: true });
  assert.deepEqual(events.map((e) => `${e.host} ${e.ip}`), ['a.example 192.0.2.1', 'a.example 192.0.2.2']);
});

test('ANameBehindANameIsToldOnceInFirefoxAndFailureIsSilence', async () => {
  const events = [];
  const names = { 'metrics.shop.example': 'shop.vendor.example', 'shop.example': 'shop.example' };
  const api = { dns: { resolve: async (host) => { if (!(host in names)) throw new Error('NS_ERROR_UNKNOWN_HOST'); return { canonicalName: names[host] }; } } };
  const addresses = new AddressObserver(/** @type {any} */ ({ api, firefox: true, session: { emit: (kind, fields) => events.push(makeBody(kind, fields)) }, scope: new Scope() }));
  for (const host of ['metrics.shop.example', 'metrics.shop.example', 'shop.example', 'nowhere.example']) addresses.completed({ url: `https://${host}/`, tabId: 1 });
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert.deepEqual(events.map((e) => `${e.host} ${e.canonical}`), ['metrics.shop.example shop.vendor.example']);
});

test('WhatAMessageHoldsBeyondMeasureIsCounted', () => {
  const { events, send } = observer();
  send(...Array.from({ length: 2003 }, (_, i) => ({ k: 'cookie', line: `c${i}=1`, stack: '' })));
  assert.equal(events.filter(([kind]) => kind === 'cookie.script').length, 2000);
  assert.deepEqual(events[events.length - 1], ['note', 'content-script-overflow', '3 calls of https://shop.example/ were not kept']);
});

test('OfALineThatWasCutTheValueAndWhatFollowsAreMarked', () => {
  const { events, send } = observer();
  send({ k: 'cookie', line: 'a=bbb', cut: true, stack: '' });
  assert.deepEqual([events[0][1].value, events[0][1].cut], ['bbb', ['value', 'tail']]);
});
