// A real policy against a page that behaves as that site's page did: what an honest reader concludes, in both browsers.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import test from 'node:test';
import { handler, hosts } from './emastered/site.mjs';
import { browsers, listen, makeCertificates, run, scratch, sharedData } from './lib.mjs';

const policy = path.join(sharedData, 'emastered-policy-2018-12-27.md');
const absent = fs.existsSync(policy) ? false : `development data is not beside the project: NOT TESTED (${path.basename(policy)})`;

const vagueParties = [/Google Analytics/, /Mixpanel/, /Facebook|Meta/, /Bing|Microsoft/, /Typekit|Adobe/, /Google Fonts/, /Braintree|PayPal/, /Intercom/, /Google Sign-In/];

for (const browser of browsers) {
  test(`in ${browser} the emastered policy is contradicted by nothing, and what it only hints at is named vague`, { skip: absent, timeout: 300_000 }, async (t) => {
    const dir = scratch(t);
    const { ca, key, cert } = makeCertificates(dir, hosts);
    const server = https.createServer({ key, cert }, handler(policy));
    const port = await listen(server);
    t.after(() => { server.closeAllConnections?.(); server.close(); });

    const out = path.join(dir, 'report.json');
    const maps = hosts.flatMap((host) => ['--map', `${host}=127.0.0.1:${port}`]);
    const { code, stderr } = await run(['audit', 'https://emastered.com/', '--browser', browser, '--wait', '17', '--pages', '0', '--ca', ca,
      ...maps, '--case', path.join(dir, 'case'), '--format', 'json', '-o', out], { home: path.join(dir, 'home') });
    assert.equal(code, 0, stderr);
    const report = JSON.parse(fs.readFileSync(out, 'utf8'));

    const seen = new Set(report.requests.map((r) => r.host));
    for (const host of hosts) assert.ok(seen.has(host), `${host} was contacted and must be in the report`);
    for (const name of ['ema', '_ga', '_gid', '_fbp', '_uetsid', 'mp_1a2b3c4d_mixpanel', 'intercom-id-w1x2y3z4'])
      assert.ok(report.cookies.some((c) => c.name === name && c.outcome === 'stored'), `cookie ${name} was stored`);
    for (const name of ['fr', 'MUID']) assert.ok(report.cookies.some((c) => c.name === name), `third-party cookie ${name} was at least offered`);

    const titles = report.findings.map((f) => `${f.id} ${f.strength} ${f.title}`).join('\n');
    assert.deepEqual(report.findings.filter((f) => f.strength === 'contradicted'), [], titles);
    assert.deepEqual(report.findings.filter((f) => f.strength === 'undeclared' && f.rule !== 'condition-exceeded'), [], titles);
    const vague = report.findings.filter((f) => f.strength === 'vague');
    for (const party of vagueParties)
      assert.ok(vague.some((f) => party.test(`${f.title} ${f.explanation}`)), `${party} is declared only vaguely:\n${titles}`);
    for (const finding of vague) {
      assert.ok(finding.statements.length > 0, `${finding.id} quotes the policy`);
      assert.ok(finding.entries.length > 0, `${finding.id} cites entries`);
    }

    // The three negation traps make no denial, and the count of units that nothing could be seen of is the annotators'.
    const denials = report.declaration.statements.filter((s) => s.polarity === 'does-not');
    for (const trap of ['vulnerability scanning', 'will not function', 'not overseen'])
      assert.ok(!denials.some((s) => s.quote.includes(trap)), `"${trap}" denies nothing about tracking`);
    assert.equal(report.not_observable, 22);
    assert.equal(report.declaration.cookies.length, 0, 'the policy names no cookie');

    const verify = await run(['verify', path.join(dir, 'case')], { home: path.join(dir, 'home') });
    assert.equal(verify.code, 0, verify.stdout + verify.stderr);
  });
}

test('at least one browser was there to test in', () => assert.ok(browsers.length > 0));
