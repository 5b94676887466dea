// The jar in the protocol's words.
import assert from 'node:assert/strict';
import test from 'node:test';
import { cookieFields } from '../../extension/src/observe/cookies.js';

const nameOf = (name, firefox) => cookieFields({ name, value: 'v', domain: 'a.example' }, firefox).name;

test('FirefoxTellsANameByItsBytes', () => {
  assert.equal(nameOf('n\u00c3\u00a9', true), 'n\u00e9');
  assert.equal(nameOf('n\u00e9', true), 'n\u00e9', 'bytes that are no UTF-8 stay');
  assert.equal(nameOf('plain', true), 'plain');
});

test('ChromiumTellsANameAsText', () => assert.equal(nameOf('n\u00c3\u00a9', false), 'n\u00c3\u00a9'));
