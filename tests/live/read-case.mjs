// The entries of a case as they are on disk, disclosed fields back in their bodies. Trusts them: `affiant verify` is another's work.
import fs from 'node:fs';
import path from 'node:path';

/** @param {string} file @returns {any[]} whole lines only: the last may be torn */
function lines(file) {
  if (!fs.existsSync(file)) return [];
  return fs.readFileSync(file, 'utf8').split('\n').slice(0, -1).filter((line) => line.endsWith('}')).map((line) => JSON.parse(line));
}

/** @param {string} dir @returns {{i: number, k: string, q: number, s: number, t: number, b: Record<string, any>}[]} */
export function readCase(dir) {
  const entries = fs.readdirSync(path.join(dir, 'seg')).sort().flatMap((name) => lines(path.join(dir, 'seg', name)));
  for (const { d, i } of lines(path.join(dir, 'disclosures.jsonl'))) {
    const [, name, value] = JSON.parse(Buffer.from(d, 'base64url').toString('utf8'));
    if (entries[i]) entries[i].b[name] = value;
  }
  return entries;
}
