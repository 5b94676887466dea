// The manual page and the completions say what --help says, in every command; bash is asked itself.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { affiant, binDir } from '../e2e/lib.mjs';

const texts = path.join(binDir, '../generated/texts');
const read = (name) => fs.readFileSync(path.join(texts, name), 'utf8');
const help = (...words) => execFileSync(affiant, [...words, '--help'], { encoding: 'utf8' });
const subcommands = (text) => [...(/\nSubcommands:\n([^]*?)(?:\n\n|\n*$)/.exec(text)?.[1] ?? '').matchAll(/^ {2}([a-z-]+) /gm)].map(([, name]) => name);
const options = (text) => [...text.matchAll(/^ {2}(-\S+)/gm)].flatMap(([, names]) => names.split(',')).filter((n) => !['-h', '--help'].includes(n));

const paths = [[]];
for (let at = 0; at < paths.length; at++) paths.push(...subcommands(help(...paths[at])).map((name) => [...paths[at], name]));

/** What bash would offer. @param {string[]} words the last one is being typed */
const bash = (...words) => execFileSync('bash', ['--norc', '-c', `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _affiant; printf '%s\\n' "\${COMPREPLY[@]}"`, 'bash',
  path.join(texts, 'affiant.bash'), 'affiant', ...words], { encoding: 'utf8' }).split('\n').filter((l) => l !== '');

test('every command and option of --help is in the manual page and in each completion', () => {
  assert.ok(paths.length > 25, `${paths.length} commands`);
  const [man, zsh, fish] = [read('affiant.1').replaceAll('\\-', '-'), read('_affiant'), read('affiant.fish')];
  for (const words of paths.slice(1)) {
    const name = words.join(' ');
    const section = man.split(`.SS affiant ${name}\n`)[1]?.split(/^\.S[SH] /m)[0];
    assert.ok(section, `the manual page has ${name}`);
    for (const option of options(help(...words))) {
      assert.ok(section.includes(`\\fB${option}\\fR`), `manual page: ${name} ${option}`);
      assert.ok(zsh.split(`' ${name}')\n`)[1]?.split(';;')[0].includes(`${option}[`), `zsh: ${name} ${option}`);
      const fishName = option.startsWith('--') ? ` -l ${option.slice(2)} ` : ` -s ${option.slice(1)} `;
      assert.ok(fish.split('\n').some((l) => l.includes(`" ${name}"'`) && l.includes(fishName)), `fish: ${name} ${option}`);
    }
  }
});

test('bash offers commands, subcommands, options and the values of an option', () => {
  assert.deepEqual(bash('').filter((w) => !w.startsWith('-')).sort(), subcommands(help()).sort());
  for (const words of paths) if (words.length > 0) assert.deepEqual(bash(...words, '-').filter((w) => !['-h', '--help'].includes(w)).sort(), options(help(...words)).sort(), words.join(' '));
  assert.deepEqual(bash('ver'), ['verify']);
  assert.deepEqual(bash('key', ''), [...subcommands(help('key')), '-h', '--help']);
  assert.deepEqual(bash('report', 'last', '--format', 'j'), ['json', 'junit']);
  assert.deepEqual(bash('verify', ''), [], 'files are left to the shell');
  assert.deepEqual(bash('audit', '--policy', ''), [], 'files are left to the shell');
});

test('man, zsh and fish take the files, where they are installed', (t) => {
  const have = (program) => { try { execFileSync('sh', ['-c', `command -v ${program}`]); return true; } catch { t.diagnostic(`${program} is not installed`); return false; } };
  if (have('groff')) assert.equal(execFileSync('sh', ['-c', `groff -K utf8 -man -Tutf8 -ww -z "$1" 2>&1`, 'sh', path.join(texts, 'affiant.1')], { encoding: 'utf8' }), '');
  if (have('zsh')) execFileSync('zsh', ['-n', path.join(texts, '_affiant')]);
  if (have('fish')) {
    const fish = (line) => execFileSync('fish', ['--no-config', '-c', `source "$argv[1]"; complete -C "$argv[2]"`, path.join(texts, 'affiant.fish'), line], { encoding: 'utf8' }).trim().split('\n').map((l) => l.split('\t')[0]);
    assert.deepEqual(fish('affiant ver'), ['verify']);
    assert.deepEqual(fish('affiant report last --format j'), ['json', 'junit']);
    assert.ok(fish('affiant key export-public --o').includes('--output'));
  }
});
