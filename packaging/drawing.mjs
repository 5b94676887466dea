// Puts what the report's graph and timeline are drawn with into one script: node drawing.mjs NODE_MODULES > drawing.js
// The packages as they are published (packaging/drawing/package-lock.json), each under its licence; they add to globalThis.d3.
import fs from 'node:fs';
import path from 'node:path';

const folder = process.argv[2];
const parts = ['d3-array', 'd3-path', 'd3-shape', 'd3-sankey'].map((name) => {
  const read = (file) => fs.readFileSync(path.join(folder, name, file), 'utf8');
  const { version, license } = JSON.parse(read('package.json'));
  const code = read(`dist/${name}.min.js`).replace(/^\/\/.*\n/, '');  // Its first line is a link, and the notice stands below.
  return `/*! ${name} ${version}, ${license}\n${read('LICENSE').trim().replace(/\*\//g, '* /')}\n*/\n${code.trim()}\n`;
});
const text = parts.join('\n');
if (/<\/script|<!--/i.test(text)) throw new Error('text that would end the script');
process.stdout.write(text);
