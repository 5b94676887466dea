// What a site offers to machines gets into the case at the end of an audit, without a trace in what the page is said to have done. Without
// TLS, since Firefox would turn an extension's requests into others there (manifests/firefox.json).
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import test from 'node:test';
import { browsers, listen, run, scratch } from './lib.mjs';

const pages = {
  '/': ['text/html', '<!doctype html><html lang="en"><title>Shop</title><p>Things for sale.</p><footer><a href="/privacy">Privacy policy</a></footer>'],
  '/privacy': ['text/html', `<!doctype html><html lang="en"><title>Privacy policy</title><h1>Privacy policy</h1><p>This privacy policy explains which personal data we collect when you
    visit our website, and what we use it for.</p><p>We use cookies to keep your basket. We use Google Analytics to
    understand how our shop is used.</p><p>You have the right to access your personal data and to have it erased. Please contact us with
    any question about this policy.</p>`],
  '/.well-known/gpc.json': ['application/json', '{"gpc": true, "lastUpdate": "2026-01-02"}\n'],
  '/.well-known/related-website-set.json': ['text/html', '<!doctype html><title>Nothing here</title>'],
  '/ads.txt': ['text/plain; charset=utf-8', '# sellers\nexchange.example, 12, DIRECT\nnetwork.example, 7, RESELLER, ab12\n'],
};

for (const browser of browsers) {
  test(`in ${browser} gpc.json and ads.txt are sources of the declaration, and nobody calls them the page's requests`, { timeout: 200_000 }, async (t) => {
    const dir = scratch(t);
    const log = [];
    const server = http.createServer((request, response) => {
      log.push({ path: request.url, cookie: request.headers.cookie, referer: request.headers.referer });
      const found = pages[request.url];
      response.writeHead(found ? 200 : 404, { 'content-type': found?.[0] ?? 'text/plain', 'set-cookie': `at${request.url.replace(/\W/g, '_')}=1; Max-Age=9000` });
      response.end(found?.[1] ?? 'not here');
    });
    const port = await listen(server);
    t.after(() => { server.closeAllConnections?.(); server.close(); });
    const out = path.join(dir, 'report.json');
    const { code, stderr } = await run(['audit', 'http://shop.example/', '--browser', browser, '--wait', '1', '--pages', '0', '--map', `shop.example:80=127.0.0.1:${port}`, '--map', 'shop.example:443=127.0.0.1:1',  // Chromium tries TLS first.
     
      '--case', path.join(dir, 'case'), '--format', 'json', '-o', out, '--fail-on', 'never'], { home: path.join(dir, 'home') });
    assert.equal(code, 0, stderr);
    const report = JSON.parse(fs.readFileSync(out, 'utf8'));

    const { sources, statements } = report.declaration;
    assert.deepEqual(sources.map((s) => s.kind).sort(), ['ads.txt', 'gpc.json', 'privacy-policy'], stderr);
    const of = (kind) => sources.find((s) => s.kind === kind);
    assert.equal(of('gpc.json').url, 'http://shop.example/.well-known/gpc.json');
    assert.match(of('gpc.json').sha256, /^[0-9a-f]{64}$/);
    const signal = statements.filter((s) => s.type === 'signal');
    assert.deepEqual(signal.map((s) => [s.polarity, s.data, s.quote, s.source]), [['does', ['gpc'], '"gpc": true', of('gpc.json').id]]);
    const partners = statements.filter((s) => s.source === of('ads.txt').id);
    assert.deepEqual(partners.map((s) => [s.type, s.modality, s.parties[0]]), [['named-third-party', 'may', 'exchange.example'], ['named-third-party', 'may', 'network.example']]);

    // Each file was asked for once, by somebody without cookies, and what it offered was not taken.
    for (const file of ['/.well-known/gpc.json', '/.well-known/dnt-policy.txt', '/.well-known/related-website-set.json', '/ads.txt']) {
      assert.deepEqual(log.filter((entry) => entry.path === file), [{ path: file, cookie: undefined, referer: undefined }], file);
      assert.ok(!report.requests.some((r) => r.url.includes(file)), `${file} is not the page's request`);
      assert.ok(!report.cookies.some((c) => c.name === `at${file.replace(/\W/g, '_')}`), `${file} set no cookie`);
    }
    assert.ok(report.cookies.some((c) => c.name === 'at_' && c.outcome === 'stored'), 'the page did');

    // A file that is not there is a fact in the log, and no finding.
    assert.deepEqual(report.findings.filter((f) => f.rule === 'policy-missing' || /gpc|ads\.txt|dnt-policy|related-website/.test(`${f.title} ${f.explanation}`)), []);
    assert.match(stderr, /gpc\.json http:\/\/shop\.example\/\.well-known\/gpc\.json: captured/);
    assert.doesNotMatch(stderr, /dnt-policy/);
    const verify = await run(['verify', path.join(dir, 'case')], { home: path.join(dir, 'home') });
    assert.equal(verify.code, 0, verify.stdout + verify.stderr);
  });
}

test('at least one browser was there to test in', () => assert.ok(browsers.length > 0));
