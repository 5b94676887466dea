// What the popup says of a case's summary (affiant.summary/1): figures, findings, the site's words in five lines. Pure.
import { clean } from './shown-text.js';

/** @typedef {import('./view.js').Text} Text */
/** @typedef {{rows: {label: string, value: number | null, tone: 'plain' | 'bad'}[], note: string}} Counts value null: not known yet */
/** @typedef {{total: string, none: string, items: {strength: string, word: string, rule: string, title: string, english: boolean}[]}} Findings title: the report's own, which is English; in other languages what the finding is about */
/** @typedef {{lines: {label: string, hint: string, topics: string[], names: string[]}[], note: string, button: {text: string, command: string, detail: string} | null}} Said */

const STALE_S = 5;
const STRENGTHS = ['contradicted', 'undeclared', 'vague', 'note'];

/** @param {any} value @returns {number} */
const number = (value) => (Number.isSafeInteger(value) && value >= 0 ? value : 0);
/** @param {any} value @returns {any[]} */
const list = (value) => (Array.isArray(value) ? value : []);
/** A word of a closed list as a part of a key. @param {unknown} word */
const keyed = (word) => String(word).replace(/-/g, '_').replace(/[^a-z0-9_]/g, '').slice(0, 40);

/** @param {any} s the background's state @param {Text} t @param {number} now ms @returns {Counts} */
export function countsView(s, t, now) {
  const figures = s.summary?.figures ?? null;
  /** @param {string} label @param {string} name @param {'plain' | 'bad'} [tone] @returns {Counts['rows'][0]} */
  const row = (label, name, tone = 'plain') => {
    const value = figures ? number(figures[name]) : null;
    return { label: t(label), value, tone: value ? tone : 'plain' };
  };
  return {
    rows: [row('popup_count_cookies', 'cookies'), row('popup_count_third_parties', 'third_parties'), row('popup_count_trackers', 'trackers', 'bad'), row('popup_count_blocked', 'blocked')],
    note: countsNote(s, t, now),
  };
}

/** @param {any} s @param {Text} t @param {number} now */
function countsNote(s, t, now) {
  if (s.summary?.error) return t('popup_summary_failed', clean(s.summary.error));
  if (!s.summary?.figures) return t('popup_reading');
  const age = Math.floor((now - s.summary.at) / 1000);
  if (s.summary.behind && age >= STALE_S) return t('popup_as_of', age);
  return s.session === 'open' ? t('popup_entries', number(s.recorded)) : '';
}

/** @param {any} about @param {Text} t the names of what a finding is about, else the site's words */
function aboutOf(about, t) {
  const names = list(about?.names).slice(0, 3).map((name) => clean(name, 60));
  if (names.length > 0) return number(about.more) > 0 ? t('popup_about_more', names.join(', '), number(about.more)) : names.join(', ');
  const quote = clean(about?.quote, 120);
  return quote === '' ? '' : t('popup_about_quoted', quote);
}

/** @param {any} s @param {Text} t @returns {Findings | null} */
export function findingsView(s, t) {
  const figures = s.summary?.figures;
  if (!figures) return null;
  const items = list(figures.findings).slice(0, 3).map((f) => {
    const strength = STRENGTHS.includes(f?.strength) ? f.strength : 'note';
    const about = t('popup_language') === 'en' ? '' : aboutOf(f?.about, t);
    return { strength, word: t(`popup_strength_${strength}`), rule: t(`popup_rule_${keyed(f?.rule)}`), title: about || clean(f?.title), english: about === '' };
  });
  const counts = STRENGTHS.map((strength) => number(figures.strengths?.[strength]));
  const none = figures.observed === true ? t('popup_findings_none') : t('popup_not_observed');
  return { items, total: items.length > 0 ? t('popup_findings_all', ...counts) : '', none: items.length > 0 ? '' : none };
}

/** @param {any} s @param {Text} t @returns {Said | null} */
export function saidView(s, t) {
  const figures = s.summary?.figures;
  if (!figures) return null;
  const said = figures.said;
  if (said) {
    /** @param {any} topics */
    const topicsOf = (topics) => list(topics).slice(0, 12).map((topic) => t(`popup_topic_${keyed(topic)}`)).filter(Boolean);
    const lines = [
      { label: t('popup_said_uses'), hint: '', topics: topicsOf(said.uses), names: [] },
      { label: t('popup_said_names'), hint: '', topics: [], names: list(said.names).slice(0, 12).map((name) => clean(name, 60)) },
      { label: t('popup_said_denies'), hint: '', topics: topicsOf(said.denies), names: [] },
      { label: t('popup_said_bounded'), hint: '', topics: topicsOf(said.bounded), names: [] },
      { label: t('popup_said_silent'), hint: t('popup_said_silent_hint'), topics: topicsOf(said.silent), names: [] },
    ];
    return { lines, note: '', button: another(s, t) };
  }
  return { lines: [], ...unread(s, figures, t) };
}

/** A site may have two texts: the one that was not read is offered, too. @param {any} s @param {Text} t @returns {Said['button']} */
function another(s, t) {
  const next = s.session === 'open' && s.policy?.state === 'read' ? s.policy.next : null;
  const key = { 'privacy-policy': 'popup_policy_next_privacy', 'cookie-policy': 'popup_policy_next_cookie' }[String(next)];
  if (!key) return null;
  return { text: t(key), command: 'policy', detail: t('popup_policy_read_detail') };
}

/** Why there is no declaration to show, and what can be done. @param {any} s @param {any} figures @param {Text} t @returns {Pick<Said, 'note' | 'button'>} */
function unread(s, figures, t) {
  const policy = s.session === 'open' ? s.policy : null;
  if (policy?.state === 'reading') return { note: t('popup_policy_reading'), button: null };
  if (figures.policy_captured) return { note: t('popup_said_unread'), button: null };
  if (policy?.state === 'failed') return { note: t('popup_policy_failed'), button: null };
  if (policy?.state === 'elsewhere') return { note: t('popup_policy_elsewhere', clean(policy.host, 80)), button: null };
  if (policy?.state === 'none') return { note: t('popup_policy_none'), button: null };
  const button = policy?.state === 'found' ? { text: t('popup_policy_read'), command: 'policy', detail: t('popup_policy_read_detail') } : null;
  return { note: t('popup_policy_unread'), button };
}
