// What the popup says in each state and language, and the badge; all of it out of pure functions.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { badgeOf } from '../../extension/src/badge.js';
import { canBeRecorded } from '../../extension/src/recordable.js';
import { clean } from '../../extension/src/ui/shown-text.js';
import { view } from '../../extension/src/ui/view.js';
import { languages, messages, NOW, site, states, texts } from './popup-states.mjs';

const show = (name, language = 'en', more = {}) => view({ ...states[name].state, ...more }, 'tab' in states[name] ? states[name].tab : site, texts(language), NOW);
const source = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../extension/src');

test('EveryStateSaysWhatIsAndWhatCanBeDone', () => {
  const told = Object.fromEntries(Object.keys(states).map((name) => { const v = show(name); return [name, [v.state, v.button?.command ?? null, v.command, v.report !== null]]; }));
  const CASE = true;
  assert.deepEqual(told, {
    connecting: ['connecting', 'record', null, false],
    ready: ['ready', 'record', null, false],
    'ready-restricted': ['restricted', null, null, false],
    'ready-private': ['private', null, null, false],
    'ready-access': ['access', 'access', null, false],
    missing: ['missing', 'retry', 'affiant install', false],
    'host-old': ['host-old', 'retry', 'affiant install', false],
    'extension-old': ['extension-old', 'retry', null, false],
    failed: ['failed', 'retry', 'affiant doctor', false],
    opening: ['recording', null, null, false],
    'recording-first': ['recording', 'stop', null, false],
    'recording-policy-found': ['recording', 'stop', null, false],
    'recording-policy-reading': ['recording', 'stop', null, false],
    'recording-policy-elsewhere': ['recording', 'stop', null, false],
    recording: ['recording', 'stop', null, false],
    'recording-policy-next': ['recording', 'stop', null, false],
    'recording-behind': ['recording', 'stop', null, false],
    'recording-in-another-tab': ['recording', 'stop', null, false],
    audit: ['audit', null, null, false],
    sealing: ['sealing', null, null, false],
    sealed: ['sealed', 'record', null, CASE],
    'sealed-left': ['sealed', 'record', null, CASE],
    lost: ['lost', 'record', null, false],
    hostile: ['sealed', 'record', null, CASE],
  });
});

test('WhateverIsSaidIsSaidInEveryLanguage', () => {
  for (const language of languages) for (const name of Object.keys(states)) {
    const v = show(name, language);
    for (const text of [v.status, v.button?.text ?? 'x', v.counts?.rows.map((row) => row.label).join() ?? 'x', ...(v.said?.lines.map((line) => line.label) ?? [])]) assert.ok(text, `${language} ${name}`);
    assert.doesNotMatch(JSON.stringify(v), /\$\d|undefined|NaN|\[object/, `${language} ${name}`);
    if (language !== 'en' && v.status.length > 9) assert.notEqual(v.status, show(name).status, `${language} ${name} is translated`);
  }
});

test('BeforeARecordingItsContentIsSaidInOneSentence', () => {
  assert.match(show('ready').stores, /^[^.]*this computer only[^.]*\.$/);
  assert.equal(show('recording').stores, '');
});

test('FiguresAreThoseOfTheSummaryAndUnknownOnesAreNoZeros', () => {
  assert.deepEqual(show('recording').counts.rows.map((row) => row.value), [23, 14, 6, 9]);
  assert.deepEqual(show('recording-first').counts.rows.map((row) => row.value), [null, null, null, null]);
  assert.match(show('recording-behind').counts.note, /17 seconds ago/);
  assert.match(show('sealed-left').counts.note, /exit code 3/);
});

test('TheThreeStrongestFindingsAreToldWithStrengthRuleAndWords', () => {
  assert.deepEqual(show('sealed').findings.items.map((f) => [f.word, f.rule]),
    [['Contradicted', 'Does what it says it does not do'], ['Contradicted', 'Keeps a cookie longer than it says'], ['Undeclared', 'Contacts a company that it names nowhere']]);
  const nothing = show('recording-policy-elsewhere').findings;
  assert.deepEqual([nothing.items, /no sign that the site keeps its word/.test(nothing.none)], [[], true]);
});

test('InAnotherLanguageAFindingIsToldByWhatItIsAboutAndInEnglishByItsTitle', () => {
  const german = show('sealed', 'de').findings.items;
  assert.deepEqual(german.map((f) => [f.title, f.english]), [['uid, _tr, sync', false], ['_shop_id', false], ['Example Metrics Ltd und 2 weitere', false]]);
  assert.ok(show('sealed').findings.items.every((f) => f.english && f.title.length > 30));
  const only = (about) => view({ ...states.sealed.state, summary: { ...states.sealed.state.summary, figures: { findings: [{ rule: 'contradicted-denial', strength: 'contradicted', title: 'English', about }] } } }, site, texts('de'), NOW).findings.items[0];
  assert.deepEqual([only({ names: [], more: 0, quote: 'Wir setzen keine Cookies.' }).title, only({ names: [], more: 0, quote: '' }).title, only(undefined).title], ['„Wir setzen keine Cookies.“', 'English', 'English'],
    'a host of an older version tells its title alone');
  assert.equal(only(undefined).english, true);
});

test('TheDeclarationIsFiveLinesOrAReasonWhyNot', () => {
  assert.deepEqual(show('recording').said.lines.map((line) => [line.label, [...line.topics, ...line.names].join(', ')]), [
    ['Says it uses', 'cookies, analytics'], ['Names', 'Google Analytics, Example Pay'], ['Denies', 'advertising, third-party cookies'], ['Denies in part', 'selling or sharing data'],
    ['Says nothing of', 'other storage in the browser, fingerprinting or beacons, social networks']]);
  assert.equal(show('recording-policy-found').said.button.command, 'policy');
  assert.deepEqual([show('recording').said.button, show('recording-policy-next').said.button.text, show('recording-policy-next', 'de').said.button.text], [null, 'Read its cookie policy, too', 'Auch die Cookie-Richtlinie lesen']);
  assert.match(show('recording-policy-elsewhere').said.note, /policies\.example/);
  assert.equal(show('sealed', 'en', { summary: { ...states.sealed.state.summary, figures: { ...states.sealed.state.summary.figures, said: null, policy_captured: false } } }).said.button, null);
});

test('HostileTextIsShortAndCannotTurnAround', () => {
  const text = JSON.stringify(show('hostile'));
  assert.doesNotMatch(text, /[\u202a-\u202e\u2066-\u2069]|\\u0000|\\u001b/);
  assert.ok(text.length < 6000, String(text.length));
  assert.deepEqual(show('hostile').counts.rows.map((row) => row.value), [0, 14, 0, 1e9]);
  assert.equal(clean('a\nb\u202ec'), 'a b\ufffdc');
  assert.equal([...clean('😀'.repeat(300))].length, 200);
});

test('OnlyWebSitesCanBeRecorded', () => {
  for (const url of ['https://shop.example/', 'http://localhost:8080/x', 'https://chrome.google.com/intl']) assert.ok(canBeRecorded(url), url);
  for (const url of [undefined, '', 'chrome://settings', 'about:config', 'file:///etc/passwd', 'https://addons.mozilla.org/x', 'https://chromewebstore.google.com/', 'https://chrome.google.com/webstore/x', 'http:', 'view-source:https://x.example/'])
    assert.ok(!canBeRecorded(url), String(url));
});

test('TheBadgeSaysRecordingTroubleAndHowMuchWasFound', () => {
  const badge = (name) => { const { text, tab } = badgeOf(states[name].state); return [text, tab]; };
  assert.deepEqual(badge('recording'), ['REC', null]);
  assert.deepEqual(badge('lost'), ['!', null]);
  assert.deepEqual(badge('host-old'), ['!', null]);
  assert.deepEqual(badge('sealed'), ['9', 7], 'contradicted and undeclared, on the tab that was recorded');
  assert.deepEqual(badge('ready'), ['', null]);
});

test('AllLanguagesHaveTheSameMessagesSortedWithTheSamePlaces', () => {
  const places = (text) => [...text.matchAll(/\$\d/g)].map(([place]) => place).sort();
  for (const language of languages) {
    const keys = Object.keys(messages[language]);
    assert.deepEqual(keys, [...keys].sort(), `${language} is sorted`);
    assert.deepEqual(keys.filter((key) => !(key in messages.en)), [], `${language} has what English has not`);
    assert.deepEqual(Object.keys(messages.en).filter((key) => !(key in messages[language])), [], `${language} lacks what English has`);
    for (const key of keys) {
      assert.deepEqual(places(messages[language][key].message), places(messages.en[key].message), `${language} ${key}`);
      assert.doesNotMatch(messages[language][key].message, /[<>]|\u00ad/, `${language} ${key} is plain text`);
    }
    assert.equal(messages[language].popup_language.message, language);
  }
});

test('ThePopupsOwnPageIsDrawnBeforeAnyModuleIsAskedFor', () => {
  const html = fs.readFileSync(path.join(source, 'ui/popup.html'), 'utf8');
  assert.doesNotMatch(html, /modulepreload|type="module"/);
  assert.deepEqual([...html.matchAll(/<script src="([^"]+)">/g)].map(([, file]) => file), ['popup-start.js']);
  assert.match(fs.readFileSync(path.join(source, 'ui/popup-start.js'), 'utf8'), /requestAnimationFrame\(/);
});

test('EveryMessageOfThePopupIsUsedAndEveryOneUsedIsThere', () => {
  const code = fs.readdirSync(source, { recursive: true }).map(String).filter((f) => f.endsWith('.js')).map((f) => fs.readFileSync(path.join(source, f), 'utf8')).join('\n');
  const literal = new Set([...code.matchAll(/'(popup_[a-z_]+)'/g)].map(([, key]) => key).filter((key) => !key.endsWith('_')));
  for (const key of literal) assert.ok(key in messages.en, `${key} is there`);
  for (const key of Object.keys(messages.en).filter((k) => k.startsWith('popup_') && !/^popup_(?:rule|topic|strength)_/.test(k))) assert.ok(literal.has(key), `${key} is used`);
});

test('EveryRuleStrengthAndTopicOfTheHostHasItsWords', () => {
  const host = (file) => fs.readFileSync(path.resolve(source, '../../host', file), 'utf8');
  const rules = [...fs.readFileSync(path.resolve(source, '../../docs/findings.md'), 'utf8').matchAll(/^\| F\d+ \| ([a-z-]+) \|/gm)].map(([, rule]) => rule);
  assert.ok(rules.length >= 19);
  const topics = [.../kTopics = \{([^}]*)\}/.exec(host('report/summary_said.cc'))[1].matchAll(/"([a-z-]+)"/g)].map(([, topic]) => topic);
  assert.ok(topics.length >= 8);
  for (const [prefix, words] of [['rule', rules], ['topic', topics], ['strength', ['contradicted', 'undeclared', 'vague', 'note']]])
    for (const word of words) assert.ok(`popup_${prefix}_${word.replaceAll('-', '_')}` in messages.en, `${prefix} ${word}`);
});
