// The only mention of `browser` and `chrome`. Everything else is handed `api`.

const globals = /** @type {any} */ (globalThis);

/** Promise-returning WebExtension API of whichever browser this is. */
export const api = /** @type {typeof chrome} */ (globals.browser ?? globals.chrome);

/** Firefox alone says what it is; Chromium has no such call. */
export const isFirefox = typeof (/** @type {any} */ (api?.runtime)?.getBrowserInfo) === 'function';

/** The name of the native-messaging host, as manifests/ids.json has it (a test compares the two). */
export const HOST_NAME = 'app.affiant.host';

/** @returns {Promise<{name: 'chromium' | 'firefox', version: string}>} */
export async function browserInfo() {
  if (isFirefox) return { name: 'firefox', version: (await /** @type {any} */ (api.runtime).getBrowserInfo()).version };
  const data = /** @type {any} */ (navigator).userAgentData;
  const values = await data?.getHighEntropyValues?.(['fullVersionList']).catch(() => null);
  const list = /** @type {{brand: string, version: string}[]} */ (values?.fullVersionList ?? []);
  const brand = list.find((b) => b.brand === 'Chromium') ?? list[0];
  return { name: 'chromium', version: brand?.version ?? /Chrome\/([\d.]+)/.exec(navigator.userAgent)?.[1] ?? 'unknown' };
}
