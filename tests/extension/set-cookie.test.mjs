import assert from 'node:assert/strict';
import test from 'node:test';
import { cookieStoreLine } from '../../extension/src/observe/scripts.js';
import { headerText, setCookieLines, splitLine } from '../../extension/src/observe/set-cookie.js';

test('ALineIsSplitAtTheFirstEqualsBeforeAnySemicolonAndPutTogetherAgain', () => {
  const cases = [
    ['a=b; Path=/', 'a=', 'b', '; Path=/'], ['a=b=c', 'a=', 'b=c', ''], ['novalue', '', 'novalue', ''], ['flag; a=b', '', 'flag', '; a=b'], ['', '', '', ''],
    ['=x; Secure', '=', 'x', '; Secure'], [' a = b ;c', ' a =', ' b ', ';c'], [';', '', '', ';'], ['a=;', 'a=', '', ';'], ['a="x;y"', 'a=', '"x', ';y"'],
  ];
  for (const [line, head, value, tail] of cases) {
    assert.deepEqual(splitLine(line), { head, value, tail }, line);
    assert.equal(head + value + tail, line);
  }
});

test('AnyLineIsTheSumOfItsParts', () => {
  let seed = 7;
  const random = (n) => { seed = (seed * 1103515245 + 12345) & 0x7fffffff; return (seed >> 8) % n; };
  for (let i = 0; i < 2000; i++) {
    const line = Array.from({ length: random(12) }, () => ['=', ';', ' ', 'a', '\t', 'é', '"'][random(7)]).join('');
    const { head, value, tail } = splitLine(line);
    assert.equal(head + value + tail, line);
    assert.ok(!value.includes(';') && !head.includes(';'));
    assert.ok(head === '' || head.indexOf('=') === head.length - 1);
    assert.ok(tail === '' || tail.startsWith(';'));
  }
});

test('FirefoxJoinsLinesByNewlineChromiumDoesNot', () => {
  const joined = [{ name: 'Set-Cookie', value: 'a=1; Expires=Wed, 01 Jan 2031 00:00:00 GMT\nb=2\nc=3' }];
  assert.deepEqual(setCookieLines(joined, true).map((l) => l.line), ['a=1; Expires=Wed, 01 Jan 2031 00:00:00 GMT', 'b=2', 'c=3']);
  const apart = [{ name: 'set-cookie', value: 'a=1' }, { name: 'x-other', value: 'z' }, { name: 'SET-COOKIE', value: 'b=2' }];
  assert.deepEqual(setCookieLines(apart, false).map((l) => l.line), ['a=1', 'b=2']);
});

test('EachLineSaysItsOwnBytes', () => {
  const lines = setCookieLines([{ name: 'set-cookie', value: 'l=\xe9\nu=\xc3\xa9\na=b' }], true);
  assert.deepEqual(lines, [{ line: 'l=\xe9', bytes: 'latin1' }, { line: 'u=\u00e9', bytes: 'utf-8' }, { line: 'a=b', bytes: 'utf-8' }]);
});

test('ChromiumTextIsTextAndItsBytesAreBytes', () => {
  assert.deepEqual(headerText({ value: 'é' }, false), { text: 'é', bytes: 'utf-8' });
  assert.deepEqual(headerText({ binaryValue: [0x61, 0x3d, 0xe9] }, false), { text: 'a=\xe9', bytes: 'latin1' });
  assert.deepEqual(headerText({}, false), { text: '', bytes: 'utf-8' });
});

test('ACookieStoreCallReadsAsTheLineThatWouldDoTheSame', () => {
  assert.equal(cookieStoreLine({ name: 'a', value: 'b' }), 'a=b; path=/; secure; samesite=strict');
  assert.equal(cookieStoreLine({ name: 'a', value: 'b', domain: 'x.test', path: '/p', expires: 0, sameSite: 'none', partitioned: true }),
    'a=b; path=/p; domain=x.test; expires=Thu, 01 Jan 1970 00:00:00 GMT; secure; samesite=none; partitioned');
  assert.equal(cookieStoreLine({ name: 'a', remove: true }), 'a=; path=/; max-age=0; secure; samesite=strict');
  assert.doesNotThrow(() => cookieStoreLine({ name: 'a', expires: 1e300 }));
});
