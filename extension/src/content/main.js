// Runs in the page's own world before any script of the page: the channel to the isolated script, stacks, and the way to watch a
// native. The other main-*.js hook what is watched; the last of them closes the door behind it.
// Must never change what the page sees: natives do the work first, and nothing of ours throws.
(() => {
  'use strict';
  const { apply, defineProperty, deleteProperty, setPrototypeOf, has } = Reflect;
  const describe = Reflect.getOwnPropertyDescriptor;
  // Whatever is handed to a native is without a prototype: the page may have given Object.prototype a `get`, a `bubbles`, a `value`.
  const getOwnPropertyDescriptor = (owner, name) => {
    const descriptor = describe(owner, name);
    if (descriptor) setPrototypeOf(descriptor, null);
    return descriptor;
  };
  const stringify = JSON.stringify;
  const slice = String.prototype.slice;
  const NativeError = Error;
  const NativeEvent = CustomEvent;
  const NativeMouseEvent = MouseEvent;
  const capture = NativeError.captureStackTrace;
  const dispatch = EventTarget.prototype.dispatchEvent;
  const listen = EventTarget.prototype.addEventListener;
  const unlisten = EventTarget.prototype.removeEventListener;
  const channel = document.createElementNS('http://www.w3.org/1999/xhtml', 'i');
  const MOST = 40_000;   // UTF-16 units of one value; the background cuts to bytes.
  const FAULTS = 5;      // Told of in one document.

  // Both scripts start before the page; whichever is second completes the handshake. Then main.js listens there no more, and the
  // channel is a node that is in no document: the page cannot reach it, nor name the event. They do not meet on the window: a frame's
  // window is there before its document, and who holds the frame may listen on it already. What is sent to a document's fonts passes by
  // nobody else.
  const place = document.fonts ?? document;
  const join = () => apply(dispatch, place, [new NativeMouseEvent('affiant:join', { __proto__: null, relatedTarget: channel })]);
  apply(listen, place, ['affiant:call', join]);
  apply(listen, channel, ['ready', () => apply(unlisten, place, ['affiant:call', join])]);
  join();

  // V8 shows a stack by the names that scripts give themselves (`//# sourceURL=`), yet knows where they came from; SpiderMonkey tells
  // the name only, and the host holds it against what was loaded.
  const plain = (value) => ({ __proto__: null, value, writable: true, configurable: true, enumerable: true });
  const giveBack = (name, descriptor) => {
    if (descriptor) defineProperty(NativeError, name, descriptor);
    else deleteProperty(NativeError, name);
  };
  const stackWith = (format) => {
    // The page may have set these two for itself, or a prototype of Error has them: borrow them, give them back.
    const limit = getOwnPropertyDescriptor(NativeError, 'stackTraceLimit');
    const prepare = getOwnPropertyDescriptor(NativeError, 'prepareStackTrace');
    const ours = defineProperty(NativeError, 'prepareStackTrace', plain(format));
    if (!ours && has(NativeError, 'prepareStackTrace')) return '';  // Fixed by the page: to ask would run its code.
    try {
      defineProperty(NativeError, 'stackTraceLimit', plain(48));
      const holder = { __proto__: null, name: 'Error', message: '' };  // An error's own are looked up where the page can change them.
      apply(capture, NativeError, [holder]);
      return holder.stack;
    } finally {
      giveBack('stackTraceLimit', limit);
      if (ours) giveBack('prepareStackTrace', prepare);
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
  const report = (fields, known) => {
    try {
      const stack = known ?? stackNow();
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
      apply(dispatch, channel, [new NativeEvent('record', { __proto__: null, detail: text + '}' })]);
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
  const nativeStack = getOwnPropertyDescriptor(new NativeError(), 'stack');
  const scrub = (error) => {
    try {
      if (!v8 || typeof error !== 'object' || error === null || has(NativeError, 'prepareStackTrace')) return;
      const own = getOwnPropertyDescriptor(error, 'stack');
      if (!own || own.get !== nativeStack?.get) return;  // The page's own.
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

  // Is the value an object with that getter of the browser's? A native refuses others before it looks at what it is handed.
  const isOne = (owner, name) => {
    const getter = owner && getOwnPropertyDescriptor(owner, name)?.get;
    return (value) => { try { apply(getter, value, []); return true; } catch { return false; } };
  };

  const kit = { __proto__: null, apply, getOwnPropertyDescriptor, isOne, stackNow, report, wrap, watch, onLook, fault };
  const give = (event) => { if (typeof event.detail === 'function') event.detail(kit); };
  const end = () => {
    apply(unlisten, place, ['affiant:kit', give]);
    apply(unlisten, place, ['affiant:kit-end', end]);
  };
  apply(listen, place, ['affiant:kit', give]);
  apply(listen, place, ['affiant:kit-end', end]);
})();
