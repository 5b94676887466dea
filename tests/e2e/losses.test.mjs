// Background, host and browser killed in the middle of page loads: whatever the server saw is in the case, or the case says that it
// was not watching. tests/bench/losses.mjs does the same more often and prints figures.
import assert from 'node:assert/strict';
import test from 'node:test';
import { browsers } from '../live/browser.mjs';
import { measure, scenarios } from '../live/losses.mjs';

for (const browser of browsers) {
  for (const scenario of scenarios) {
    test(`in ${browser} a ${scenario} killed three times leaves no loss unrecorded`, { timeout: 200_000 }, async (t) => {
      const r = await measure({ browser, scenario, kills: 3, parts: 60 });
      t.diagnostic(`${r.received} received, ${r.recorded} recorded, ${r.covered} within a recorded outage`);
      assert.equal(r.restarts, 3, 'each was really killed within the recording, and it went on');
      assert.deepEqual(r.unrecorded, [], 'losses that the case does not own up to');
      assert.equal(r.doubled, 0, 'recorded twice');
      assert.ok(r.received > 120 && r.recorded > r.received / 2, `most is recorded: ${r.recorded} of ${r.received}`);
      if (scenario === 'host') assert.equal(r.recorded, r.received, 'a killed host loses nothing');
    });
  }
}

test('at least one browser was there to test in', () => assert.ok(browsers.length > 0));
