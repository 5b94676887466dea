// The report viewer's parts without a browser: words, spans, proofs, the graph, and how the report comes in.
import assert from 'node:assert/strict';
import { webcrypto } from 'node:crypto';
import fs from 'node:fs';
import test from 'node:test';
import { parseHTML } from 'linkedom';
import { messages } from '../../packaging/build-report.mjs';
import { diffSample, enginesSample, sample, tree } from '../e2e/report_sample.mjs';

const { window, document } = parseHTML('<!doctype html><html><body><main></main></body></html>');
Object.assign(globalThis, { document, Node: window.Node });
if (!globalThis.crypto) globalThis.crypto = webcrypto;  // Node 18.
const viewer = new URL('../../extension/src/ui/report/', import.meta.url);
const load = (name) => import(new URL(name, viewer).href);
const { setLanguage, t, tn, useMessages, word } = await load('i18n.js');
const { plain, lifetime } = await load('words.js');
const { around, pieces } = await load('spans.js');
const { inclusion } = await load('proof.js');
const { model } = await load('model.js');
const { graphOf, loads } = await load('loads.js');
const { happenings } = await load('events.js');
const { fromPort, refusal } = await load('source.js');
const { matches } = await load('life.js');
const { findings } = await load('findings.js');
const { translated } = await load('titles.js');
const { changes, engines } = await load('sides.js');
const all = messages();
useMessages(all, ['fr-CH', 'en-GB']);

test('EveryWordThatTheViewerUsesIsThereInEveryLanguageWithTheSamePlaces', () => {
  const places = (text) => [...text.matchAll(/\$\d/g)].map(String).sort().join();
  const code = fs.readdirSync(viewer).filter((name) => name.endsWith('.js')).map((name) => fs.readFileSync(new URL(name, viewer), 'utf8')).join('\n');
  const used = new Set([...code.matchAll(/\bt\('(report_\w+)'/g)].map(([, key]) => key));
  const counted = [...code.matchAll(/\btn\('(report_\w+)'/g)].flatMap(([, key]) => [`${key}_one`, `${key}_other`]);
  for (const [language, table] of Object.entries(all)) {
    assert.deepEqual(Object.keys(table).sort(), Object.keys(all.en).sort(), language);
    assert.deepEqual([...used, ...counted].filter((key) => table[key] === undefined), [], language);
    for (const [key, text] of Object.entries(table)) assert.equal(places(text), places(all.en[key]), `${language} ${key}`);
  }
});

test('TheReadersLanguageIsTakenWhereItIsThereAndNumbersAreWrittenInIt', () => {
  assert.equal(document.documentElement.lang, 'en');
  assert.equal(tn('report_pages', 1), '1 page');
  assert.equal(tn('report_requests', 10_000), '10,000 requests');
  setLanguage('de');
  assert.equal(tn('report_requests', 10_000), '10.000 Anfragen');
  assert.equal(lifetime(31_536_000, false), '365 Tage');
  setLanguage('en');
  assert.equal(t('report_shown', 3, '$1'), '3 of $1', 'what is put in is not read again');
  assert.equal(word('source', '\u202eevil'), '\\u{202e}evil', 'a word that is not known is a site\'s');
});

test('WhatCouldHideOrTurnTextIsShownAndLongTextIsCutInTheMiddle', () => {
  assert.equal(plain('a\u202eb\u001b[31m\u0000\u200b\ud800\n\t'), 'a\\u{202e}b\\u{1b}[31m\\u{0}\\u{200b}\\u{d800}\n\t');
  assert.equal(plain('עברית 中文 😀'), 'עברית 中文 😀');
  assert.match(plain('x'.repeat(1 << 20), 100), /^x{70} … x{20} \(1,048,576 characters\)$/);
});

test('SpansAreBytesAndTheFirstOfSeveralNamesAPiece', () => {
  const block = { kind: 'paragraph', at: 10, text: 'Größe – keine Cookies. Nie.' };  // Two bytes for ö and ß each, three for the dash.
  const bytes = (text) => Buffer.byteLength(text);
  const start = 10 + bytes('Größe – ');
  const span = { start, end: start + bytes('keine Cookies.'), name: 'a' };
  const inner = { start: span.start, end: span.end + bytes(' Nie.'), name: 'b' };
  assert.deepEqual(pieces(block, [span, inner]).map(({ text, span: s, last }) => [text, s?.name, last.map((l) => l.name)]), [['Größe – ', undefined, []], ['keine Cookies.', 'a', ['a']], [' Nie.', 'b', ['b']]]);
  assert.deepEqual(pieces(block, [{ start: 900, end: 950 }]).map(({ text }) => text), [block.text]);
});

test('AQuotationInATableBringsItsWholeRow', () => {
  const { texts, report } = sample();
  const { start, end } = report.declaration.cookies[0];
  assert.deepEqual(around(texts[0].blocks, start, end).map(({ text }) => text), ['lang', 'Remembers your language', '30 days']);
});

test('EveryEntryOfATreeOfAnySizeIsProvedAndNoOther', async () => {
  for (const size of [1, 2, 3, 7, 8, 21]) {
    const lines = Array.from({ length: size }, (_, i) => `entry ${i}`);
    const { root, path } = tree(lines);
    for (let i = 0; i < size; ++i) {
      assert.ok((await inclusion({ index: i, line: lines[i], path: path(i) }, { size, root })).holds, `${i} of ${size}`);
      assert.ok(!(await inclusion({ index: i, line: 'another', path: path(i) }, { size, root })).holds);
      if (size > 2) assert.ok(!(await inclusion({ index: i, line: lines[i], path: path(i).slice(1) }, { size, root })).holds);
      assert.ok(!(await inclusion({ index: size, line: lines[i], path: path(i) }, { size, root })).holds);
    }
  }
});

test('AStatementIsJudgedByTheGravestFindingThatCitesIt', () => {
  const { report, texts, proofs } = sample();
  const m = model(report, texts, proofs);
  assert.deepEqual(report.declaration.statements.map((s) => m.statusOf(s)), ['contradicted', 'held', 'vague', 'unseen', 'unseen']);
  assert.equal(m.statusOfDeclared(0), 'contradicted');
  const list = { ...report.declaration.statements[1], type: 'closed-list' };
  report.findings.find((f) => f.id === 'F4-1').statements.push('S2');
  assert.equal(model(report, texts, proofs).statusOf(list), 'contradicted', 'a list that says it is whole, and is not');
  assert.equal(model(report, texts, proofs).statusOf(report.declaration.statements[1]), 'vague', 'words that do not cover what was seen');
  assert.equal(m.sessionOf(report.requests[0]), 1);
});

test('TheGraphHasFourColumnsLosesNoRequestAndStaysSmall', () => {
  const { report } = sample({ requests: 3000 });
  const rows = loads(report);
  const third = report.requests.filter((r) => r.party === 'third').length;
  const { nodes, links } = graphOf(rows, 'shop.example', 5, { more: 'others', nobody: 'nobody' });
  const into = (column) => links.filter((l) => l.target.startsWith(`${column} `)).reduce((sum, l) => sum + l.value, 0);
  assert.deepEqual([rows.reduce((sum, row) => sum + row.requests, 0), into(2), into(3)], [third, third, third]);
  assert.ok(nodes.length <= 1 + 3 * 7);
  assert.ok(links.every((l) => l.source[0] < l.target[0]), 'it only goes to the right');
});

test('WhatHappenedIsInOrderAndWithItsSession', () => {
  const parts = sample({ sessions: 3, requests: 150 });
  const all = happenings(model(parts.report, parts.texts, parts.proofs));
  assert.ok(all.every((h, n) => n === 0 || all[n - 1].at <= h.at));
  assert.deepEqual(all.filter((h) => h.kind === 'choice').map((h) => [h.session, h.text]), [[2, 'reject'], [3, 'accept']]);
  assert.deepEqual(happenings(model(parts.report, null, null)), [], 'without the log there are no times');
});

test('ADeclaredPatternCoversNames', () => {
  for (const [pattern, name, covers] of [['_ga', '_ga', true], ['_ga', '_gat', false], ['_ga_*', '_ga_X1', true], ['*', '', true], ['a*b*c', 'aXbYc', true], ['a*a', 'a', false], ['wp-*-1', 'wp-x-12', false]]) assert.equal(matches(pattern, name), covers, `${pattern} ${name}`);
});

/** A port as the background has it, from the page's side. */
function port() {
  const listeners = { message: [], end: [] };
  return { onMessage: { addListener: (l) => listeners.message.push(l) }, onDisconnect: { addListener: (l) => listeners.end.push(l) }, post: (m) => listeners.message.forEach((l) => l(m)), end: () => listeners.end.forEach((l) => l()) };
}

test('TheExtensionsPageTakesItsPartsInPiecesFromThePort', async () => {
  const there = port();
  const coming = fromPort(there);
  const json = JSON.stringify({ schema: 'affiant.report/1' });
  there.post({ part: 'report', json: json.slice(0, 9), done: false });
  there.post({ part: '__proto__', json: 'x', done: true });
  there.post({ part: 'report', json: json.slice(9), done: true });
  there.post({ part: 'texts', json: '[]', done: true });
  there.post({ part: 'proofs', json: 'null', done: true });
  assert.deepEqual(await coming, { report: { schema: 'affiant.report/1' }, texts: [], proofs: null });
});

test('WhatIsCutOffIsNotShownAsWholeAndAnErrorIsSaid', async () => {
  const cut = port();
  const coming = fromPort(cut);
  cut.post({ part: 'report', json: '{"a":', done: false });
  cut.end();
  await assert.rejects(coming, /ended before the report had come/);
  const failed = port();
  const told = fromPort(failed);
  failed.post({ error: 'the case is broken' });
  await assert.rejects(told, /the case is broken/);
  const short = port();
  const without = fromPort(short);
  short.post({ part: 'report', json: '{}', done: true });
  short.post({ part: 'proofs', json: '{"half":', done: false });
  short.end();
  assert.deepEqual(await without, { report: {}, texts: null, proofs: null }, 'the report stands without its proofs');
});

test('AReportOfAnotherVersionOrOneThatIsCutIsRefusedByName', () => {
  const { report } = sample();
  assert.equal(refusal(report), null);
  assert.deepEqual(refusal({ ...report, schema: 'affiant.report/2' }), ['report_other_schema', 'affiant.report/2']);
  assert.deepEqual(refusal({ ...report, cookies: {}, case: 1 }), ['report_incomplete', 'cookies, case']);
  assert.equal(refusal(diffSample()), null);
  assert.deepEqual(refusal({ ...diffSample(), said: 1, before: null }), ['report_incomplete', 'said, before']);
  assert.equal(refusal(enginesSample()), null);
  assert.equal(refusal({ schema: 'toString' })[0], 'report_other_schema');
  for (const nothing of [null, 5, undefined]) assert.equal(refusal(nothing)[0], 'report_no_report');
});

test('AFindingIsDrawnWithItsSentenceAndWhatWasSeen', () => {
  const parts = sample();
  const { node, reveal } = findings(model(parts.report, parts.texts, parts.proofs));
  assert.equal(node.querySelector('#F1-1 .said mark').textContent, 'We never use third-party cookies.');
  assert.match(node.querySelector('#F1-1 .done li').textContent, /^Cookie cookie_1 · t1\.ads1\.example/);
  assert.ok(reveal('F19-1'));
  assert.ok(!reveal('F99-1'));
});

test('InAnotherLanguageATitleIsTheRulesSentenceWithWhatItIsAboutAndTheHostsOwnFollows', () => {
  const catalogue = fs.readFileSync(new URL('../../host/findings/catalogue.cc', import.meta.url), 'utf8');
  const sentences = [...catalogue.matchAll(/\{\d+, "([a-z-]+)",\s*"([^"]+)"\}/g)].map(([, rule, sentence]) => [rule, sentence]);
  assert.equal(sentences.length, 20);
  for (const [rule, sentence] of sentences) assert.equal(all.en[`report_rule_${rule.replaceAll('-', '_')}`], sentence, rule);
  const parts = sample();
  const m = model(parts.report, parts.texts, parts.proofs);
  const cookies = m.report.cookies.filter((c) => c.entries.length > 0);
  const finding = (rule, more) => ({ id: 'F4-1', rule, strength: 'undeclared', title: 'Cookie "x" is set but not declared', explanation: 'Why.', statements: [], declared_cookies: [], entries: [], ...more });
  assert.equal(translated(m, finding('undeclared-cookie', { entries: cookies[0].entries })), null, 'English is the host\'s own');
  setLanguage('de');
  try {
    const sentence = 'Ein Cookie wurde gespeichert, das in den Cookie-Listen der Website nicht steht';
    assert.equal(translated(m, finding('undeclared-cookie', { entries: cookies[0].entries })), `${sentence}: ${plain(cookies[0].name, 60)}`);
    assert.equal(translated(m, finding('undeclared-cookie')), `${sentence}.`);
    assert.match(translated(m, finding('undeclared-cookie', { entries: m.report.cookies.flatMap((c) => c.entries) })), /^[^:]+: [^,]+, [^,]+, [^,]+ und \d+ weitere$/);
    const said = m.report.declaration.statements[0];
    assert.equal(translated(m, finding('contradicted-denial', { statements: [said.id] })), `Etwas, das die Website bestreitet, wurde gesehen: „${plain(said.quote, 90)}“`, 'what was said tells two findings of a rule apart');
    for (const [rule] of sentences) assert.notEqual(translated(m, finding(rule)), all.en[`report_rule_${rule.replaceAll('-', '_')}`], rule);
    assert.equal(translated(m, finding('a-rule-of-tomorrow')), null);
    assert.equal(translated(m, finding('__proto__')), null);
    m.report.findings = [finding('undeclared-cookie', { entries: cookies[0].entries }), finding('a-rule-of-tomorrow', { id: 'F99-1', title: 'Something new' })];
    const { node } = findings(m);
    assert.match(node.querySelector('#F4-1-title').textContent, new RegExp(sentence));
    assert.equal(node.querySelector('#F4-1 .why').textContent, 'Cookie "x" is set but not declared. Why.');
    assert.equal(node.querySelector('#F99-1-title span[lang=en]').textContent, 'Something new');
  } finally {
    setLanguage('en');
  }
});

test('TwoRecordingsStandSideBySideAndWhatIsNewsOrExpectedIsMarked', () => {
  const diff = diffSample();
  const main = document.createElement('main');
  main.append(...changes(diff));
  assert.equal(main.querySelector('h1').textContent, 'What changed on shop.example');
  assert.deepEqual([...main.querySelectorAll('section')].map((s) => s.id), ['findings', 'done', 'said', 'limits']);
  const [cookie, host] = main.querySelectorAll('#done article');
  assert.deepEqual([...cookie.querySelectorAll('.badge')].map((b) => b.textContent), ['new', 'news']);
  assert.deepEqual([...cookie.querySelectorAll('.sides h4')].map((h) => h.textContent), ['Before', 'After']);
  assert.match(cookie.textContent, /not seen.*stored; 2 years.*Log entries #12 and #15/);
  assert.deepEqual([...host.querySelectorAll('.badge')].map((b) => b.textContent), ['new', 'expected']);
  assert.match([...host.children].at(-1).textContent, /^Expected: contract of 2026 \(until 2027-06-30, affiant\.toml:9\)$/);
  assert.match(main.querySelector('#said figure').textContent, /We use Matomo for statistics\./);
  assert.deepEqual([...main.querySelectorAll('.command code')].map((c) => c.textContent), ['affiant verify march', 'affiant verify last']);
  assert.equal(main.querySelector('#limits li').textContent, 'Pages in the first recording only: shop.example/a.');
});

test('OfManyDifferencesTheFirstAreDrawnAndTheOthersOnDemand', () => {
  const diff = diffSample();
  diff.done = Array.from({ length: 250 }, (_, n) => ({ ...diff.done[0], what: `cookie ${n}` }));
  const main = document.createElement('main');
  main.append(...changes(diff));
  const shown = () => main.querySelectorAll('#done article').length;
  assert.equal(shown(), 100);
  const more = main.querySelector('#done > button');
  assert.equal(more.textContent, 'Show 100 more');
  more.dispatchEvent(new window.Event('click'));
  more.dispatchEvent(new window.Event('click'));
  assert.equal(shown(), 250);
  assert.ok(more.hidden);
});

test('TwoEnginesStandSideBySideAndAMemberThatIsMissingOrCannotBeComparedIsNoAgreement', () => {
  const opened = [];
  const drawnOf = (set) => {
    const main = document.createElement('main');
    main.append(...engines(set, (n) => opened.push(n)));
    return main;
  };
  const set = enginesSample();
  const both = drawnOf(set);
  assert.equal(both.querySelector('.lead').textContent, 'They disagree on 1 thing.');
  assert.deepEqual([...both.querySelectorAll('#disagreements .sides h4')].map((h) => h.textContent), ['chromium', 'firefox']);
  for (const button of both.querySelectorAll('.trust > button')) button.dispatchEvent(new window.Event('click'));
  assert.deepEqual(opened, [0, 1]);
  const half = drawnOf({ ...set, engines: [set.engines[0]], missing: [{ browser: 'firefox', why: 'interrupted' }], disagreements: null, limits: ['There is one recording only.'] });
  assert.match(half.textContent, /cannot be held against each other/);
  assert.match(half.textContent, /firefox.*no usable recording.*interrupted/);
  assert.equal(half.querySelector('#disagreements'), null);
});
