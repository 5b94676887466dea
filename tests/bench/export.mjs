// What a bundle of a large case costs beside Debian's `zip` on the same files: `affiant export` (which verifies the case before and the
// copy after) and `zip -r`, in turns, RUNS times (default 3) in one run; and one proof out of that case. EVENTS: default 1,000,000.
//   AFFIANT_BIN_DIR=build/release/bin node tests/bench/export.mjs
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { affiant } from '../e2e/lib.mjs';

const runs = Number(process.env.RUNS ?? 3);
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'affiant-export-'));
const seconds = (what) => {
  const began = performance.now();
  what();
  return (performance.now() - began) / 1000;
};
try {
  const here = path.dirname(fileURLToPath(import.meta.url));
  execFileSync(process.execPath, [path.join(here, 'memory.mjs')], { env: { ...process.env, PARTS: 'host', KEEP: home }, stdio: 'inherit' });
  const dir = path.join(home, 'cases', fs.readdirSync(path.join(home, 'cases'))[0]);
  const ours = path.join(home, 'ours.affiant.zip');
  const theirs = path.join(home, 'theirs.zip');
  const times = { ours: [], theirs: [] };
  for (let i = 0; i < runs; i++) {
    fs.rmSync(theirs, { force: true });
    times.theirs.push(seconds(() => execFileSync('zip', ['-q', '-r', theirs, '.'], { cwd: dir })));
    times.ours.push(seconds(() => execFileSync(affiant, ['export', dir, '-o', ours], { env: { ...process.env, AFFIANT_HOME: home }, stdio: 'ignore' })));
  }
  const ratio = median(times.ours) / median(times.theirs);
  const mb = (file) => (fs.statSync(file).size / 1e6).toFixed(0);
  console.log(`export: median ${median(times.ours).toFixed(1)} s (${mb(ours)} MB), zip ${median(times.theirs).toFixed(1)} s (${mb(theirs)} MB): ratio ${ratio.toFixed(2)}, target 2.00: ${ratio <= 2 ? 'met' : 'MISSED'}`);
} finally {
  fs.rmSync(home, { recursive: true, force: true });
}
