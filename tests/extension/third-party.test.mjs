import assert from 'node:assert/strict';
import test from 'node:test';
import { modeDiffers, thirdPartyMode } from '../../extension/src/third-party.js';

test('ChromiumIsOneOrTheOther', () => {
  assert.equal(thirdPartyMode(false, true).mode, 'allowed');
  assert.equal(thirdPartyMode(false, false).mode, 'blocked');
});

test('FirefoxPartitionsUnlessItSaysOtherwise', () => {
  const modes = { allow_all: 'allowed', reject_trackers: 'allowed', reject_all: 'blocked', reject_third_party: 'blocked', allow_visited: 'blocked', reject_trackers_and_partition_foreign: 'partitioned' };
  for (const [behavior, mode] of Object.entries(modes)) {
    assert.equal(thirdPartyMode(true, { behavior }).mode, mode, behavior);
    assert.match(thirdPartyMode(true, { behavior }).detail, new RegExp(behavior), 'the browser\'s own word goes into evidence');
  }
});

test('AnUnreadableSettingIsSaidToBeUnreadable', () => {
  assert.match(thirdPartyMode(false, undefined).detail, /not readable/);
  assert.match(thirdPartyMode(true, undefined).detail, /not readable/);
});

test('AModeOtherThanAskedForIsNoticed', () => {
  assert.equal(modeDiffers('default', 'blocked'), false);
  assert.equal(modeDiffers('allow', 'blocked'), true);
  assert.equal(modeDiffers('block', 'partitioned'), true);
  assert.equal(modeDiffers('block', 'blocked'), false);
});
