// Every pair of halves of neighbouring ages works, or says which half to update and how (docs/protocol.md "Versions").
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { KINDS, PROTOCOL } from '../../extension/src/protocol.js';
import * as oldPort from './frozen/extension-1/host-port.js';
import * as oldProtocol from './frozen/extension-1/protocol.js';
import { EventQueue as OldQueue } from './frozen/extension-1/queue.js';
import { mismatch as oldMismatch } from './frozen/extension-1/release.js';
import { Session as OldSession } from './frozen/extension-1/session.js';
import { background, bin, connectNative, folder, program, REAL, waitFor, words } from './halves.mjs';

const NEXT = PROTOCOL + 1;
const source = (name) => fs.readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const HELLO = { type: 'hello', boot: 'b', extension: { version: '0.1.0' }, browser: { name: 'chromium', version: '156' }, user_agent: 'UA' };

test('BothHalvesNameTheSameProtocolAndItsVocabularyIsFrozen', () => {
  const number = (name, where) => Number(where.exec(source(name))?.[1]);
  assert.deepEqual([number('host/wire/message.h', /kProtocol = (\d+);/), number('docs/protocol.md', /^# Protocol (\d+):/)], [PROTOCOL, PROTOCOL]);
  const frozen = JSON.parse(fs.readFileSync(new URL(`frozen/vocabulary-${PROTOCOL}.json`, import.meta.url), 'utf8'));
  assert.deepEqual(KINDS, frozen, 'A changed vocabulary is another protocol: keep the half of this one under frozen/ and raise PROTOCOL and kProtocol. (While no release speaks it yet, write the file anew.)');
});

/** The extension of protocol 1, put together as its background did. */
function oldExtension(t, command, env) {
  const ports = [];
  const odd = [];
  const queue = new OldQueue({ store: { put() {}, remove() {} } });
  const summaries = [];
  const port = new oldPort.HostPort({
    connect: () => { const made = connectNative(command, env); ports.push(made); return made; }, lastError: (p) => p.error.message, hello: async () => ({ ...HELLO, protocol: oldProtocol.PROTOCOL }),
    mismatch: (message) => { const said = oldMismatch(message, '0.1.0'); if (said) odd.push(said); return said?.verdict ?? null; },
    onMessage: (message) => { if (message.type === 'summary') summaries.push(message); session.receive(message); }, onDown: () => session.down(), onState() {} });
  const session = new OldSession({ queue, port });
  t.after(() => port.stop());
  return { port, session, queue, odd, summaries, ports };
}

/** A body of a kind, with words that the host takes. */
function bodyOf(kind) {
  const words = { role: 'site', result: 'loaded', when: 'start', cause: 'explicit', same_site: 'lax', area: 'localStorage', op: 'set', kind: 'privacy-policy', technique: 'canvas', source: 'gpc', scheme: 'https', host: 'shop.example', url: 'https://shop.example/' };
  const values = { int: 1, bool: true, url: 'https://shop.example/', list: ['https://shop.example/a.js:1:1'], map: { toDataURL: '1' } };
  return Object.fromEntries(oldProtocol.fieldsOf(kind).map(({ name, type }) => [name, words[name] ?? values[type] ?? 'x']));
}

test('AnExtensionOfProtocol1RecordsEveryKindAndIsShownItsCaseByThisHost', async (t) => {
  const home = folder(t);
  const { port, session, queue, odd, summaries } = oldExtension(t, REAL, { AFFIANT_HOME: home });
  port.start();
  await waitFor(() => port.state === 'ready');
  const opened = await session.open({ url: 'https://shop.example/', purpose: 'visit', phase: 'no-choice', gpc: false, third_party_cookies: 'blocked', private_window: false });
  const kinds = Object.keys(oldProtocol.KINDS).filter((kind) => kind !== 'gap');
  for (const kind of kinds) session.emit(kind, bodyOf(kind));
  await queue.drained();
  port.post({ type: 'summary', case: opened.case });
  const { summary, error } = await waitFor(() => summaries[0], () => JSON.stringify(session.failure));
  assert.deepEqual([summary?.schema, error], ['affiant.summary/1', null]);
  const closed = await session.close('stopped', null);
  assert.deepEqual([odd, queue.lastQ, session.state], [[], kinds.length, 'closed']);
  const dir = path.join(home, 'cases', closed.case);
  execFileSync(path.join(bin, 'affiant'), ['verify', dir], { env: { ...process.env, AFFIANT_HOME: home } });
  const log = fs.readFileSync(path.join(dir, 'seg/00000.jsonl'), 'utf8');
  assert.deepEqual(log.split('\n').filter((line) => line.includes('event-refused')), []);
  for (const kind of kinds) assert.ok(log.includes(`"${kind}"`), `${kind} is in the log`);
});

for (const version of ['0.0.1', '99.0.0']) {
  test(`AnExtensionOfTheSameProtocolWorksThoughItsVersionIs${version === '0.0.1' ? 'Older' : 'Newer'}`, async (t) => {
    const { settled } = await background(t, REAL, { env: { AFFIANT_HOME: folder(t) }, version });
    await settled((state) => state.host === 'ready');
  });
}

test('AHostOfProtocol1IsSaidToBeOldInEitherLanguageAndLeftAlone', async (t) => {
  const heard = path.join(folder(t), 'heard');
  const { settled, ports, state } = await background(t, program('frozen/host-1.mjs'), { env: { HEARD: heard }, version: '0.2.0' });
  await settled((s) => s.host === 'host-old');
  await new Promise((resolve) => setTimeout(resolve, 600));
  assert.equal(ports.length, 1, 'not tried again');
  assert.equal(fs.readFileSync(heard, 'utf8'), 'hello\n', 'and nothing recorded');
  assert.deepEqual(words(state(), 'en'), { status: 'The Affiant program is too old', detail: 'This extension is version 0.2.0, the program is 0.1.0. Update the program, then run:', command: 'affiant install', button: 'retry' });
  assert.deepEqual(words(state(), 'de'), { status: 'Das Affiant-Programm ist zu alt', detail: 'Diese Erweiterung hat die Version 0.2.0, das Programm 0.1.0. Aktualisiere das Programm und führe dann aus:', command: 'affiant install', button: 'retry' });
});

for (const [name, env] of [['RefusesThisOne', { OLDEST: String(NEXT) }], ['AnswersInItsOwnProtocol', { OLDEST: String(NEXT), RUDE: '1' }]]) {
  test(`AHostOfTheNextProtocolThat${name}LeadsToUpdatingTheExtension`, async (t) => {
    const { settled, ports, state } = await background(t, program('next-host.mjs'), { env: { ...env, NEXT: String(NEXT) } });
    await settled((s) => s.host === 'extension-old');
    await new Promise((resolve) => setTimeout(resolve, 600));
    assert.equal(ports.length, 1, 'not tried again');
    assert.deepEqual(words(state(), 'en'), { status: 'This extension is too old', detail: 'The extension is version 0.1.0, the program is 9.9.9. Update the extension on the browser’s extensions page, or the way it was installed, then try again.', command: null, button: 'retry' });
    assert.deepEqual(words(state(), 'de'), { status: 'Diese Erweiterung ist zu alt', detail: 'Die Erweiterung hat die Version 0.1.0, das Programm 9.9.9. Aktualisiere die Erweiterung auf der Erweiterungsseite des Browsers oder auf dem Weg, auf dem sie eingerichtet wurde, und versuche es noch einmal.', command: null, button: 'retry' });
  });
}

test('AHostOfTheNextProtocolThatStillSpeaksThisOneWorksWhateverElseItSays', async (t) => {
  const { settled, ports } = await background(t, program('next-host.mjs'), { env: { OLDEST: String(PROTOCOL), NEXT: String(NEXT) } });
  await settled((s) => s.host === 'ready');
  await waitFor(() => ports[0].heard.some((message) => message.type === 'moon'));
  assert.equal(ports.length, 1);
});

test('AnExtensionOfProtocol1UnderstandsThatALaterHostNoLongerSpeaksIt', async (t) => {
  const { port, odd } = oldExtension(t, program('next-host.mjs'), { OLDEST: String(PROTOCOL), NEXT: String(NEXT) });
  port.start();
  await waitFor(() => port.state === 'extension-old');
  assert.deepEqual(odd, [{ verdict: 'extension-old', version: '9.9.9' }]);
});

for (const [protocol, says] of [[NEXT, /The program is the older half: update Affiant, then run "affiant install"$/], [0, /The extension is the older half: update it in the browser$/]]) {
  test(`AnExtensionOfProtocol${protocol}IsToldByThisHostWhichHalfToUpdate`, async (t) => {
    const home = folder(t);
    const port = connectNative(REAL, { AFFIANT_HOME: home });
    port.postMessage({ ...HELLO, protocol, moon: 'full' });
    assert.equal(await port.ended, 1);
    assert.equal(port.heard.length, 1);
    const { message, ...fields } = port.heard[0];
    assert.match(message, says);
    assert.deepEqual(fields, { type: 'error', code: 'unsupported', fatal: true, protocol: PROTOCOL, oldest_protocol: 1, host_version: execFileSync(REAL[0], ['--version'], { encoding: 'utf8' }).trim().split(' ')[1] });
    assert.deepEqual(fs.readdirSync(home, { recursive: true }).filter((name) => /log$/.test(String(name))), [], 'nothing is recorded');
  });
}
