// Puts what the report's graph and timeline are drawn with into one script: node drawing.mjs NODE_MODULES FETCHED OUT
// The packages as they are published (packaging/drawing/package-lock.json), each under its licence; they add to globalThis.d3.
// FETCHED says whether they could be had (cmake/fetch_npm.cmake); if not, OUT says why and draws nothing.
import fs from 'node:fs';
import path from 'node:path';

const [folder, fetched, out] = process.argv.slice(2);
const had = fs.readFileSync(fetched, 'utf8').trim();
const parts = had !== 'present' ? [`// ${had.replace(/[^\w .,:()-]+/g, ' ')}\n`] : ['d3-array', 'd3-path', 'd3-shape', 'd3-sankey'].map((name) => {
  const read = (file) => fs.readFileSync(path.join(folder, name, file), 'utf8');
  const { version, license } = JSON.parse(read('package.json'));
  const code = read(`dist/${name}.min.js`).replace(/^\/\/.*\n/, '');  // Its first line is a link, and the notice stands below.
  return `/*! ${name} ${version}, ${license}\n${read('LICENSE').trim().replace(/\*\//g, '* /')}\n*/\n${code.trim()}\n`;
});
const text = parts.join('\n');
if (/<\/script|<!--/i.test(text)) throw new Error('text that would end the script');
fs.writeFileSync(out, text);
