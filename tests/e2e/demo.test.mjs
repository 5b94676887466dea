// The built-in demo site in both browsers: what is known to be there is seen, what is known to be untrue is found, and a
// stranger can check the record with openssl alone.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { browsers, filesUnder, markedProcesses, processesNaming, run, scratch } from './lib.mjs';

for (const browser of browsers) {
  test(`in ${browser} the demo's untrue words are found, its record verifies, and nothing is left behind`, { timeout: 300_000 }, async (t) => {
    const dir = scratch(t);
    const home = path.join(dir, 'affiant');
    const userHome = path.join(dir, 'user');
    fs.mkdirSync(userHome);
    const mark = randomBytes(8).toString('hex');
    const env = { HOME: userHome, XDG_CONFIG_HOME: path.join(userHome, '.config'), XDG_DATA_HOME: path.join(userHome, '.data'), TMPDIR: path.join(dir, 'tmp'), AFFIANT_TEST_MARK: mark };
    fs.mkdirSync(env.TMPDIR);
    const out = path.join(dir, 'report.json');
    const kase = path.join(dir, 'case');
    const { code, stdout, stderr } = await run(['audit', '--demo', '--browser', browser, '--case', kase, '--format', 'json', '-o', out], { home, env });
    assert.equal(code, 1, `findings at or above undeclared make exit code 1\n${stderr}`);
    assert.equal(stdout, '', 'with -o nothing else is on stdout');

    const report = JSON.parse(fs.readFileSync(out, 'utf8'));
    const rules = new Set(report.findings.map((f) => f.rule));
    for (const rule of ['contradicted-denial', 'undeclared-cookie', 'lifetime-exceeds', 'declared-not-seen'])
      assert.ok(rules.has(rule), `${rule} is among ${[...rules].join(', ')}`);
    assert.equal(report.case.verdict.integrity, 'intact');
    assert.equal(report.case.verdict.complete, 'complete');
    assert.ok(['blocked', 'partitioned', 'allowed'].includes(report.sessions[0].browser.third_party_cookies));
    const mechanisms = new Set(report.cookies.map((c) => c.set_by.mechanism));
    assert.ok(mechanisms.has('http') && mechanisms.has('document.cookie'), 'cookies by header and by script');
    assert.ok(report.cookies.some((c) => c.party === 'third'), 'third-party attempts are in the report whatever became of them');
    assert.ok(report.requests.some((r) => r.redirected_from), 'redirect hops are told');
    for (const kind of ['localStorage', 'sessionStorage']) assert.ok(report.storage.some((s) => s.kind === kind), kind);

    assert.deepEqual(filesUnder(userHome), [], 'the user\'s own home is untouched');
    assert.deepEqual(filesUnder(env.TMPDIR), [], 'no throw-away profile is left');
    assert.deepEqual([...markedProcesses(mark), ...processesNaming(dir)], [], 'no process is left');

    const verdict = await run(['verify', kase], { home });
    assert.equal(verdict.code, 0, verdict.stdout);
    assert.match(verdict.stdout, /pin/i, 'an unpinned key is never a plain OK');

    // The commands that verify prints, run as a stranger would: in a shell, with openssl.
    assert.match(verdict.stdout, /^cd -- /m, 'the commands are printed');
    const script = verdict.stdout.slice(verdict.stdout.search(/^cd -- /m));
    const answer = execFileSync('/bin/sh', ['-e'], { input: script, encoding: 'utf8', cwd: kase });
    assert.match(answer, /Signature Verified Successfully/);

    // One byte flipped, anywhere: exit 3. Every file, at its ends and at random places (the unit tests flip every byte).
    for (const file of filesUnder(kase)) {
      const full = path.join(kase, file);
      const bytes = fs.readFileSync(full);
      if (bytes.length === 0) continue;
      for (const at of new Set([0, bytes.length - 1, bytes.length >> 1])) {
        const changed = Buffer.from(bytes);
        changed[at] ^= 1;
        fs.writeFileSync(full, changed);
        const broken = await run(['verify', kase], { home });
        assert.equal(broken.code, 3, `byte ${at} of ${file} flipped: ${broken.stdout}`);
      }
      fs.writeFileSync(full, bytes);
    }
    assert.equal((await run(['verify', kase], { home })).code, 0);

    const again = await run(['report', kase], { home });
    assert.match(again.stdout, /shop/i);
    assert.doesNotMatch(again.stdout, /\x1b/, 'no colour where there is no terminal');
  });
}

test('at least one browser was there to test in', () => assert.ok(browsers.length > 0));
