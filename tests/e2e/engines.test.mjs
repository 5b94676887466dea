// Both engines into one case set: what they disagree on is told with both sides' words and entries, and every command takes the set.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { affiant, browsers, filesUnder, run, scratch } from './lib.mjs';

const both = browsers.length === 2;
const reason = both ? false : `needs both browsers, found: ${browsers.join(', ') || 'none'}`;

test('both engines are recorded into one case set, and what they disagree on is reported', { timeout: 400_000, skip: reason }, async (t) => {
  const dir = scratch(t);
  const home = path.join(dir, 'affiant');
  const out = path.join(dir, 'engines.json');
  const { code, stdout, stderr } = await run(['audit', '--demo', '--browser', 'chromium,firefox', '--format', 'json', '-o', out], { home });
  assert.equal(code, 1, `the gravest member's exit code\n${stderr}`);
  assert.equal(stdout, '');
  const set = JSON.parse(fs.readFileSync(out, 'utf8'));
  assert.equal(set.schema, 'affiant.engines/1');
  assert.deepEqual(set.engines.map((e) => [e.browser, e.report.schema, e.report.sessions[0].browser.name]),
    [['chromium', 'affiant.report/1', 'chromium'], ['firefox', 'affiant.report/1', 'firefox']]);
  assert.deepEqual(set.missing, []);
  assert.deepEqual(set.limits, [], 'both recordings are whole');
  /** @type {Record<string, any[]>} */
  const kinds = {};
  for (const d of set.disagreements) (kinds[d.kind] ??= []).push(d);

  // Chromium blocks third-party cookies, Firefox keeps them apart (as they come; the mode found is in each report).
  assert.deepEqual(kinds['third-party-cookies'].map((d) => [d.chromium, d.firefox]), [['blocked', 'partitioned']]);
  const outcome = kinds['cookie-outcome'].find((d) => d.what.startsWith('cookie lt_uid of '));
  assert.match(outcome.chromium, /^blocked: third-party cookies are blocked/);
  assert.match(outcome.firefox, /^stored, apart for visits to shop\.localhost \(partitioned\)$/);
  for (const name of ['ads_id', 'ads_frame', 'ad_uid']) assert.ok(kinds['cookie-outcome'].some((d) => d.what.startsWith(`cookie ${name} of `)), name);
  assert.ok(!set.disagreements.some((d) => / (session_id|visitor|ads_seen) of /.test(d.what)), 'cookies that both store in the same jar are no disagreement');
  for (const kind of ['cookie', 'cookie-attributes', 'cookie-lifetime', 'storage', 'third-party', 'third-party-answer', 'page'])
    assert.equal(kinds[kind], undefined, `${kind}: ${JSON.stringify(kinds[kind])}`);
  for (const d of set.disagreements) {
    for (const [i, engine] of ['chromium', 'firefox'].entries()) {
      assert.ok(d[engine].length > 0);
      for (const leaf of d.entries[engine]) assert.ok(leaf < set.engines[i].report.case.tree_size, 'entries are of that engine\'s case');
      if (!/^not (seen|found) in /.test(d[engine])) assert.ok(d.entries[engine].length > 0, `${d.what}: what is said of ${engine} cites entries`);
    }
  }

  // The set as every command takes it.
  const listed = (await run(['cases', '--format', 'json'], { home })).stdout.trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(listed.length, 2);
  const name = listed[0].set;
  assert.deepEqual(listed.map((c) => [c.set, c.id, c.state]), [[name, `${name}/chromium`, 'sealed'], [name, `${name}/firefox`, 'sealed']]);
  const kase = path.join(home, 'cases', name);
  assert.deepEqual(fs.readdirSync(kase).sort(), ['chromium', 'firefox']);

  const text = await run(['report', 'last'], { home });
  assert.equal(text.code, 0, text.stderr);
  assert.match(text.stdout, /WHAT THE ENGINES DISAGREE ON/);
  assert.match(text.stdout, /\[cookie-outcome\] cookie lt_uid of tracker\.localhost, path \/\n {4}chromium {2}blocked: third-party cookies/);
  assert.match(text.stdout, /affiant verify last$/m);
  for (const line of text.stdout.split('\n')) assert.ok(line.length <= 80, line);
  const one = await run(['report', 'last/firefox', '--format', 'json'], { home });
  const { generated_at: ignored, ...alone } = JSON.parse(one.stdout);
  const { generated_at: too, ...inSet } = set.engines[1].report;
  assert.deepEqual(alone, inSet, 'a member alone gives the report that it gives in the set');

  const page = (await run(['report', name, '--format', 'html'], { home })).stdout;
  const part = (id) => JSON.parse(page.match(new RegExp(`<script type="application/json" id="${id}">([^<]*)</script>`))[1]);
  assert.equal(part('report').disagreements.length, set.disagreements.length);
  assert.deepEqual([part('texts').length, part('proofs').map((p) => typeof p.checkpoint)], [2, ['string', 'string']], 'with the texts and proofs of both');

  const policy = path.join(dir, 'policy.md');
  fs.writeFileSync(policy, '# Cookies\n\nWe never use third-party cookies on this website. We set the cookie session_id.\n');
  const compared = JSON.parse((await run(['compare', name, '--policy', policy, '--format', 'json'], { home })).stdout);
  assert.ok(compared.engines.every((e) => e.report.declaration.sources[0].kind === 'file'));

  const verdict = await run(['verify', name], { home });
  assert.equal(verdict.code, 0, verdict.stderr);
  assert.match(verdict.stdout, /^chromium$[\s\S]*^firefox$/m);
  const verdicts = JSON.parse((await run(['verify', name, '--json'], { home })).stdout);
  assert.deepEqual([verdicts.ok, verdicts.members.map((m) => m.verdict.integrity)], [true, ['intact', 'intact']]);

  const bundles = path.join(dir, 'bundles');
  const exported = await run(['export', name, '--withhold', 'values', '-o', bundles], { home });
  assert.equal(exported.code, 0, exported.stderr);
  assert.deepEqual(fs.readdirSync(bundles).sort(), [`${name}-chromium.affiant.zip`, `${name}-firefox.affiant.zip`]);
  for (const [i, bundle] of fs.readdirSync(bundles).sort().entries()) {
    const its = JSON.parse((await run(['verify', path.join(bundles, bundle), '--json'], { home })).stdout);
    assert.deepEqual([its.integrity, its.root], ['intact', verdicts.members[i].verdict.root]);
  }
  for (const args of [['export', name, '--rows', '3'], ['export', name, '--tiles', path.join(dir, 'tiles')], ['erase', name, '--rows', '20', '--yes']]) {
    const { code: no, stderr: why } = await run(args, { home });
    assert.equal(no, 2, args.join(' '));
    assert.match(why, /name one of them, such as .*\/chromium/);
  }
  const cut = await run(['erase', name, '--disclosures', 'ips', '--yes'], { home });
  assert.equal(cut.code, 0, cut.stderr);
  assert.equal(cut.stderr.match(/fields of \S+\/(chromium|firefox)/g)?.length, 2, cut.stderr);

  // One member broken: exit 3, the other one is still reported on.
  const file = path.join(kase, 'firefox', 'seg', '00000.jsonl');
  const bytes = fs.readFileSync(file);
  bytes[700] ^= 1;
  fs.writeFileSync(file, bytes);
  const broken = await run(['verify', name], { home });
  assert.equal(broken.code, 3);
  assert.match(broken.stdout, /^chromium\n\n[\s\S]*integrity +intact[\s\S]*^firefox\n\n[\s\S]*integrity +BROKEN/m);
  const rest = await run(['report', name, '--format', 'json'], { home });
  assert.equal(rest.code, 3);
  const restSet = JSON.parse(rest.stdout);
  assert.deepEqual([restSet.engines.map((e) => e.browser), restSet.missing.map((m) => m.browser), restSet.disagreements], [['chromium'], ['firefox'], null]);

  assert.equal((await run(['erase', name, '--yes'], { home })).code, 0);
  assert.deepEqual(filesUnder(path.join(home, 'cases')), []);
  assert.ok(!fs.existsSync(kase), 'nor is the folder with the site\'s name left');
});

test('Ctrl-C after the first engine leaves its case sealed and says which engine is missing', { timeout: 300_000, skip: reason }, async (t) => {
  const dir = scratch(t);
  const home = path.join(dir, 'affiant');
  const kase = path.join(dir, 'set');
  const { code, stdout, stderr } = await run(['audit', '--demo', '--browser', 'chromium,firefox', '--pages', '0', '--wait', '0.5', '--case', kase], {
    home,
    onStart: (child) => child.stderr.on('data', (text) => { if (/sealed: .*chromium/.test(text)) child.kill('SIGINT'); }),
  });
  assert.equal(code, 4, stderr);
  assert.equal(stdout, '');
  assert.match(stderr, /firefox/);
  assert.match(stderr, /missing|interrupted/);
  assert.match(stderr, /affiant report/);
  assert.equal((await run(['verify', path.join(kase, 'chromium')], { home })).code, 0);
  const report = await run(['report', kase], { home });
  assert.equal(report.code, 4, 'half a set is never clean');
  if (!fs.existsSync(path.join(kase, 'firefox'))) {
    assert.match(report.stdout, /NOT COMPARED\n {2}- There is no usable recording by firefox/);
    assert.match(report.stdout, /FINDINGS/, 'the report of the one that is there');
  }
});

test('what --browser cannot mean is refused before anything starts', async (t) => {
  const home = scratch(t);
  for (const [list, words] of [['chromium,chromium', /twice/], ['chromium,lynx', /lynx/], ['chromium,', /empty/]]) {
    const { code, stderr } = await run(['audit', '--demo', '--browser', list], { home });
    assert.equal(code, 2, list);
    assert.match(stderr, words);
  }
  const path2 = await run(['audit', '--demo', '--browser', 'chromium,firefox', '--browser-path', affiant], { home });
  assert.equal(path2.code, 2);
  assert.match(path2.stderr, /--browser-path is for one browser/);
  assert.deepEqual(filesUnder(home), []);
});
