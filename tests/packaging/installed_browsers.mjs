// Both browsers of an installed system, as a person would use them: no switch, no manifest and no extension but what the package installed. Records the
// demo site with the popup's Record and Stop: node installed_browsers.mjs ROOT. Prints the cases, a line each, as ROOT names them.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import * as chromium from '../live/chromium.mjs';
import * as firefox from '../live/firefox.mjs';
import { ask } from '../live/browser.mjs';

const root = process.argv[2];
const ids = JSON.parse(fs.readFileSync(new URL('../../manifests/ids.json', import.meta.url), 'utf8'));
const HOME = '/home/person';
const UUID = '8d3c7a52-5a3f-4e8e-9a57-2f6a3c1f9b11';
const cases = path.join(root, HOME, '.local/share/affiant/cases');
const inside = (args, options) => spawn('/usr/sbin/chroot', ['--userspec=person:person', root, ...args], { env: { HOME, PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', MOZ_CRASHREPORTER_DISABLE: '1' }, detached: true, ...options });
const end = (child) => { try { process.kill(-child.pid, 'SIGKILL'); } catch { /* Gone already. */ } };
const seenCases = () => (fs.existsSync(cases) ? fs.readdirSync(cases) : []);

function start(browser, log) {
  const profile = `${HOME}/profile-${browser}`;
  if (browser === 'chromium') return inside(['/usr/bin/chromium', ...chromium.flags, `--user-data-dir=${profile}`, 'about:blank'], { stdio: ['ignore', log, log, 'pipe', 'pipe'] });
  // Whether an extension may run is left as Debian has it: none of what a remote control would like (remote.prefs.recommended).
  const preferences = { 'remote.prefs.recommended': false, 'extensions.webextensions.uuids': JSON.stringify({ [ids.firefox.id]: UUID }), 'browser.startup.page': 0,
    'browser.startup.homepage_override.mstone': 'ignore', 'datareporting.policy.dataSubmissionEnabled': false, 'services.settings.server': 'data:,', 'network.captive-portal-service.enabled': false, 'app.update.enabled': false };
  fs.mkdirSync(path.join(root, profile), { recursive: true });
  fs.writeFileSync(path.join(root, profile, 'user.js'), Object.entries(preferences).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join(''));
  const { uid, gid } = fs.statSync(path.join(root, HOME));
  fs.chownSync(path.join(root, profile), uid, gid);
  return inside(['/usr/bin/firefox-esr', ...firefox.flags, '--profile', profile], { stdio: ['ignore', log, log] });
}

async function record(browser, url) {
  const logFile = path.join(root, `tmp/${browser}.log`);
  const log = fs.openSync(logFile, 'w');
  const child = start(browser, log);
  try {
    const popup = browser === 'chromium' ? `chrome-extension://${ids.chromium.id}/src/ui/popup.html` : `moz-extension://${UUID}/src/ui/popup.html`;
    const driver = browser === 'chromium' ? await chromium.drive(child, popup) : await firefox.drive(child, popup, logFile, ids.firefox.id);
    await driver.navigate(url);
    const before = seenCases();
    const opened = await driver.popup(ask('record', 'state.session === "open" || state.session === "lost" || state.host === "missing"'));
    assert.equal(opened.session, 'open', `${browser}: ${JSON.stringify(opened).slice(0, 500)}`);
    await new Promise((resolve) => setTimeout(resolve, 1500));  // The page is loaded anew, and does what it does.
    const closed = await driver.popup(ask('stop', '["closed", "lost", "none"].includes(state.session)'));
    assert.equal(closed.session, 'closed', `${browser}: ${JSON.stringify(closed).slice(0, 500)}`);
    const [made, ...more] = seenCases().filter((name) => !before.includes(name));
    assert.ok(made && more.length === 0, `${browser}: one case was made`);
    await Promise.race([driver.quit().catch(() => {}), new Promise((resolve) => setTimeout(resolve, 3000))]);
    return `${HOME}/.local/share/affiant/cases/${made}`;
  } catch (error) {
    console.error(fs.readFileSync(logFile, 'utf8').slice(-2000));
    throw error;
  } finally {
    end(child);
    fs.closeSync(log);
  }
}

const demo = inside(['/usr/bin/affiant', 'demo'], { stdio: ['ignore', 'pipe', 'inherit'] });
try {
  const url = await new Promise((resolve, reject) => { demo.stdout.once('data', (data) => resolve(String(data).trim())); demo.once('exit', (code) => reject(new Error(`affiant demo ended with ${code}`))); });
  for (const browser of ['chromium', 'firefox']) console.log(await record(browser, url));
} finally {
  end(demo);
}
process.exit(0);
