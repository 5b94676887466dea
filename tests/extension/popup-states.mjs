// Every state of the popup, as the background would push it: for the tests of what it says, and of how that is shown.
import fs from 'node:fs';

const read = (language) => JSON.parse(fs.readFileSync(new URL(`../../extension/_locales/${language}/messages.json`, import.meta.url), 'utf8'));
export const languages = fs.readdirSync(new URL('../../extension/_locales', import.meta.url)).sort();
export const messages = Object.fromEntries(languages.map((language) => [language, read(language)]));

/** As i18n.getMessage: '' for a key that is not there. @param {string} language @returns {import('../../extension/src/ui/view.js').Text} */
export const texts = (language) => (key, ...parts) => (messages[language][key]?.message ?? '').replace(/\$([1-9])/g, (_, n) => String(parts[n - 1] ?? ''));

export const NOW = 1_790_000_000_000;
export const site = { id: 7, url: 'https://www.shop.example/basket?x=1', incognito: false, access: true };
const base = { host: 'ready', hostVersion: '', extension: '0.1.0', error: '', session: 'none', failure: '', recorded: 0, tab: null, site: null, policy: null, last: null, summary: null };

const figures = {
  schema: 'affiant.summary/1', case: 'c', observed: true, integrity: 'intact', complete: 'open', cookies: 23, third_parties: 14, trackers: 6, blocked: 9,
  strengths: { contradicted: 2, undeclared: 7, vague: 4, note: 3 },
  findings: [
    { id: 'F1-1', rule: 'contradicted-denial', strength: 'contradicted', title: '“We never use third-party cookies”, but 3 were set by tracker.example and ads.example', explanation: '…', about: { names: ['uid', '_tr', 'sync'], more: 0, quote: 'We never use third-party cookies.' } },
    { id: 'F7-1', rule: 'lifetime-exceeds', strength: 'contradicted', title: '_shop_id is kept for 400 days, although 30 days are declared', explanation: '…', about: { names: ['_shop_id'], more: 0, quote: '' } },
    { id: 'F5-1', rule: 'undeclared-third-party', strength: 'undeclared', title: 'Example Metrics Ltd is contacted, and the policy does not name it', explanation: '…', about: { names: ['Example Metrics Ltd'], more: 2, quote: '' } },
  ],
  policy_captured: true,
  said: { uses: ['cookies', 'analytics'], names: ['Google Analytics', 'Example Pay'], denies: ['advertising', 'third-cookies'], bounded: ['sharing'], silent: ['storage', 'fingerprinting', 'social'] },
};
const summary = { at: NOW - 1000, figures, error: null, behind: false };
const open = { session: 'open', tab: 7, site: 'www.shop.example', recorded: 812 };
const unread = { ...figures, policy_captured: false, said: null };
const last = { case: '20261126-101500-001-www.shop.example-1a2b3c4d', tree_size: 1234, host: 'www.shop.example', tab: 7, why: null };
const HOSTILE = '<img src=x onerror=alert(1)>\u202Egpj.\u2066exe\u0000\u001b[31m'.padEnd(4000, 'W');

/** @type {Record<string, {state: any, tab?: any}>} */
export const states = {
  connecting: { state: { ...base, host: 'connecting' } },
  ready: { state: base },
  'ready-restricted': { state: base, tab: { id: 7, url: 'about:config', access: true } },
  'ready-private': { state: base, tab: { ...site, incognito: true } },
  'ready-access': { state: base, tab: { id: 7, access: false } },
  missing: { state: { ...base, host: 'missing', error: 'Specified native messaging host not found.' } },
  'host-old': { state: { ...base, host: 'host-old', hostVersion: '0.0.9' } },
  'extension-old': { state: { ...base, host: 'extension-old', hostVersion: '2.0.0' } },
  failed: { state: { ...base, host: 'gave-up', error: 'Native host has exited' } },
  opening: { state: { ...base, session: 'opening', tab: 7, site: 'www.shop.example' } },
  'recording-first': { state: { ...base, ...open, policy: { state: 'none', host: null }, recorded: 3 } },
  'recording-policy-found': { state: { ...base, ...open, policy: { state: 'found', host: null }, summary: { ...summary, figures: unread } } },
  'recording-policy-reading': { state: { ...base, ...open, policy: { state: 'reading', host: null }, summary: { ...summary, figures: unread } } },
  'recording-policy-elsewhere': { state: { ...base, ...open, policy: { state: 'elsewhere', host: 'policies.example' }, summary: { ...summary, figures: { ...unread, findings: [], strengths: {} } } } },
  recording: { state: { ...base, ...open, policy: { state: 'read', host: null }, summary } },
  'recording-policy-next': { state: { ...base, ...open, policy: { state: 'read', host: null, next: 'cookie-policy' }, summary } },
  'recording-behind': { state: { ...base, ...open, policy: { state: 'read', host: null }, summary: { ...summary, at: NOW - 17_000, behind: true } } },
  'recording-in-another-tab': { state: { ...base, ...open, tab: 3, policy: { state: 'read', host: null }, summary } },
  audit: { state: { ...base, session: 'open', tab: null, recorded: 40 } },
  sealing: { state: { ...base, ...open, session: 'closing', summary } },
  sealed: { state: { ...base, session: 'closed', recorded: 1234, last, summary } },
  'sealed-left': { state: { ...base, session: 'closed', recorded: 1234, last: { ...last, why: 'left the site' }, summary: { ...summary, error: 'the case could not be read (exit code 3)' } } },
  lost: { state: { ...base, session: 'lost', failure: 'io: No space left on device' } },
  hostile: { state: { ...base, session: 'closed', recorded: 1234, last: { ...last, host: HOSTILE },
    summary: { ...summary, error: HOSTILE, figures: { ...figures, cookies: -1, trackers: 'many', blocked: 1e9, strengths: { contradicted: HOSTILE },
      findings: [{ rule: HOSTILE, strength: HOSTILE, title: HOSTILE, about: { names: [HOSTILE, 7, null, HOSTILE], more: HOSTILE, quote: HOSTILE } }, null, { rule: 'no-such-rule', strength: 'vague', title: 7 }, {}, {}],
      said: { uses: [HOSTILE, 'cookies'], names: [HOSTILE, HOSTILE], denies: 'all', bounded: null, silent: Array(500).fill('cookies') } } } } },
};
