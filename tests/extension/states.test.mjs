// The small state machines: what belongs to a recording, when a page is done.
import assert from 'node:assert/strict';
import test from 'node:test';
import { Activity } from '../../extension/src/activity.js';
import { isDownload, isReadable, isShown, MainFrames, verdict } from '../../extension/src/main-frame.js';
import { Scope } from '../../extension/src/scope.js';

const request = (more) => ({ tabId: 1, type: 'image', url: 'https://x.test/i', ...more });

test('AnAuditTakesEveryTabAndWorkerButNotTheBrowsersOwnTrafficNorOurs', () => {
  const scope = new Scope();
  assert.ok(scope.wants(request({ tabId: 5 })));
  assert.ok(scope.wants(request({ tabId: -1, initiator: 'https://site.test' })));
  assert.ok(!scope.wants(request({ tabId: -1 })));
  assert.ok(!scope.wants(request({ initiator: 'chrome-extension://abc' })));
  assert.ok(!scope.wants(request({ tabId: -1, originUrl: 'moz-extension://abc/' })));
  assert.ok(scope.wants(request({ type: 'main_frame', initiator: 'chrome-extension://abc' })), 'the navigation that we start is the page');
});

test('NoPrivateWindowEver', () => {
  assert.ok(!new Scope().wants(request({ incognito: true })));
  assert.ok(!new Scope({ tab: 1, siteUrl: 'https://site.test/' }).wants(request({ incognito: true })));
});

test('AVisitTakesItsTabAndTheWorkersOfItsOriginsOnly', () => {
  const scope = new Scope({ tab: 1, siteUrl: 'https://site.test/' });
  assert.ok(!scope.wants(request({ tabId: 2 })));
  const worker = request({ tabId: -1, initiator: 'https://site.test' });
  assert.ok(!scope.wants(worker));
  scope.record(request({ type: 'main_frame', url: 'https://site.test/' }), () => {});
  assert.ok(scope.wants(worker));
  assert.ok(!scope.wants(request({ tabId: -1, initiator: 'https://elsewhere.test' })));
});

test('ANavigationThatLeavesTheSiteIsHeldBackAndForgotten', () => {
  const scope = new Scope({ tab: 1, siteUrl: 'https://www.site.test/' });
  const written = [];
  scope.record(request({ type: 'main_frame', url: 'https://private.test/secret' }), () => written.push('secret'));
  assert.equal(scope.stays('https://private.test/secret'), false);
  assert.equal(scope.stays('https://www.site.test/'), true);
  assert.deepEqual(written, []);
});

test('ANavigationThatOnlyPassesThroughAnotherHostIsRecordedOnceItIsBack', () => {
  const scope = new Scope({ tab: 1, siteUrl: 'https://www.site.test/' });
  const written = [];
  scope.record(request({ type: 'main_frame', url: 'https://track.test/r' }), () => written.push('hop'));
  assert.deepEqual(written, []);
  assert.equal(scope.stays('https://shop.site.test/'), true);
  assert.deepEqual(written, ['hop']);
});

test('AVisitSeesNoCookiesOfOtherSites', () => {
  const scope = new Scope({ tab: 1, siteUrl: 'https://www.site.test/' });
  assert.ok(scope.wantsCookie({ domain: '.site.test' }));
  assert.ok(!scope.wantsCookie({ domain: 'bank.test' }));
  scope.record(request({ url: 'https://px.ads.test/1' }), () => {});
  assert.ok(scope.wantsCookie({ domain: '.ads.test' }));
  assert.ok(!scope.wantsCookie({ domain: 'other.ads.test' }));
  assert.ok(!scope.wantsCookie({ domain: '.ads.test', partitionKey: { topLevelSite: 'https://bank.test' } }));
});

test('APageIsQuietWhenNothingIsOutAndNothingHappenedForAWhile', () => {
  const activity = new Activity();
  activity.started('1', 1000);
  assert.equal(activity.quietFor(5000, 3000), 0);
  activity.ended('1', 5000);
  assert.equal(activity.quietFor(7000, 3000), 2000);
  activity.started('2', 7500);
  activity.touched('2', 9000);
  activity.ended('2', 9500);
  assert.equal(activity.quietFor(12_500, 3000), 3000);
});

test('ALongPollHoldsAPageTenSecondsAndNoLonger', () => {
  const activity = new Activity();
  activity.started('poll', 0);
  assert.equal(activity.quietFor(9999, 3000), 0);
  assert.equal(activity.quietFor(10_001, 3000), 10_001);
  activity.started('slow', 20_000);
  assert.equal(activity.quietFor(35_000, 20_000), 0, 'a longer quiet time waits longer');
});

const url = 'https://site.test/';
const main = (what, more = {}) => [what, { tabId: 1, url, ...more }];

test('ALoadIsCommittedThenCompleted', () => {
  const frames = new MainFrames();
  frames.navigation(...main('before'), 1);
  frames.response(1, { url, status: 200, contentType: 'text/html' }, 2);
  frames.navigation(...main('committed'), 3);
  assert.equal(frames.of(1).loadedAt, null);
  frames.navigation(...main('completed'), 9);
  assert.deepEqual([frames.of(1).committed, frames.of(1).loadedAt], [url, 9]);
});

const after = (frames, now = 10_000) => verdict(frames.of(1), now);

test('AnErrorPageThatCommitsUnderTheFailedAddressIsNoLoad', () => {
  const frames = new MainFrames();
  frames.navigation(...main('error', { error: 'net::ERR_NAME_NOT_RESOLVED' }), 1);
  frames.navigation(...main('committed'), 2);
  assert.deepEqual(after(frames), { failed: 'net::ERR_NAME_NOT_RESOLVED' });
  assert.equal(isShown(frames.of(1)), false);
});

test('WhateverTheOrderOfItsEventsAFailureIsAFailureAndNamedWell', () => {
  const steps = [
    (f) => f.response(1, { url, error: 'NS_ERROR_UNKNOWN_HOST' }, 1), (f) => f.navigation(...main('before'), 1), (f) => f.navigation(...main('error', { error: 'Error code 2152398878' }), 1),
    (f) => f.navigation(...main('error', { error: 'Error code 2152398850' }), 1), (f) => f.navigation(...main('committed'), 1)];
  const orders = (list) => (list.length < 2 ? [list] : list.flatMap((x, i) => orders([...list.slice(0, i), ...list.slice(i + 1)]).map((rest) => [x, ...rest])));
  for (const order of orders(steps)) {
    const frames = new MainFrames();
    order.forEach((step) => step(frames));
    assert.deepEqual(after(frames, 20_000), { failed: 'NS_ERROR_UNKNOWN_HOST' });
  }
});

test('ANavigationThatIsAbortedAndBegunAgainIsALoadThoughItsResponseComesLast', () => {
  const frames = new MainFrames();
  frames.navigation(...main('error', { error: 'Error code 2152398850' }), 1);
  frames.navigation(...main('committed'), 2);
  frames.response(1, { url, status: 200 }, 3);
  assert.equal(after(frames), 'waiting');
  frames.navigation(...main('completed'), 9000);
  assert.equal(after(frames), 'loaded');
});

test('AnAttemptByHttpsThatFailsAndIsRepeatedPlainlyIsWaitedFor', () => {
  const frames = new MainFrames();
  frames.response(1, { url, error: 'NS_ERROR_CONNECTION_REFUSED' }, 1);
  frames.response(1, { url: 'http://site.test/', status: 200 }, 40);
  frames.navigation(...main('committed', { url: 'http://site.test/' }), 41);
  assert.equal(after(frames, 5000), 'waiting');
});

test('AnErrorStatusWithoutABodyIsAFailure', () => {
  const frames = new MainFrames();
  frames.navigation(...main('committed'), 1);
  frames.navigation(...main('error', { error: 'Error code 2152398884' }), 2);
  frames.navigation(...main('committed'), 3);
  frames.response(1, { url, status: 404 }, 4);
  assert.deepEqual(after(frames), { failed: 'Error code 2152398884' });
});

test('ADocumentWithoutAnyResponseIsGivenFiveSeconds', () => {
  const frames = new MainFrames();
  frames.navigation(...main('committed'), 1000);
  assert.equal(after(frames, 5900), 'waiting');
  assert.deepEqual(after(frames, 6100), { failed: 'no-response' });
  frames.navigation(...main('completed'), 6200);
  assert.equal(after(frames, 7000), 'loaded', 'a service worker may have answered');
});

test('ADownloadNeverCommits', () => {
  const frames = new MainFrames();
  frames.response(1, { url, status: 200, contentType: 'application/zip' }, 1);
  assert.deepEqual(after(frames), { failed: 'download' });
  frames.navigation(...main('completed'), 2);
  assert.deepEqual(after(frames), { failed: 'download' }, 'although Firefox says that the tab has completed');
});

test('ARedirectingScriptMakesThePageLoadAnew', () => {
  const frames = new MainFrames();
  frames.navigation(...main('committed'), 1);
  frames.navigation(...main('completed'), 2);
  frames.navigation(...main('before', { url: 'https://site.test/2' }), 3);
  assert.equal(frames.of(1).pendingSince, 3);
  frames.navigation(...main('committed', { url: 'https://site.test/2' }), 4);
  assert.deepEqual([frames.of(1).committed, frames.of(1).loadedAt, frames.of(1).pendingSince], ['https://site.test/2', null, null]);
});

test('DownloadsAndReadableTypesAreTold', () => {
  assert.ok(isDownload({ url, contentType: 'application/octet-stream' }));
  assert.ok(isDownload({ url, contentType: 'text/html', attachment: true }));
  for (const type of ['text/html; charset=utf-8', 'application/pdf', 'application/xhtml+xml', 'image/png', null]) assert.ok(!isDownload({ url, contentType: type }), String(type));
  for (const type of ['text/html', ' Text/HTML;charset=x', 'text/plain', 'application/xhtml+xml', null]) assert.ok(isReadable(type), String(type));
  for (const type of ['application/pdf', 'image/png', 'application/msword', 'text/css']) assert.ok(!isReadable(type), type);
});
