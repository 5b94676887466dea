// Puts the report viewer (extension/src/ui/report) together as one page: its modules as one script, its style, words and scripts in the page, allowed
// by their hashes alone. Written as C++, for the host to fill in at @REPORT@, @TEXTS@ and @PROOFS@ (docs/html-report.md).
//   node packaging/build-report.mjs --out FILE.cc [--drawing drawing.js]
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const viewer = path.join(root, 'extension/src/ui/report');
const locales = path.join(root, 'extension/_locales');
const IMPORT = /^import (?:\{[^}]*\} from )?'([./][^']+)';\n/gm;

/** The modules that `file` needs and itself, each once, those needed first. */
export function modules(file, seen = new Set()) {
  if (seen.has(file)) return [];
  seen.add(file);
  const text = fs.readFileSync(file, 'utf8');
  return [...[...text.matchAll(IMPORT)].flatMap(([, needed]) => modules(path.join(path.dirname(file), needed), seen)), { file, text }];
}

/** One script without modules: names at the top of each must differ. */
export function script() {
  const parts = modules(path.join(viewer, 'report.js')).map(({ file, text }) => `// ${path.basename(file)}\n${text.replace(IMPORT, '').replace(/^export /gm, '')}`);
  const names = parts.flatMap((text) => [...text.matchAll(/^(?:async )?(?:const|let|function) (\w+)/gm)].map(([, name]) => name));
  const twice = names.filter((name, n) => names.indexOf(name) !== n);
  if (twice.length > 0) throw new Error(`extension/src/ui/report: two modules have a top-level name in common: ${twice.join(', ')}`);
  const text = `(() => {\n'use strict';\n${parts.join('\n')}\n})();\n`;
  if (text.includes('</script') || text.includes('<!--')) throw new Error('extension/src/ui/report: text that would end the script');
  return text;
}

/** The viewer's words, by language. */
export function messages() {
  const of = (language) => Object.entries(JSON.parse(fs.readFileSync(path.join(locales, language, 'messages.json'), 'utf8'))).filter(([key]) => key.startsWith('report_')).map(([key, { message }]) => [key, message]);
  return Object.fromEntries(fs.readdirSync(locales).sort().map((language) => [language, Object.fromEntries(of(language))]));
}

/** @param {string} drawing what graph and timeline are drawn with; without it there are tables alone */
export function page(drawing = '// absent: none was given\n') {
  const style = fs.readFileSync(path.join(viewer, 'report.css'), 'utf8');
  const code = script();
  const allow = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const policy = `default-src 'none'; style-src ${allow(style)}; script-src ${allow(drawing)} ${allow(code)}; base-uri 'none'; form-action 'none'`;
  const data = (id, text) => `<script type="application/json" id="${id}">${text}</script>\n`;
  const put = {
    '<meta name="viewport"': (mark) => `<meta http-equiv="Content-Security-Policy" content="${policy}">\n${mark}`,
    '<link rel="stylesheet" href="report.css">': () => `<style>${style}</style>`,
    '<script src="drawing.js"></script>': () => `${data('messages', JSON.stringify(messages()).replace(/</g, '\\u003c'))}${data('report', '@REPORT@')}${data('texts', '@TEXTS@')}${data('proofs', '@PROOFS@')}<script>${drawing}</script>`,
    '<script type="module" src="report.js"></script>': () => `<script>${code}</script>`,
  };
  return Object.entries(put).reduce((html, [mark, by]) => {
    if (!html.includes(mark)) throw new Error(`report.html has no ${mark}`);
    return html.replace(mark, by);
  }, fs.readFileSync(path.join(viewer, 'report.html'), 'utf8'));
}

/** A page with these parts, as the host makes it. */
export const filled = (html, { report = null, texts = null, proofs = null }) =>
  Object.entries({ '@REPORT@': report, '@TEXTS@': texts, '@PROOFS@': proofs }).reduce((text, [place, value]) => text.replace(place, () => JSON.stringify(value).replace(/</g, '\\u003c')), html);

/** @param {string} text as C++ string literals, a line each */
const literal = (text) => text.split(/(?<=\n)/).map((line) => `    ${JSON.stringify(line).replace(/\?\?/g, '?\\?').replace(/[^\x20-\x7e]/g, (c) => [...Buffer.from(c)].map((b) => `\\${b.toString(8).padStart(3, '0')}`).join(''))}`).join('\n');

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const option = (name) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined);
  const drawing = option('--drawing');
  const out = option('--out');
  const text = `// Made by packaging/build-report.mjs.\n#include "report/page.h"\n\nnamespace affiant::report {\nconst std::string_view kPage =\n${literal(page(drawing && fs.readFileSync(drawing, 'utf8')))};\n}  // namespace affiant::report\n`;
  fs.mkdirSync(path.dirname(out), { recursive: true });
  fs.writeFileSync(out, text);
}
