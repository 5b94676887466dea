// `affiant doctor` on this very machine: its canary must see all that is known to be there, and must say so when it does not.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { binDir, browsers, filesUnder, run, scratch } from './lib.mjs';

for (const browser of browsers) {
  test(`in ${browser} doctor sees everything known to be on the demo site, from folders with spaces and letters beyond ASCII, and keeps nothing`, { timeout: 180_000 }, async (t) => {
    const odd = path.join(scratch(t), "Zoë's „Ordner“ 日本");
    const home = path.join(odd, 'home');
    for (const dir of ['home', 'tmp', 'bin']) fs.mkdirSync(path.join(odd, dir), { recursive: true });
    for (const name of ['affiant', 'affiant-host']) fs.copyFileSync(path.join(binDir, name), path.join(odd, 'bin', name));
    fs.cpSync(path.join(binDir, '..', 'extension'), path.join(odd, 'extension'), { recursive: true });
    const { code, stdout, stderr } = await run(['doctor', '--browser', browser, '--verbose'], { home, program: path.join(odd, 'bin', 'affiant'), env: { HOME: home, TMPDIR: path.join(odd, 'tmp') } });
    assert.equal(code, 0, stdout + stderr);
    const [, seen, known] = /saw (\d+) of the (\d+) things/.exec(stdout) ?? [];
    assert.ok(Number(known) > 10, stdout);
    assert.equal(seen, known, stdout);
    assert.doesNotMatch(stdout, /NOT SEEN|ILL/);
    assert.deepEqual(filesUnder(home).filter((file) => !file.startsWith('.cache')), [], 'its record was a throw-away one');
  });

  test(`in ${browser} doctor names what a recorder without eyes for scripts does not see`, { timeout: 180_000 }, async (t) => {
    const home = scratch(t);
    const blind = path.join(home, 'extension');
    fs.cpSync(path.join(binDir, '..', 'extension'), blind, { recursive: true });
    const file = path.join(blind, 'chromium', 'src', 'content', 'main.js');
    fs.writeFileSync(file, '');
    // Firefox loads a package; this one's hooks are gone as well.
    fs.rmSync(path.join(blind, 'affiant-firefox.xpi'));
    const { zip } = await import('../../packaging/zip.mjs');
    const source = path.join(blind, 'firefox');
    fs.writeFileSync(path.join(source, 'src', 'content', 'main.js'), '');
    fs.writeFileSync(path.join(blind, 'affiant-firefox.xpi'), zip(new Map(filesUnder(source).map((name) => [name, fs.readFileSync(path.join(source, name))]))));
    const { code, stdout, stderr } = await run(['doctor', '--browser', browser], { home, env: { HOME: home, AFFIANT_EXTENSION_DIR: blind } });
    assert.equal(code, 4, stdout + stderr);
    assert.match(stdout, /NOT SEEN .*script/i, stdout);
    assert.match(stdout, /mend: Conclude nothing/);
  });
}

test('at least one browser was there to test in', () => assert.ok(browsers.length > 0));
