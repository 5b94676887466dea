// Which addresses a recording may begin at. Pure.

// Browsers keep extensions off these as off their own pages.
const CLOSED = /^(?:chromewebstore\.google\.com|chrome\.google\.com|microsoftedge\.microsoft\.com|addons\.mozilla\.org|(?:[\w-]+\.)?(?:accounts\.firefox|support\.mozilla)\.(?:com|org))$/;

/** @param {string | undefined} url @returns {boolean} */
export function canBeRecorded(url) {
  if (!url || !/^https?:/.test(url)) return false;
  try {
    const { hostname, pathname } = new URL(url);
    return hostname !== '' && (!CLOSED.test(hostname) || (hostname === 'chrome.google.com' && !pathname.startsWith('/webstore')));
  } catch {
    return false;
  }
}
