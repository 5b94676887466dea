// Runs in the page's own world before any script of the page: the channel to the isolated script, stacks, and the way to watch a
// native. The other main-*.js hook what is watched; the last of them closes the door behind it.
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
  const MOST = 40_000;   // UTF-16 units of one value; the background cuts to bytes.
  const FAULTS = 5;      // Told of in one document.

  // Both scripts start before the page; whichever is second completes the handshake. Then neither listens on the window, and the
  // channel is a node that is in no document: the page cannot reach it, nor name the event.
  const join = () => apply(dispatch, window, [new NativeMouseEvent('affiant:join', { relatedTarget: channel })]);
  apply(listen, window, ['affiant:call', join]);
  apply(listen, channel, ['ready', () => apply(unlisten, window, ['affiant:call', join])]);
  join();

  // V8 shows a stack by the names that scripts give themselves (`//# sourceURL=`), yet knows where they came from; SpiderMonkey tells
  // the name only, and the host holds it against what was loaded.
  const plain = (value) => ({ value, writable: true, configurable: true, enumerable: true });
  // The page may have set these two for itself: borrow them, give them back.
  const stackWith = (prepareStackTrace) => {
    const limit = getOwnPropertyDescriptor(NativeError, 'stackTraceLimit');
    const prepare = getOwnPropertyDescriptor(NativeError, 'prepareStackTrace');
    try {
      defineProperty(NativeError, 'stackTraceLimit', plain(48));
      defineProperty(NativeError, 'prepareStackTrace', plain(prepareStackTrace));
      return new NativeError().stack;
    } finally {
      if (limit) defineProperty(NativeError, 'stackTraceLimit', limit);
      else delete NativeError.stackTraceLimit;
      if (prepare) defineProperty(NativeError, 'prepareStackTrace', prepare);
      else delete NativeError.prepareStackTrace;
    }
  };
  const first = stackWith((error, sites) => sites);
  const v8 = typeof first === 'object';
  const { getFileName, getLineNumber, getColumnNumber, isEval, getEvalOrigin } = v8 ? Reflect.getPrototypeOf(first[0]) : {};
  const trueNames = (error, sites) => {
    let text = '';
    for (let i = 0; i < sites.length; i++) {
      const file = apply(getFileName, sites[i], []);
      const origin = apply(isEval, sites[i], []) ? apply(getEvalOrigin, sites[i], []) : undefined;
      // Evaluated code that names itself hides who evaluated it: whoever called it comes next.
      if (typeof origin === 'string') { if (apply(slice, origin, [0, 8]) === 'eval at ') text += '\nat (' + origin + ')'; }
      else if (typeof file === 'string') text += '\nat ' + file + ':' + apply(getLineNumber, sites[i], []) + ':' + apply(getColumnNumber, sites[i], []);
    }
    return text;
  };
  const stackNow = () => stackWith(v8 ? trueNames : undefined);

  // JSON by hand: the page may have given Object.prototype or Array.prototype a toJSON. `fields` is [name, primitive, …].
  const report = (fields, stack = stackNow()) => {
    try {
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

  let faults = 0;
  const fault = (where, error) => {
    let why = '';
    try { why = '' + error; } catch { /* The page's own value, and hostile. */ }
    if (faults++ < FAULTS) report(['k', 'fault', 'where', where, 'why', why]);
  };

  // What a native throws through us names our file in its stack, by which a page could know us. Where the page formats stacks itself
  // there is nothing to be done: to ask for one would run its code. SpiderMonkey names no file.
  const indexOf = String.prototype.indexOf;
  const MARK = '-extension://';
  const scrub = (error) => {
    try {
      if (!v8 || typeof error !== 'object' || error === null || getOwnPropertyDescriptor(NativeError, 'prepareStackTrace')) return;
      const stack = error.stack;
      if (typeof stack !== 'string' || apply(indexOf, stack, [MARK]) < 0) return;
      let kept = '';
      for (let from = 0; from <= stack.length;) {
        const end = apply(indexOf, stack, ['\n', from]);
        const line = apply(slice, stack, [from, end < 0 ? stack.length : end]);
        if (apply(indexOf, line, [MARK]) < 0) kept += (from === 0 ? '' : '\n') + line;
        if (end < 0) break;
        from = end + 1;
      }
      error.stack = kept;
    } catch { /* Frozen: then it stays. */ }
  };

  // A proxy prints as native code and keeps name, length and identity of its own. `handler` does the native's work itself.
  const wrap = (owner, name, part, handler) => {
    try {
      const descriptor = owner && getOwnPropertyDescriptor(owner, name);
      const native = descriptor?.[part];
      if (typeof native !== 'function' || !descriptor.configurable) return;
      defineProperty(owner, name, { ...descriptor, [part]: new Proxy(native, { __proto__: null, apply: (target, self, args) => {
        try { return handler(target, self, args); } catch (error) { scrub(error); throw error; }
      } }) });
    } catch { /* Then this one is not watched. */ }
  };
  // The native first, and what it throws is the page's; `seen` only looks on.
  const watch = (owner, name, part, seen) => wrap(owner, name, part, (target, self, args) => {
    const result = apply(target, self, args);
    try { seen(self, args); } catch (error) { fault(name, error); }
    return result;
  });

  // The isolated script says when it is time to look at what is only looked at from time to time.
  const lookers = { __proto__: null, count: 0 };
  const onLook = (look) => { lookers[lookers.count++] = look; };
  apply(listen, channel, ['look', () => {
    for (let i = 0; i < lookers.count; i++) try { lookers[i](); } catch (error) { fault('look', error); }
  }]);

  const kit = { __proto__: null, apply, getOwnPropertyDescriptor, stackNow, report, wrap, watch, onLook, fault };
  const give = (event) => { if (typeof event.detail === 'function') event.detail(kit); };
  const end = () => {
    apply(unlisten, window, ['affiant:kit', give]);
    apply(unlisten, window, ['affiant:kit-end', end]);
  };
  apply(listen, window, ['affiant:kit', give]);
  apply(listen, window, ['affiant:kit-end', end]);
})();
