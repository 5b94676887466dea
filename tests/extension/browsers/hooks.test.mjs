// What the hooks beyond cookies see, in both browsers: databases, caches, files, registrations, techniques, consent.
import assert from 'node:assert/strict';
import test from 'node:test';
import { browsers, record, serve } from './record.mjs';

const hosts = ['shop.localhost', 'tracker.localhost'];
const kinds = (entries, kind) => entries.filter((e) => e.k === kind).map((e) => e.b);
const script = (response, text) => { response.writeHead(200, { 'content-type': 'text/javascript' }); response.end(text); };

const storages = `
  const open = indexedDB.open('page-db', 1);
  open.onupgradeneeded = () => open.result.createObjectStore('s', { autoIncrement: true });
  open.onsuccess = () => open.result.transaction('s', 'readwrite').objectStore('s').put({ id: 1 });
  caches.open('page-cache').then((c) => c.put('/kept', new Response('x')));
  navigator.storage.getDirectory().then((root) => root.getFileHandle('page-file', { create: true })).catch(() => {});
  navigator.serviceWorker.register('/sw.js', { scope: '/scoped/' }).catch(() => {});
  new Worker('/worker.js');`;

const techniques = `
  const canvas = document.createElement('canvas');
  canvas.width = 220; canvas.height = 30;
  const c = canvas.getContext('2d');
  c.font = '14px Arial';
  c.fillStyle = '#f60'; c.fillText('Cwm fjordbank glyphs vext quiz', 2, 15);
  c.fillStyle = '#069'; c.fillText('Cwm fjordbank glyphs vext quiz', 4, 17);
  canvas.toDataURL();
  for (let i = 0; i < 60; i++) { c.font = (10 + i) + 'px monospace'; c.measureText('mmmmmmmmmmlli'); }
  const audio = new OfflineAudioContext(1, 4410, 44100);
  audio.createOscillator().connect(audio.destination); audio.startRendering();
  const rtc = new RTCPeerConnection();
  rtc.createDataChannel(''); rtc.onicecandidate = () => {}; rtc.createOffer().then((o) => rtc.setLocalDescription(o)).catch(() => {});
  navigator.mediaDevices?.enumerateDevices().catch(() => {});
  navigator.sendBeacon('/beacon', 'x');`;

const consent = `
  const listeners = [];
  window.__tcfapi = (command, version, callback) => { if (command === 'addEventListener') { listeners.push(callback); callback({ eventStatus: 'cmpuishown', tcString: '', gdprApplies: true }, true); } };
  setTimeout(() => listeners.forEach((l) => l({ eventStatus: 'useractioncomplete', tcString: 'CPXxRfAPXxRfAAfKABENB', gdprApplies: true }, true)), 900);
  window.__gpp = (command, callback) => callback({ eventName: command, pingData: { gppString: 'DBAA', cmpStatus: 'loaded' } }, true);
  window.dataLayer = []; (function () { dataLayer.push(arguments); })('consent', 'default', { ad_storage: 'denied' });`;

function site(request, response, host, path) {
  const tracker = `http://tracker.localhost:${request.headers.host.split(':')[1]}`;
  if (path === '/fp.js') return script(response, techniques);
  if (path === '/consent.js') return script(response, consent);
  if (path === '/sw.js') return script(response, '');
  if (path === '/worker.js') return script(response, `indexedDB.open('worker-db', 1)`);
  if (path !== '/') return response.writeHead(204).end();
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  return response.end(`<!doctype html><title>T</title><script>${storages}</script><script src="${tracker}/fp.js"></script><script src="/consent.js"></script>
    <script>window.names = Object.getOwnPropertyNames(window).filter((n) => /affiant/i.test(n)); document.cookie = 'globals=' + names.length;
      document.cookie = 'looks=' + [HTMLCanvasElement.prototype.toDataURL, IDBFactory.prototype.open, Navigator.prototype.sendBeacon].every((f) => /\\[native code\\]/.test(Function.prototype.toString.call(f)));
      let got = ''; window.addEventListener('affiant:kit', (e) => { got = 'x'; }); window.dispatchEvent(new CustomEvent('affiant:kit', { detail: (kit) => { got = 'kit'; } })); document.cookie = 'kit=' + (got === 'kit');</script>`);
}

for (const browser of browsers) {
  test(`in ${browser} databases, caches, files and registrations are recorded with their setter, and a worker's without one`, { timeout: 200_000 }, async (t) => {
    const port = await serve(t, site);
    const { entries } = await record(t, { browser, hosts, url: `http://shop.localhost:${port}/`, plan: { quiet_ms: 2000 } });
    const stored = kinds(entries, 'storage.set');
    const rows = (area) => stored.filter((s) => s.area === area).map((s) => `${s.op} ${s.via} ${s.key}`);
    assert.deepEqual(rows('indexedDB').sort(), ['present snapshot worker-db', 'set IDBObjectStore.put page-db', 'set indexedDB.open page-db']);
    assert.deepEqual(rows('cacheStorage'), ['set caches.open page-cache']);
    assert.deepEqual(rows('opfs'), ['set getFileHandle page-file']);
    assert.deepEqual(rows('serviceWorker'), [`set serviceWorker.register http://shop.localhost:${port}/scoped/`]);
    assert.ok(stored.filter((s) => s.op === 'set').every((s) => s.script_url === `http://shop.localhost:${port}/` && s.stack.length > 0), 'each with its script');
  });

  test(`in ${browser} what a script does to tell browsers apart is counted and attributed to it`, { timeout: 200_000 }, async (t) => {
    const port = await serve(t, site);
    const { entries } = await record(t, { browser, hosts, url: `http://shop.localhost:${port}/` });
    const last = Object.fromEntries(kinds(entries, 'technique').map((e) => [e.technique, e]));
    assert.deepEqual(last.canvas.features, { toDataURL: '1', width: '220', height: '30', texts: '2', characters: last.canvas.features.characters, colours: '2' });
    assert.ok(Number(last.canvas.features.characters) >= 20);
    assert.ok(Number(last['canvas-font'].features.fonts) >= 50 && Number(last['canvas-font'].features.measured) >= 50, JSON.stringify(last['canvas-font'].features));
    assert.deepEqual(last.audio.features, { createOscillator: '1', startRendering: '1' });
    assert.ok(last.webrtc.features.createDataChannel && last.webrtc.features.createOffer && last.webrtc.features.onicecandidate);
    assert.equal(last.beacon.features.sendBeacon, '1');
    assert.ok(Object.values(last).every((e) => e.script_host === 'tracker.localhost'), JSON.stringify(Object.values(last).map((e) => [e.technique, e.script_url])));
  });

  test(`in ${browser} the state of consent is recorded whenever the page tells of a change, and the page sees nothing of us`, { timeout: 200_000 }, async (t) => {
    const port = await serve(t, site);
    const { entries } = await record(t, { browser, hosts, url: `http://shop.localhost:${port}/`, plan: { quiet_ms: 2500 } });
    const states = kinds(entries, 'consent.state').map((c) => `${c.source} ${c.status} ${c.value ?? ''}`);
    assert.ok(states.includes('tcf cmpuishown '), states.join('\n'));
    assert.ok(states.indexOf('tcf useractioncomplete CPXxRfAPXxRfAAfKABENB') > states.indexOf('tcf cmpuishown '), states.join('\n'));
    assert.ok(states.some((s) => /^gpp .* DBAA$/.test(s)), states.join('\n'));
    assert.ok(states.includes('google-consent-mode default {"ad_storage":"denied"}'), states.join('\n'));
    const said = (name) => kinds(entries, 'cookie.script').find((s) => s.head === `${name}=`)?.value;
    assert.deepEqual([said('globals'), said('looks'), said('kit')], ['0', 'true', 'false'], 'no global of ours, natives look native, our tools are out of reach');
    assert.deepEqual(kinds(entries, 'recorder.note').filter((n) => n.code === 'hook-error'), []);
  });
}

test('at least one browser was there to test in', () => assert.ok(browsers.length > 0));
