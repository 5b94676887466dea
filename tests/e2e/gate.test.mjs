// The gate of a pipeline, in Chromium: a baseline makes a build pass, what is new fails it, what does not repeat does not, and
// the files for other programs are what they should be.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import test from 'node:test';
import { browsers, listen, run, scratch } from './lib.mjs';
import { sarifProblems } from '../extension/sarif_schema.mjs';

const skip = browsers.includes('chromium') ? false : 'no chromium here';

test('a baseline makes the demo pass until it expires or something is taken out', { timeout: 300_000, skip }, async (t) => {
  const dir = scratch(t);
  const home = path.join(dir, 'home');
  const kase = path.join(dir, 'case');
  const at = (name) => path.join(dir, name);
  const audit = await run(['audit', '--demo', '--browser', 'chromium', '--runs', '2', '--wait', '1', '--case', kase, '--format', 'json', '-o', at('report.json')], { home });
  assert.equal(audit.code, 1, audit.stderr);
  const report = JSON.parse(fs.readFileSync(at('report.json'), 'utf8'));
  assert.deepEqual(report.sessions.map((s) => s.profile), [1, 2], 'two fresh profiles in one case');
  const repeated = report.findings.filter((f) => f.seen_in?.runs === 2);
  assert.ok(repeated.length > 3, JSON.stringify(report.findings.map((f) => [f.id, f.seen_in])));
  for (const f of report.findings.filter((x) => x.strength === 'contradicted'))
    assert.deepEqual(f.seen_in, { runs: 2, of: 2 }, `${f.id} ${f.title}: the demo does the same each time`);
  assert.ok(report.cookies.every((c) => c.seen_in.of >= 1));

  const toml = at('affiant.toml');
  assert.equal((await run(['baseline', kase, '-o', toml], { home })).code, 0);
  const baseline = fs.readFileSync(toml, 'utf8');
  assert.equal((await run(['baseline', kase], { home })).stdout, baseline, 'the same bytes again');
  const held = await run(['report', kase, '--expect', toml, '--fail-on', 'note'], { home });
  assert.equal(held.code, 0, held.stdout + held.stderr);
  assert.match(held.stdout, /Gate: passes/);
  assert.match(held.stdout, /expected: seen in case/);
  assert.ok(held.stdout.split('\n').every((line) => [...line].length <= 80), 'no line is longer than 80 columns');
  assert.equal(held.stderr, '');

  fs.writeFileSync(toml, baseline.replace(/\n\[\[third_party\]\]\n[^[]*/, '\n'));
  const less = await run(['report', kase, '--expect', toml, '--fail-on', 'vague'], { home });
  assert.equal(less.code, 1, less.stdout);

  fs.writeFileSync(toml, baseline.replaceAll(/expires = .*/g, 'expires = 2026-01-01'));
  const over = await run(['report', kase, '--expect', toml, '--fail-on', 'undeclared', '--format', 'json'], { home });
  assert.equal(over.code, 1);
  assert.match(over.stderr, /affiant\.toml:\d+: .*: expired on 2026-01-01, and counts again/);
  assert.ok(JSON.parse(over.stdout).findings.some((f) => f.gate.expired.length > 0));

  fs.writeFileSync(toml, baseline + '\n[[cookie]]\nname = "never-there"\nreason = "r"\nexpires = 2999-01-01\n');
  fs.writeFileSync(at('draft.md'), '# Privacy policy\n\nWe do not use cookies.\n');
  const idle = await run(['compare', kase, '--policy', at('draft.md'), '--expect', toml], { home });
  assert.match(idle.stderr, /affiant\.toml:\d+: cookie never-there: matched nothing that was seen/);

  fs.writeFileSync(toml, 'version = 1\n[[cookie]]\nname = 3\n');
  const bad = await run(['report', kase, '--expect', toml], { home });
  assert.equal(bad.code, 2);
  assert.match(bad.stderr, /affiant\.toml:3:8: name has to be a text/);
  assert.equal(bad.stdout, '');

  const rendered = async (...args) => {
    const { code, stdout, stderr } = await run(['report', kase, ...args], { home });
    assert.equal(code, 0, stderr);
    return stdout;
  };
  const sarif = JSON.parse(await rendered('--format', 'sarif'));
  assert.deepEqual(sarifProblems(sarif), []);
  assert.equal(sarif.runs[0].results.length, report.findings.length);
  assert.ok(sarif.runs[0].results.some((r) => r.locations[0].physicalLocation.region?.snippet.text));
  assert.match(await rendered('--format', 'junit'), /<testcase classname="affiant\.shop\.localhost" name="F1 contradicted-denial"/);
  assert.match(await rendered('--format', 'markdown'), /^## affiant\\?: /);
  assert.equal((await rendered('--format', 'csv', '--table', 'cookies')).trim().split('\r\n').length, report.cookies.length + 1);
  const pdf = at('report.pdf');
  await rendered('--format', 'pdf', '-o', pdf);
  assert.equal(fs.readFileSync(pdf).subarray(0, 5).toString(), '%PDF-');
  const none = await run(['report', kase, '--format', 'pdf', '-o', at('none.pdf')], { home, env: { PATH: dir } });
  assert.equal(none.code, 4);
  assert.match(none.stderr, /a PDF is printed by Chromium, and there is none/);
});

test('a third party that only one of two visits meets fails no build; a lasting one is news to diff', { timeout: 300_000, skip }, async (t) => {
  const dir = scratch(t);
  const home = path.join(dir, 'home');
  let visits = 0;
  let extra = () => (visits === 1 ? ['flaky.example'] : []);
  const server = http.createServer((request, response) => {
    if (request.headers.host !== 'shop.example') return response.writeHead(200, { 'content-type': 'image/gif' }).end();
    if (request.url !== '/' && request.url !== '/privacy') return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    if (request.url === '/privacy')
      return response.end('<!doctype html><html lang=en><title>Privacy policy</title><h1>Privacy policy</h1><p>This privacy policy explains which information our shop collects when you visit it, and what we do with it.</p>' +
        '<p>We use cookies to keep your basket. We do not sell your e-mail address to third parties.</p><p>You may ask us to delete your personal data. If you have questions about your personal data, write to us.</p>');
    visits += 1;
    response.end(`<!doctype html><html lang=en><title>shop</title><a href=/privacy>Privacy policy</a>${['always.example', ...extra()].map((host) => `<img src="http://${host}/p.gif">`).join('')}`);
  });
  const port = await listen(server);
  t.after(() => server.close());
  const audit = (name, ...more) => run(['audit', 'http://shop.example/', '--browser', 'chromium', '--pages', '0', '--wait', '1', '--map', `*.example=127.0.0.1:${port}`,
    '--case', path.join(dir, name), '--format', 'json', '-o', path.join(dir, `${name}.json`), ...more], { home });
  const known = path.join(dir, 'affiant.toml');
  fs.writeFileSync(known, 'version = 1\nsite = "shop.example"\n\n[[third_party]]\nhost = "always.example"\nreason = "pictures"\nexpires = 2999-12-31\n');
  const { code, stderr } = await audit('one', '--runs', '2', '--expect', known);
  const report = JSON.parse(fs.readFileSync(path.join(dir, 'one.json'), 'utf8'));
  const of = (host) => report.findings.find((f) => f.rule === 'undeclared-third-party' && f.title.includes(host));
  assert.deepEqual(of('always.example').seen_in, { runs: 2, of: 2 });
  assert.deepEqual(of('flaky.example').seen_in, { runs: 1, of: 2 });
  assert.deepEqual(of('always.example').gate.expected_by, [0]);
  assert.equal(code, 0, `what does not repeat fails no build\n${stderr}`);

  extra = () => ['lasting.example'];
  assert.equal((await audit('two', '--runs', '2', '--expect', known)).code, 1, 'what lasts does');
  const diff = (...args) => run(['diff', path.join(dir, 'one'), path.join(dir, 'two'), ...args], { home });
  const news = JSON.parse((await diff('--format', 'json')).stdout);
  assert.ok(news.done.some((d) => d.news && d.what.includes('lasting.example')));
  assert.equal((await diff('--fail-on', 'new')).code, 1);
  const lasting = path.join(dir, 'lasting.toml');
  fs.writeFileSync(lasting, 'version = 1\n[[third_party]]\nhost = "lasting.example"\nreason = "contract"\nexpires = 2099-12-31\n\n[[ignore]]\nrule = "F5"\ntitle = "*lasting.example*"\nreason = "contract"\nexpires = 2099-12-31\n');
  const expected = await diff('--fail-on', 'new', '--expect', lasting, '--format', 'json');
  assert.equal(expected.code, 0, expected.stdout + expected.stderr);
  assert.match(JSON.parse(expected.stdout).done.find((d) => d.what.includes('lasting.example')).expected, /^contract \(until 2099-12-31, .*lasting\.toml:2\)$/);
  const page = await diff('--fail-on', 'never', '--format', 'html');
  assert.match(page.stdout, /<script type="application\/json" id="report">\{"schema":"affiant\.diff\/1"/);
  const wrong = await diff('--expect', path.join(dir, 'nowhere.toml'));
  assert.deepEqual([wrong.code, wrong.stdout], [2, '']);
  assert.match(wrong.stderr, /--expect .*nowhere\.toml/);
  const back = await run(['diff', path.join(dir, 'two'), path.join(dir, 'one'), '--fail-on', 'new'], { home });
  assert.equal(back.code, 0, 'what is gone, or was met once, is no news');
});
