import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import { fieldsOf, KINDS, makeBody } from '../../extension/src/protocol.js';
import { cutUtf8, sameSite, siteOf, utf8Length, wellFormed } from '../../extension/src/text.js';

const document = fs.readFileSync(new URL('../../docs/protocol.md', import.meta.url), 'utf8');

/** Names in backticks at the head of a kind's field list, with their `?`. */
function documented(kind) {
  const start = document.indexOf(`### ${kind}\n`);
  if (start < 0) return null;
  const rest = document.slice(start + kind.length + 5);
  return rest.slice(0, rest.search(/\n###? /)).replace(/\([^()]*\)/g, '');
}

test('EveryKindAndFieldThatIsSentIsInTheDocument', () => {
  const common = document.slice(document.indexOf('Common to events'), document.indexOf('### page.start'));
  const cookie = documented('cookie.change');
  for (const kind of Object.keys(KINDS)) {
    const text = documented(kind);
    assert.ok(text !== null, `${kind} has a section`);
    for (const { name } of fieldsOf(kind)) {
      const where = [text, common, kind === 'cookie.jar' ? cookie : '', ['cookie.header', 'storage.set'].includes(kind) ? documented('cookie.script') + documented('request') : ''].join('\n');
      assert.ok(where.includes(`\`${name}\``), `${kind}.${name} is in docs/protocol.md`);
    }
  }
});

test('EveryKindOfTheDocumentThatAnExtensionWritesIsSent', () => {
  const events = document.slice(document.indexOf('## Events'), document.indexOf('## Written by the host'));
  const kinds = [...events.matchAll(/^### (\S+)$/gm)].map((m) => m[1]).filter((kind) => kind !== 'policy.file');
  assert.deepEqual(kinds.filter((kind) => !(kind in KINDS)), []);
});

const note = (detail) => makeBody('recorder.note', { code: 'x', detail });

test('AFieldThatIsMissingUnknownOrMistypedIsADefect', () => {
  assert.throws(() => makeBody('recorder.note', { code: 'x' }), /detail is missing/);
  assert.throws(() => makeBody('recorder.note', { code: 'x', detail: 'y', more: 1 }), /no field more/);
  assert.throws(() => note(5), /no string/);
  assert.throws(() => makeBody('gap', { from: NaN, to: 1, dropped: 1, why: '' }), /no integer/);
  assert.throws(() => makeBody('nothing', {}), /not in the protocol/);
});

test('NullableFieldsAreAlwaysThere', () => {
  assert.equal(makeBody('page.done', { page: 0, role: 'site', url: 'u', result: 'loaded', quiet: true, elapsed_ms: 1.4 }).error, null);
});

test('LongStringsAreCutAtACharacterAndNamed', () => {
  const body = note('é'.repeat(20_000));
  assert.deepEqual(body.cut, ['detail']);
  assert.equal(utf8Length(body.detail), 32 << 10);
  assert.equal(note('short').cut, undefined);
  const emoji = note('a' + '😀'.repeat(20_000)).detail;
  assert.ok(utf8Length(emoji) <= 32 << 10 && !/[\ud800-\udbff]$/.test(emoji));
});

test('LoneSurrogatesBecomeReplacementCharacters', () => {
  assert.equal(note('a\ud800b\udc00😀').detail, 'a\ufffdb\ufffd😀');
  assert.equal(wellFormed('\udc00\ud800'), '\ufffd\ufffd');
});

test('AStackIsCutToThirtyTwoFrames', () => {
  const body = makeBody('cookie.script', { via: 'document.cookie', head: 'a=', value: 'b', tail: '', stack: Array(40).fill('u:1:1'), tab: 1, frame: 0 });
  assert.equal(body.stack.length, 32);
  assert.deepEqual(body.cut, ['stack']);
});

test('TheOpenPartOfAnyEventFitsAnEntry', () => {
  const long = '"'.repeat(100_000);
  const body = makeBody('request', { rid: '1', hop: 0, url: 'u', scheme: 'https', host: 'h', method: 'GET', type: 'script', status: 200, from_cache: false, set_cookies: 0,
    headers: Object.fromEntries(['p3p', 'content-security-policy', 'permissions-policy', 'strict-transport-security', 'clear-site-data'].map((n) => [n, 'x'.repeat(100_000)])), tab: 1, frame: 0 });
  assert.ok(JSON.stringify(body.headers).length < 60_000);
  const header = makeBody('cookie.header', { rid: '1', hop: 0, n: 0, url: 'u', scheme: 'https', host: 'h', head: long, value: 'v', tail: long, bytes: 'utf-8', type: 'x', tab: 1, frame: 0 });
  assert.ok(JSON.stringify([header.head, header.tail]).length < 60_000);
});

test('Utf8LengthIsThatOfAnEncoder', () => {
  for (const text of ['', 'abc', 'é', '€', '😀', 'a😀é€\u0000']) assert.equal(utf8Length(text), new TextEncoder().encode(text).length);
  for (let n = 0; n < 12; n++) assert.ok(new TextEncoder().encode(cutUtf8('a😀é€z😀', n)).length <= n);
});

test('HostsOfOneSiteAreToldFromNeighbours', () => {
  assert.ok(sameSite('www.shop.example', 'shop.example'));
  assert.ok(sameSite('a.shop.co.uk', 'shop.co.uk'));
  assert.ok(!sameSite('a.co.uk', 'b.co.uk'));
  assert.ok(!sameSite('shop.localhost', 'tracker.localhost'));
  assert.ok(!sameSite('127.0.0.1', '127.0.0.2'));
  assert.ok(!sameSite(null, null));
  assert.equal(siteOf('[::1]'), '[::1]');
});
