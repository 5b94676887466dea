import assert from 'node:assert/strict';
import test from 'node:test';
import { Documents, Hops, parseStack, scriptOf } from '../../extension/src/attribution.js';

test('V8FramesAreReadAndOursAreLeftOut', () => {
  const stack = ['Error', '    at stackNow (chrome-extension://abc/src/content/main.js:30:14)', '    at Object.apply (chrome-extension://abc/src/content/main.js:70:9)',
    '    at later (https://tracker.test/lib.js?v=1:2:9)', '    at https://site.test/:3:1', '    at async Promise.all (index 0)', '    at new Foo (https://site.test/a(b).js:4:5)'].join('\n');
  assert.deepEqual(parseStack(stack), ['https://tracker.test/lib.js?v=1:2:9', 'https://site.test/:3:1', 'https://site.test/a(b).js:4:5']);
});

test('SpiderMonkeyFramesAreReadWithAsyncMarksAndAddressesThatHoldAnAt', () => {
  const stack = ['stackNow@moz-extension://1/src/content/main.js:30:14', 'later@https://tracker.test/lib.js:2:9', '@https://site.test/@user/app.js:10:3',
    'async*boot@https://site.test/b.js:1:1', 'setTimeout handler*x/<@https://site.test/c.js:7:8', 'f@https://site.test/d.js line 12 > eval:1:5', '<anonymous code>:1:1'].join('\n');
  assert.deepEqual(parseStack(stack), ['https://tracker.test/lib.js:2:9', 'https://site.test/@user/app.js:10:3', 'https://site.test/b.js:1:1', 'https://site.test/c.js:7:8', 'https://site.test/d.js:12:0']);
});

test('EvaluatedCodeIsTheScriptsThatCalledEval', () => {
  assert.deepEqual(parseStack('Error\n    at f (eval at g (https://a.test/x.js:11:3), <anonymous>:1:2)'), ['https://a.test/x.js:11:3']);
  assert.deepEqual(parseStack('Error\n    at eval (eval at h (eval at g (https://a.test/y.js:5:6)), <anonymous>:1:2)'), ['https://a.test/y.js:5:6']);
  assert.deepEqual(parseStack('Error\n    at f (eval at <anonymous> (unknown), <anonymous>:1:2)'), []);
});

test('NoStackNamesNoScript', () => {
  assert.deepEqual(scriptOf(parseStack('')), { script_url: null, script_host: null });
  assert.deepEqual(scriptOf(parseStack('Error\n    at <anonymous>')), { script_url: null, script_host: null });
});

test('AStackOfManyFramesIsCutAndALongLineCostsNothing', () => {
  assert.equal(parseStack(Array.from({ length: 500 }, (_, i) => `f@https://a.test/x.js:${i}:1`).join('\n')).length, 32);
  assert.deepEqual(parseStack(`f@https://a.test/${'a'.repeat(100_000)}:1:1`), []);
});

test('ScriptOfKeepsThePortAndDropsLineAndColumn', () => {
  assert.deepEqual(scriptOf(['http://cdn.test:8080/x.js:2:9']), { script_url: 'http://cdn.test:8080/x.js', script_host: 'cdn.test' });
});

test('HopsCountWithinARequestIdAndBeginAnewAfterItsLastResponse', () => {
  const hops = new Hops();
  assert.deepEqual([hops.take('1', true), hops.take('2', false), hops.take('1', true), hops.take('1', false), hops.take('1', false)], [0, 0, 1, 2, 0]);
});

test('ARequestIsPlacedByItsDocumentIdAlthoughTheTabHasMovedOn', () => {
  const documents = new Documents();
  documents.committed({ tabId: 1, frameId: 0, url: 'https://old.test/page', documentId: 'A' });
  documents.committed({ tabId: 1, frameId: 7, url: 'https://ads.test/frame', documentId: 'B' });
  documents.committed({ tabId: 1, frameId: 0, url: 'https://new.test/', documentId: 'C' });
  const late = documents.placeOfRequest({ tabId: 1, frameId: 7, type: 'ping', url: 'https://ads.test/b', documentId: 'B' });
  assert.deepEqual([late.top, late.frame_url, late.top_host], ['https://old.test/page', 'https://ads.test/frame', 'old.test']);
  const now = documents.placeOfRequest({ tabId: 1, frameId: 0, type: 'image', url: 'https://x.test/i', documentId: 'C' });
  assert.deepEqual([now.top, now.frame_url], ['https://new.test/', 'https://new.test/']);
});

test('ANavigationBelongsToTheDocumentThatItBrings', () => {
  const documents = new Documents();
  documents.committed({ tabId: 1, frameId: 0, url: 'https://site.test/' });
  const main = documents.placeOfRequest({ tabId: 1, frameId: 0, type: 'main_frame', url: 'https://other.test/' });
  assert.deepEqual([main.top, main.frame_host], ['https://other.test/', 'other.test']);
  const sub = documents.placeOfRequest({ tabId: 1, frameId: 3, type: 'sub_frame', url: 'https://frame.test/x' });
  assert.deepEqual([sub.top, sub.frame_url], ['https://site.test/', 'https://frame.test/x']);
});

test('AnObjectBelongsToTheDocumentThatHoldsIt', () => {
  const documents = new Documents();
  documents.committed({ tabId: 1, frameId: 0, url: 'https://site.test/', documentId: 'A' });
  const object = documents.placeOfRequest({ tabId: 1, frameId: 4, parentFrameId: 0, type: 'object', url: 'https://plugin.test/x', parentDocumentId: 'A' });
  assert.deepEqual([object.top, object.frame_url], ['https://site.test/', 'https://site.test/']);
});

test('FirefoxOwnWordsComeFirst', () => {
  const place = new Documents().placeOfRequest({ tabId: 2, frameId: 9, type: 'image', url: 'https://x.test/', documentUrl: 'https://inner.test/i', frameAncestors: [{ url: 'https://mid.test/' }, { url: 'https://top.test/t' }] });
  assert.deepEqual([place.top, place.frame_url], ['https://top.test/t', 'https://inner.test/i']);
});

test('WorkerTrafficHasNoPageThatCouldBeNamed', () => {
  const place = new Documents().placeOfRequest({ tabId: -1, frameId: -1, type: 'xmlhttprequest', url: 'https://x.test/', initiator: 'https://site.test' });
  assert.deepEqual(place, { tab: -1, frame: -1, top: null, top_host: null, frame_url: null, frame_host: null });
});

test('AScriptInAnAddresslessFrameHasTheHostOfTheOriginItInherits', () => {
  const documents = new Documents();
  documents.committed({ tabId: 1, frameId: 0, url: 'https://site.test/' });
  assert.equal(documents.placeOfScript(1, 4, 'about:srcdoc', 'https://site.test').frame_host, 'site.test');
  assert.equal(documents.placeOfScript(1, 4, 'about:srcdoc', 'null').frame_host, null);
});
