// What the browser is set to, as the `open` message states it.
import { modeDiffers, thirdPartyMode } from './third-party.js';

/** @param {typeof chrome} api @param {boolean} firefox */
export async function readConditions(api, firefox) {
  const websites = /** @type {any} */ (api.privacy?.websites);
  const setting = firefox ? websites?.cookieConfig : websites?.thirdPartyCookiesAllowed;
  const value = (await setting?.get({}).catch(() => undefined))?.value;
  return { thirdParty: thirdPartyMode(firefox, value), gpc: /** @type {any} */ (navigator).globalPrivacyControl === true };
}

/**
 * The conditions in evidence, and where they are not what was asked for.
 * @param {import('./session.js').Session} session @param {Awaited<ReturnType<typeof readConditions>>} found
 * @param {{gpc?: boolean, third_party_cookies?: string}} wanted
 */
export function noteConditions(session, found, wanted = {}) {
  session.note('third-party-cookies-mode', found.thirdParty.detail);
  if (modeDiffers(wanted.third_party_cookies ?? 'default', found.thirdParty.mode))
    session.note('third-party-cookies-differ', `asked for ${wanted.third_party_cookies}, found ${found.thirdParty.mode}`);
  if (wanted.gpc === true && !found.gpc) session.note('gpc-not-applied', 'asked for Global Privacy Control, but this browser does not send it');
}
