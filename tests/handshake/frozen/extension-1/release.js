// Whether extension and host are of one release. Pure.
import { PROTOCOL } from './protocol.js';

/** @param {string} a @param {string} b @returns {number} below 0 when a is the older; 0 for what is no version */
export function compareVersions(a, b) {
  const parts = (/** @type {string} */ v) => /^\d+(?:\.\d+)*/.exec(v)?.[0].split('.').map(Number) ?? null;
  const [x, y] = [parts(a), parts(b)];
  if (!x || !y) return 0;
  for (let i = 0; i < Math.max(x.length, y.length); i++) {
    const difference = (x[i] ?? 0) - (y[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * What a message of the host says of its release. An older host knows fewer messages, and would end the connection over one.
 * @param {any} message @param {string} own version of the extension
 * @returns {{verdict: 'host-old' | 'extension-old', version: string} | null} null: no reason to stop
 */
export function mismatch(message, own) {
  if (message?.type === 'welcome') {
    const version = String(message.host_version ?? '');
    if (message.protocol !== PROTOCOL) return { verdict: message.protocol > PROTOCOL ? 'extension-old' : 'host-old', version };
    // Whom `affiant audit` starts is of its own release.
    return !message.plan && compareVersions(version, own) < 0 ? { verdict: 'host-old', version } : null;
  }
  if (message?.type !== 'error' || message.code !== 'unsupported') return null;
  const said = /this affiant-host (\S+) speaks (\d+)/.exec(message.message ?? '');
  return { verdict: said && Number(said[2]) > PROTOCOL ? 'extension-old' : 'host-old', version: said?.[1] ?? '' };
}
