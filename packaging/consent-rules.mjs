// What the extension takes of the npm package @duckduckgo/autoconsent (MPL-2.0): its script and its rules as they are, its licence, and of its
// functions for the page's own world each as a script, since an extension may run files there and no text.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const AS_THEY_ARE = { 'autoconsent.playwright.js': 'dist/autoconsent.playwright.js', 'compact-rules.json': 'rules/compact-rules.json', LICENSE: 'LICENSE' };

/**
 * @param {string | undefined} dir the unpacked package; absent or not there: no rules
 * @returns {Map<string, Buffer>} by name below vendor/autoconsent/; `about.json` tells what is there
 */
export function consentRules(dir) {
  const files = new Map();
  const about = (fields) => files.set('about.json', Buffer.from(`${JSON.stringify(fields, null, 2)}\n`));
  if (!dir || !fs.existsSync(path.join(dir, 'package.json'))) {
    about({ absent: 'built without the npm package @duckduckgo/autoconsent' });
    return files;
  }
  for (const [name, from] of Object.entries(AS_THEY_ARE)) files.set(name, fs.readFileSync(path.join(dir, from)));
  // Its ES module is no module to Node 18: the file ends in .js, and the package does not name a type.
  const { evalSnippets } = createRequire(import.meta.url)(path.join(path.resolve(dir), 'dist/autoconsent.cjs.js'));
  for (const [name, code] of Object.entries(evalSnippets)) files.set(`snippets/${name}.js`, Buffer.from(`(${code})();\n`));
  const { name, version, license } = JSON.parse(fs.readFileSync(path.join(dir, 'package.json'), 'utf8'));
  about({ name, version, licence: license, sha256: Object.fromEntries(Object.keys(AS_THEY_ARE).map((file) => [file, createHash('sha256').update(files.get(file)).digest('hex')])) });
  return files;
}
