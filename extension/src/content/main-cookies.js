// document.cookie and cookieStore (page's world; see main.js). What the page hands over may be objects: each is turned into text once,
// when and as the native would do it, and the native is given the text.
'use strict';
(document.fonts ?? document).dispatchEvent(new CustomEvent('affiant:kit', { detail: ({ apply, isOne, report, wrap }) => {
  const isDocument = isOne(globalThis.Document?.prototype, 'contentType');
  wrap(globalThis.Document?.prototype, 'cookie', 'set', (target, self, args) => {
    if (args.length === 0 || !isDocument(self)) return apply(target, self, args);
    const line = `${args[0]}`;
    const result = apply(target, self, [line]);
    report(['k', 'cookie', 'line', line]);
    return result;
  });

  const { get } = Reflect;
  const NativeProxy = Proxy;
  const isObject = (value) => (typeof value === 'object' && value !== null) || typeof value === 'function';
  const KINDS = { __proto__: null, name: 'text', value: 'text', domain: 'text', path: 'text', sameSite: 'text', expires: 'number' };
  // The native reads a dictionary through this, in its own order; getters of the page run when it does.
  const reading = (options, seen) => new NativeProxy({ __proto__: null }, { __proto__: null, get: (empty, name) => {
    let value = get(options, name);
    const kind = KINDS[name];
    if (isObject(value) && kind) value = kind === 'text' ? `${value}` : +value;
    if (typeof name === 'string') seen[name] = value;
    return value;
  } });
  // What cannot be turned into text makes the native refuse by a promise, not by throwing.
  const text = (value) => { try { return `${value}`; } catch (error) { return { __proto__: null, toString: () => { throw error; } }; } };
  const primitive = (value) => (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined);
  const named = (remove, seen) => report(['k', 'cookieStore', 'remove', remove, 'name', primitive(seen.name), 'value', primitive(seen.value), 'domain', primitive(seen.domain), 'path', primitive(seen.path),
    'sameSite', primitive(seen.sameSite), 'partitioned', seen.partitioned === undefined ? undefined : !!seen.partitioned, 'expires', primitive(seen.expires)]);
  const cookieStoreCall = (remove) => (target, self, args) => {
    const seen = { __proto__: null };
    const texts = remove ? 1 : 2;
    let result;
    if (args.length > 0 && isObject(args[0]) && (remove || args.length === 1)) {
      result = apply(target, self, [reading(args[0], seen)]);
    } else {
      if (args.length < texts) return apply(target, self, args);
      seen.name = text(args[0]);
      if (!remove) seen.value = typeof seen.name === 'string' ? text(args[1]) : args[1];
      result = apply(target, self, remove ? [seen.name] : [seen.name, seen.value]);
    }
    // Else it was refused for want of them.
    if (primitive(seen.name) !== undefined && (remove || primitive(seen.value) !== undefined)) named(remove, seen);
    return result;
  };
  wrap(globalThis.CookieStore?.prototype, 'set', 'value', cookieStoreCall(false));
  wrap(globalThis.CookieStore?.prototype, 'delete', 'value', cookieStoreCall(true));
} }));
