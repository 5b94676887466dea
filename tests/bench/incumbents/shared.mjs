// What every incumbent's driver needs. Each tool's output is brought into one shape, `Seen`, and nothing is added to it.
import fs from 'node:fs';
import { pathToFileURL } from 'node:url';

/**
 * @typedef {{name: string, value?: string, domain?: string, by?: string, state?: 'stored' | 'gone' | 'refused'}} SeenCookie
 *   by: the script or response that the tool names as the setter; state: what the tool says became of it, when it says
 * @typedef {{kind: string, key: string, by?: string}} SeenItem  kind '?': the tool does not tell which
 * @typedef {{cookies: SeenCookie[], requests: string[], storage: SeenItem[], notes: string[]}} Seen
 */

/** @returns {Seen} */
export const nothing = () => ({ cookies: [], requests: [], storage: [], notes: [] });

/** Name and value of a Set-Cookie line or of what is given to document.cookie. */
export function nameAndValue(line) {
  const pair = line.split(';')[0];
  const at = pair.indexOf('=');
  return at < 0 ? { name: '', value: pair.trim() } : { name: pair.slice(0, at).trim(), value: pair.slice(at + 1).trim() };
}

/** The cookies that a response's Set-Cookie headers speak of: attempts, whatever became of them. */
export const attempts = (lines, url) => lines.flatMap((text) => text.split('\n')).map((line) => ({ ...nameAndValue(line), by: url }));

/** Adds what an HTTP archive tells. @param {Seen} seen */
export function addHar(seen, har) {
  for (const { request, response } of har?.log?.entries ?? []) {
    seen.requests.push(request.url);
    const lines = (response?.headers ?? []).filter(({ name }) => name.toLowerCase() === 'set-cookie').map(({ value }) => value);
    seen.cookies.push(...attempts(lines, request.url));
    for (const { name, value } of response?.cookies ?? []) seen.cookies.push({ name, value, by: request.url });
  }
}

export const readJson = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));

/** `work` or an error after `ms`: a tool that hangs at one page must not take the others along. */
export function within(ms, work, what) {
  let timer;
  const late = new Promise((resolve, reject) => { timer = setTimeout(() => reject(new Error(`${what}: not done after ${ms / 1000} s`)), ms); });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/**
 * Runs a driver that was started as a program with a job file: {start, pages, dir, browser, out}.
 * @param {string} url of the driver's module @param {(job: any, seen: Seen) => Promise<void>} drive
 */
export async function main(url, drive) {
  if (url !== pathToFileURL(process.argv[1]).href) return;
  const job = readJson(process.argv[2]);
  const seen = nothing();
  await drive(job, seen);
  fs.writeFileSync(job.out, JSON.stringify(seen));
  // Some tools leave timers and sockets behind, and hooks that throw on the way out; their browsers are ended by whoever started this.
  process.removeAllListeners('exit');
  process.exit(0);
}

/** One page after another; a page that fails is told and the rest goes on, also where the tool throws out of an event of its own. */
export async function eachPage(pages, seen, visit) {
  let failed = 0;
  let crash = () => {};
  const heard = (error) => crash(error);
  for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, heard);
  for (const [i, page] of pages.entries()) {
    const began = Date.now();
    try {
      await Promise.race([visit(page, i), new Promise((resolve, reject) => { crash = reject; })]);
    } catch (error) {
      failed++;
      seen.notes.push(`${page}: ${String(error?.message ?? error).split('\n')[0]}`);
    }
    console.error(`${page}: ${((Date.now() - began) / 1000).toFixed(1)} s`);
  }
  // From here on an error is the driver's own: it must end it, not be swallowed.
  for (const event of ['uncaughtException', 'unhandledRejection']) process.off(event, heard);
  if (failed === pages.length) throw new Error(`no page came to an end: ${seen.notes.join('; ')}`);
}
