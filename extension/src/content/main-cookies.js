// document.cookie and cookieStore (page's world; see main.js).
'use strict';
window.dispatchEvent(new CustomEvent('affiant:kit', { detail: ({ apply, report, wrap }) => {
  wrap(globalThis.Document?.prototype, 'cookie', 'set', (target, self, args) => {
    if (args.length === 0) return apply(target, self, args);
    const line = '' + args[0];  // As the native conversion, and only once.
    const result = apply(target, self, [line]);
    report(['k', 'cookie', 'line', line]);
    return result;
  });

  const get = (object, name) => { try { return object[name]; } catch { return undefined; } };
  const primitive = (value) => (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined);
  const cookieStoreCall = (remove) => (target, self, args) => {
    const result = apply(target, self, args);
    const first = args[0];
    const object = typeof first === 'object' && first !== null;
    const field = (name) => (object ? primitive(get(first, name)) : undefined);
    let expires = object ? get(first, 'expires') : undefined;
    if (typeof expires === 'object' && expires !== null) { try { expires = +expires; } catch { expires = undefined; } }
    report(['k', 'cookieStore', 'remove', remove, 'name', object ? field('name') : primitive(first), 'value', object ? field('value') : remove ? undefined : primitive(args[1]),
      'domain', field('domain'), 'path', field('path'), 'sameSite', field('sameSite'), 'partitioned', field('partitioned'), 'expires', primitive(expires)]);
    return result;
  };
  wrap(globalThis.CookieStore?.prototype, 'set', 'value', cookieStoreCall(false));
  wrap(globalThis.CookieStore?.prototype, 'delete', 'value', cookieStoreCall(true));
} }));
