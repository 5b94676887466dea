// affiant diff: what a site says and does otherwise, between two recordings made in a real browser.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { browsers, filesUnder, run, scratch } from './lib.mjs';

const march = '# Privacy policy\n\nWe use cookies to keep your basket. We do not use third-party cookies on this website. ' +
  'We use Google Analytics for statistics.\n\n## Cookies\n\n| Cookie | Purpose | Expires |\n|---|---|---|\n| basket | Keeps your basket | 30 days |\n';
const april = '# Privacy policy\n\nCookies are used by us to keep your basket. ' +
  'We use Matomo for statistics.\n\n## Cookies\n\n| Cookie | Purpose | Expires |\n|---|---|---|\n| basket | Keeps your basket | 1 year |\n| extra | Shows offers | 1 day |\n';

test('what the policy says otherwise is told with its words, what the site did alike is no difference', { timeout: 300_000, skip: browsers.length === 0 }, async (t) => {
  const dir = scratch(t);
  const home = path.join(dir, 'home');
  const kase = (name) => path.join(dir, name);
  for (const [name, text] of [['march', march], ['april', april]]) {
    const file = path.join(dir, `${name}.md`);
    fs.writeFileSync(file, text);
    const { code, stderr } = await run(['audit', '--demo', '--browser', browsers[0], '--policy', file, '--case', kase(name), '--fail-on', 'never', '-o', path.join(dir, 'ignored')], { home });
    assert.equal(code, 0, stderr);
  }

  const same = await run(['diff', kase('march'), kase('march')], { home });
  assert.equal(same.code, 0, same.stdout + same.stderr);
  assert.match(same.stdout, /Nothing changed/);

  const text = await run(['diff', kase('march'), kase('april')], { home });
  assert.equal(text.code, 1, text.stderr);
  assert.match(text.stdout, /Before .*intact/s);
  assert.match(text.stdout, /THE SITE NO LONGER SAYS/);
  assert.doesNotMatch(text.stdout, /removed/);

  const { code, stdout, stderr } = await run(['diff', kase('march'), kase('april'), '--format', 'json'], { home });
  assert.equal(code, 1, stderr);
  const diff = JSON.parse(stdout);
  assert.equal(diff.schema, 'affiant.diff/1');
  const said = (change, kind, pattern) => diff.said.find((d) => d.change === change && d.kind === kind && pattern.test(d.what));
  assert.ok(said('new', 'statement', /Matomo/), stdout);
  assert.ok(said('gone', 'statement', /Google Analytics/), stdout);
  const denial = said('gone', 'statement', /denies/);
  assert.match(denial.before.quotes[0].text, /do not use third-party cookies/);
  assert.ok(said('new', 'declared-cookie', /extra/), stdout);
  assert.match(said('changed', 'declared-cookie', /basket/).after.words, /1 year/);
  assert.deepEqual(diff.done.filter((d) => d.change !== 'changed'), [], 'the site itself did the same both times');
  assert.ok(diff.findings.length > 0, 'other words, other findings');
  for (const side of ['before', 'after']) assert.equal(diff[side].case.verdict.integrity, 'intact');

  const bundle = path.join(dir, 'march.affiant.zip');
  assert.equal((await run(['export', kase('march'), '-o', bundle], { home })).code, 0);
  const bundled = await run(['diff', bundle, kase('march')], { home });
  assert.equal(bundled.code, 0, bundled.stdout + bundled.stderr);

  const log = filesUnder(kase('april')).map((file) => path.join(kase('april'), file)).sort((a, b) => fs.statSync(b).size - fs.statSync(a).size)[0];
  const bytes = fs.readFileSync(log);
  bytes[bytes.length >> 1] ^= 1;
  fs.chmodSync(log, 0o600);
  fs.writeFileSync(log, bytes);
  const broken = await run(['diff', kase('march'), kase('april')], { home });
  assert.equal(broken.code, 3, broken.stdout + broken.stderr);
  assert.equal(broken.stdout, '');

  const usage = await run(['diff', kase('march')], { home });
  assert.equal(usage.code, 2);
});
