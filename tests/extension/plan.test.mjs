// Where an audit begins; also what a background that lost its state within one goes on from.
import assert from 'node:assert/strict';
import test from 'node:test';
import { beginning } from '../../extension/src/plan.js';

const plan = { url: 'https://shop.example/', pages: 3, policy: null };

test('AnAuditBeginsWithTheSiteAndThenThePolicyThatItWasGiven', () => {
  assert.deepEqual(beginning(plan).steps, [{ url: plan.url, role: 'site', kind: '', linkText: null }]);
  const given = beginning({ ...plan, policy: 'https://shop.example/privacy' });
  assert.deepEqual(given.steps.map((s) => [s.url, s.role]), [[plan.url, 'site'], ['https://shop.example/privacy', 'policy']]);
  assert.deepEqual(given.policies, ['https://shop.example/privacy'], 'and it is not visited twice when a page links to it');
  assert.notEqual(beginning(plan).steps, beginning(plan).steps, 'each has its own list');
});
