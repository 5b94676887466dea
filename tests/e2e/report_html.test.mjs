// The HTML report in a real browser: understood, proved, quick, usable by keyboard, and deaf to what a hostile site wrote into it.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test, { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { page, script } from '../../packaging/build-report.mjs';
import { browsers, until } from './lib.mjs';
import { drawing, openBrowser, write } from './report_page.mjs';
import { diffSample, enginesSample, sample } from './report_sample.mjs';
import os from 'node:os';

const skip = !browsers.includes('chromium') && 'no chromium here';
const AXE = path.join(path.dirname(fileURLToPath(import.meta.url)), '../extension/node_modules/axe-core/axe.min.js');
const EVIL = '</script><script>document.title = "owned"</script><img src=x onerror="document.title=\'owned\'">\u202egnp.exe\u001b[31m<!--';

const dir = skip ? '' : fs.mkdtempSync(path.join(os.tmpdir(), 'affiant-report-'));
let browser;
before(async () => { if (!skip) browser = await openBrowser(dir); });
after(async () => {
  await browser?.close();
  if (dir) fs.rmSync(dir, { recursive: true, force: true });
});

const show = async (parts, width = 1280, scheme = 'light') => {
  await browser.look(width, scheme);
  await browser.open(write(path.join(dir, 'report.html'), parts));
};
const value = (expression) => browser.evaluate(expression);
const text = (selector) => value(`document.querySelector(${JSON.stringify(selector)})?.innerText ?? null`);

/** What axe-core finds wrong, in words. */
async function faults(within = 'html') {
  if (!await value('typeof axe === "object"')) await value(`${fs.readFileSync(AXE, 'utf8')}; true`);
  return value(`axe.run(${JSON.stringify(within)}, { resultTypes: ["violations"], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then((r) => r.violations.flatMap((v) => v.nodes.slice(0, 3).map((n) => v.id + ': ' + n.target.join(' ') + ' ' + (n.any[0]?.message ?? n.failureSummary))))`);
}

test('the page is one file that asks the network for nothing and allows its own scripts and style alone', () => {
  const html = page(drawing);
  assert.match(html, /default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+' 'sha256-[^']+'; base-uri 'none'/);
  assert.doesNotMatch(html, /https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
  assert.doesNotMatch(script(), /innerHTML|outerHTML|insertAdjacent|document\.write|eval\(|setAttribute\('style'/);
});

test('a finding stands with the sentence in its paragraph on one side and what was seen on the other', { skip }, async () => {
  await show(sample());
  assert.match(await text('h1'), /^shop\.example does not do what it says$/);
  assert.equal(await value('document.querySelector("#F1-1 .said mark").innerText'), 'We never use third-party cookies.');
  assert.match(await text('#F1-1 .said blockquote'), /“only what we need”\. We never use third-party cookies\. We only set/, 'offsets are bytes, and the text is not ASCII');
  assert.match(await text('#F1-1 .done li'), /^Cookie cookie_1 · t1\.ads1\.example, set by t1\.ads1\.example, 365 days, stored\s+#\d+\s+#\d+$/);
  assert.deepEqual(await value('[...document.querySelectorAll("#policy .text mark")].map((m) => m.className + ": " + m.innerText)'), ['contradicted: We never use third-party cookies.',
    'held: We only set cookies that are strictly necessary for the shop to work, such as your basket.', 'vague: We may share some information with partners, in order to improve our services.',
    'unseen: Our servers delete logs after 30 days.', 'unseen: We use Google Analytics to measure how our pages are used.', 'contradicted: lang']);
  assert.deepEqual(browser.asked.filter((url) => !url.startsWith('file:')), []);
});

test('an entry is one key press away from its finding, and its proof is worked out in the page', { skip }, async () => {
  await show(sample());
  await value('document.querySelector("#F1-1 .done .entry").focus()');
  await browser.key('Enter');
  await until(() => value('document.querySelector("dialog[open] .result") !== null'), 'the entry');
  assert.match(await text('dialog .result'), /^Proved here/);
  assert.deepEqual(await value('[...document.querySelectorAll("dialog .checks li")].map((li) => li.innerText[0])'), ['✓', '✓', '✓', '✓']);
  assert.match(await text('dialog .raw'), /^\{"b":\{"rid":"1","hop":0/);
  assert.equal(await value('document.querySelectorAll("dialog .steps li").length'), await value('document.querySelector("dialog summary").innerText.match(/\\d+/)[0] * 1 + 1'));
  await browser.key('Escape');
  assert.equal(await value('document.querySelector("dialog").open'), false);
  assert.equal(await value('document.activeElement.className'), 'entry', 'the key goes back to where it was');
});

test('an entry, a path or a tree head that was changed in the file proves nothing', { skip }, async () => {
  for (const change of [(p) => { const e = p.proofs.entries.find(({ i }) => i === p.report.findings[0].entries[0]); e.line = e.line.replace('https', 'httpz'); }, (p) => { p.proofs.hashes = p.proofs.hashes.map((h) => `A${h.slice(1)}`); },
    (p) => { p.proofs.checkpoint = p.proofs.checkpoint.replace(/([A-Za-z0-9+/])([A-Za-z0-9+/]{9}=*)\n$/, (_, c, rest) => `${c === 'A' ? 'B' : 'A'}${rest}\n`); }, (p) => { p.report.case.origin = p.report.case.origin.replace(/.$/, (c) => (c === '0' ? '1' : '0')); }]) {
    const parts = sample();
    change(parts);
    await show(parts);
    await value('document.querySelector("#F1-1 .done .entry").click()');
    await until(() => value('document.querySelector("dialog[open] .result") !== null'), 'the entry');
    assert.match(await text('dialog .result'), /^Not proved/);
  }
});

test('axe-core finds nothing in any state, light or dark, wide or narrow, in either language', { skip }, async () => {
  const plain = sample({ sessions: 2, cookies: 10, requests: 24, findings: 2 });
  for (const [width, scheme] of [[1280, 'light'], [360, 'dark']]) {
    await show(plain, width, scheme);
    await value('for (const d of document.querySelectorAll("details")) d.open = true');
    assert.deepEqual(await faults(), [], `${width} ${scheme}`);
    assert.ok(await value('document.documentElement.scrollWidth <= innerWidth'), 'nothing sticks out');
    if (width > 360) continue;
    await value('document.querySelector("#F1-1 .done .entry").click()');
    await until(() => value('document.querySelector("dialog[open] .result") !== null'), 'the entry');
    assert.deepEqual(await faults('dialog'), [], 'an entry');
    await value('document.querySelector("dialog").close(); document.querySelector("#part-cookies tbody .row").click()');
    assert.deepEqual(await faults('dialog'), [], 'a cookie');
    await value('document.querySelector("dialog").close()');
  }
  await value('(() => { const s = document.querySelector("select.language"); s.value = "de"; s.dispatchEvent(new Event("change")); })()');
  await until(() => value('!document.querySelector("main").hasAttribute("aria-busy")'), 'the German report');
  assert.equal(await value('document.documentElement.lang'), 'de');
  assert.match(await text('h1'), /tut nicht, was es sagt$/);
  assert.deepEqual(await faults('header'), [], 'German');
  await show({ report: { ...plain.report, findings: [], cookies: [], requests: [], storage: [], techniques: [], declaration: { sources: [], statements: [], cookies: [] } } });
  assert.deepEqual(await faults(), [], 'nothing found');
  await show({ report: { schema: 'affiant.report/9' } });
  assert.deepEqual(await faults(), [], 'refused');
});

test('two recordings stand side by side, axe-core finds nothing, and each engine\'s own report is a key press away', { skip }, async () => {
  const set = enginesSample();
  const parts = sample();
  for (const [width, scheme] of [[1280, 'light'], [360, 'dark']])
    for (const report of [diffSample(), set]) {
      await show({ report, texts: [parts.texts, parts.texts], proofs: [parts.proofs, parts.proofs] }, width, scheme);
      assert.deepEqual(await faults(), [], `${report.schema} ${width} ${scheme}`);
      assert.ok(await value('document.documentElement.scrollWidth <= innerWidth'), 'nothing sticks out');
    }
  await value('document.querySelectorAll(".trust > button")[1].focus()');
  await browser.key('Enter');
  await until(() => value('document.querySelector("#evidence") !== null'), 'the report of the second');
  assert.match(await text('#F1-1 .said blockquote'), /We never use third-party cookies\./, 'with its texts');
  await until(() => value('document.querySelector("#selfcheck").textContent !== ""'), 'its proofs');
  await value('document.querySelector("nav > button").focus()');
  await browser.key('Enter');
  assert.equal(await text('h1'), 'What each browser recorded of shop.example');
  assert.equal(await value('document.querySelectorAll("nav").length'), 1);
  const hostile = diffSample();
  Object.assign(hostile.done[0], { what: EVIL, kind: EVIL, change: EVIL, expected: EVIL });
  hostile.done[0].after = { words: EVIL, entries: [1], quotes: [{ statement: EVIL, declared_cookie: null, text: EVIL.repeat(3000), source: EVIL, start: 0, end: 1 }] };
  hostile.limits = [EVIL];
  hostile.before.name = hostile.site = EVIL;
  await show({ report: hostile });
  assert.notEqual(await value('document.title'), 'owned');
  assert.equal(await value('document.querySelectorAll("main script, main img").length'), 0);
  assert.deepEqual(browser.asked.filter((url) => !url.startsWith('file:')), []);
});

test('what a site wrote is shown as words: markup, scripts, reversed text, terminal escapes, a megabyte', { skip }, async () => {
  const parts = sample({ cookies: 12, requests: 30 });
  const { report } = parts;
  const long = 'L'.repeat(1 << 20);
  Object.assign(report.cookies[1], { name: EVIL, domain: EVIL, owner: EVIL, reason: EVIL, set_by: { mechanism: 'http', url: `javascript:${EVIL}`, host: EVIL, frame: EVIL, stack: [EVIL, long] } });
  Object.assign(report.cookies[2], { name: long, domain: long });
  Object.assign(report.requests[1], { url: long, host: EVIL, owner: EVIL, initiator: [EVIL], headers: { p3p: EVIL } });
  Object.assign(report.storage[0], { key: EVIL, origin: EVIL });
  Object.assign(report.declaration.sources[0], { url: `javascript:${EVIL}`, kind: EVIL, language: EVIL });
  Object.assign(report.findings[0], { title: EVIL, explanation: EVIL + long, rule: EVIL });
  report.sessions[0].failed_pages = [{ url: EVIL, error: EVIL, entries: [1] }];
  parts.texts[0].blocks[1].text = EVIL + parts.texts[0].blocks[1].text;
  parts.texts[0].blocks.push({ kind: 'paragraph', at: 900_000, text: long });
  await show(parts, 360);
  await value('for (const d of document.querySelectorAll("details")) d.open = true');
  assert.equal(await value('document.title'), 'shop.example: said and done');
  assert.equal(await value('document.querySelectorAll("img, iframe, object, [onerror]").length'), 0);
  assert.equal(await value('document.scripts.length'), 6, 'four of data, two of code');
  assert.equal(await value('[...document.links].every((a) => a.getAttribute("href").startsWith("#"))'), true);
  assert.ok(await value('document.documentElement.scrollWidth <= innerWidth'), 'nothing sticks out');
  const all = await text('main');
  assert.match(all, /<img src=x onerror=.*\\u\{202e\}gnp\.exe\\u\{1b\}\[31m/);
  assert.doesNotMatch(all, /[\u202a-\u202e\u2066-\u2069\u001b]/);
  assert.match(all, /LLL … L+ \(1,048,576 characters\)/);
  assert.ok(all.length < 400_000, `${all.length} characters`);
  await value('document.querySelectorAll("#part-cookies tbody .row")[1].click()');
  assert.match(await text('dialog'), /\\u\{202e\}/);
});

test('ten thousand rows are a table of as many, of which those in view are in the page, by keyboard too', { skip }, async () => {
  await show(sample({ cookies: 10_000, requests: 30, findings: 3 }));
  const table = '#part-cookies table';
  assert.equal(await value(`document.querySelector("${table}").getAttribute("aria-rowcount")`), '10001');
  assert.ok(await value(`document.querySelectorAll("${table} tbody tr").length < 80`));
  await value(`document.querySelector("${table} .row[tabindex='0']").focus()`);
  await browser.key('End');
  assert.equal(await value('document.activeElement.innerText + document.activeElement.closest("tr").getAttribute("aria-rowindex")'), 'cookie_999910001');
  await browser.key('ArrowUp');
  assert.equal(await value('document.activeElement.innerText'), 'cookie_9998');
  await browser.key('Enter');
  assert.match(await text('dialog h2'), /^Cookie cookie_9998$/);
  await browser.key('Escape');
  await value(`(() => { const s = document.querySelector("#part-cookies input"); s.value = "ads2 cookie_77"; s.dispatchEvent(new Event("input")); })()`);
  await until(() => value('document.querySelector("#part-cookies .status").innerText !== ""'), 'the rows found');
  assert.match(await text('#part-cookies .status'), /^\d+ of 10,000 cookies$/);
  assert.ok(await value(`[...document.querySelectorAll("${table} tbody .row")].every((b) => b.innerText.startsWith("cookie_77"))`));
  await value(`document.querySelectorAll("${table} thead button")[3].click(); document.querySelectorAll("${table} thead button")[3].click()`);
  await until(() => value(`document.querySelectorAll("${table} thead th")[3].getAttribute("aria-sort") === "descending"`), 'the order');
});

test('on paper every part is open and a long table is its first rows', { skip }, async () => {
  await show(sample({ cookies: 900, requests: 60 }));
  await value('dispatchEvent(new Event("beforeprint"))');
  assert.equal(await value('document.querySelectorAll("#part-cookies tbody tr[data-n]").length'), 300);
  assert.equal(await value('[...document.querySelectorAll("details.part")].every((d) => d.open)'), true);
  await value('dispatchEvent(new Event("afterprint"))');
  assert.ok(await value('document.querySelectorAll("#part-cookies tbody tr[data-n]").length < 80'));
  const { data } = await browser.call('Page.printToPDF', { printBackground: true });
  assert.match(Buffer.from(data, 'base64').subarray(0, 5).toString(), /^%PDF-/);
});

test('a report of another version, or one that is cut, is explained, and nothing of it is shown', { skip }, async () => {
  const { report } = sample();
  for (const [bad, said] of [[{ ...report, schema: 'affiant.report/2' }, /another version.*affiant\.report\/2/s], [{ ...report, findings: undefined }, /missing: findings/], [null, /no report/], [{ ...report, site: 5, sessions: [{}] }, /cannot be read/]]) {
    await show({ report: bad });
    assert.equal(await value('document.querySelector("main [role=alert]") !== null'), true);
    assert.match(await text('main'), said);
  }
});

test('graph and timeline are drawn, and where there is nothing to draw with their tables say the same', { skip: skip || (drawing === undefined && 'nothing to draw with was built') }, async () => {
  const parts = sample({ sessions: 3, cookies: 60, requests: 150 });
  await show(parts);
  assert.equal(await value('document.querySelectorAll("#loads svg .node").length > 10 && document.querySelectorAll("#timeline svg").length === 3'), true);
  assert.match(await text('#timeline svg .flag.choice text') ?? await value('document.querySelector("#timeline .flag.choice text").textContent'), /choice: refused/);
  fs.writeFileSync(path.join(dir, 'bare.html'), fs.readFileSync(write(path.join(dir, 'report.html'), parts), 'utf8').replace(drawing, '// absent\n').replace(/(script-src )'sha256-[^']+'/, "$1"));
  await browser.open(path.join(dir, 'bare.html'));
  assert.equal(await value('document.querySelectorAll("#loads svg, #timeline svg").length'), 0);
  assert.match(await text('#loads'), /no drawing library/);
  assert.ok(await value('document.querySelectorAll("#loads tbody tr[data-n]").length > 5 && document.querySelectorAll("#timeline tbody tr[data-n]").length > 5'));
});
