// What an audit asks the site for at its end: every address is one entry, whatever comes of it.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import test from 'node:test';
import { ConsentData, consentDataKind, recordSiteFiles } from '../../extension/src/site-files.js';

const site = 'https://www.shop.example/de/?x=1';

/** Records against answers by path: a Response, or what fails. */
async function recorded(answers, { consentData = [], ...more } = {}) {
  const events = [];
  const asked = [];
  const session = { emit: (k, b, { x } = {}) => events.push({ k, ...b, x }), note: (code, detail) => events.push({ k: 'recorder.note', code, detail }) };
  const get = async (url, options) => {
    asked.push({ url, ...options });
    const answer = answers[new URL(url).pathname];
    if (answer instanceof Error) throw answer;
    return answer ?? new Response('nothing here', { status: 404, headers: { 'content-type': 'text/plain' } });
  };
  await recordSiteFiles({ session, siteUrl: site, consentData, get, ...more });
  return { asked, events, pages: events.filter((e) => e.k === 'policy.page'), notes: events.filter((e) => e.k === 'recorder.note') };
}

const answer = (body, type = 'application/json', more = {}) => new Response(body, { status: 200, headers: { 'content-type': type }, ...more });
const page = (pages, kind) => pages.find((p) => p.kind === kind);

test('WhatIsThereIsKeptAsItIsAndWhatIsNotIsOneEntryEach', async () => {
  const gpc = '\uFEFF{"gpc": true}\r\n';
  const { pages, notes } = await recorded({ '/.well-known/gpc.json': answer(gpc, 'Application/JSON; charset=utf-8') });
  assert.deepEqual(pages.map((p) => [p.kind, p.result, p.status]), [['gpc.json', 'captured', 200], ['dnt-policy', 'error-status', 404], ['related-website-set', 'error-status', 404], ['ads.txt', 'error-status', 404]]);
  const got = page(pages, 'gpc.json');
  assert.deepEqual(got.x, { type: 'application/json', text: gpc }, 'byte order mark and line ends included');
  assert.equal(got.url, 'https://www.shop.example/.well-known/gpc.json');
  assert.equal(got.host, 'www.shop.example');
  assert.equal(page(pages, 'ads.txt').x, undefined);
  assert.deepEqual(notes, []);
});

test('NobodyIsToldWhoAsksAndNothingIsKeptOfIt', async () => {
  const { asked } = await recorded({});
  assert.deepEqual(asked.map((a) => new URL(a.url).pathname).sort(), ['/.well-known/dnt-policy.txt', '/.well-known/gpc.json', '/.well-known/related-website-set.json', '/ads.txt']);
  for (const one of asked) {
    assert.deepEqual([one.credentials, one.cache, one.referrerPolicy], ['omit', 'no-store', 'no-referrer']);
    assert.ok(one.signal instanceof AbortSignal);
  }
});

test('APageInPlaceOfTheFileIsNoFile', async () => {
  const { pages } = await recorded({
    '/.well-known/gpc.json': answer('<!doctype html><p>Welcome'), '/ads.txt': answer('<p>Welcome', 'text/html'), '/.well-known/dnt-policy.txt': answer(' \n', 'text/plain'),
    '/.well-known/related-website-set.json': new Error('connection reset'),
  });
  assert.deepEqual(pages.map((p) => [p.kind, p.result]), [['gpc.json', 'not-file'], ['dnt-policy', 'empty'], ['related-website-set', 'failed'], ['ads.txt', 'not-file']]);
  assert.ok(pages.every((p) => p.x === undefined));
});

test('AFileThatIsTooLargeIsGivenUp', async () => {
  let cancelled = false;
  const endless = new ReadableStream({ pull: (c) => c.enqueue(new Uint8Array(1000)), cancel: () => { cancelled = true; } });
  const { pages } = await recorded({ '/ads.txt': answer(endless, 'text/plain'), '/.well-known/gpc.json': answer('{"gpc":true}') }, { mostBytes: 12 });
  assert.equal(page(pages, 'ads.txt').result, 'too-large');
  assert.equal(page(pages, 'gpc.json').result, 'captured', 'exactly as large as may be');
  assert.ok(cancelled);
});

test('BytesThatAreNoTextAreKeptAsUnknownAndSaidSo', async () => {
  const { pages, notes } = await recorded({ '/ads.txt': answer(new Uint8Array([0x23, 0xe9, 0x0a]), 'text/plain') });
  assert.equal(page(pages, 'ads.txt').x.text, '#\uFFFD\n');
  assert.deepEqual(notes.map((n) => n.code), ['site-file-repaired']);
});

test('AnotherSiteIsNotFollowedInSilence', async () => {
  const led = (url) => Object.defineProperty(answer('a.example, 1, DIRECT', 'text/plain'), 'url', { value: url });
  const elsewhere = await recorded({ '/ads.txt': led('https://sellers.example/lists/shop.txt') });
  assert.deepEqual(elsewhere.notes.map((n) => n.code), ['site-file-elsewhere']);
  assert.match(elsewhere.notes[0].detail, /www\.shop\.example\/ads\.txt leads to https:\/\/sellers\.example/);
  assert.equal(page(elsewhere.pages, 'ads.txt').host, 'sellers.example');
  assert.deepEqual((await recorded({ '/ads.txt': led('https://shop.example/ads.txt') })).notes, []);
});

test('OneThatNeverAnswersHoldsUpNoOther', async (t) => {
  const server = http.createServer((request, response) => { if (request.url === '/ads.txt') response.end('a.example, 1, DIRECT'); });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => { server.closeAllConnections?.(); server.close(); });
  const pages = [];
  const session = { emit: (k, b) => pages.push(b), note() {} };
  await recordSiteFiles({ session, siteUrl: `http://127.0.0.1:${server.address().port}/`, consentData: [], timeoutMs: 300 });
  assert.deepEqual(pages.map((p) => p.result), ['failed', 'failed', 'failed', 'captured']);
});

const id = '01234567-89ab-cdef-0123-456789abcdef';
test('DataOfConsentManagersAreKnownByTheirAddress', () => {
  for (const [kind, url] of [
    ['cookiebot', `https://consent.cookiebot.com/${id}/cc.js?referer=shop.example`], ['cookiebot', `https://consent.cookiebot.eu/${id}/cc.js`],
    ['onetrust', `https://cdn.cookielaw.org/consent/${id}/${id}/en.json`], ['onetrust', `https://assets.shop.example/x/consent/${id}-test/${id}/pt-br.json`],
    ['termly', `https://app.termly.io/api/v1/snippets/websites/${id}/documents/${id}/cookies`], ['usercentrics', 'https://api.usercentrics.eu/settings/AbC-1/latest/en.json'],
    ['usercentrics', 'https://aggregator.service.usercentrics.eu/aggregate/en?templates=a@1'], ['osano', `https://cmp.osano.com/AzZd7/${id}/osano.js`],
    ['cookieyes', 'https://cdn-cookieyes.com/client_data/0123abcd/config/x_y.json'],
    ['complianz', 'https://shop.example/wp-json/complianz/v1/cookie_data?locale=de'], ['usercentrics', 'https://v1.api.service.cmp.usercentrics.eu/latest/i18n/en/GDPR/AbC/1.2.3'],
  ]) assert.equal(consentDataKind(url), kind, url);
  for (const url of [`https://consent.cookiebot.com.evil.example/${id}/cc.js`, 'https://consent.cookiebot.com/uc.js', 'https://cdn.cookielaw.org/scripttemplates/otSDKStub.js',
    `https://cdn.cookielaw.org/consent/${id}/${id}.json`, 'https://shop.example/settings/en.json', `data:text/plain,/consent/${id}/${id}/en.json`, 'nonsense'])
    assert.equal(consentDataKind(url), null, url);
});

test('OnlyWhatThePageItselfLoadedIsAskedForOnce', async () => {
  const urls = [];
  const data = new ConsentData(urls);
  const url = `https://consent.cookiebot.com/${id}/cc.js?referer=a`;
  data.seen(url, 404);
  data.seen(`${url}#one`, 200);
  data.seen(`${url}#two`, 200);
  data.seen('https://shop.example/', 200);
  for (let i = 0; i < 20; i++) data.seen(`https://api.usercentrics.eu/settings/${i}/latest/en.json`, 200);
  assert.equal(urls.length, 8, 'no more than so many');
  assert.equal(urls[0], url);
  const { pages } = await recorded({ [`/${id}/cc.js`]: answer('CookieConsentDialog.x = [];', 'application/javascript') }, { consentData: urls.slice(0, 1) });
  assert.deepEqual(pages.slice(4).map((p) => [p.kind, p.result, p.url, p.x.type]), [['cookiebot', 'captured', url, 'application/javascript']]);
});

test('ARecordingByHandAsksForNothing', () => {
  const source = (name) => fs.readFileSync(new URL(`../../extension/src/${name}`, import.meta.url), 'utf8');
  for (const name of ['visit.js', 'observers.js', 'background.js', 'page-visit.js', 'popups.js']) assert.doesNotMatch(source(name), /site-files|\bfetch\(/, name);
  assert.match(source('plan.js'), /site-files/);
});
