// The browser's third-party cookie mode, in the protocol's three words. Pure.

/**
 * @param {boolean} firefox
 * @param {any} value of privacy.websites.thirdPartyCookiesAllowed (Chromium) or cookieConfig (Firefox); undefined when unreadable
 * @returns {{mode: 'allowed' | 'blocked' | 'partitioned', detail: string}}
 */
export function thirdPartyMode(firefox, value) {
  if (!firefox) {
    if (typeof value !== 'boolean') return { mode: 'blocked', detail: 'not readable: taken to be the default of this browser' };
    return { mode: value ? 'allowed' : 'blocked', detail: `thirdPartyCookiesAllowed=${value}` };
  }
  const behavior = value?.behavior;
  const detail = behavior ? `cookieConfig.behavior=${behavior}` : 'not readable: taken to be the default of this browser';
  switch (behavior) {
    case 'allow_all':
    case 'reject_trackers':  // Listed trackers apart, third parties have their cookies.
      return { mode: 'allowed', detail };
    case 'reject_all':
    case 'reject_third_party':
    case 'allow_visited':
      return { mode: 'blocked', detail };
    default:
      return { mode: 'partitioned', detail };
  }
}

/** @param {string} wanted plan.third_party_cookies @param {string} mode found */
export function modeDiffers(wanted, mode) {
  return (wanted === 'allow' && mode !== 'allowed') || (wanted === 'block' && mode !== 'blocked');
}
