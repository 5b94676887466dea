// Installs the incumbents beside this file, exactly as the lock says: no script of theirs runs, no browser of theirs is fetched.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
export const noBrowsers = { PUPPETEER_SKIP_DOWNLOAD: '1', PUPPETEER_SKIP_CHROMIUM_DOWNLOAD: '1', PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' };

/** Name → version, as pinned. */
export const pinned = () => JSON.parse(fs.readFileSync(path.join(here, 'package.json'), 'utf8')).dependencies;

/** The versions that are there now, or null. */
function installed() {
  try {
    return Object.fromEntries(Object.keys(pinned()).map((name) => [name, JSON.parse(fs.readFileSync(path.join(here, 'node_modules', name, 'package.json'), 'utf8')).version]));
  } catch {
    return null;
  }
}

/** @returns {string | null} why it could not be done */
export function install() {
  if (JSON.stringify(installed()) === JSON.stringify(pinned())) return null;
  try {
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: here, env: { ...process.env, ...noBrowsers }, stdio: ['ignore', 'ignore', 'pipe'],
      timeout: 600_000 });
    return null;
  } catch (error) {
    return String(error.stderr ?? error.message).trim().split('\n').slice(0, 4).join(' ') || error.message;
  }
}
