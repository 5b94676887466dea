// Runs in the page's own world before any script of the page. Watches document.cookie, cookieStore and Storage, and tells the
// isolated script through a node that is in no document: the page cannot reach it, nor name the event.
// Must never change what the page sees: natives do the work first, and nothing of ours throws.
(() => {
  'use strict';
  const { apply, getOwnPropertyDescriptor, defineProperty } = Reflect;
  const stringify = JSON.stringify;
  const slice = String.prototype.slice;
  const NativeError = Error;
  const NativeEvent = CustomEvent;
  const NativeMouseEvent = MouseEvent;
  const dispatch = EventTarget.prototype.dispatchEvent;
  const listen = EventTarget.prototype.addEventListener;
  const unlisten = EventTarget.prototype.removeEventListener;
  const channel = document.createElementNS('http://www.w3.org/1999/xhtml', 'i');
  const MOST = 40_000;  // UTF-16 units of one value; the background cuts to bytes.

  // Both scripts start before the page; whichever is second completes the handshake. Then neither listens on the window.
  const join = () => apply(dispatch, window, [new NativeMouseEvent('affiant:join', { relatedTarget: channel })]);
  apply(listen, window, ['affiant:call', join]);
  apply(listen, channel, ['ready', () => apply(unlisten, window, ['affiant:call', join])]);
  join();

  const v8 = getOwnPropertyDescriptor(NativeError, 'stackTraceLimit') !== undefined;
  const stackNow = () => {
    if (!v8) return new NativeError().stack;
    // The page may have set these two for itself: borrow them, give them back.
    const limit = getOwnPropertyDescriptor(NativeError, 'stackTraceLimit');
    const prepare = getOwnPropertyDescriptor(NativeError, 'prepareStackTrace');
    const plain = (value) => ({ value, writable: true, configurable: true, enumerable: true });
    try {
      defineProperty(NativeError, 'stackTraceLimit', plain(48));
      if (prepare) defineProperty(NativeError, 'prepareStackTrace', plain(undefined));
      return new NativeError().stack;
    } finally {
      if (limit) defineProperty(NativeError, 'stackTraceLimit', limit);
      else delete NativeError.stackTraceLimit;
      if (prepare) defineProperty(NativeError, 'prepareStackTrace', prepare);
    }
  };

  // JSON by hand: the page may have given Object.prototype or Array.prototype a toJSON. `fields` is [name, primitive, …].
  const report = (fields) => {
    try {
      const stack = stackNow();
      let text = '{"stack":' + stringify(typeof stack === 'string' ? apply(slice, stack, [0, 16_000]) : '');
      for (let i = 0; i < fields.length; i += 2) {
        let value = fields[i + 1];
        if (value === undefined) continue;
        if (typeof value === 'string' && value.length > MOST) {
          value = apply(slice, value, [0, MOST]);
          text += ',"cut":true';
        }
        text += ',' + stringify(fields[i]) + ':' + stringify(value);
      }
      apply(dispatch, channel, [new NativeEvent('record', { detail: text + '}' })]);
    } catch { /* The page goes on whatever happens to us. */ }
  };

  // A proxy prints as native code and keeps name, length and identity of its own.
  const wrap = (owner, name, part, handler) => {
    try {
      const descriptor = owner && getOwnPropertyDescriptor(owner, name);
      const native = descriptor?.[part];
      if (typeof native !== 'function' || !descriptor.configurable) return;
      defineProperty(owner, name, { ...descriptor, [part]: new Proxy(native, { __proto__: null, apply: (target, self, args) => handler(target, self, args) }) });
    } catch { /* Then this one is not watched. */ }
  };

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

  const areas = [['localStorage', getOwnPropertyDescriptor(window, 'localStorage')?.get], ['sessionStorage', getOwnPropertyDescriptor(window, 'sessionStorage')?.get]];
  const areaOf = (storage) => {
    for (let i = 0; i < 2; i++) {
      try { if (apply(areas[i][1], window, []) === storage) return areas[i][0]; } catch { /* No storage here. */ }
    }
    return undefined;  // Another window's: its own snapshot will tell.
  };
  const storageCall = (via, op, count) => (target, self, args) => {
    if (args.length < count) return apply(target, self, args);
    const key = count > 0 ? '' + args[0] : undefined;
    const value = count > 1 ? '' + args[1] : undefined;
    const result = apply(target, self, count === 2 ? [key, value] : count === 1 ? [key] : []);
    const area = areaOf(self);
    if (area) report(['k', 'storage', 'area', area, 'op', op, 'via', via, 'key', key, 'value', value, 'size', (key ?? '').length + (value ?? '').length]);
    return result;
  };
  const storage = globalThis.Storage?.prototype;
  wrap(storage, 'setItem', 'value', storageCall('setItem', 'set', 2));
  wrap(storage, 'removeItem', 'value', storageCall('removeItem', 'remove', 1));
  wrap(storage, 'clear', 'value', storageCall('clear', 'clear', 0));
})();
