// Puts the report viewer (extension/src/ui/report) together as one page: its modules as one script, its style and script in the page, allowed by
// their hashes alone. Written as C++, for the host to fill the report in at @DATA@.
//   node packaging/build-report.mjs --out FILE.cc
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const from = path.join(path.dirname(fileURLToPath(import.meta.url)), '../extension/src/ui/report');
const IMPORT = /^import (?:\{[^}]*\} from )?'\.\/([^']+)';\n/gm;

/** The modules that `file` needs and itself, each once, those needed first. */
export function modules(file, seen = new Set()) {
  if (seen.has(file)) return [];
  seen.add(file);
  const text = fs.readFileSync(path.join(from, file), 'utf8');
  return [...[...text.matchAll(IMPORT)].flatMap(([, needed]) => modules(needed, seen)), { file, text }];
}

/** One script without modules: names at the top of each must differ. */
export function script() {
  const parts = modules('report.js').map(({ file, text }) => `// ${file}\n${text.replace(IMPORT, '').replace(/^export /gm, '')}`);
  const names = parts.flatMap((text) => [...text.matchAll(/^(?:async )?(?:const|let|function) (\w+)/gm)].map(([, name]) => name));
  const twice = names.filter((name, n) => names.indexOf(name) !== n);
  if (twice.length > 0) throw new Error(`extension/src/ui/report: two modules have a top-level name in common: ${twice.join(', ')}`);
  const text = `(() => {\n'use strict';\n${parts.join('\n')}\n})();\n`;
  if (text.includes('</script') || text.includes('<!--')) throw new Error('extension/src/ui/report: text that would end the script');
  return text;
}

export function page() {
  const style = fs.readFileSync(path.join(from, 'report.css'), 'utf8');
  const code = script();
  const hash = (text) => createHash('sha256').update(text).digest('base64');
  const fill = { STYLE_HASH: hash(style), SCRIPT_HASH: hash(code), STYLE: style, SCRIPT: code };
  return fs.readFileSync(path.join(from, 'report.html'), 'utf8').replace(/@(STYLE_HASH|SCRIPT_HASH|STYLE|SCRIPT)@/g, (_, name) => fill[name]);
}

/** @param {string} text as C++ string literals, a line each */
const literal = (text) => text.split(/(?<=\n)/).map((line) => `    ${JSON.stringify(line).replace(/\?\?/g, '?\\?')}`.replace(/[^\x20-\x7e]/g, (c) => [...Buffer.from(c)].map((b) => `\\${b.toString(8).padStart(3, '0')}`).join(''))).join('\n');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const out = process.argv[process.argv.indexOf('--out') + 1];
  const text = `// Made by packaging/build-report.mjs.\n#include "report/page.h"\n\nnamespace affiant::report {\nconst std::string_view kPage =\n${literal(page())};\n}  // namespace affiant::report\n`;
  fs.mkdirSync(path.dirname(out), { recursive: true });
  fs.writeFileSync(out, text);
}
