// A finding's title in the reader's language. The host writes its title in English; to readers of another language the rule's
// sentence stands in its place, with what the finding is about, and the host's words follow it.
import { language, t } from './i18n.js';
import { listed, plain } from './words.js';

const MOST = 3;

/** What a finding of a rule is about, of the things that its entries show. @type {Record<string, string>} */
const ABOUT = {
  'undeclared-cookie': 'cookie', 'lifetime-exceeds': 'cookie', 'lifetime-shorter': 'cookie', 'purpose-mismatch': 'cookie', 'contradictory-declaration': 'cookie', 'unclassified-cookie': 'cookie',
  'set-before-consent': 'cookie', 'kept-after-reject': 'cookie', 'wrong-party': 'cookie', 'undeclared-storage': 'storage', 'undeclared-technique': 'technique',
  'undeclared-third-party': 'request', 'vague-disclosure': 'request', 'condition-exceeded': 'request', 'signal-ignored': 'request', 'personal-data-leak': 'request',
};

/** @type {Record<string, (item: any) => string>} */
const NAMES = { cookie: (c) => c.name, storage: (s) => s.key ?? s.kind, technique: (x) => x.technique, request: (r) => r.owner ?? r.host };

/** @param {import('./model.js').Model} m @param {any} finding @returns {string | null} null: the host's own is to be shown */
export function translated(m, finding) {
  if (language() === 'en') return null;
  const key = `report_rule_${String(finding.rule).replaceAll('-', '_')}`;
  const sentence = t(key);
  if (sentence === key || sentence === '') return null;
  const kind = ABOUT[finding.rule] ?? '';
  const cited = finding.entries.flatMap((/** @type {number} */ n) => m.thingsOf(n)).filter((/** @type {any} */ thing) => thing.kind === kind).map((/** @type {any} */ thing) => NAMES[kind]?.(thing.item));
  const declared = finding.declared_cookies.map((/** @type {number} */ n) => m.report.declaration.cookies[n]?.pattern);
  const names = [...new Set(cited.length > 0 ? cited : declared)].filter(Boolean).map((name) => plain(name, 60));
  const quote = m.statements.get(finding.statements[0])?.quote;
  if (names.length === 0 && quote) names.push(t('report_rule_quoted', plain(quote, 90)));  // Else two findings of one rule would be called alike.
  if (names.length === 0) return sentence;
  return t('report_rule_about', sentence.replace(/\.$/, ''), names.length <= MOST ? listed(names) : t('report_rule_more', names.slice(0, MOST).join(', '), names.length - MOST));
}
