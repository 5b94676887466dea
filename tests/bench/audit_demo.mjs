// Wall time, peak memory and events of `affiant audit --demo`, per browser: medians of RUNS (default 5).
// Memory is the proportional set size (PSS) of every process of the audit, browser included, sampled every 100 ms.
//   AFFIANT_BIN_DIR=build/release/bin node tests/bench/audit_demo.mjs
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { browsers, descendants, markedProcesses, run } from '../e2e/lib.mjs';

const runs = Number(process.env.RUNS ?? 5);
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

function pssKib(pid) {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
const nameOf = (pid) => { try { return fs.readFileSync(`/proc/${pid}/comm`, 'utf8').trim(); } catch { return ''; } };

for (const browser of browsers) {
  const wall = [];
  const peakAll = [];
  const peakOurs = [];
  const events = [];
  for (let i = 0; i < runs; ++i) {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'affiant-bench-'));
    const mark = randomBytes(8).toString('hex');
    let all = 0;
    let ours = 0;
    let child;
    // Chromium overwrites its environment, Firefox's children may lose their parent: both ways together find all.
    const processes = () => [...new Set([...markedProcesses(mark), ...(child ? [String(child.pid), ...descendants(child.pid).map(String)] : [])])];
    const sampler = setInterval(() => {
      const sizes = processes().map((pid) => [nameOf(pid), pssKib(pid)]);
      all = Math.max(all, sizes.reduce((sum, [, size]) => sum + size, 0));
      ours = Math.max(ours, sizes.filter(([name]) => name.startsWith('affiant')).reduce((sum, [, size]) => sum + size, 0));
    }, 100);
    const began = process.hrtime.bigint();
    const out = path.join(dir, 'report.json');
    const { code, stderr } = await run(['audit', '--demo', '--browser', browser, '--case', path.join(dir, 'case'), '--format', 'json', '-o', out, '--fail-on', 'never'],
      { home: path.join(dir, 'home'), env: { AFFIANT_TEST_MARK: mark }, onStart: (started) => { child = started; } });
    wall.push(Number(process.hrtime.bigint() - began) / 1e9);
    clearInterval(sampler);
    if (code !== 0) throw new Error(`${browser}: exit ${code}\n${stderr}`);
    events.push(JSON.parse(fs.readFileSync(out, 'utf8')).sessions[0].completeness.received);
    peakAll.push(all / 1024);
    peakOurs.push(ours / 1024);
    fs.rmSync(dir, { recursive: true, force: true });
  }
  console.log(`${browser}: wall ${median(wall).toFixed(1)} s, peak PSS ${median(peakAll).toFixed(0)} MiB in all, of which affiant and affiant-host ` +
    `${median(peakOurs).toFixed(1)} MiB, ${median(events)} events (medians of ${runs})`);
}
