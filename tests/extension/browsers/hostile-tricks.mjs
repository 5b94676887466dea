// More hostile pages (see hostile-pages.mjs): those that take hooks away, forge, convert, or forbid scripts.

const unhooked = `
  const frame = (src) => { const f = document.createElement('iframe'); if (src) f.src = src; document.documentElement.appendChild(f); return f; };
  const first = frame(), inner = first.contentWindow;
  const native = inner.Object.getOwnPropertyDescriptor(inner.Document.prototype, 'cookie'), setItem = inner.Storage.prototype.setItem;
  Object.defineProperty(Document.prototype, 'cookie', native);
  document.cookie = 'restored=1';
  setItem.call(localStorage, 'restored', '1');
  first.remove();
  attempt('detached', () => { native.set.call(document, 'detached=1'); return native.get.call(document); });
  attempt('detached storage', () => { setItem.call(localStorage, 'detached', '1'); return localStorage.getItem('detached'); });
  say('deleted', delete Document.prototype.cookie);
  document.cookie = 'plain property';
  say('plain', document.cookie);
  Storage.prototype.setItem = () => {};
  localStorage.setItem('swallowed', '1');
  localStorage.bare = '1';
  dispatchEvent(new StorageEvent('storage', { key: 'hidden', newValue: '1', storageArea: localStorage }));
  localStorage.hidden = '1';
  const second = frame();
  second.contentWindow.localStorage.vanished = '1';
  second.remove();
  setTimeout(() => {
    const text = $said;
    document.open();
    document.write('<script>localStorage.rewritten = "1"; sessionStorage.rewritten = "1"</' + 'script><p>new');
    document.close();
    setTimeout(() => { localStorage.late = '1'; say('keys', Object.keys(localStorage).sort()); finish().then(() => { localStorage.leaving = '1'; location.href = '/next'; }); }, 300);
  }, 200);`;

// A window of a frame is there before its document: whoever listens on it then may hear what our scripts say to each other later.
const forged = `
  const dispatch = (target, event) => target.dispatchEvent(event);
  const record = (line) => JSON.stringify({ k: 'cookie', line, stack: '' });
  let leaks = 0;
  const spy = (target) => {
    for (const type of ['affiant:join', 'affiant:call', 'affiant:kit', 'affiant:kit-end', 'record', 'ready', 'look']) target.addEventListener(type, (event) => {
      if (event.mine) return;
      leaks++;
      const channel = event.relatedTarget;
      if (channel && type === 'affiant:join') for (const ms of [0, 50, 200]) setTimeout(() => dispatch(channel, new CustomEvent('record', { detail: record('forged-channel=1') })), ms);
      const steal = new CustomEvent('affiant:kit', { detail: (kit) => { leaks++; kit.report(['k', 'cookie', 'line', 'forged-kit=1'], ''); } });
      steal.mine = true;
      dispatch(target, steal);
    }, true);
  };
  const forge = (target) => {
    const view = target.postMessage ? target : window, node = document.createElement('b');
    const send = (event) => { event.mine = true; dispatch(target, event); };
    for (const type of ['affiant:call', 'affiant:kit-end', 'ready', 'look']) send(new CustomEvent(type));
    send(new MouseEvent('affiant:join', { relatedTarget: node }));
    send(new MouseEvent('affiant:join', { relatedTarget: null }));
    send(new CustomEvent('affiant:kit', { detail: (kit) => { leaks++; kit.report(['k', 'cookie', 'line', 'forged-tools=1'], ''); } }));
    for (const on of [node, target]) for (const detail of [record('forged-event=1'), { k: 'cookie', line: 'forged-object=1' }, '{', null]) {
      const event = new CustomEvent('record', { detail });
      event.mine = true;
      dispatch(on, event);
    }
    view.postMessage({ affiant: 'records', url: location.href, origin: location.origin, records: [{ k: 'cookie', line: 'forged-post=1', stack: '' }], dropped: 1, refused: 0 }, '*');
    view.postMessage(record('forged-text=1'), '*');
  };
  for (const target of [window, document, document.fonts]) { spy(target); forge(target); }
  attempt('runtime', () => typeof (window.chrome && chrome.runtime && chrome.runtime.sendMessage) + typeof window.browser);
  const add = (src) => { const f = document.createElement('iframe'); if (src) f.src = src; document.documentElement.appendChild(f); spy(f.contentWindow); forge(f.contentWindow); return f; };
  add();
  const framed = add('/frame');
  document.cookie = 'honest=1';
  framed.onload = () => setTimeout(() => { forge(framed.contentWindow); forge(framed.contentDocument.fonts); forge(document.fonts); say('leaks', leaks); say('cookies', document.cookie); finish(); }, 300);`;

const conversions = `
  let log = '';
  const said = (name, text, number) => ({ toString() { log += name + '.toString '; return text; }, valueOf() { log += name + '.valueOf '; return number ?? text; } });
  const getter = (fields) => { const o = {}; for (const [name, value] of Object.entries(fields)) Object.defineProperty(o, name, { get() { log += 'get ' + name + ' '; return value; }, enumerable: true }); return o; };
  const thrower = { toString() { log += 'throw '; throw new RangeError('mine'); } };
  const step = (name, f) => { log = ''; attempt(name, f); say(name + ' log', log); };
  step('cookie', () => { document.cookie = said('c', 'converted=1', 5); return document.cookie; });
  step('primitive', () => { document.cookie = { [Symbol.toPrimitive]: (hint) => { log += 'hint ' + hint; return 'hint=' + hint; } }; return document.cookie; });
  step('null', () => { document.cookie = null; document.cookie = undefined; document.cookie = 7; return document.cookie; });
  step('symbol', () => { document.cookie = Symbol('s'); });
  step('thrower', () => { document.cookie = thrower; });
  step('order', () => { localStorage.setItem(said('k', 'key', 1), said('v', 'value', 2)); return Object.entries(localStorage); });
  step('key throws', () => localStorage.setItem(thrower, said('v', 'never')));
  step('value throws', () => localStorage.setItem(said('k', 'never'), thrower));
  step('remove', () => { localStorage.removeItem(said('r', 'gone')); });
  step('not a storage', () => Storage.prototype.setItem.call({}, said('k', 'a'), said('v', 'b')));
  step('not a document', () => Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').set.call({}, said('c', 'a=b')));
  step('no document', () => { const { set } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie'); set(said('c', 'a=b')); });
  step('too few', () => localStorage.setItem(said('k', 'a')));
  step('database', () => { indexedDB.open(said('d', 'converted-db', 3)); });
  step('custom error', () => { document.cookie = { toString() { throw { get stack() { log += 'stack '; return 'x-extension://x'; } }; } }; });
  const stores = [['named', () => cookieStore.set(said('n', 'cs-named', 1), said('v', 'one', 2))], ['options', () => cookieStore.set(getter({ value: said('v', 'two', 3), name: said('n', 'cs-options', 4), path: '/' }))],
    ['bad options', () => cookieStore.set(getter({ name: thrower, value: 'x' }))], ['delete', () => cookieStore.delete(getter({ name: said('n', 'cs-gone', 5) }))], ['one', () => cookieStore.set('cs-alone')]];
  (async () => {
    for (const [name, f] of stores) {
      log = '';
      let outcome = 'none';
      if (window.cookieStore) try { outcome = await f() ?? 'done'; } catch (e) { outcome = 'threw ' + e.name; }
      say(name, outcome + ' ' + log);
    }
    log = '';
    try { (await (await navigator.storage.getDirectory()).getFileHandle('converted', getter({ create: true }))); } catch (e) { say('file', e.name); }
    say('file log', log);
    log = '';
    try { (await navigator.serviceWorker.register('/sw.js', getter({ scope: '/scoped/' }))); } catch (e) { say('worker', e.name); }
    say('worker log', log);
    say('cookies', document.cookie.split('; ').sort());
    finish();
  })();`;

const framed = `
  const denied = document.createElement('iframe');
  denied.src = '/denied';
  document.documentElement.appendChild(denied);
  const f = document.createElement('iframe');
  f.src = '/frame';
  document.documentElement.appendChild(f);
  f.contentDocument.cookie = 'initial=1';
  f.onload = () => {
    // Its window has our hooks already when the document comes.
    const again = document.createElement('iframe');
    document.documentElement.appendChild(again);
    again.contentWindow.localStorage.setItem('blank', '1');
    again.src = '/frame/again';
    again.onload = () => setTimeout(() => { say('cookies', document.cookie.split('; ').sort()); say('storage', Object.keys(localStorage).sort()); finish(); }, 500);
  };`;

// Where scripts may run at all: the headers do the harm.
const permitted = `
  attempt('cookie', () => { document.cookie = 'permitted=1'; return document.cookie; });
  attempt('storage', () => { localStorage.setItem('permitted', '1'); localStorage.bare = '1'; return localStorage.length; });
  attempt('sink', () => { document.createElement('p').innerHTML = '<b>x</b>'; return 'set'; });
  attempt('eval', () => eval('1'));
  say('opaque', self.origin === 'null');
  finish();`;

export const tricks = { unhooked, forged, conversions, framed };
export const policies = {
  forbidden: { csp: "default-src 'none'; sandbox; report-uri /report", frames: 'DENY', script: null },
  nothing: { csp: "default-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'; report-uri /report", frames: 'DENY', script: null },
  sandboxed: { csp: "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; img-src data:; connect-src *", frames: 'SAMEORIGIN', script: permitted },
  trusted: { csp: "default-src 'none'; script-src 'unsafe-inline'; img-src data:; connect-src 'self'; require-trusted-types-for 'script'", frames: 'DENY', script: permitted },
};
