// What the popup says in each state. Pure, so that every state can be tested in every language.
import { canBeRecorded } from '../recordable.js';
import { clean } from './shown-text.js';
import { countsView, findingsView, saidView } from './view-summary.js';

/** @typedef {(key: string, ...parts: (string | number)[]) => string} Text of extension/_locales */
/**
 * @typedef {{state: string, tone: 'idle' | 'good' | 'live' | 'bad', status: string, detail: string, stores: string, command: string | null,
 *   button: {text: string, command: string, tone: 'record' | 'stop' | 'plain'} | null, counts: import('./view-summary.js').Counts | null,
 *   findings: import('./view-summary.js').Findings | null, said: import('./view-summary.js').Said | null, report: string | null}} View
 */
/** @typedef {{url?: string, id?: number, incognito?: boolean, access?: boolean} | null} Tab access: whether the browser lets us see sites */

const INSTALL = 'affiant install';
const HOST = 60;  // Characters of a host name.

/** @param {any} s what the background pushed @param {Tab} tab the active one @param {Text} t @param {number} now ms @returns {View} */
export function view(s, tab, t, now) {
  const parts = { counts: countsView(s, t, now), findings: findingsView(s, t), said: saidView(s, t) };
  if (s.session === 'opening') return make('recording', 'live', t('popup_opening'));
  if (s.session === 'open') return recording(s, tab, t, parts);
  if (s.session === 'closing') return make('sealing', 'live', t('popup_sealing'), parts);
  const trouble = hostTrouble(s, t);
  if (trouble) return trouble;
  if (s.session === 'lost')
    return make('lost', 'bad', t('popup_lost'), { detail: t('popup_lost_detail', clean(s.failure.replace(/\.$/, ''))), ...offer(tab, t) });
  if (s.last?.host) return sealed(s, tab, t, parts);
  if (s.host !== 'ready') return make('connecting', 'idle', t('popup_connecting'), offer(tab, t));
  return pageTrouble(tab, t) ?? make('ready', 'idle', t('popup_ready'), { detail: t('popup_reload_hint'), ...offer(tab, t) });
}

/** @param {string} state @param {View['tone']} tone @param {string} status @param {Partial<View>} [more] @returns {View} */
function make(state, tone, status, more = {}) {
  return { state, tone, status, detail: '', stores: '', command: null, button: null, counts: null, findings: null, said: null, report: null, ...more };
}

/** @param {any} s @param {Tab} tab @param {Text} t @param {Pick<View, 'counts' | 'findings' | 'said'>} parts */
function recording(s, tab, t, parts) {
  if (s.tab === null) return make('audit', 'live', t('popup_audit'), { detail: t('popup_audit_detail'), counts: parts.counts });
  return make('recording', 'live', t('popup_recording', clean(s.site, HOST)), { ...parts,
    detail: t(tab?.id === s.tab ? 'popup_recording_detail' : 'popup_recording_elsewhere'), button: { text: t('popup_stop'), command: 'stop', tone: 'stop' } });
}

/** @param {any} s @param {Tab} tab @param {Text} t @param {Pick<View, 'counts' | 'findings' | 'said'>} parts */
function sealed(s, tab, t, parts) {
  const left = s.last.why === 'left the site' ? `${t('popup_sealed_reason_left')} ` : '';
  const { button = null } = offer(tab, t);
  return make('sealed', 'good', t('popup_sealed', clean(s.last.host, HOST)), { ...parts, button: button && { ...button, tone: 'plain' },
    detail: left + t('popup_sealed_detail', s.last.tree_size ?? s.recorded), report: s.last.case ?? null });
}

/** @param {any} s @param {Text} t @returns {View | null} */
function hostTrouble(s, t) {
  const retry = /** @type {const} */ ({ text: t('popup_retry'), command: 'retry', tone: 'plain' });
  const versions = [clean(s.extension ?? ''), clean(s.hostVersion || t('popup_unknown_version'))];
  switch (s.host) {
    case 'missing': return make('missing', 'bad', t('popup_missing'), { detail: t('popup_missing_detail'), command: INSTALL, button: retry });
    case 'host-old': return make('host-old', 'bad', t('popup_host_old'), { detail: t('popup_host_old_detail', ...versions), command: INSTALL, button: retry });
    case 'extension-old': return make('extension-old', 'bad', t('popup_extension_old'), { detail: t('popup_extension_old_detail', ...versions), button: retry });
    case 'gave-up': return make('failed', 'bad', t('popup_failed'), { detail: t('popup_failed_detail', sentence(clean(s.error))), command: 'affiant doctor', button: retry });
    default: return null;
  }
}

/** @param {string} text */
const sentence = (text) => (/[.!?]$/.test(text) || text === '' ? text : `${text}.`);

/** @param {Tab} tab @param {Text} t @returns {View | null} */
function pageTrouble(tab, t) {
  if (tab?.access === false)
    return make('access', 'bad', t('popup_access'), { detail: t('popup_access_detail'), button: { text: t('popup_access_button'), command: 'access', tone: 'record' } });
  if (tab?.incognito) return make('private', 'idle', t('popup_private'), { detail: t('popup_private_detail') });
  if (!canBeRecorded(tab?.url)) return make('restricted', 'idle', t('popup_restricted'), { detail: t('popup_restricted_detail') });
  return null;
}

/** The button that begins a recording, with what one stores; nothing where none can begin. @param {Tab} tab @param {Text} t @returns {Partial<View>} */
function offer(tab, t) {
  if (pageTrouble(tab, t) || !tab?.url) return {};
  return { stores: t('popup_stores'), button: { text: t('popup_record', clean(new URL(tab.url).hostname, HOST)), command: 'record', tone: 'record' } };
}
