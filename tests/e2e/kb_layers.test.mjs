// Lists of owners, cookies and aliases: added, looked up, listed, removed.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { affiant, scratch } from './lib.mjs';

function home(t) {
  const dir = scratch(t);
  const kb = (...args) => spawnSync(affiant, ['kb', ...args], { encoding: 'utf8', env: { ...process.env, AFFIANT_HOME: path.join(dir, 'home'), AFFIANT_LISTS: '' } });
  const file = (name, text) => {
    fs.mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
    fs.writeFileSync(path.join(dir, name), text);
    return path.join(dir, name);
  };
  const lookup = (...names) => kb('lookup', ...names, '--format', 'json').stdout.trim().split('\n').map((line) => JSON.parse(line));
  return { dir, kb, file, lookup };
}

const tds = JSON.stringify({
  trackers: { 'made-up.example': { owner: { name: 'Made Up, Inc.', displayName: 'Made Up' }, prevalence: 0.25, categories: ['Analytics'] }, 'bad:80': { owner: { name: 'x' } } },
  entities: {}, domains: {}, cnames: { 'data.shop.example': 'in.made-up.example' },
});
const cookies = 'ID,Platform,Category,Cookie / Data Key name,Domain,Description,Retention period,Data Controller,User Privacy & GDPR Rights Portals,Wildcard match\n' +
  '1,Made Up,Marketing,made_up_,website (1st party),what it does,30 days,Made Up,,1\n';

test('what is added is asked, named as the source, and gone when removed', (t) => {
  const { kb, file, lookup } = home(t);
  assert.deepEqual(lookup('t.made-up.example', 'made_up_7', 'data.shop.example').map((a) => a.known), [false, false, false]);
  const added = kb('add', file('any-name', tds));
  assert.equal(added.status, 0, added.stderr);
  assert.match(added.stdout, /DuckDuckGo TDS, 1 hosts, 0 cookies, 1 aliases\n +1 skipped\n +trackers\[bad:80\]: a port\n +licence: CC-BY-NC-SA-4\.0/);
  assert.equal(kb('add', file('cookies', cookies)).status, 0);
  const [host, cookie, alias] = lookup('t.made-up.example', 'made_up_7', 'data.shop.example');
  assert.equal(host.owner, 'Made Up');
  assert.equal(host.category, 'analytics');
  assert.deepEqual(host.sources, ['DuckDuckGo TDS (any-name)']);
  assert.deepEqual(host.layers, [{ source: 'DuckDuckGo TDS (any-name)', owner: 'Made Up', product: 'Made Up', category: 'analytics', matched: 'made-up.example', prevalence: 0.25 }]);
  assert.equal(cookie.category, 'advertising');
  assert.equal(cookie.lifetime_s, 30 * 86_400);
  assert.deepEqual(cookie.sources, ['Open Cookie Database (cookies)']);
  assert.deepEqual(alias.alias, { target: 'in.made-up.example', vendor: '', source: 'DuckDuckGo TDS (any-name)' });
  assert.match(kb('lookup', 't.made-up.example').stdout, /a layer says +Made Up, analytics, on 25\.0 % of its sites/);
  const layers = kb('list', '--format', 'json').stdout.trim().split('\n').map((line) => JSON.parse(line)).filter((l) => l.kind === 'added');
  assert.deepEqual(layers.map((l) => [l.source, l.hosts, l.cookies, l.aliases, l.rules]), [['DuckDuckGo TDS (any-name)', 1, 0, 1, null], ['Open Cookie Database (cookies)', 0, 1, 0, null]]);
  assert.equal(kb('add', file('any-name', tds)).status, 2, 'there already');
  assert.equal(kb('add', '--replace', file('any-name', tds)).status, 0);
  assert.equal(kb('remove', 'any-name').status, 0);
  assert.equal(lookup('t.made-up.example')[0].known, false);
});

test('a folder of Tracker Radar becomes one file of what is read of it', (t) => {
  const { dir, kb, file, lookup } = home(t);
  file('radar/US/one.example.json', JSON.stringify({ domain: 'one.example', owner: { displayName: 'One' }, categories: ['CDN'], resources: [{ rule: 'x'.repeat(100_000) }] }));
  file('radar/US/broken.json', '{"domain": ');
  file('radar/US/notes.md', 'not JSON');
  file('radar/entities/Two.json', JSON.stringify({ name: 'Two', properties: ['two.example'] }));
  const added = kb('add', path.join(dir, 'radar'));
  assert.equal(added.status, 0, added.stderr);
  assert.match(added.stdout, /radar\.jsonl: DuckDuckGo Tracker Radar, 2 hosts, .*\n +1 files left out\n +.*broken\.json: not JSON at byte/);
  assert.ok(fs.statSync(path.join(dir, 'home/lists/radar.jsonl')).size < 500);
  assert.deepEqual(lookup('one.example', 'two.example').map((a) => a.owner), ['One', 'Two']);
  assert.equal(kb('remove', 'radar.jsonl').status, 0);
});

test('sections of a filter list name whose aliases they hold, and its rules still match', (t) => {
  const { kb, file, lookup } = home(t);
  const list = file('list.txt', '! Title: T\n! *** easylist:easyprivacy/easyprivacy_specific_cname_criteo.txt ***\n||m.shop.example^\n');
  assert.equal(kb('add', list).status, 0);
  assert.equal(lookup('m.shop.example')[0].alias.vendor, 'criteo');
  assert.match(kb('match', 'https://m.shop.example/', '--page', 'https://shop.example/').stdout, /blocked by/);
  // An added layer is no list of rules.
  assert.equal(kb('add', file('tds', tds)).status, 0);
  assert.match(kb('match', 'https://m.shop.example/', '--page', 'https://shop.example/').stdout, /blocked by/);
});

test('what cannot be used is refused with its place and nothing is kept', (t) => {
  const { dir, kb, file } = home(t);
  for (const [text, said] of [[tds.slice(0, -9), /ends within a string of the object of byte 0/], ['{"a": {"b": 1}}', /JSON, but neither Tracker Radar/], ['{"a\0": 1}', /not JSON at byte/],
    ['{"10.0.0.1": "b.example"}', /without a row that can be used; 1 skipped/], [Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), /not UTF-8/]]) {
    const refused = kb('add', file('bad', text));
    assert.equal(refused.status, 2, refused.stdout);
    assert.match(refused.stderr, said);
  }
  assert.equal(kb('add', dir).status, 2, 'a folder without such files');
  assert.ok(!fs.existsSync(path.join(dir, 'home/lists/bad')));
});
