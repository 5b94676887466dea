// Pages that do to a recorder what a page can do, each as a script that says what it sees: `say(name, value)`, then `finish()`.
// What they say must be the same with the extension and without it. Until then a request is held open: the page is not quiet.

const preamble = (name) => `const $fetch = fetch; let $said = '';
  $fetch('/hold/${name}').catch(() => {});
  const say = (name, value) => { $said += name + '=' + value + '\\n'; };
  const attempt = (name, f) => { try { say(name, f()); } catch (e) { say(name, 'threw ' + (e && e.name)); } };
  const finish = () => $fetch('/result/${name}', { __proto__: null, method: 'POST', body: $said }).catch(() => {});\n`;

const flood = `
  for (let i = 0; i < 10000; i++) document.cookie = 'c' + i + '=v' + i;
  localStorage.setItem('after-the-flood', '1');
  say('last', /c9999=v9999/.test(document.cookie));
  finish();`;

// More than one message may hold (64 MiB in Chromium), and more keys than a look at storage used to take.
const torrent = `
  const value = 'x'.repeat(45000);
  for (let i = 0; i < 2000; i++) sessionStorage.setItem('same', value + i);
  for (let i = 0; i < 3000; i++) localStorage.setItem('key' + i, 'v');
  say('stored', sessionStorage.getItem('same').length + ' ' + localStorage.length);
  finish();`;

const large = `
  const mega = 'm'.repeat(1 << 20), name = (n, c) => c.repeat(n);
  document.cookie = 'mega=' + mega + '; path=/; max-age=99';
  document.cookie = name(4000, 'n') + '=short';
  document.cookie = name(5000, 'o') + '=toolong';
  document.cookie = name(1 << 20, 'p');
  localStorage.setItem('mega', mega);
  localStorage.setItem(name(4096, 'k'), 'v');
  localStorage.bare = mega;
  attempt('quota', () => localStorage.setItem('beyond', mega.repeat(8)));
  say('cookies', document.cookie.split('; ').map((c) => c.length).sort());
  say('storage', Object.keys(localStorage).map((k) => k.length + ':' + localStorage[k].length).sort());
  Promise.all(['4000', '60000', '200000', '600000'].map((n) => $fetch('/header/' + n).then((r) => n + ' ' + r.status, () => n + ' failed'))).then((all) => { say('headers', all); finish(); });`;

const surrogates = `
  const units = (text) => Array.from({ length: text.length }, (_, i) => text.charCodeAt(i).toString(16)).join(' ');
  document.cookie = 'high\\uD800=low\\uDC00; path=/';
  document.cookie = 'pair=\\u{1F36A}';
  document.cookie = 'n\\u00e9=v\\u00e9; path=/p\\u00e9';
  localStorage.setItem('key\\uD800', 'value\\uDFFF');
  localStorage.setItem('key\\uD801', 'other');
  localStorage['bare\\uDBFF'] = 'x\\uD800\\uD800';
  localStorage.setItem('controls\\u0000\\u001f\\u2028', '\\u0000"\\\\\\u007f');
  localStorage.setItem('pairs', 'a' + '\\u{1F36A}'.repeat(30000));
  localStorage.removeItem('key\\uD801');
  indexedDB.open('db\\uD800');
  caches.open('cache\\uDC00').catch(() => {});
  say('cookie', units(document.cookie));
  say('keys', Object.keys(localStorage).map(units).sort());
  say('values', Object.keys(localStorage).sort().map((k) => units(localStorage[k].slice(0, 8))));
  finish();`;

const pollution = `
  const { defineProperty: define, getOwnPropertyDescriptor: own, prototype: objects } = Object, { ownKeys } = Reflect, text = String, canvas = document.createElement('canvas'), storage = localStorage, doc = document;
  const errors = Error.prototype, lists = Array.prototype, constructors = [Error, Array], step = Symbol.iterator;
  let touched = '';
  const poison = (name) => function () { touched += name + ' '; throw 'poisoned ' + name; };
  const replaced = [String.prototype, WeakMap.prototype, Map.prototype, Set.prototype, JSON, Number.prototype, RegExp.prototype, Promise.prototype, EventTarget.prototype, URL.prototype, Reflect, Function.prototype];
  const globals = ['Proxy', 'CustomEvent', 'MouseEvent', 'Event', 'WeakMap', 'URL', 'String', 'Error'];
  const traps = [[errors, ['name', 'message', 'stack', 'toString']], [constructors[0], ['captureStackTrace', 'stackTraceLimit']], [constructors[1], ['isArray', 'from', 'of']],
    [lists, ['push', 'join', 'slice', 'concat', 'map', step, '0', '1', '2', '3', '4', '5', 'toJSON']],
    [objects, ['get', 'set', 'value', 'writable', 'enumerable', 'configurable', 'apply', 'toJSON', 'then', 'detail', 'bubbles', 'cancelable', 'composed', 'relatedTarget', 'cause', 'view', 'k', 'line', 'stack', 'cut', 'count',
      'texts', 'scope', 'create', 'prepareStackTrace', 'valueOf', 'toString']]];
  const isFunction = (owner, name) => { const d = own(owner, name); return 'value' in d && typeof d.value === 'function' && name !== 'constructor'; };
  for (let i = 0; i < replaced.length; i++) for (let names = ownKeys(replaced[i]), n = 0; n < names.length; n++)
    if (isFunction(replaced[i], names[n])) try { replaced[i][names[n]] = poison(text(names[n])); } catch { }
  for (let i = 0; i < globals.length; i++) window[globals[i]] = poison(globals[i]);
  for (let i = 0; i < traps.length; i++) for (let n = 0; n < traps[i][1].length; n++) {
    const f = poison(text(traps[i][1][n]));
    try { define(traps[i][0], traps[i][1][n], { __proto__: null, get: f, set: f, configurable: true }); } catch { }
  }
  touched = '';
  attempt('cookie', () => { doc.cookie = 'polluted=1'; return doc.cookie; });
  attempt('setItem', () => { storage.setItem('polluted', '1'); return storage.getItem('polluted'); });
  attempt('removeItem', () => { storage.removeItem('never'); return 'done'; });
  attempt('database', () => { indexedDB.open('polluted-db'); return 'done'; });
  attempt('canvas', () => { const c = canvas.getContext('2d'); c.font = '10px serif'; c.fillText('text', 1, 9); c.measureText('text'); return typeof canvas.toDataURL(); });
  attempt('beacon', () => navigator.sendBeacon('/beacon'));
  attempt('eval', () => { (0, eval)("document.cookie = 'polluted-too=1'"); return 'done'; });
  say('touched', touched);
  finish();`;

const natives = `
  const frame = document.createElement('iframe');
  document.documentElement.appendChild(frame);
  const own = Object.getOwnPropertyDescriptor, print = Function.prototype.toString, theirs = frame.contentWindow.Function.prototype.toString;
  const hooks = [[Document, 'cookie', 'set'], [Storage, 'setItem', 'value'], [Storage, 'removeItem', 'value'], [Storage, 'clear', 'value'], [IDBFactory, 'open', 'value'], [HTMLCanvasElement, 'toDataURL', 'value'],
    [CanvasRenderingContext2D, 'font', 'set'], [Navigator, 'sendBeacon', 'value'], [OfflineAudioContext, 'startRendering', 'value']];
  const inside = frame.contentWindow;
  for (const [owner, name, part] of hooks) for (const realm of [window, inside]) {
    const d = own(realm[owner.name].prototype, name), f = d[part];
    const reads = [print, theirs].map((p) => /^(async )?function [^{]*\\{\\s*\\[native code\\]\\s*\\}$/.test(p.call(f)));
    say(owner.name + '.' + name, [f.name, f.length, typeof f, 'prototype' in f, Object.keys(d), d.enumerable, d.configurable, d.writable, Reflect.ownKeys(f).sort(), Object.getPrototypeOf(f) === realm.Function.prototype, f === own(realm[owner.name].prototype, name)[part], reads, String(f).includes('native code')]);
    attempt('new', () => new f());
    attempt('call', () => f.call({}));
  }
  Function.prototype.toString = function () { return 'mine'; };
  Function.prototype.call = Function.prototype.apply = () => { throw 7; };
  document.cookie = 'natives=1';
  localStorage.setItem('natives', '1');
  say('overwritten', String(own(Document.prototype, 'cookie').set) + (() => {}) + document.cookie);
  finish();`;

const frozen = `
  for (const [name, get, how] of [['document', () => document, 'freeze'], ['Document', () => Document.prototype, 'freeze'], ['HTMLDocument', () => HTMLDocument.prototype, 'seal'], ['Storage', () => Storage.prototype, 'seal'],
    ['localStorage', () => localStorage, 'freeze'], ['window', () => window, 'freeze'], ['Node', () => Node.prototype, 'freeze'], ['EventTarget', () => EventTarget.prototype, 'freeze'], ['Event', () => CustomEvent.prototype, 'freeze'],
    ['Error', () => Error, 'freeze'], ['Error.prototype', () => Error.prototype, 'freeze'], ['Array', () => Array.prototype, 'freeze'], ['Function', () => Function.prototype, 'freeze'], ['Reflect', () => Reflect, 'freeze'], ['Object', () => Object.prototype, 'freeze']])
    attempt(how + ' ' + name, () => { Object[how](get()); return Object.isFrozen(get()); });
  attempt('cookie', () => { document.cookie = 'frozen=1'; return document.cookie; });
  attempt('setItem', () => { localStorage.setItem('frozen', '1'); return localStorage.getItem('frozen'); });
  attempt('bare', () => { localStorage.bare = '2'; return localStorage.bare; });
  attempt('expando', () => { 'use strict'; document.expando = 1; return document.expando; });
  finish();`;

export const scripts = { flood, torrent, large, surrogates, pollution, natives, frozen };
export const pageOf = (name, script) => `<!doctype html><html lang="en"><title>${name}</title><link rel="icon" href="data:,"><script>${preamble(name)}${script}</script>`;
