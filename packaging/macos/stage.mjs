// node stage.mjs BUILD STAGE: what a macOS package holds, as a tree below STAGE. Places of manifests come from manifests/browsers.json.
//   /usr/local/bin/affiant, /usr/local/libexec/affiant/affiant-host and a link to the command beside it (docs/adr/0013)
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const json = (name) => JSON.parse(fs.readFileSync(path.join(root, 'manifests', name), 'utf8'));
const [build, stage] = process.argv.slice(2);
if (stage === undefined) {
  console.error('usage: node stage.mjs BUILD STAGE');
  process.exit(2);
}

const host = '/usr/local/libexec/affiant/affiant-host';
const place = (at, put) => {
  fs.mkdirSync(path.dirname(path.join(stage, at)), { recursive: true, mode: 0o755 });
  put(path.join(stage, at));
};
const copy = (at, from) => place(at, (to) => {
  fs.copyFileSync(from, to);
  fs.chmodSync(to, 0o755);
});
copy('/usr/local/bin/affiant', path.join(build, 'bin/affiant'));
copy(host, path.join(build, 'bin/affiant-host'));
place('/usr/local/libexec/affiant/affiant', (to) => fs.symlinkSync('../../bin/affiant', to));
for (const { engine, macos } of json('browsers.json').browsers) {
  if (macos.system === null) continue;
  const text = execFileSync(path.join(build, 'bin/affiant_texts'), ['manifest', engine, host]);
  place(`${macos.system}/${json('ids.json').native_host}.json`, (to) => fs.writeFileSync(to, text, { mode: 0o644 }));
}
