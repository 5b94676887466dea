// Whether extension and host understand each other, and if not, which half is the older one. Pure. Numbers of protocols decide, not
// versions: two releases of one protocol work together, whichever is newer (docs/protocol.md "Versions").
import { PROTOCOL } from './protocol.js';

/**
 * What a message of the host says of its protocol.
 * @param {any} message
 * @returns {{verdict: 'host-old' | 'extension-old', version: string} | null} null: no reason to stop
 */
export function mismatch(message) {
  if (message?.type === 'welcome') return verdict(message.protocol, message.host_version);
  if (message?.type !== 'error' || message.code !== 'unsupported') return null;
  if (message.protocol !== undefined) return verdict(message.protocol, message.host_version);
  // A host of protocol 1 says it in words alone.
  const said = /this affiant-host (\S+) speaks (\d+)/.exec(message.message ?? '');
  return said ? verdict(Number(said[2]), said[1]) : { verdict: 'host-old', version: '' };
}

/** @param {unknown} spoken @param {unknown} version of the host @returns {ReturnType<typeof mismatch>} */
function verdict(spoken, version) {
  if (spoken === PROTOCOL) return null;
  return { verdict: Number(spoken) > PROTOCOL ? 'extension-old' : 'host-old', version: String(version ?? '') };
}
