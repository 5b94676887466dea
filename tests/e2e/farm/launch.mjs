// Starts a browser for the oracle: no extension of ours, the same switches and the same trust as an audit gives it.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { mapRules } from './hosts.mjs';

/** Makes an NSS database at `dir` that trusts `ca`. */
export function trust(dir, ca) {
  fs.mkdirSync(dir, { recursive: true });
  execFileSync('certutil', ['-N', '-d', `sql:${dir}`, '--empty-password']);
  execFileSync('certutil', ['-A', '-d', `sql:${dir}`, '-n', 'farm', '-t', 'C,,', '-i', ca]);
}

function start(program, args, dir, stdio) {
  const home = path.join(dir, 'home');
  fs.mkdirSync(path.join(dir, 'tmp'), { recursive: true });
  const env = { ...process.env, HOME: home, TMPDIR: path.join(dir, 'tmp'), XDG_RUNTIME_DIR: path.join(dir, 'tmp'), DBUS_SESSION_BUS_ADDRESS: 'disabled:',
    MOZ_CRASHREPORTER_DISABLE: '1' };
  for (const name of ['DISPLAY', 'WAYLAND_DISPLAY', 'XDG_CONFIG_HOME', 'XDG_CACHE_HOME', 'XDG_DATA_HOME', 'CHROMIUM_FLAGS']) delete env[name];
  // A process group of its own: closing it takes the children along.
  return spawn(program, args, { env, stdio, detached: true, cwd: dir });
}

/** Ends a browser that was started here and waits until it is gone. */
export async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const signal = (name) => { try { process.kill(-child.pid, name); } catch { /* gone */ } };
  signal('SIGTERM');
  const timer = setTimeout(() => signal('SIGKILL'), 5000);
  await gone;
  clearTimeout(timer);
  signal('SIGKILL');
}

export function startChromium(dir, { ca, ports }) {
  trust(path.join(dir, 'home', '.pki', 'nssdb'), ca);
  const rules = mapRules(ports).map(([from, to]) => `MAP ${from} ${to}`).join(', ');
  return start('/usr/bin/chromium', ['--headless=new', '--no-sandbox', `--user-data-dir=${path.join(dir, 'profile')}`, '--remote-debugging-pipe', '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking', '--disable-component-update', '--disable-default-apps', '--disable-sync', '--disable-quic', '--disable-breakpad', '--password-store=basic',
    '--disable-dev-shm-usage', '--mute-audio', '--window-size=1280,900', `--host-resolver-rules=${rules}`, '--disable-features=LocalNetworkAccessChecks', 'about:blank'],
  dir, ['ignore', 'ignore', 'ignore', 'pipe', 'pipe']);
}

export function startFirefox(dir, { ca, socksPort }) {
  const profile = path.join(dir, 'profile');
  trust(profile, ca);
  fs.mkdirSync(path.join(dir, 'home'), { recursive: true });
  const prefs = { 'extensions.enabledScopes': 5,  // What this machine has installed for everybody stays out of it.
    'dom.ipc.processHangMonitor': false,  // As an audit: leaving pages come to their end.
    'browser.startup.page': 0, 'browser.aboutwelcome.enabled': false, 'datareporting.policy.dataSubmissionPolicyBypassNotification': true, 'toolkit.telemetry.server': '',
    'app.update.enabled': false, 'app.normandy.enabled': false, 'services.settings.server': 'data:,', 'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
    'browser.safebrowsing.provider.mozilla.updateURL': '', 'browser.safebrowsing.downloads.remote.enabled': false, 'remote.prefs.recommended': false, 'network.http.http3.enable': false,
    'network.proxy.type': 1, 'network.proxy.socks': '127.0.0.1', 'network.proxy.socks_port': socksPort, 'network.proxy.socks_remote_dns': true,
      'network.proxy.socks5_remote_dns': true };
  fs.writeFileSync(path.join(profile, 'user.js'), Object.entries(prefs).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join(''));
  return start('/usr/bin/firefox-esr', ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port=0', '--remote-allow-system-access',
    'about:blank'], dir, ['ignore', 'ignore', 'pipe']);
}
