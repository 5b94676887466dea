// Consent phases and signals, from the click on a banner to the finding: F12, F13 and F14 on a shop of our own in both browsers, and banners with the
// markup of a dozen consent managers, or of none that is known.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import test from 'node:test';
import { FRAME, MANAGERS, NONE, UNKNOWN } from './consent/managers.mjs';
import { browsers, listen, run, scratch } from './lib.mjs';

const POLICY = `<!doctype html><html lang="en"><title>Privacy policy</title><h1>Privacy policy</h1><p>This privacy policy explains what our shop does with cookies.</p>
<p>We set analytics cookies only with your consent.</p><p>We honour Global Privacy Control signals and do not use tracking cookies for visitors who send them.</p>`;

/** Sets Google Analytics' cookie before anything was chosen, and Meta's after everything was refused. */
const SHOP = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><p>Things for sale. <a href="/privacy">Privacy policy</a></p>
<script>document.cookie = '_ga=GA1.1.1234567890.1790000000; max-age=63072000; path=/';
if (document.cookie.includes('choice=reject')) document.cookie = '_fbp=fb.1.1790000000000.1234567890123456789; max-age=7776000; path=/';</script>
<div id="b" style="position:fixed;bottom:0;background:#fff"><p>We would like to use cookies for analytics and advertising.</p>
<button id="yes">Accept all</button><button id="no">Reject all</button></div>
<script>if (/choice=/.test(document.cookie)) document.getElementById('b').remove();
for (const [id, what] of [['yes', 'accept'], ['no', 'reject']]) document.getElementById(id)?.addEventListener('click', () => { document.cookie = 'choice=' + what + '; path=/'; document.getElementById('b').remove(); });</script>`;

async function serve(t) {
  const chosen = new Map();
  const signals = new Set();
  const server = http.createServer((request, response) => {
    const name = (request.headers.host ?? '').split('.')[0];
    signals.add(`${name} ${request.headers['sec-gpc'] ?? ''}`);
    const [where, query] = request.url.split('?');
    if (where === '/chose') chosen.set(name, query);
    const body = where === '/frame' ? FRAME : where === '/privacy' ? POLICY : where === '/' ? name === 'shop' ? SHOP : MANAGERS[name] ?? UNKNOWN[name] ?? NONE[name] : undefined;
    response.writeHead(body ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
    response.end(body);
  });
  const port = await listen(server);
  t.after(() => { server.closeAllConnections?.(); server.close(); });
  const audit = async (name, browser, ...more) => {
    const dir = scratch(t);
    const out = path.join(dir, 'report.json');
    const result = await run(['audit', `http://${name}.test/`, '--browser', browser, '--wait', '0.5', '--pages', '0', '--map', `*.test:80=127.0.0.1:${port}`, '--map', '*.test:443=127.0.0.1:1', ...more,
      '--case', path.join(dir, 'case'), '--format', 'json', '-o', out, '--fail-on', 'never'], { home: path.join(dir, 'home') });
    assert.equal(result.code, 0, `${name}: ${result.stderr}`);
    return { report: JSON.parse(fs.readFileSync(out, 'utf8')), dir, stderr: result.stderr };
  };
  return { audit, chosen, signals };
}

for (const browser of browsers) {
  test(`in ${browser} each phase makes its choice, and what the site does before, after and despite a signal is found`, { timeout: 240_000 }, async (t) => {
    const { audit, signals } = await serve(t);
    const { report, dir, stderr } = await audit('shop', browser, '--phase', 'no-choice,reject,accept', '--gpc');
    assert.deepEqual(report.sessions.map((s) => [s.phase, s.profile, s.gpc, s.choice?.made ?? null]), [['no-choice', 1, true, null], ['reject', 2, true, true], ['accept', 3, true, true]], stderr);
    assert.match(report.sessions[1].choice.detail, /^reject: by what is written on the buttons; pressed “Reject all”/);
    assert.deepEqual([...signals].filter((s) => s.startsWith('shop')), ['shop 1'], 'every request carried the signal');
    const rules = report.findings.map((f) => `${f.rule} ${f.phase}`);
    for (const rule of ['set-before-consent no-choice', 'kept-after-reject reject', 'signal-ignored no-choice']) assert.ok(rules.includes(rule), `${rule} in ${rules.join(', ')}`);
    assert.ok(!rules.includes('signal-ignored accept'), 'who accepts has spoken after the signal');
    const after = report.findings.find((f) => f.rule === 'kept-after-reject');
    assert.match(after.explanation, /"_fbp"/);
    assert.ok(after.entries.includes(report.sessions[1].choice.entries[0]), 'the refusal is cited');
    assert.equal(report.findings.some((f) => f.rule === 'kept-after-reject' && f.phase !== 'reject'), false);
    const before = report.cookies.filter((c) => c.name === '_fbp').map((c) => [c.phase, c.after_choice]);
    assert.deepEqual(before, [['reject', true]]);

    const text = await run(['report', path.join(dir, 'case')], { home: path.join(dir, 'home') });
    assert.match(text.stdout.replace(/\s+/g, ' '), /phase reject, choice made by what is written on the buttons; pressed “Reject all”/);
    const exhibits = fs.readdirSync(path.join(dir, 'case', 'exhibits'), { recursive: true, withFileTypes: true }).filter((e) => e.isFile()).map((e) => fs.readFileSync(path.join(e.parentPath ?? e.path, e.name)));
    assert.equal(exhibits.filter((bytes) => bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))).length >= 2, true, 'pictures before and after');
    const verify = await run(['verify', path.join(dir, 'case')], { home: path.join(dir, 'home') });
    assert.equal(verify.code, 0, verify.stdout);
  });
}

test('banners of known managers and of unknown ones are refused as asked, and the page hears it', { timeout: 400_000, skip: !browsers.includes('chromium') }, async (t) => {
  const { audit, chosen } = await serve(t);
  const cases = [...Object.keys(MANAGERS), ...Object.keys(UNKNOWN)];
  const wrong = [];
  const rest = [...cases];
  await Promise.all([1, 2].map(async () => {
    for (let name = rest.shift(); name; name = rest.shift()) {
      const { report } = await audit(name, 'chromium', '--phase', 'reject');
      const { made, detail } = report.sessions[0].choice;
      if (!made || chosen.get(name) !== 'reject' || report.sessions[0].pages.length !== 2 || detail.includes('by the rule') !== name in MANAGERS) wrong.push(`${name}: ${chosen.get(name)}; ${detail}`);
    }
  }));
  assert.deepEqual(wrong, []);
});

test('where nothing can be refused no choice is claimed, and the reason is told', { timeout: 200_000, skip: !browsers.includes('chromium') }, async (t) => {
  const { audit } = await serve(t);
  const told = await Promise.all(Object.keys(NONE).map(async (name) => [name, (await audit(name, 'chromium', '--phase', 'reject')).report.sessions[0].choice]));
  assert.deepEqual(told.map(([name, choice]) => [name, choice.made]), Object.keys(NONE).map((name) => [name, false]));
  const why = Object.fromEntries(told.map(([name, choice]) => [name, choice.detail]));
  assert.match(why.plain, /no consent banner was found/);
  assert.match(why.onlyok, /offers no button to reject all: “OK”/);
  assert.match(why.hidden, /osano.*only hid the banner/);
});
