// Pages that set thousands of cookies, megabytes, broken text; that pollute, freeze, replace, forge, forbid. In both browsers: recorded or
// refused with a reason, never a crash, never a page that sees something else than without us. What single hooks see is in
// hooks.test.mjs; a smaller hostile page in browsers.test.mjs.
import assert from 'node:assert/strict';
import test from 'node:test';
import { assertSealed, hostOf, names, recorded, total, withoutUs } from './hostile-site.mjs';
import { browsers } from './record.mjs';

const times = (list) => list.reduce((all, item) => all.set(item, (all.get(item) ?? 0) + 1), new Map());
const forgery = (entries) => entries.filter((e) => /forged-(?!message)/.test(JSON.stringify(e.b)));

/** By page: what must be in the case. `got` is what recorded() has of the page. @type {Record<string, (got: any, browser: string, all: any) => void>} */
const expected = {
  flood({ cookies, noted, stored, jar }) {
    assert.equal(cookies.length + total(noted('content-script-overflow')), 10_001, 'all calls are recorded or counted');
    assert.ok(cookies.length >= 9_990, `${cookies.length} recorded`);
    assert.deepEqual(cookies.slice(0, 3000), Array.from({ length: 3000 }, (_, i) => `c${i}=v${i}`), 'in their order');
    assert.deepEqual(stored(), ['set snapshot after-the-flood'], 'what calls may no longer tell is found by looking');
    assert.ok(jar.includes('c9999') && jar.length < 1000);
  },

  torrent({ stored, noted }) {
    const told = stored();
    assert.deepEqual([...times(told.map((s) => s.split(' ')[2])).values()], Array(3000).fill(1), 'every key once');
    assert.deepEqual(told.filter((s) => !s.startsWith('set ')), [], 'nothing was removed');
    const calls = [...told, ...stored('sessionStorage')].filter((s) => s.includes('setItem'));
    assert.ok(calls.length > 300);
    assert.equal(calls.length + total(noted('content-script-overflow')), 5000, 'all calls are recorded or counted');
    assert.equal(stored('sessionStorage').filter((s) => s === 'set snapshot same').length, 1, 'the last value is there');
  },

  large({ own, jar, stored }) {
    const script = own('cookie.script').map((c) => [c.head.length, c.value.length, c.tail, c.cut]);
    assert.deepEqual(script, [[5, 32_768, '', ['value', 'tail']], [4001, 5, '', undefined], [5001, 7, '', undefined], [0, 32_768, '', ['value', 'tail']]]);
    const rows = own('storage.set').map((s) => [s.via, s.key.length, s.value.length, s.size, s.cut]);
    assert.deepEqual(rows, [['setItem', 4, 32_768, 4 + 2 ** 20, ['value']], ['setItem', 4096, 1, 4097, undefined], ['snapshot', 4, 32_768, 4 + 2 ** 20, ['value']]]);
    assert.equal(stored().length, 3, 'what the browser refused is no fact');
    const headers = own('cookie.header').map((h) => [h.head, h.value.length, h.tail, h.cut]).sort((a, b) => a[0].length - b[0].length);
    assert.deepEqual(headers, [['h4000=', 4000, '; Path=/', undefined], ['h60000=', 32_768, '; Path=/', ['value']], ['h200000=', 32_768, '; Path=/', ['value']]]);
    assert.deepEqual(own('request.failed').map((r) => [new URL(r.url).pathname, /TOO_BIG/.test(r.error)]), [['/header/600000', true]]);
    assert.deepEqual(jar.map((n) => n.length).sort(), [4000, 5]);
  },

  surrogates({ cookies, own, stored, jar }) {
    assert.deepEqual(cookies, ['high\ufffd=low\ufffd', 'pair=\u{1F36A}', 'n\u00e9=v\u00e9']);
    assert.deepEqual(stored(), ['set setItem key\ufffd', 'set setItem key\ufffd', 'set setItem controls\u0000\u001f\u2028', 'set setItem pairs', 'remove removeItem key\ufffd', 'set snapshot bare\ufffd']);
    assert.ok(stored('indexedDB').includes('set indexedDB.open db\ufffd'));
    assert.deepEqual(stored('cacheStorage'), ['set caches.open cache\ufffd']);
    const values = own('storage.set').filter((s) => s.area === 'localStorage').map((s) => s.value);
    assert.deepEqual([values[0], values[1], values[2], values[5]], ['value\ufffd', 'other', '\u0000"\\\u007f', 'x\ufffd\ufffd']);
    assert.match(values[3], /^a\u{1F36A}+$/u, 'cut between characters');
    assert.deepEqual(own('storage.set').find((s) => s.key === 'pairs').size, 60_006);
    assert.equal(jar.length, 3);
    for (const name of ['pair', 'n\u00e9']) assert.ok(jar.includes(name), jar.join());
    assert.deepEqual(own('cookie.jar').filter((c) => c.name === 'n\u00e9').map((c) => [c.value, c.path]), [['v\u00e9', '/p\u00e9']]);
  },

  pollution({ cookies, own, stored }) {
    assert.deepEqual(cookies, ['polluted=1', 'polluted-too=1']);
    assert.deepEqual(stored(), ['set setItem polluted', 'remove removeItem never']);
    assert.deepEqual(stored('indexedDB'), ['set indexedDB.open polluted-db']);
    assert.deepEqual(own('technique').map((x) => x.technique).sort(), ['beacon', 'canvas']);
    assert.ok([...own('cookie.script'), ...own('storage.set')].every((e) => e.script_host === hostOf('pollution')), 'each with its script');
  },

  natives({ cookies, stored, said }) {
    assert.deepEqual([cookies, stored()], [['natives=1'], ['set setItem natives']]);
    assert.match(said, /overwritten=mineminenatives=1/);
  },

  frozen({ cookies, stored, own }) {
    assert.deepEqual([cookies, stored()], [['frozen=1'], ['set setItem frozen', 'set snapshot bare']]);
    assert.ok(own('cookie.script')[0].stack.length > 0);
  },

  unhooked({ cookies, jar, stored, own }) {
    assert.deepEqual(cookies, ['restored=1'], 'another realm has hooks of its own');
    assert.deepEqual(jar.sort(), ['detached', 'restored'], 'what no hook could see is in the jar');
    assert.deepEqual([...new Set(stored())].sort(), ['bare', 'detached', 'hidden', 'late', 'leaving', 'restored', 'rewritten', 'vanished'].map((key) => `set snapshot ${key}`));
    assert.deepEqual(stored('sessionStorage'), ['set snapshot rewritten']);
    assert.deepEqual(own('cookie.change').filter((c) => !c.removed).map((c) => c.name), ['restored', 'detached']);
  },

  forged({ cookies, noted, said, own }, browser, all) {
    assert.deepEqual(forgery(all.entries), []);
    assert.deepEqual(cookies.sort(), ['honest=1', 'inframe=1']);
    assert.ok(total(noted('forged-message')) >= 4, 'those that came where ours come are noted');
    assert.match(said, /leaks=0/);
    assert.deepEqual(own('cookie.change').length, 2);
  },

  conversions({ cookies, stored, own, noted }) {
    assert.deepEqual(cookies, ['converted=1', 'hint=string', 'null', 'undefined', '7', 'cs-named=one', 'cs-options=two', 'cs-gone=']);
    assert.deepEqual(own('cookie.script').map((c) => c.via).slice(-3), ['cookieStore.set', 'cookieStore.set', 'cookieStore.delete']);
    assert.deepEqual(stored(), ['set setItem key', 'remove removeItem gone']);
    assert.deepEqual(stored('indexedDB'), ['present snapshot converted-db'], 'found by looking: to read the name again would run the page\'s code');
    assert.match(stored('serviceWorker').join(), /^present snapshot http:.*\/scoped\/$/);
    assert.deepEqual(noted('forged-message'), [], 'odd is not forged');
  },

  framed({ cookies, jar, stored, own }) {
    assert.deepEqual(cookies.sort(), ['inagain=1', 'inframe=1'], 'each once');
    assert.ok(jar.includes('initial'), 'set before the frame had its document');
    assert.deepEqual(own('cookie.header').map((h) => h.head + h.value), ['denied=1'], 'of a frame that may not be shown');
    assert.ok(jar.includes('denied'));
    for (const key of ['inframe', 'inagain', 'blank']) assert.equal(stored().filter((s) => s === `set setItem ${key}`).length, 1, `${key} ${stored()}`);
    assert.ok(stored().includes('set snapshot bareframe') && stored().includes('set snapshot bareagain'));
  },

  forbidden: (got) => header(got, 'forbidden'),
  nothing: (got) => header(got, 'nothing'),

  sandboxed(got) {
    header(got, 'sandboxed');
    assert.deepEqual([got.cookies, got.stored()], [[], []], 'an opaque origin can store nothing');
  },

  trusted(got) {
    header(got, 'trusted');
    assert.deepEqual([got.cookies, got.stored()], [['permitted=1'], ['set setItem permitted', 'set snapshot bare']]);
  },
};

function header({ own, jar }, name) {
  assert.deepEqual(own('cookie.header').map((h) => h.head + h.value + h.tail), [`${name}=1; Path=/`]);
  assert.ok(own('request').find((r) => r.type === 'main_frame').headers['content-security-policy'].length > 10);
  assert.ok(jar.includes(name));
}

for (const browser of browsers) {
  test(`in ${browser} hostile pages are recorded or refused with a reason, and see what they would see without us`, { timeout: 420_000 }, async (t) => {
    const alone = await withoutUs(t, browser);
    const all = await recorded(t, browser);
    await t.test('the case is sealed and verifies, every page was loaded, no hook failed', () => assertSealed(all));
    await t.test('no violation of a policy is reported that the page alone would not have', () => {
      assert.ok(alone.reports.length > 0);
      // Firefox gives some up when a page is soon left.
      assert.deepEqual(all.reports.filter((report) => !alone.reports.includes(report)), []);
    });
    for (const name of names) {
      await t.test(name, () => {
        assert.equal(all.said.get(name), alone.said.get(name), 'the page sees what it sees without us');
        expected[name](all.of(name), browser, all);
      });
    }
  });
}

test('at least one browser was there to test in', () => assert.ok(browsers.length > 0));
