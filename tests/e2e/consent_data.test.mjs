// What a consent manager tells the page about its cookies becomes part of the declaration, and is held against what the site sets: OneTrust's
// file from the site itself, Cookiebot's script from its own host. Without TLS, as in site_files.test.mjs.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import test from 'node:test';
import { browsers, listen, run, scratch } from './lib.mjs';

const id = '01234567-89ab-cdef-0123-456789abcdef';
const oneTrust = { DomainData: { Language: { Culture: 'en' }, Groups: [
  { GroupName: 'Strictly necessary cookies', FirstPartyCookies: [{ Name: 'sid', Host: 'shop.example', IsSession: true, Length: '0', description: 'Keeps the basket' }], Hosts: [] },
  { GroupName: 'Analytics cookies', FirstPartyCookies: [{ Name: 'visit', Host: 'shop.example', IsSession: false, Length: '30', description: 'Counts visits' }], Hosts: [] },
] } };
const pages = {
  'shop.example/': ['text/html', `<!doctype html><html lang="en"><title>Shop</title><p>Things for sale.</p>
    <script src="http://consent.cookiebot.com/${id}/cc.js?referer=shop.example"></script>
    <script>fetch('/consent/${id}/${id}/en.json'); document.cookie = 'visit=1; max-age=' + 400 * 86400; document.cookie = 'loose=1; max-age=9000'; document.cookie = 'adly=1; max-age=9000';</script>`],
  [`shop.example/consent/${id}/${id}/en.json`]: ['application/json', JSON.stringify(oneTrust)],
  [`consent.cookiebot.com/${id}/cc.js`]: ['application/javascript', "var CookieConsentDialog = {}; CookieConsentDialog.cookieTableAdvertising = [['adly', 'shop.example', 'Shows offers', '3 hours', 'HTTP', '1']];"],
};

for (const browser of browsers) {
  test(`in ${browser} what consent managers declare is read from what they sent and held against what is set`, { timeout: 200_000 }, async (t) => {
    const dir = scratch(t);
    const server = http.createServer((request, response) => {
      const found = pages[`${request.headers.host}${request.url.split('?')[0]}`];
      response.writeHead(found ? 200 : 404, { 'content-type': found?.[0] ?? 'text/plain', ...(request.url === '/' && { 'set-cookie': 'sid=1' }) });
      response.end(found?.[1] ?? 'not here');
    });
    const port = await listen(server);
    t.after(() => { server.closeAllConnections?.(); server.close(); });
    const out = path.join(dir, 'report.json');
    const maps = ['shop.example', 'consent.cookiebot.com'].flatMap((host) => ['--map', `${host}:80=127.0.0.1:${port}`, '--map', `${host}:443=127.0.0.1:1`]);
    const { code, stderr } = await run(['audit', 'http://shop.example/', '--browser', browser, '--wait', '2', '--pages', '0', ...maps, '--case', path.join(dir, 'case'),
      '--format', 'json', '-o', out, '--fail-on', 'never'], { home: path.join(dir, 'home') });
    assert.equal(code, 0, stderr);
    const report = JSON.parse(fs.readFileSync(out, 'utf8'));

    const { sources, cookies } = report.declaration;
    const kindOf = (row) => sources.find((s) => s.id === row.source)?.kind;
    assert.deepEqual(sources.map((s) => s.kind).sort(), ['cookiebot', 'onetrust'], stderr);
    assert.deepEqual(cookies.map((c) => [c.pattern, c.category, c.lifetime_s, kindOf(c)]).sort(),
      [['adly', 'advertising', 10_800, 'cookiebot'], ['sid', 'necessary', null, 'onetrust'], ['visit', 'analytics', 30 * 86_400, 'onetrust']]);

    const told = (rule) => report.findings.filter((f) => f.rule === rule).map((f) => f.title);
    assert.deepEqual(told('undeclared-cookie').map((title) => /"(.+?)"/.exec(title)?.[1]), ['loose'], JSON.stringify(report.findings, null, 1));
    assert.match(told('lifetime-exceeds').join(), /"visit"/);
    const verify = await run(['verify', path.join(dir, 'case')], { home: path.join(dir, 'home') });
    assert.equal(verify.code, 0, verify.stdout + verify.stderr);
  });
}

test('at least one browser was there to test in', () => assert.ok(browsers.length > 0));
