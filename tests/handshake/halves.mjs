// Either half, put beside a half of another age: a host program on pipes as a browser connects it, and the extension's whole
// background, and popup's words, in a browser that has nothing but that connection.
import { spawn } from 'node:child_process';
import { webcrypto } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { view } from '../../extension/src/ui/view.js';

export const bin = process.env.AFFIANT_BIN_DIR ?? path.resolve('build/release/bin');
const root = new URL('../../', import.meta.url);
const { chromium } = JSON.parse(fs.readFileSync(new URL('manifests/ids.json', root), 'utf8'));
export const REAL = [path.join(bin, 'affiant-host'), `chrome-extension://${chromium.id}/`];
if (!fs.existsSync(REAL[0])) throw new Error(`${REAL[0]} is not there: set AFFIANT_BIN_DIR to a build's bin`);
export const program = (name) => [process.execPath, new URL(name, import.meta.url).pathname];

/** A folder of our own for whatever the host writes. @param {import('node:test').TestContext} t */
export function folder(t) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'affiant-handshake-'));
  t.after(() => fs.rmSync(dir, { recursive: true }));
  return dir;
}

/** chrome.runtime.connectNative() to this program. @param {string[]} command @param {Record<string, string>} [env] */
export function connectNative([file, ...args], env = {}) {
  const child = spawn(file, args, { env: { ...process.env, AFFIANT_RUN: '', ...env }, stdio: ['pipe', 'pipe', 'ignore'] });
  const listeners = { message: [], disconnect: [] };
  const on = (kind) => ({ addListener: (f) => listeners[kind].push(f) });
  const port = { child, heard: [], error: { message: 'Native host has exited.' }, onMessage: on('message'), onDisconnect: on('disconnect'), disconnect() { listeners.disconnect = []; child.stdin.end(); },  // Who ends a connection is not told of its end.
    postMessage(message) {
      if (child.exitCode !== null) throw new Error('Attempting to use a disconnected port object');
      const text = Buffer.from(JSON.stringify(message));
      const head = Buffer.alloc(4);
      head.writeUInt32LE(text.length);
      child.stdin.write(Buffer.concat([head, text]));
    },
    ended: new Promise((resolve) => child.on('close', resolve)) };
  child.stdin.on('error', () => {});
  let input = Buffer.alloc(0);
  child.stdout.on('data', (bytes) => {
    input = Buffer.concat([input, bytes]);
    while (input.length >= 4 && input.length >= 4 + input.readUInt32LE(0)) {
      const message = JSON.parse(input.subarray(4, 4 + input.readUInt32LE(0)).toString());
      input = input.subarray(4 + input.readUInt32LE(0));
      port.heard.push(message);
      for (const f of listeners.message) f(message);
    }
  });
  port.ended.then(() => listeners.disconnect.forEach((f) => f(port)));
  return port;
}

/** Whatever is asked of it answers that there is nothing. */
const anything = () => new Proxy(() => {}, { get: (_, key) => (key === 'then' ? undefined : anything()), apply: () => Promise.resolve(undefined) });
const globals = { connect: null, connected: [], version: '0.0.0' };
const pages = { addListener: (f) => { globals.connected.push(f); } };
if (!globalThis.crypto) globalThis.crypto = webcrypto;  // Node 18.
if (!globalThis.navigator) globalThis.navigator = { userAgent: 'Mozilla/5.0 Chrome/156.0.0.0' };
globalThis.chrome = new Proxy({
  runtime: { id: 'affiant', lastError: undefined, getManifest: () => ({ version: globals.version }), getURL: (place) => `chrome-extension://affiant/${place}`, connectNative: () => globals.connect(), onConnect: pages, onMessage: { addListener() {} } },
  scripting: { getRegisteredContentScripts: async () => [] },
  storage: { session: { get: async () => ({}), set: async () => {}, remove: async () => {} } },
}, { get: (known, key) => known[key] ?? anything() });

let backgrounds = 0;
/**
 * The extension's background as it is, connected to this program, with a popup open.
 * @param {import('node:test').TestContext} t @param {string[]} command @param {{env?: Record<string, string>, version?: string}} [options] version: of the extension
 */
export async function background(t, command, { env, version = '0.1.0' } = {}) {
  const ports = [];
  Object.assign(globals, { version, connected: [], connect: () => { const port = connectNative(command, env); ports.push(port); return port; } });
  await import(`../../extension/src/background.js?${backgrounds++}`);
  let state = null;
  let closed = () => {};
  const popup = { name: 'popup', sender: { id: 'affiant', url: 'chrome-extension://affiant/src/ui/popup.html' }, postMessage: (pushed) => { state = pushed; }, onMessage: { addListener() {} }, onDisconnect: { addListener: (f) => { closed = f; } }, disconnect() {} };
  globals.connected[0](popup);
  t.after(async () => {
    closed();
    for (const port of ports) port.disconnect();
    await Promise.all(ports.map((port) => port.ended));
  });
  return { ports, state: () => state, settled: (want) => waitFor(() => (state && want(state) ? state : null), () => JSON.stringify({ state, heard: ports.map((port) => port.heard) })) };
}

/** @template T @param {() => T | null} look @param {() => string} [told] @returns {Promise<T>} */
export async function waitFor(look, told = () => '') {
  for (const end = Date.now() + 20_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 20))) {
    const found = look();
    if (found) return found;
  }
  throw new Error(`waited in vain ${told()}`);
}

/** What the popup says of a state, in a language. @param {any} state @param {string} language */
export function words(state, language) {
  const messages = JSON.parse(fs.readFileSync(new URL(`extension/_locales/${language}/messages.json`, root), 'utf8'));
  const t = (key, ...parts) => messages[key].message.replace(/\$([1-9])/g, (_, n) => String(parts[n - 1] ?? ''));
  const { status, detail, command, button } = view(state, { id: 1, url: 'https://shop.example/' }, t, Date.now());
  return { status, detail, command, button: button?.command };
}
