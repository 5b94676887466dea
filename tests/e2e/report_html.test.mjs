// The HTML report in a real browser: complete, readable without a network, and deaf to what a hostile site wrote into it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { page, script } from '../../packaging/build-report.mjs';
import { browsers, scratch } from './lib.mjs';

const skip = !browsers.includes('chromium') && 'no chromium here';

const EVIL = '</script><script>document.title = "owned"</script><img src=x onerror="document.title=\'owned\'">';

function reportOf(change = {}) {
  return { schema: 'affiant.report/1', site: 'https://shop.example/', generated_at: '2026-11-26T03:00:00Z', tool: { name: 'affiant', version: '0' }, knowledge: [],
    case: { id: 'case', origin: 'o', tree_size: 3, root: 'r', withheld_fields: 0, verdict: { integrity: 'intact', key: 'unpinned', complete: 'complete', time: 'claimed', witnesses: 0 } },
    sessions: [{ id: 1, phase: 'no-choice', gpc: false, browser: { name: 'chromium', version: '1', third_party_cookies: 'allowed' }, opened_at: '2026-11-26T02:00:00.000Z', closed_at: null, pages: ['https://shop.example/'], failed_pages: [],
      completeness: { received: 3, gaps: [], recorder_down_ms: 0 } }],
    cookies: [], storage: [], requests: [], techniques: [], consent_states: [], declaration: { sources: [], statements: [], cookies: [] }, findings: [], not_observable: 0, ...change };
}

const cookie = (name, n) => ({ name, domain: 'shop.example', party: 'first', session_cookie: false, lifetime_s: 86_400 * n, set_by: { host: 'shop.example', mechanism: 'http' }, outcome: 'stored', reason: null, identifier_like: false, entries: [n] });

/** The document as the browser has it once its script has run. */
function domOf(t, report) {
  const file = path.join(scratch(t), 'report.html');
  fs.writeFileSync(file, page().replace('@DATA@', () => JSON.stringify(report).replace(/</g, '\\u003c')));
  return execFileSync('/usr/bin/chromium', ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${scratch(t)}`, '--dump-dom', pathToFileURL(file).href], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 120_000, maxBuffer: 1 << 26 });
}
const textOf = (dom) => dom.slice(dom.indexOf('<main'), dom.indexOf('</main>'));

test('the page is one file that asks the network for nothing and allows its own script and style alone', () => {
  const html = page();
  assert.match(html, /default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'/);
  assert.doesNotMatch(html.replace('@DATA@', ''), /https?:\/\//);
  assert.doesNotMatch(script(), /innerHTML|outerHTML|insertAdjacent|document\.write|eval\(/);
});

test('a finding stands with the words of the site on one side and what was seen on the other', { skip }, (t) => {
  const dom = textOf(domOf(t, reportOf({
    cookies: [cookie('_x', 400)],
    declaration: { sources: [{ id: 1, kind: 'privacy-policy', url: 'https://shop.example/privacy', language: 'en', sha256: 'ab' }], cookies: [],
      statements: [{ id: 'S1', type: 'no-cookies', polarity: 'does-not', observable: 'yes', quote: 'We set no cookies.', source: 1, start: 10, end: 28 }] },
    findings: [{ id: 'F1-1', rule: 'contradicted-denial', strength: 'contradicted', title: 'It sets cookies', explanation: 'It does.', statements: ['S1'], declared_cookies: [], entries: [400] }] })));
  assert.match(dom, /<blockquote>We set no cookies\.<\/blockquote><figcaption>privacy policy https:\/\/shop\.example\/privacy, S1, bytes 10 to 28</);
  assert.match(dom, /<li>cookie _x of shop\.example, set by shop\.example, 400 days, stored<\/li>/);
  assert.match(dom, /F1-1, rule contradicted-denial, log entry 400/);
  assert.match(dom, /<b>1<\/b><span class="word">contradicted/);
});

test('what a site wrote is shown as words, never taken as markup', { skip }, (t) => {
  const dom = domOf(t, reportOf({ cookies: [cookie(EVIL, 1)], declaration: { sources: [{ id: 1, kind: 'privacy-policy', url: EVIL, language: EVIL, sha256: EVIL }], statements: [], cookies: [] },
    findings: [{ id: EVIL, rule: EVIL, strength: 'contradicted', title: EVIL, explanation: EVIL, statements: [], declared_cookies: [], entries: [1] }] }));
  assert.match(dom, /<title>shop\.example: said and done<\/title>/);
  assert.doesNotMatch(dom, /<img/);
  assert.equal(dom.match(/<script/g).length, 2, 'the data and our own');
  assert.match(textOf(dom), /&lt;img src=x onerror=/);
});

test('of ten thousand rows the first are shown and the rest is counted', { skip }, (t) => {
  const dom = textOf(domOf(t, reportOf({ cookies: Array.from({ length: 10_000 }, (_, n) => cookie(`c${n}`, n)) })));
  assert.match(dom, /Cookies \(10,000\)/);
  assert.match(dom, /200 of 10,000 cookies shown/);
  assert.ok((dom.match(/<tr>/g) ?? []).length < 400);
});

test('data that cannot be read is said, and the page is no empty one', { skip }, (t) => {
  const dom = textOf(domOf(t, { site: 'x' }));
  assert.match(dom, /role="alert">This report cannot be shown/);
});
