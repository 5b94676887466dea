// What the toolbar icon says. Pure.

/** @typedef {{text: string, colour: string, key: string, part: string, tab: number | null}} Badge key: of its title, '' for the name alone; tab: on that tab alone */

const RED = '#a8231b';
const AMBER = '#8a5a00';

/** @param {any} s the state that popups get @returns {Badge} */
export function badgeOf(s) {
  if (s.session === 'open') return { text: 'REC', colour: RED, key: 'popup_title_recording', part: s.site ?? '', tab: null };
  if (s.session === 'lost' || ['gave-up', 'host-old', 'extension-old'].includes(s.host)) return { text: '!', colour: AMBER, key: '', part: '', tab: null };
  const strengths = s.session === 'closed' ? s.summary?.figures?.strengths : null;
  const found = (strengths?.contradicted ?? 0) + (strengths?.undeclared ?? 0);
  if (!(found > 0) || s.last?.tab == null) return { text: '', colour: '', key: '', part: '', tab: null };
  return { text: found > 99 ? '99+' : String(found), colour: strengths.contradicted > 0 ? RED : AMBER, key: 'popup_title_findings', part: String(found), tab: s.last.tab };
}

/** @param {typeof chrome} api @param {Badge} badge */
export function showBadge(api, badge) {
  const where = badge.tab === null ? {} : { tabId: badge.tab };
  const ignore = () => {};  // The tab may be gone.
  api.action.setBadgeText({ text: badge.text, ...where }).catch(ignore);
  api.action.setTitle({ title: badge.key ? api.i18n.getMessage(badge.key, [badge.part]) : 'Affiant', ...where }).catch(ignore);
  if (!badge.text) return;
  api.action.setBadgeBackgroundColor({ color: badge.colour, ...where }).catch(ignore);
  api.action.setBadgeTextColor?.({ color: '#ffffff', ...where })?.catch(ignore);
}
