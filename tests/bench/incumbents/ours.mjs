// Our own recorder in Chromium, as the farm's test runs it, its JSON report brought into the same shape as the others' output.
import fs from 'node:fs';
import path from 'node:path';
import { mapRules } from '../../e2e/farm/hosts.mjs';
import { run } from '../../e2e/lib.mjs';
import { nothing } from './shared.mjs';

const states = { stored: 'stored', deleted: 'gone', replaced: 'gone', blocked: 'refused', refused: 'refused' };

export async function ours({ start, pages, dir, ca, ports }) {
  const out = path.join(dir, 'report.json');
  const maps = mapRules(ports).flatMap(([from, to]) => ['--map', `${from}=${to}`]);
  const { code, stderr } = await run(['audit', start, '--browser', 'chromium', '--wait', '1.5', '--pages', String(pages.length), '--ca', ca, ...maps,
    '--case', path.join(dir, 'case'), '--fail-on', 'never', '--format', 'json', '-o', out], { home: path.join(dir, 'home') });
  if (code !== 0) throw new Error(`exit ${code}: ${stderr}`);
  const report = JSON.parse(fs.readFileSync(out, 'utf8'));
  const seen = nothing();
  for (const c of report.cookies) seen.cookies.push({ name: c.name, domain: c.domain, by: c.set_by.url ?? undefined, state: states[c.outcome] });
  for (const s of report.storage) seen.storage.push({ kind: s.kind, key: s.key, by: s.set_by.url ?? undefined });
  for (const r of report.requests) if (r.url) seen.requests.push(r.url);
  return { seen, version: report.tool.version };
}
