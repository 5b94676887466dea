// What every end-to-end test needs: a throw-away home, the built programs, a certificate authority of its own.
import { spawn, execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const binDir = path.resolve(process.env.AFFIANT_BIN_DIR ?? path.join(root, 'build/release/bin'));  // Browsers start the host from another folder.
export const affiant = path.join(binDir, 'affiant');
export const sharedData = process.env.AFFIANT_SHARED_DATA ?? '';

/** The browsers that are installed, of the two this project records in. */
export const browsers = [
  ['chromium', '/usr/bin/chromium'],
  ['firefox', '/usr/bin/firefox-esr'],
].filter(([, file]) => fs.existsSync(file)).map(([name]) => name);

/** A fresh folder, removed when the test `t` ends. */
export function scratch(t) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'affiant-e2e-'));
  t.after(() => fs.rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/**
 * Runs `affiant` to its end, without the filter lists that this machine may have.
 * @param {string[]} args
 * @param {{home: string, env?: Record<string, string>, program?: string, uid?: number, onStart?: (child: import('node:child_process').ChildProcess) => void, timeoutMs?: number}} options
 * @returns {Promise<{code: number | null, stdout: string, stderr: string}>}
 */
export function run(args, { home, env = {}, program = affiant, uid = undefined, onStart, timeoutMs = 240_000 }) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { uid, env: { ...process.env, AFFIANT_LISTS: 'none', AFFIANT_HOME: home, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    const timer = setTimeout(() => { child.kill('SIGKILL'); reject(new Error(`affiant ${args.join(' ')} took over ${timeoutMs} ms\n${stderr}`)); }, timeoutMs);
    child.stdout.setEncoding('utf8').on('data', (text) => { stdout += text; });
    child.stderr.setEncoding('utf8').on('data', (text) => { stderr += text; });
    child.on('error', reject);
    child.on('close', (code) => { clearTimeout(timer); resolve({ code, stdout, stderr }); });
    onStart?.(child);
  });
}

/** A throw-away certificate authority and one leaf for all `hosts`, made with openssl. */
export function makeCertificates(dir, hosts) {
  const at = (name) => path.join(dir, name);
  const openssl = (...args) => execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2',
    '-subj', '/CN=affiant test authority', '-keyout', at('ca.key'), '-out', at('ca.pem'),
    '-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign');
  openssl('req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-subj', '/CN=affiant test site',
    '-keyout', at('leaf.key'), '-out', at('leaf.csr'));
  fs.writeFileSync(at('leaf.ext'), `subjectAltName=${hosts.map((h) => `DNS:${h}`).join(',')}\n` +
    'basicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\nkeyUsage=digitalSignature\n');
  openssl('x509', '-req', '-in', at('leaf.csr'), '-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-days', '2',
    '-extfile', at('leaf.ext'), '-out', at('leaf.pem'));
  return { ca: at('ca.pem'), key: fs.readFileSync(at('leaf.key')), cert: fs.readFileSync(at('leaf.pem')) };
}

/** Listens on a free loopback port and returns it. */
export function listen(server) {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address().port)));
}

/** All files under `dir`, relative, sorted. */
export function filesUnder(dir) {
  if (!fs.existsSync(dir)) return [];
  const found = [];
  const pending = [''];
  while (pending.length > 0) {
    const at = pending.pop();
    for (const entry of fs.readdirSync(path.join(dir, at), { withFileTypes: true })) {
      const name = path.join(at, entry.name);
      if (entry.isDirectory()) pending.push(name);
      else found.push(name);
    }
  }
  return found.sort();
}

/** Ids of living processes that were started, directly or not, with AFFIANT_TEST_MARK=mark in their environment. */
export function markedProcesses(mark) {
  return fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid).filter((pid) => {
    try {
      const state = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '')[0];
      return state !== 'Z' && fs.readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`AFFIANT_TEST_MARK=${mark}`);
    } catch {
      return false;  // Gone meanwhile, or not ours.
    }
  });
}

/** Pids of all living descendants of `root`. Chromium overwrites its environment, so the mark finds only some. */
export function descendants(root) {
  const children = new Map();
  for (const name of fs.readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const parent = Number(fs.readFileSync(`/proc/${name}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
    } catch { /* gone meanwhile */ }
  }
  const found = [];
  const pending = [root];
  while (pending.length > 0) {
    const next = children.get(pending.pop()) ?? [];
    found.push(...next);
    pending.push(...next);
  }
  return found;
}

/** The command line of a process, or an empty string when it is gone. */
export function commandLine(pid) {
  try {
    return fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** Living processes whose command line names `text`. */
export function processesNaming(text) {
  return fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid && commandLine(name).includes(text));
}

/** Waits until `probe` gives something truthy, and returns it. */
export async function until(probe, what, timeoutMs = 60_000) {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited ${timeoutMs} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
