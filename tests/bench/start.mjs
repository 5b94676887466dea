// How long a start takes: `affiant --version`, and affiant-host from its start to its answer to the extension's hello. Medians in milliseconds, with the
// slowest of ten runs that were slower than nine: node start.mjs [RUNS]. AFFIANT_BIN_DIR says which programs.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PROTOCOL } from '../../extension/src/protocol.js';
import { affiant, binDir } from '../e2e/lib.mjs';

const runs = Number(process.argv[2] ?? 100);
const ids = JSON.parse(fs.readFileSync(new URL('../../manifests/ids.json', import.meta.url), 'utf8'));
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'affiant-start-'));
const now = () => Number(process.hrtime.bigint()) / 1e6;
const host = [path.join(binDir, 'affiant-host'), path.join(binDir, '../libexec/affiant/affiant-host')].find((file) => fs.existsSync(file));

function frame(message) {
  const body = Buffer.from(JSON.stringify(message));
  const head = Buffer.alloc(4);
  head.writeUInt32LE(body.length);
  return Buffer.concat([head, body]);
}
const hello = frame({ type: 'hello', protocol: PROTOCOL, boot: 'b1', extension: { version: '0.1.0' }, browser: { name: 'chromium', version: '130.0.0.0' }, user_agent: 'bench' });

const version = () => { const at = now(); const { status } = spawnSync(affiant, ['--version']); if (status !== 0) throw new Error(`affiant --version: ${status}`); return now() - at; };
const greeted = () => new Promise((resolve, reject) => {
  const at = now();
  const child = spawn(host, [`chrome-extension://${ids.chromium.id}/`], { env: { ...process.env, AFFIANT_HOME: home }, stdio: ['pipe', 'pipe', 'ignore'] });
  let took;
  let said = Buffer.alloc(0);
  child.stdout.on('data', (data) => {
    said = Buffer.concat([said, data]);
    if (took !== undefined || said.length < 4 || said.length < 4 + said.readUInt32LE(0)) return;
    took = now() - at;
    const answer = JSON.parse(said.subarray(4, 4 + said.readUInt32LE(0)).toString());
    if (answer.type !== 'welcome') reject(new Error(`not greeted: ${JSON.stringify(answer)}`));
    child.stdin.end();
  });
  child.on('close', () => (took === undefined ? reject(new Error('the host said nothing')) : resolve(took)));
  child.stdin.write(hello);
});

try {
  for (const [name, once] of [['affiant --version', version], ['affiant-host to welcome', greeted]]) {
    const times = [];
    for (let n = 0; n < runs + 5; n++) { const ms = await once(); if (n >= 5) times.push(ms); }
    times.sort((a, b) => a - b);
    console.log(`${name}: median ${times[runs >> 1].toFixed(1)} ms, nine of ten within ${times[Math.floor(runs * 0.9)].toFixed(1)} ms (${runs} runs)`);
  }
} finally {
  fs.rmSync(home, { recursive: true, force: true });
}
