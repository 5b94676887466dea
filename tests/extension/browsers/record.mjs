// Records loopback pages with the packed extension, a real browser and the real affiant-host, and reads the case back.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { binDir, browsers } from '../../e2e/lib.mjs';
import { readCase } from '../../live/read-case.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const ids = JSON.parse(fs.readFileSync(path.join(root, 'manifests/ids.json'), 'utf8'));
const hostProgram = path.join(binDir, 'affiant-host');
const programs = { chromium: '/usr/bin/chromium', firefox: '/usr/bin/firefox-esr' };

export { browsers };

/** Serves `answer(request, response, host, path)` on a loopback port for every *.localhost name. */
export async function serve(t, answer) {
  const server = http.createServer((request, response) => answer(request, response, request.headers.host.split(':')[0], new URL(request.url, 'http://x').pathname));
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => { server.closeAllConnections(); server.close(); });
  return server.address().port;
}

/** @returns {string[]} the command line; what the browser needs is under `dir` */
function prepare(browser, dir, manifest, out, hosts) {
  const put = (file, text) => { fs.mkdirSync(path.dirname(file), { recursive: true }); fs.writeFileSync(file, text); };
  const manifestName = `${ids.native_host}.json`;
  if (browser === 'chromium') {
    put(path.join(dir, 'profile/NativeMessagingHosts', manifestName), JSON.stringify({ ...manifest, allowed_origins: [`chrome-extension://${ids.chromium.id}/`] }));
    return ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--disable-background-networking', `--load-extension=${path.join(out, 'chromium')}`,
      `--user-data-dir=${path.join(dir, 'profile')}`, 'about:blank'];
  }
  put(path.join(dir, 'home/.mozilla/native-messaging-hosts', manifestName), JSON.stringify({ ...manifest, allowed_extensions: [ids.firefox.id] }));
  put(path.join(dir, 'profile/extensions', `${ids.firefox.id}.xpi`), fs.readFileSync(path.join(out, 'affiant-firefox.xpi')));
  const preferences = { 'xpinstall.signatures.required': false, 'extensions.autoDisableScopes': 0, 'extensions.startupScanScopes': 15,
    'extensions.enabledScopes': 5,  // What this machine has installed for everybody stays out of it.
    'network.proxy.type': 0, 'network.dns.localDomains': hosts.join(','),
    'app.update.enabled': false, 'services.settings.server': 'data:,', 'datareporting.policy.dataSubmissionEnabled': false, 'network.captive-portal-service.enabled': false };
  put(path.join(dir, 'profile/user.js'), Object.entries(preferences).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`).join(''));
  return ['--headless', '--no-remote', '--profile', path.join(dir, 'profile')];
}

/**
 * Runs one plan to its sealed case.
 * @param {import('node:test').TestContext} t
 * @param {{browser: string, url: string, hosts: string[], plan?: object, killHostAfter?: string, timeoutMs?: number}} options killHostAfter: a kind of progress at which the host is killed once
 */
export async function record(t, { browser, url, hosts, plan = {}, killHostAfter, timeoutMs = 120_000 }) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'affiant-browser-'));
  const run = path.join(dir, 'run');
  for (const name of ['run', 'home', 'tmp']) fs.mkdirSync(path.join(dir, name));
  const out = path.join(dir, 'extension');
  execFileSync(process.execPath, [path.join(root, 'packaging/build-extension.mjs'), '--out', out]);
  fs.writeFileSync(path.join(run, 'plan.json'), JSON.stringify({ url, pages: 0, quiet_ms: 1000, timeout_ms: 20_000, policy: null, discover_policy: true, phase: 'no-choice', gpc: false, third_party_cookies: 'default', ...plan,
    case: path.join(dir, 'case'), identity_dir: path.join(dir, 'identity') }));
  const wrapper = path.join(dir, 'host.sh');  // Its pid is the host's: exec.
  fs.writeFileSync(wrapper, `#!/bin/sh\necho $$ >>${dir}/pids\nexec ${hostProgram} "$@" 2>>${dir}/host.log\n`, { mode: 0o755 });
  const args = prepare(browser, dir, { name: ids.native_host, description: 'test', path: wrapper, type: 'stdio' }, out, hosts);
  const log = fs.openSync(path.join(dir, 'browser.log'), 'w');
  const env = { ...process.env, AFFIANT_RUN: run, AFFIANT_HOME: path.join(dir, 'data'), HOME: path.join(dir, 'home'), TMPDIR: path.join(dir, 'tmp'), MOZ_CRASHREPORTER_DISABLE: '1' };
  const child = spawn(programs[browser], args, { env, stdio: ['ignore', log, log], detached: true });
  const gone = new Promise((resolve) => child.on('exit', resolve));
  t.after(async () => {
    try { process.kill(-child.pid, 'SIGKILL'); } catch { /* Gone already. */ }
    await gone;
    fs.closeSync(log);
    fs.rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  });

  const progress = () => (fs.existsSync(path.join(run, 'progress.jsonl')) ? fs.readFileSync(path.join(run, 'progress.jsonl'), 'utf8') : '');
  let killed = false;
  for (const end = Date.now() + timeoutMs; !progress().includes('"at":"closed"');) {
    if (Date.now() > end) throw new Error(`the case was not sealed in ${timeoutMs} ms\n${progress()}\n${fs.readFileSync(path.join(dir, 'host.log'), 'utf8')}`);
    if (killHostAfter && !killed && progress().includes(`"at":"${killHostAfter}"`)) {
      killed = true;
      process.kill(Number(fs.readFileSync(path.join(dir, 'pids'), 'utf8').trim().split('\n')[0]), 'SIGKILL');
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { dir: path.join(dir, 'case'), home: path.join(dir, 'data'), entries: readCase(path.join(dir, 'case')), hosts: fs.readFileSync(path.join(dir, 'pids'), 'utf8').trim().split('\n').length };
}
