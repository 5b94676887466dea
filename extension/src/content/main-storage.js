// Storage, IndexedDB, Cache Storage, the origin's private file system, service workers (page's world; see main.js). Promises of the
// page are left alone: a reaction of ours would change which rejections count as handled.
'use strict';
(document.fonts ?? document).dispatchEvent(new CustomEvent('affiant:kit', { detail: ({ apply, getOwnPropertyDescriptor, isOne, report, wrap, watch }) => {
  const areas = [['localStorage', getOwnPropertyDescriptor(window, 'localStorage')?.get], ['sessionStorage', getOwnPropertyDescriptor(window, 'sessionStorage')?.get]];
  const areaOf = (storage) => {
    for (let i = 0; i < 2; i++) {
      try { if (apply(areas[i][1], window, []) === storage) return areas[i][0]; } catch { /* No storage here. */ }
    }
    return undefined;  // Another window's: its own snapshot will tell.
  };
  const storage = globalThis.Storage?.prototype;
  const isStorage = isOne(storage, 'length');
  const storageCall = (via, op, count) => (target, self, args) => {
    if (args.length < count || !isStorage(self)) return apply(target, self, args);
    const key = count > 0 ? `${args[0]}` : undefined;  // As the native conversion, and only once.
    const value = count > 1 ? `${args[1]}` : undefined;
    const result = apply(target, self, count === 2 ? [key, value] : count === 1 ? [key] : []);
    const area = areaOf(self);
    if (area) report(['k', 'storage', 'area', area, 'op', op, 'via', via, 'key', key, 'value', value, 'size', (key ?? '').length + (value ?? '').length]);
    return result;
  };
  wrap(storage, 'setItem', 'value', storageCall('setItem', 'set', 2));
  wrap(storage, 'removeItem', 'value', storageCall('removeItem', 'remove', 1));
  wrap(storage, 'clear', 'value', storageCall('clear', 'clear', 0));

  // The rest is named, not copied: which database, cache, file, scope. Each call site tells of a name once in a document.
  const MOST_TOLD = 2000;
  const told = { __proto__: null };
  let tellings = 0;
  const tell = (area, op, via, key) => {
    if (typeof key !== 'string') return;
    const what = via + '\n' + key;
    if (told[what] || tellings >= MOST_TOLD) return;
    told[what] = true;
    tellings++;
    report(['k', 'storage', 'area', area, 'op', op, 'via', via, 'key', key, 'size', 0]);
  };
  const getter = (owner, name) => owner && getOwnPropertyDescriptor(owner, name)?.get;
  const text = (value) => (typeof value === 'string' || typeof value === 'number' ? '' + value : undefined);

  const idb = globalThis.IDBFactory?.prototype;
  watch(idb, 'open', 'value', (self, args) => tell('indexedDB', 'set', 'indexedDB.open', text(args[0])));
  watch(idb, 'deleteDatabase', 'value', (self, args) => tell('indexedDB', 'remove', 'indexedDB.deleteDatabase', text(args[0])));
  const transactionOf = getter(globalThis.IDBObjectStore?.prototype, 'transaction');
  const databaseOf = getter(globalThis.IDBTransaction?.prototype, 'db');
  const nameOf = getter(globalThis.IDBDatabase?.prototype, 'name');
  const name = (store) => apply(nameOf, apply(databaseOf, apply(transactionOf, store, []), []), []);
  if (transactionOf && databaseOf && nameOf) {
    watch(globalThis.IDBObjectStore.prototype, 'put', 'value', (self) => tell('indexedDB', 'set', 'IDBObjectStore.put', name(self)));
    watch(globalThis.IDBObjectStore.prototype, 'add', 'value', (self) => tell('indexedDB', 'set', 'IDBObjectStore.add', name(self)));
  }

  const caches = globalThis.CacheStorage?.prototype;
  watch(caches, 'open', 'value', (self, args) => tell('cacheStorage', 'set', 'caches.open', text(args[0])));
  watch(caches, 'delete', 'value', (self, args) => tell('cacheStorage', 'remove', 'caches.delete', text(args[0])));

  const directory = globalThis.FileSystemDirectoryHandle?.prototype;
  // What the native has read of the page's options, where looking again runs nothing of the page; null: it cannot be known.
  const { getPrototypeOf } = Reflect;
  const plainObject = Object.prototype;
  const option = (options, name) => {
    if (typeof options !== 'object' || options === null) return undefined;
    const own = getOwnPropertyDescriptor(options, name);
    if (own) return own.get || own.set ? null : own.value;
    const above = getPrototypeOf(options);
    return above === null || above === plainObject ? undefined : null;
  };
  const creates = (options) => option(options, 'create') === true;
  watch(directory, 'getFileHandle', 'value', (self, args) => { if (creates(args[1])) tell('opfs', 'set', 'getFileHandle', text(args[0])); });
  watch(directory, 'getDirectoryHandle', 'value', (self, args) => { if (creates(args[1])) tell('opfs', 'set', 'getDirectoryHandle', text(args[0])); });
  watch(directory, 'removeEntry', 'value', (self, args) => tell('opfs', 'remove', 'removeEntry', text(args[0])));

  // A registration is known by its scope: as given, else the folder of the script. Other objects than addresses are left alone: to
  // turn them into text would run the page's code once more. What they register is found by looking.
  const NativeUrl = URL;
  const hrefOf = getter(NativeUrl.prototype, 'href');
  const baseOf = getter(globalThis.Node?.prototype, 'baseURI');
  const address = (value) => { try { return typeof value === 'string' ? value : apply(hrefOf, value, []); } catch { return undefined; } };
  const resolved = (relative, base) => apply(hrefOf, new NativeUrl(relative, base), []);
  watch(globalThis.ServiceWorkerContainer?.prototype, 'register', 'value', (self, args) => {
    const script = address(args[0]);
    if (script === undefined) return;
    const base = apply(baseOf, document, []);
    const scope = option(args[1], 'scope');
    if (scope === undefined) tell('serviceWorker', 'set', 'serviceWorker.register', resolved('./', resolved(script, base)));
    else if (scope !== null && address(scope) !== undefined) tell('serviceWorker', 'set', 'serviceWorker.register', resolved(address(scope), base));
  });
} }));
