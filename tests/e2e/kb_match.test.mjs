// `affiant kb match`: which rule of which list, at which line, and what undoes it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { affiant, scratch } from './lib.mjs';

const run = (args, input = '') => spawnSync(affiant, ['kb', 'match', ...args], { input, encoding: 'utf8' });

function lists(t) {
  const dir = scratch(t);
  const block = path.join(dir, 'block.txt');
  const allow = path.join(dir, 'allow.txt');
  fs.writeFileSync(block, '[Adblock Plus 2.0]\n! Own list\n||metrics.example^$third-party\n/beacon?$image\n##.banner\n/(?=x)/\n');
  fs.writeFileSync(allow, '@@||metrics.example/ok/\n');
  return { dir, block, allow, named: ['--lists', block, '--lists', allow] };
}

test('one request is explained with rule, exception, list and line', (t) => {
  const { block, allow, named } = lists(t);
  const plain = run(['https://eu.metrics.example/m.js', '--page', 'https://shop.example/', '--type', 'script', ...named]);
  assert.equal(plain.status, 0, plain.stderr);
  assert.match(plain.stdout, /blocked by +\|\|metrics\.example\^\$third-party/);
  assert.ok(plain.stdout.includes(`${block}:3`), plain.stdout);
  const undone = run(['https://metrics.example/ok/m.js', '--page', 'https://shop.example/', '--type', 'script', ...named]);
  assert.match(undone.stdout, /let through by +@@\|\|metrics\.example\/ok\//);
  assert.ok(undone.stdout.includes(`${allow}:1`), undone.stdout);
  assert.match(run(['https://metrics.example/m.js', '--page', 'https://www.metrics.example/', ...named]).stdout, /no rule matches/);
  const skipped = run(['https://metrics.example/', '--skipped', ...named]);
  assert.match(skipped.stdout, /1 skipped: a regular expression that RE2 cannot express\n +line 6: /);
});

test('a batch gives one line of JSON for each line, and tells of those it could not read', (t) => {
  const { block, named } = lists(t);
  const lines = ['https://metrics.example/m.js\thttps://shop.example/\tscript', 'https://metrics.example/ok/\thttps://shop.example/\tscript',
    'https://x.example/beacon?1\thttps://shop.example/\timage\r', 'https://x.example/beacon?1\t\tscript', 'data:,x\thttps://shop.example/\timage'];
  const good = run(['--batch', ...named], lines.map((line) => `${line}\n`).join(''));
  assert.equal(good.status, 0, good.stderr);
  const answers = good.stdout.trim().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(answers.map((a) => a.match), [true, false, true, false, false]);
  assert.deepEqual(answers[0], { url: 'https://metrics.example/m.js', page: 'https://shop.example/', type: 'script', match: true, important: false,
    rule: '||metrics.example^$third-party', list: block, line: 3, exception: null });
  assert.equal(answers[1].exception, '@@||metrics.example/ok/');
  assert.equal(answers[1].rule, '||metrics.example^$third-party');
  const bad = run(['--batch', ...named], `no tabs\nhttps:///x\thttps://shop.example/\tscript\n${lines[0]}\n`);
  assert.equal(bad.status, 2);
  const all = bad.stdout.trim().split('\n').map((line) => JSON.parse(line));
  assert.deepEqual(all.map((a) => a.match), [false, false, true]);
  assert.match(all[0].error, /line 1/);
});

test('a list that cannot be read ends with 2 and its place', (t) => {
  const { dir, named } = lists(t);
  const absent = run(['https://x.example/', ...named, '--lists', path.join(dir, 'absent.txt')]);
  assert.equal(absent.status, 2);
  assert.match(absent.stderr, /absent\.txt/);
  const binary = path.join(dir, 'binary.txt');
  fs.writeFileSync(binary, Buffer.from('||x.example^\n\0\x01'));
  const refused = run(['https://x.example/', '--lists', binary]);
  assert.equal(refused.status, 2);
  assert.match(refused.stderr, /binary\.txt: offset 13: a NUL byte/);
  assert.equal(run(['https://x.example/', '--lists', dir]).status, 2, 'a folder is no list');
  const empty = path.join(dir, 'empty.txt');
  fs.writeFileSync(empty, '! nothing\n');
  assert.match(run(['https://x.example/', '--lists', empty]).stderr, /no rule/);
  for (const args of [[], ['--batch', 'https://x.example/'], ['https:///', ...named]]) assert.equal(run(args).status, 2, args.join(' '));
});
