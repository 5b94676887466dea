// What the detection rules say of a page made for them, from browser to report: a second profile that confirms identifiers, a cookie's value
// that reaches others in disguise, a filter list of the user's, a decorated link.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import test from 'node:test';
import { browsers, listen, run, scratch } from './lib.mjs';

/** A shop that gives every visitor a number and a theme, and tells a tracker the number's SHA-256. */
function shop(request, response) {
  const host = request.headers.host;
  if (host === 'shop.example' && request.url.startsWith('/?')) {
    const vid = crypto.randomBytes(16).toString('hex');
    const hash = crypto.createHash('sha256').update(vid).digest('hex');
    const year = `Max-Age=${365 * 86400}`;
    response.writeHead(200, { 'content-type': 'text/html', 'set-cookie': [`vid=${vid}; ${year}`, `theme=dark-and-warm; ${year}`, `short=${vid}; Max-Age=${30 * 86400}`] });
    response.end(`<!doctype html><html lang="en"><title>Shop</title><p>Things for sale.</p><img src="http://pix.tracker.test/p?u=${hash}" alt=""><img src="http://cdn.plain.test/logo.png" alt="">`);
    return;
  }
  response.writeHead(200, { 'content-type': 'image/png' });
  response.end();
}

for (const browser of browsers) {
  test(`in ${browser} two profiles, a list and the forms of a value tell what a page does`, { timeout: 200_000 }, async (t) => {
    const dir = scratch(t);
    const server = http.createServer(shop);
    const port = await listen(server);
    t.after(() => { server.closeAllConnections?.(); server.close(); });
    const list = path.join(dir, 'mine.txt');
    fs.writeFileSync(list, '! Title: Mine\n! Version: 7\n! Licence: CC0\n||tracker.test^$third-party\n');
    const out = path.join(dir, 'report.json');
    const maps = ['shop.example', 'pix.tracker.test', 'cdn.plain.test'].flatMap((host) => ['--map', `${host}:80=127.0.0.1:${port}`, '--map', `${host}:443=127.0.0.1:1`]);
    const caseDir = path.join(dir, 'case');
    const { code, stderr } = await run(['audit', 'http://shop.example/?gclid=Cj0KCQjwAbCd', '--browser', browser, '--wait', '1', '--pages', '0', ...maps, '--confirm-identifiers',
      '--lists', list, '--case', caseDir, '--format', 'json', '-o', out, '--fail-on', 'never'], { home: path.join(dir, 'home') });
    assert.equal(code, 0, stderr);
    const report = JSON.parse(fs.readFileSync(out, 'utf8'));

    // Two sessions of one sealed case, each with a jar of its own.
    assert.deepEqual(report.sessions.map((s) => [s.id, s.phase, s.profile, s.pages.length]), [[1, 'no-choice', 1, 1], [2, 'no-choice', 2, 1]]);
    const said = (name) => report.cookies.filter((c) => c.name === name).map((c) => [c.session, c.identifier_like, c.identifier_confirmed, c.repeats]);
    assert.deepEqual(said('vid'), [[1, true, true, false], [2, true, true, true]]);
    assert.deepEqual(said('theme').map((row) => row[2]), [false, false]);
    assert.deepEqual(said('short').map((row) => row[2]), [false, false], 'not more than 90 days');
    const verify = await run(['verify', caseDir], { home: path.join(dir, 'home') });
    assert.equal(verify.code, 0, verify.stdout + verify.stderr);

    const trackers = Object.fromEntries(report.requests.filter((r) => r.party === 'third').map((r) => [r.host, r.tracker]));
    assert.deepEqual(trackers['pix.tracker.test'].by[0], 'list');
    assert.equal(trackers['pix.tracker.test'].rule, '||tracker.test^$third-party');
    assert.equal(trackers['cdn.plain.test'], null);
    assert.deepEqual(report.knowledge.filter((k) => k.source.startsWith('Mine')).map((k) => [k.version, k.licence]), [['7', 'CC0']]);

    const details = (technique) => report.techniques.filter((x) => x.technique === technique).map((x) => x.detail);
    assert.ok(details('cookie-sync').includes('the value of cookie vid of shop.example reached tracker.test in the address, as its SHA-256'), JSON.stringify(report.techniques));
    assert.match(details('link-decoration').join(), /gclid, by which Google Ads recognises a click/);

    // The same record by other knowledge: no list, and a Public Suffix List by which tracker.test is nobody's one site.
    const psl = path.join(dir, 'psl.dat');
    fs.writeFileSync(psl, '// ===BEGIN ICANN DOMAINS===\ntest\ntracker.test\nexample\n');
    const again = await run(['report', caseDir, '--lists', 'none', '--psl', psl, '--format', 'json', '--fail-on', 'never'], { home: path.join(dir, 'home') });
    assert.equal(again.code, 0, again.stderr);
    const other = JSON.parse(again.stdout);
    const pixel = other.requests.find((r) => r.host === 'pix.tracker.test');
    assert.equal(pixel.site, 'pix.tracker.test');
    assert.ok(!(pixel.tracker?.by ?? []).includes('list'));
    assert.match(other.knowledge.find((k) => k.source === 'Public Suffix List').version, /psl\.dat|[0-9a-f]{16}/);
  });
}

for (const browser of browsers) {
  test(`in ${browser} a cookie that the cache brings back is told, one that is made anew is not`, { timeout: 200_000 }, async (t) => {
    const dir = scratch(t);
    const year = 365 * 86400;
    const server = http.createServer((request, response) => {
      const id = crypto.randomBytes(16).toString('hex');
      if (request.url === '/id.js') {
        response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': `max-age=${year}` });
        response.end(`document.cookie = 'eid=${id}; max-age=${year}';`);
      } else {
        response.writeHead(200, { 'content-type': 'text/html', 'cache-control': 'no-store', 'set-cookie': `vid=${id}; Max-Age=${year}` });
        response.end('<!doctype html><html lang="en"><title>Shop</title><p>Things for sale.</p><script src="/id.js"></script>');
      }
    });
    const port = await listen(server);
    t.after(() => { server.closeAllConnections?.(); server.close(); });
    const out = path.join(dir, 'report.json');
    const { code, stderr } = await run(['audit', 'http://shop.example/', '--browser', browser, '--wait', '1', '--pages', '0', '--map', `shop.example:80=127.0.0.1:${port}`,
      '--map', 'shop.example:443=127.0.0.1:1', '--revisit', '--case', path.join(dir, 'case'), '--format', 'json', '-o', out, '--fail-on', 'never'], { home: path.join(dir, 'home') });
    assert.equal(code, 0, stderr);
    const report = JSON.parse(fs.readFileSync(out, 'utf8'));
    const values = (name) => report.cookies.filter((c) => c.name === name).map((c) => [c.session, c.repeats]);
    assert.deepEqual([values('eid'), values('vid')], [[[1, false], [2, true]], [[1, false], [2, true]]], stderr);
    assert.deepEqual(report.techniques.filter((x) => x.technique === 'respawn').map((x) => x.detail),
      ['cookie eid of shop.example came back with the same value after cookies and storage were cleared; the cache was kept'], JSON.stringify(report.techniques));
    const verify = await run(['verify', path.join(dir, 'case')], { home: path.join(dir, 'home') });
    assert.equal(verify.code, 0, verify.stdout + verify.stderr);
  });
}

test('a list that cannot be read is told before a browser starts, and leaves no case', async (t) => {
  const dir = scratch(t);
  const caseDir = path.join(dir, 'case');
  for (const [file, text] of [['empty.txt', '! nothing\n'], ['binary.txt', 'a\0b']]) {
    fs.writeFileSync(path.join(dir, file), text);
    const { code, stderr } = await run(['audit', 'http://127.0.0.1:1/', '--lists', path.join(dir, file), '--case', caseDir], { home: path.join(dir, 'home') });
    assert.equal(code, 2, stderr);
    assert.match(stderr, new RegExp(file));
    assert.ok(!fs.existsSync(caseDir));
  }
});

test('at least one browser was there to test in', () => assert.ok(browsers.length > 0));
