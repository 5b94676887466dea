// A real browser with the packed extension and the real host, driven from outside as a person would use it: the popup's commands,
// pages in a tab. Everything lives in one folder that close() removes.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { binDir, browsers } from '../e2e/lib.mjs';
import * as chromium from './chromium.mjs';
import * as firefox from './firefox.mjs';

export { browsers };
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const ids = JSON.parse(fs.readFileSync(path.join(root, 'manifests/ids.json'), 'utf8'));
const programs = { chromium: '/usr/bin/chromium', firefox: '/usr/bin/firefox-esr' };
const FIREFOX_UUID = '8d3c7a52-5a3f-4e8e-9a57-2f6a3c1f9b11';  // Fixed, so that the popup's address is known.
const popupUrls = { chromium: `chrome-extension://${ids.chromium.id}/src/ui/popup.html`, firefox: `moz-extension://${FIREFOX_UUID}/src/ui/popup.html` };

const put = (file, text, options) => { fs.mkdirSync(path.dirname(file), { recursive: true }); fs.writeFileSync(file, text, options); };

/** Packs the extension once; `change` may edit the Chromium folder and the Firefox folder before use. */
function pack(dir, change) {
  const out = path.join(dir, 'extension');
  if (!fs.existsSync(out)) {
    execFileSync(process.execPath, [path.join(root, 'packaging/build-extension.mjs'), '--out', out]);
    change?.(path.join(out, 'chromium'));
  }
  return out;
}

function prepareChromium(dir, extension, change) {
  const args = [...chromium.flags, `--user-data-dir=${path.join(dir, 'profile')}`];
  if (extension) args.push(`--load-extension=${path.join(pack(dir, change), 'chromium')}`);
  return [...args, 'about:blank'];
}

function prepareFirefox(dir, extension, addon) {
  const preferences = { 'xpinstall.signatures.required': false, 'extensions.autoDisableScopes': 0, 'extensions.startupScanScopes': 15,
    'extensions.enabledScopes': 5,  // What this machine has installed for everybody stays out of it.
    'network.proxy.type': 0, 'network.dns.localDomains': 'shop.localhost,cdn.localhost', 'app.update.enabled': false, 'services.settings.server': 'data:,', 'datareporting.policy.dataSubmissionEnabled': false,
    'network.captive-portal-service.enabled': false, 'browser.sessionstore.resume_from_crash': false, 'toolkit.startup.max_resumed_crashes': -1,
    'browser.startup.page': 0, 'browser.startup.homepage_override.mstone': 'ignore', 'extensions.webextensions.uuids': JSON.stringify({ [ids.firefox.id]: FIREFOX_UUID }) };
  put(path.join(dir, 'profile/user.js'), Object.entries(preferences).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join(''));
  if (extension) put(path.join(dir, 'profile/extensions', `${ids.firefox.id}.xpi`), fs.readFileSync(path.join(pack(dir), 'affiant-firefox.xpi')));
  if (addon) put(path.join(dir, 'profile/extensions', addon.name), fs.readFileSync(addon.file));
  return [...firefox.flags, '--profile', path.join(dir, 'profile')];
}

function prepareHost(browser, dir) {
  const wrapper = path.join(dir, 'host.sh');  // Its pid is the host's: exec.
  put(wrapper, `#!/bin/sh\necho $$ >>"${dir}/pids"\nexec "${path.join(binDir, 'affiant-host')}" "$@" 2>>"${dir}/host.log"\n`, { mode: 0o755 });
  const manifest = { name: ids.native_host, description: 'test', path: wrapper, type: 'stdio' };
  if (browser === 'chromium') put(path.join(dir, 'profile/NativeMessagingHosts', `${ids.native_host}.json`), JSON.stringify({ ...manifest, allowed_origins: [`chrome-extension://${ids.chromium.id}/`] }));
  else put(path.join(dir, 'home/.mozilla/native-messaging-hosts', `${ids.native_host}.json`), JSON.stringify({ ...manifest, allowed_extensions: [ids.firefox.id] }));
}

// Runs in the popup page. The popup itself would name its own tab here, so the same message is sent for the one that shows the site.
export const ask = (command, wanted) => `(async () => {
  const api = globalThis.browser ?? globalThis.chrome;
  const tab = (await api.tabs.query({})).find((t) => /^https?:/.test(t.url));
  const port = api.runtime.connect({ name: 'popup' });
  return new Promise((resolve) => {
    let asked = false;
    const timer = setTimeout(() => resolve({ session: 'timeout' }), 60_000);
    port.onMessage.addListener((state) => {
      if (${wanted} && (asked || ${command === null})) { clearTimeout(timer); resolve(state); return; }
      if (asked || ${command === null}) return;
      asked = true;
      port.postMessage({ command: ${JSON.stringify(command)}, tab: tab?.id, url: tab?.url });
    });
  });
})()`;

/**
 * @param {{browser: 'chromium' | 'firefox', extension?: boolean, dir?: string, change?: (dir: string) => void, addon?: {name: string, file: string}}} options
 *   dir: of an earlier launch, to go on with its profile; change: edits the unpacked extension (Chromium); addon: another extension (Firefox)
 */
export async function launch({ browser, extension = true, dir = fs.mkdtempSync(path.join(os.tmpdir(), 'affiant-live-')), change, addon }) {
  for (const name of ['home', 'tmp', 'data']) fs.mkdirSync(path.join(dir, name), { recursive: true });
  const args = browser === 'chromium' ? prepareChromium(dir, extension, change) : prepareFirefox(dir, extension, addon);
  if (extension) prepareHost(browser, dir);
  const logFile = path.join(dir, 'browser.log');
  const log = fs.openSync(logFile, 'w');
  const { AFFIANT_RUN: ignored, ...inherited } = process.env;
  const env = { ...inherited, AFFIANT_HOME: path.join(dir, 'data'), HOME: path.join(dir, 'home'), TMPDIR: path.join(dir, 'tmp'), MOZ_CRASHREPORTER_DISABLE: '1' };
  const child = spawn(programs[browser], args, { env, stdio: ['ignore', log, log, 'pipe', 'pipe'], detached: true });
  fs.closeSync(log);
  const gone = new Promise((resolve) => child.on('exit', resolve));
  const driver = browser === 'chromium' ? await chromium.drive(child, popupUrls.chromium) : await firefox.drive(child, popupUrls.firefox, logFile, ids.firefox.id);
  const casesDir = path.join(dir, 'data/cases');

  return {
    ...driver, browser, dir, pid: child.pid, gone, casesDir,
    hostPids: () => (fs.existsSync(path.join(dir, 'pids')) ? fs.readFileSync(path.join(dir, 'pids'), 'utf8').trim().split('\n').map(Number) : []),
    hostLog: () => (fs.existsSync(path.join(dir, 'host.log')) ? fs.readFileSync(path.join(dir, 'host.log'), 'utf8') : ''),
    cases: () => (fs.existsSync(casesDir) ? fs.readdirSync(casesDir).sort().map((name) => path.join(casesDir, name)) : []),
    /** The popup's Record for the tab that shows a site. The page is loaded anew by it. */
    async record() {
      const state = await driver.popup(ask('record', 'state.session === "open" || state.session === "lost"'));
      if (state.session !== 'open') throw new Error(`no recording began: ${JSON.stringify(state)}`);
    },
    /** The popup's Stop; resolves when the case is sealed, with the last state. */
    stop: () => driver.popup(ask('stop', '["closed", "lost", "none"].includes(state.session)')),
    state: () => driver.popup(ask(null, 'true')),
    /** As a crash would: nobody is asked. The host is left to find out. */
    async kill() {
      process.kill(child.pid, 'SIGKILL');
      await gone;
    },
    /** @param {{keep?: boolean}} [options] keep: the folder, for another launch */
    async close({ keep = false } = {}) {
      await Promise.race([driver.quit().catch(() => {}), gone]);
      await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 5000))]);
      try { process.kill(-child.pid, 'SIGKILL'); } catch { /* All of it has gone already. */ }
      await gone;
      if (!keep) fs.rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}
