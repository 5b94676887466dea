// Fingerprinting by each published technique is found, and what looks like it and is harmless is not: one script of a host of its own for each,
// on one page.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import test from 'node:test';
import { browsers, listen, run, scratch } from './lib.mjs';

/** Each does what its name says, and nothing else that the rules ask for. @type {Record<string, string>} */
const tells = {
  canvas: `const c = document.createElement('canvas'); c.width = 240; c.height = 60; const g = c.getContext('2d'); g.font = '16px serif';
    g.fillStyle = '#f60'; g.fillText('Quartz glyph job vext', 2, 20); g.fillStyle = '#069'; g.fillText('Quartz glyph job vext', 4, 40); c.toDataURL();`,
  'canvas-font': `const g = document.createElement('canvas').getContext('2d');
    for (let i = 0; i < 60; i++) { g.font = '72px "Font ' + i + '", monospace'; g.measureText('mmmmmmmmmmlli'); }`,
  audio: `const a = new OfflineAudioContext(1, 5000, 44100); const o = a.createOscillator(); o.connect(a.destination); o.start(); a.startRendering();`,
  webrtc: `const p = new RTCPeerConnection(); p.createDataChannel(''); p.onicecandidate = () => {}; p.createOffer().then((d) => p.setLocalDescription(d)).catch(() => {});`,
  webgl: `const g = document.createElement('canvas').getContext('webgl'); const e = g && g.getExtension('WEBGL_debug_renderer_info'); if (e) g.getParameter(e.UNMASKED_RENDERER_WEBGL);`,
  fonts: `for (let i = 0; i < 80; i++) document.fonts.check('12px "Font ' + i + '"');`,
};
/** @type {Record<string, string>} */
const harmless = {
  chart: `const c = document.createElement('canvas'); c.width = 400; c.height = 300; const g = c.getContext('2d');
    for (let i = 0; i < 12; i++) { g.save(); g.fillStyle = i % 2 ? '#36c' : '#c33'; g.fillRect(i * 30, 0, 20, 100); g.fillText('Month ' + i + ' sales: 1,234', i * 30, 120); g.restore(); } c.toDataURL('image/png');`,
  game: `const c = document.createElement('canvas'); c.width = 320; c.height = 200; const g = c.getContext('2d');
    for (let i = 0; i < 50; i++) { g.fillStyle = '#' + (100 + i); g.fillRect(i, i, 8, 8); g.getImageData(i, i, 8, 8); }`,
  emoji: `const c = document.createElement('canvas'); const g = c.getContext('2d'); g.font = '32px Arial'; g.fillText('\\u{1F600}', 0, 32); g.getImageData(0, 0, 32, 32);`,
  picture: `const c = document.createElement('canvas'); c.width = 64; c.height = 64; const g = c.getContext('2d'); g.fillStyle = '#123'; g.fillRect(0, 0, 64, 64); c.toBlob(() => {});`,
  editor: `const g = document.createElement('canvas').getContext('2d'); for (const f of ['serif', 'sans-serif', 'monospace']) { g.font = '14px ' + f; for (let i = 0; i < 80; i++) g.measureText('word'); }`,
  beep: `try { const a = new AudioContext(); const o = a.createOscillator(); o.connect(a.destination); o.start(); o.stop(a.currentTime + 0.01); } catch {}`,
  call: `const p = new RTCPeerConnection(); p.onicecandidate = () => {}; p.addTransceiver('audio'); p.createOffer().then((d) => p.setLocalDescription(d)).catch(() => {});`,
  scene: `const g = document.createElement('canvas').getContext('webgl'); if (g) { g.getParameter(g.VERSION); g.getSupportedExtensions(); g.clear(g.COLOR_BUFFER_BIT); }`,
  typeface: `for (let i = 0; i < 10; i++) document.fonts.check('16px "Body ' + i + '"');`,
};
const scripts = { ...tells, ...harmless };

for (const browser of browsers) {
  test(`in ${browser} every technique is found and no look-alike is`, { timeout: 200_000 }, async (t) => {
    const dir = scratch(t);
    const asked = new Set();
    const server = http.createServer((request, response) => {
      const name = /^([a-z-]+)\.lab\.test$/.exec(request.headers.host ?? '')?.[1] ?? '';
      if (name in scripts) asked.add(name);
      const html = `<!doctype html><html lang="en"><title>Lab</title><p>Scripts at work.</p>${Object.keys(scripts).map((n) => `<script src="http://${n}.lab.test/s.js"></script>`).join('')}`;
      response.writeHead(200, { 'content-type': name ? 'text/javascript' : 'text/html' });
      response.end(name ? `(() => { ${scripts[name] ?? ''} })();` : html);
    });
    const port = await listen(server);
    t.after(() => { server.closeAllConnections?.(); server.close(); });
    const out = path.join(dir, 'report.json');
    const maps = ['page.example', '*.lab.test'].flatMap((host) => ['--map', `${host}:80=127.0.0.1:${port}`, '--map', `${host}:443=127.0.0.1:1`]);
    const { code, stderr } = await run(['audit', 'http://page.example/', '--browser', browser, '--wait', '2', '--pages', '0', ...maps, '--case', path.join(dir, 'case'), '--format', 'json',
      '-o', out, '--fail-on', 'never'], { home: path.join(dir, 'home') });
    assert.equal(code, 0, stderr);
    assert.deepEqual([...asked].sort(), Object.keys(scripts).sort(), 'every script was loaded');
    const report = JSON.parse(fs.readFileSync(out, 'utf8'));
    const found = report.techniques.map((x) => [/\/\/([a-z-]+)\.lab\.test/.exec(x.script)?.[1], x.technique]);
    // A browser without a graphics driver has no WebGL to ask.
    const expected = Object.keys(tells).filter((name) => name !== 'webgl' || found.some(([host]) => host === 'webgl'));
    assert.deepEqual(found.sort(), expected.map((name) => [name, name]).sort(), JSON.stringify(report.techniques, null, 1));
  });
}

test('at least one browser was there to test in', () => assert.ok(browsers.length > 0));
