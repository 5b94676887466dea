// Whatever goes wrong, an audit ends with a clear message, the contract's exit code, and a record that still verifies.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';
import test from 'node:test';
import { browsers, commandLine, descendants, listen, makeCertificates, markedProcesses, run, scratch, until } from './lib.mjs';

const page = (body) => `<!doctype html><html lang="en"><title>t</title><body>${body}</body></html>`;

/** A small site; `routes` maps a path to (request, response) => void or to an HTML body. */
async function site(t, routes) {
  const server = http.createServer((request, response) => {
    const route = routes[new URL(request.url, 'http://x').pathname];
    if (typeof route === 'function') return route(request, response);
    response.writeHead(route === undefined ? 404 : 200, { 'Content-Type': 'text/html; charset=utf-8', 'Set-Cookie': 'seen=1; Path=/' });
    response.end(route ?? page('not found'));
  });
  const port = await listen(server);
  t.after(() => { server.closeAllConnections?.(); server.close(); });
  return port;
}

for (const browser of browsers) {
  const audit = async (t, url, extra = [], options = {}) => {
    const dir = scratch(t);
    const mark = randomBytes(8).toString('hex');
    const home = path.join(dir, 'home');
    const kase = options.kase ?? path.join(dir, 'case');
    const out = path.join(dir, 'report.json');
    const result = await run(['audit', url, '--browser', browser, '--case', kase, '--pages', '0', '--wait', '1', '--format', 'json', '-o', out, ...extra],
      { home, env: { AFFIANT_TEST_MARK: mark }, onStart: (child) => options.during?.(mark, child, kase), timeoutMs: 120_000 });
    await until(() => markedProcesses(mark).length === 0, 'every process to end', 10_000);
    const report = fs.existsSync(out) ? JSON.parse(fs.readFileSync(out, 'utf8')) : null;
    return { ...result, kase, home, report, dir };
  };
  const assertVerifies = async ({ kase, home }) => {
    const verdict = await run(['verify', kase], { home });
    assert.equal(verdict.code, 0, verdict.stdout + verdict.stderr);
  };
  const limit = { timeout: 200_000 };

  test(`${browser}: a page that never answers ends in exit 4 and a sealed record`, limit, async (t) => {
    const port = await site(t, { '/': () => {} });
    const result = await audit(t, `http://shop.localhost:${port}/`, ['--timeout', '5']);
    assert.equal(result.code, 4, result.stderr);
    assert.match(result.stderr, /time|did not (load|answer)/i);
    await assertVerifies(result);
  });

  test(`${browser}: a name that does not resolve ends in exit 4 and says so`, limit, async (t) => {
    const result = await audit(t, 'http://no-such-host.invalid/', ['--timeout', '15']);
    assert.equal(result.code, 4, result.stderr);
    assert.match(result.stderr, /resolve|not be reached|not found|name/i);
    await assertVerifies(result);
  });

  test(`${browser}: a certificate that is not trusted ends in exit 4, and --insecure goes on`, limit, async (t) => {
    const dir = scratch(t);
    const { key, cert } = makeCertificates(dir, ['shop.localhost']);
    const server = https.createServer({ key, cert }, (_, response) => { response.writeHead(200, { 'Content-Type': 'text/html', 'Set-Cookie': 'a=1' }); response.end(page('hello')); });
    const port = await listen(server);
    t.after(() => { server.closeAllConnections?.(); server.close(); });
    const refused = await audit(t, `https://shop.localhost:${port}/`);
    assert.equal(refused.code, 4, refused.stderr);
    assert.match(refused.stderr, /certificate/i);
    await assertVerifies(refused);
    const accepted = await audit(t, `https://shop.localhost:${port}/`, ['--insecure', '--fail-on', 'never']);
    assert.equal(accepted.code, 0, accepted.stderr);
    assert.ok(accepted.report.cookies.some((c) => c.name === 'a'));
  });

  test(`${browser}: killed in mid-audit ends in exit 4 and what was recorded verifies`, limit, async (t) => {
    const port = await site(t, { '/': (_, response) => { response.writeHead(200, { 'Content-Type': 'text/html', 'Set-Cookie': 'seen=1' }); response.write(page('slow')); } });
    let killed = false;
    const result = await audit(t, `http://shop.localhost:${port}/`, ['--timeout', '30'], {
      during: async (_mark, child, kase) => {
        await until(() => fs.existsSync(path.join(kase, 'seg', '00000.jsonl')) && fs.readFileSync(path.join(kase, 'seg', '00000.jsonl'), 'utf8').includes('"k":"cookie.header"'), 'the first cookie');
        for (const pid of descendants(child.pid).filter((id) => /chromium|firefox/.test(commandLine(id)) && !commandLine(id).includes('affiant-host'))) {
          try { process.kill(pid, 'SIGKILL'); killed = true; } catch { /* gone */ }
        }
      },
    });
    assert.ok(killed);
    assert.equal(result.code, 4, result.stderr);
    assert.match(result.stderr, /browser/i);
    await assertVerifies(result);
  });

  test(`${browser}: a killed host is started again, loses nothing it acknowledged, and the gap in time is in the record`, limit, async (t) => {
    const port = await site(t, { '/': page(`<script>let n = 0; const i = setInterval(() => { fetch('/x?' + n); if (++n === 30) clearInterval(i); }, 100);</script>`), '/x': 'x' });
    let killed = false;
    const result = await audit(t, `http://shop.localhost:${port}/`, ['--fail-on', 'never'], {
      during: async (_mark, child, kase) => {
        await until(() => fs.existsSync(path.join(kase, 'seg', '00000.jsonl')) && fs.readFileSync(path.join(kase, 'seg', '00000.jsonl'), 'utf8').includes('"k":"cookie.header"'), 'the first cookie');
        for (const pid of descendants(child.pid).filter((id) => commandLine(id).includes('affiant-host'))) { process.kill(pid, 'SIGKILL'); killed = true; }
      },
    });
    assert.ok(killed);
    assert.equal(result.code, 0, result.stderr);
    assert.equal(result.report.requests.filter((r) => r.url?.includes('/x?')).length, 30, 'every request is there');
    assert.ok(fs.readFileSync(path.join(result.kase, 'seg', '00000.jsonl'), 'utf8').includes('"k":"session.resume"'), 'the interruption is in the record');
    await assertVerifies(result);
  });

  test(`${browser}: Ctrl-C leaves the evidence sealed`, limit, async (t) => {
    const port = await site(t, { '/': (_, response) => { response.writeHead(200, { 'Content-Type': 'text/html', 'Set-Cookie': 'seen=1' }); response.write(page('slow')); } });
    const result = await audit(t, `http://shop.localhost:${port}/`, ['--timeout', '30'], {
      during: async (_mark, child, kase) => {
        await until(() => fs.existsSync(path.join(kase, 'seg', '00000.jsonl')) && fs.readFileSync(path.join(kase, 'seg', '00000.jsonl'), 'utf8').includes('"k":"cookie.header"'), 'the first cookie');
        child.kill('SIGINT');
      },
    });
    assert.equal(result.code, 4, result.stderr);
    await assertVerifies(result);
    assert.ok(!fs.existsSync(path.join(result.kase, 'case.key')), 'the case key is destroyed');
  });

  for (const [what, answer] of [
    ['404', (_, response) => { response.writeHead(404, { 'Content-Type': 'text/html' }); response.end(page('gone')); }],
    ['a PDF', (_, response) => { response.writeHead(200, { 'Content-Type': 'application/pdf' }); response.end('%PDF-1.4\n%%EOF\n'); }],
  ]) {
    test(`${browser}: a policy link that is ${what} is a finding, not a failure`, limit, async (t) => {
      const port = await site(t, { '/': page('<h1>Shop</h1><a href="/privacy">Privacy policy</a>'), '/privacy': answer });
      const result = await audit(t, `http://shop.localhost:${port}/`);
      assert.equal(result.code, 1, result.stderr);
      assert.ok(result.report.findings.some((f) => f.rule === 'policy-missing'), JSON.stringify(result.report.findings));
      await assertVerifies(result);
    });
  }

  test(`${browser}: a full disk ends in exit 4 and says so`, limit, async (t) => {
    const dir = scratch(t);
    const mount = path.join(dir, 'small');
    fs.mkdirSync(mount);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', mount], { stdio: 'pipe' });
    } catch {
      return t.skip('this machine lets nobody mount a small file system: NOT TESTED');
    }
    try {
      const port = await site(t, { '/': page(`<script>for (let n = 0; n < 300; ++n) fetch('/x?' + 'y'.repeat(500) + n);</script>`), '/x': 'x' });
      const result = await audit(t, `http://shop.localhost:${port}/`, ['--timeout', '20'], { kase: path.join(mount, 'case') });
      assert.equal(result.code, 4, result.stderr);
      assert.match(result.stderr, /space|full/i);
      const verdict = await run(['verify', result.kase], { home: result.home });
      assert.notEqual(verdict.code, 3, `what was recorded still verifies: ${verdict.stdout}`);
    } finally {
      execFileSync('umount', ['-l', mount]);
    }
  });
}

test('a browser that is missing, or too old, ends in exit 4 with what to do', async (t) => {
  const dir = scratch(t);
  const missing = await run(['audit', 'http://shop.localhost:1/', '--browser-path', path.join(dir, 'nothing'), '--case', path.join(dir, 'a')], { home: dir });
  assert.equal(missing.code, 4, missing.stderr);
  assert.match(missing.stderr, /nothing/);
  const old = path.join(dir, 'old');
  fs.writeFileSync(old, '#!/bin/sh\necho "Chromium 90.0.4430.212"\n', { mode: 0o755 });
  const aged = await run(['audit', 'http://shop.localhost:1/', '--browser-path', old, '--case', path.join(dir, 'b')], { home: dir });
  assert.equal(aged.code, 4, aged.stderr);
  assert.match(aged.stderr, /90|old|at least/);
});

test('command lines that mean nothing end in exit 2 and change nothing', async (t) => {
  const dir = scratch(t);
  const occupied = path.join(dir, 'occupied');
  fs.mkdirSync(occupied);
  fs.writeFileSync(path.join(occupied, 'mine.txt'), 'mine');
  for (const args of [['audit'], ['audit', 'not a url'], ['audit', 'ftp://shop.localhost/'], ['audit', 'http://shop.localhost/', '--browser', 'lynx'],
    ['audit', 'http://shop.localhost/', '--map', 'nonsense'], ['audit', 'http://shop.localhost/', '--policy', path.join(dir, 'absent.md')],
    ['audit', 'http://shop.localhost/', '--case', occupied], ['verify', path.join(dir, 'absent')], ['report', 'no-such-case'], ['no-such-command']]) {
    const result = await run(args, { home: path.join(dir, 'home') });
    assert.equal(result.code, 2, `affiant ${args.join(' ')}: ${result.stderr}`);
    assert.notEqual(result.stderr, '', 'with a message');
  }
  assert.deepEqual(fs.readdirSync(occupied), ['mine.txt']);
});
