// The popup as a person uses it, in both browsers, with the real host and the demo site: Record, what is seen meanwhile, the site's policy, Stop, the
// full report; and what it says where the program is not installed.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { affiant } from '../../e2e/lib.mjs';
import { browsers, launch } from '../../live/browser.mjs';

/** @returns {Promise<string>} address of the demo's front page */
async function serveDemo(t) {
  const child = spawn(affiant, ['demo'], { stdio: ['ignore', 'pipe', 'ignore'] });
  t.after(() => child.kill());
  return new Promise((resolve, reject) => {
    child.stdout.once('data', (data) => resolve(String(data).trim()));
    child.once('exit', (code) => reject(new Error(`affiant demo ended with ${code}`)));
  });
}

// Runs in the popup's page: waits for what a person would see, and clicks.
const inPopup = (steps) => `(async () => {
  const $ = (id) => document.getElementById(id);
  const shown = (id) => ($(id) && !$(id).hidden && $(id).closest('[hidden]') === null ? $(id).innerText.trim() : '');
  const is = (state) => document.body.dataset.state === state;
  const until = async (what, probe) => {
    for (const end = Date.now() + 30000; !probe();) {
      if (Date.now() > end) throw new Error('waited for ' + what + '\\n' + document.body.innerText);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const rows = () => [...document.querySelectorAll('#count-rows dd')].map((e) => Number(e.textContent.replace(/\\D/g, '') || NaN));
  const badge = () => (globalThis.browser ?? globalThis.chrome).action.getBadgeText({});
  ${steps}
})()`;

for (const browser of browsers) {
  test(`in ${browser} a person records the demo, sees what it does and says, and opens the report`, { timeout: 120_000 }, async (t) => {
    const url = await serveDemo(t);
    const live = await launch({ browser });
    t.after(() => live.close());
    await live.navigate(url);

    const first = await live.popup(inPopup(`
      await until('the button', () => is('ready') && shown('main'));
      const before = [shown('status'), shown('main'), shown('stores')];
      $('main').click();
      await until('figures', () => is('recording') && rows()[1] > 0 && shown('finding-rows'));
      return { before, rows: rows(), button: shown('main'), badge: await badge(), policy: shown('policy'), findings: shown('finding-rows') };`));
    assert.deepEqual(first.before.slice(0, 2), ['Nothing is being recorded', 'Record shop.localhost']);
    assert.match(first.before[2], /this computer only/);
    assert.deepEqual([first.button, first.badge], ['Stop and seal', 'REC']);
    assert.match(first.findings, /The site's policy was not read in this recording/, 'and nothing is called undeclared');

    const read = await live.popup(inPopup(`
      await until('the offer to read the policy', () => shown('policy'));
      $('policy').click();
      await until('the declaration', () => document.querySelectorAll('#said-rows div').length === 5);
      await until('findings', () => document.querySelectorAll('#finding-rows li').length === 3);
      return { said: shown('said-rows'), findings: shown('finding-rows') };`));
    assert.match(await live.evaluate('location.href'), /\/privacy$/, 'in the recorded tab, where it is seen');
    assert.match(read.said, /Denies\s+.*(?:third|advertising|analytics)/i);
    assert.match(read.findings, /Contradicted\s+Does what it says it does not do/);

    const next = await live.popup(inPopup(`
      await until('the offer of the other text', () => shown('policy'));
      const offered = shown('policy');
      $('policy').click();
      await until('both read', () => document.querySelectorAll('#said-rows div').length === 5 && !shown('policy'));
      return offered;`));
    assert.equal(next, 'Read its cookie policy, too');
    assert.match(await live.evaluate('location.href'), /\/cookies$/);

    const sealed = await live.popup(inPopup(`
      await until('the button', () => is('recording') && shown('main'));
      $('main').click();
      $('main').click();
      await until('the seal', () => is('sealed') && shown('report') && rows()[1] > 0);
      return { status: shown('status'), rows: rows(), report: $('report').getAttribute('href'), entries: Number(shown('detail').replace(/\\D/g, '')) };`));
    assert.equal(sealed.status, 'shop.localhost is recorded and sealed');
    assert.ok(sealed.rows[0] > 0 && sealed.rows[1] >= 2 && sealed.rows[2] >= 1, `cookies, third parties, trackers: ${sealed.rows}`);

    const report = await live.popup(`new Promise((resolve, reject) => {
      const port = (globalThis.browser ?? globalThis.chrome).runtime.connect({ name: 'report' });
      let json = '';
      port.onMessage.addListener((m) => {
        if (m.error) return reject(new Error(m.error));
        if (m.part === 'report') json += m.json;
        if (m.done && m.part === 'report') resolve(JSON.parse(json));
      });
    })`, sealed.report);
    assert.equal(report.schema, 'affiant.report/1');
    assert.equal(report.case.verdict.complete, 'complete');
    assert.equal(report.case.tree_size, sealed.entries);
    assert.ok(report.declaration.sources.some((s) => s.url.endsWith('/privacy')) && report.declaration.sources.some((s) => s.url.endsWith('/cookies')), 'both texts are evidence');
    const thirds = new Set(report.requests.filter((r) => r.party === 'third' && !r.same_owner).map((r) => r.site));
    assert.equal(thirds.size, sealed.rows[1], 'the popup and the report count alike');
    assert.ok(report.findings.some((f) => f.rule === 'contradicted-denial'));
    assert.equal(live.cases().length, 1);
  });

  test(`in ${browser} a program that is not installed is said, with the command that mends it`, { timeout: 60_000 }, async (t) => {
    const live = await launch({ browser });
    t.after(() => live.close());
    // As on a machine without it: the browser finds no manifest. Asked for anew by the popup's own button.
    const manifests = browser === 'chromium' ? path.join(live.dir, 'profile/NativeMessagingHosts') : path.join(live.dir, 'home/.mozilla/native-messaging-hosts');
    fs.renameSync(manifests, `${manifests}.away`);
    for (const pid of live.hostPids()) { try { process.kill(pid); } catch { /* Ended already. */ } }
    const missing = await live.popup(inPopup(`
      await until('the state', () => is('missing'));
      return [shown('status'), shown('command-text'), shown('copy'), shown('main')];`));
    assert.deepEqual(missing, ['The Affiant program is not installed', 'affiant install', 'Copy', 'Try again']);
    fs.renameSync(`${manifests}.away`, manifests);
    await live.popup(inPopup(`
      await until('the state', () => is('missing') || is('restricted'));
      if (is('missing')) $('main').click();
      await until('the program', () => is('restricted'));`));
  });
}
