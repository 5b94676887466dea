// Inclusion of an entry in the signed tree, checked here and step by step (RFC 9162 section 2.1.3.2; docs/log-format.md). Pure.

/** @param {Uint8Array[]} parts */
async function sha256(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest('SHA-256', all));
}

const LEAF_PREFIX = Uint8Array.of(0);
const NODE_PREFIX = Uint8Array.of(1);

/** @param {string} text base64 */
export const bytesOf = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
/** @param {Uint8Array} bytes */
export const base64Of = (bytes) => btoa(String.fromCharCode(...bytes));
/** @param {Uint8Array} bytes */
export const hexOf = (bytes) => [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');

/** @typedef {{side: 'left' | 'right', sibling: string, hash: string}} Step */

/**
 * @param {{index: number, line: string, path: string[]}} entry `path`: base64, from the leaf's sibling up @param {{size: number, root: string}} tree
 * @returns {Promise<{leaf: string, steps: Step[], root: string, holds: boolean}>}
 */
export async function inclusion(entry, tree) {
  let hash = await sha256(LEAF_PREFIX, new TextEncoder().encode(entry.line));
  const leaf = base64Of(hash);
  /** @type {Step[]} */
  const steps = [];
  let fn = entry.index;
  let sn = tree.size - 1;
  let sound = fn >= 0 && fn <= sn;
  for (const sibling of entry.path) {
    if (sn === 0) sound = false;
    const left = fn % 2 === 1 || fn === sn;
    const other = bytesOf(sibling);
    hash = left ? await sha256(NODE_PREFIX, other, hash) : await sha256(NODE_PREFIX, hash, other);
    steps.push({ side: left ? 'left' : 'right', sibling, hash: base64Of(hash) });
    if (left) {
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  const root = base64Of(hash);
  return { leaf, steps, root, holds: sound && sn === 0 && root === tree.root };
}

/**
 * The signed tree head: whether it is of this tree and this log, and whether its signature holds (null: this browser has no Ed25519).
 * @param {string} note @param {string} vkey @param {{origin: string, size: number, root: string}} log
 * @returns {Promise<{same: boolean, named: boolean, signed: boolean | null}>}
 */
export async function checkpoint(note, vkey, log) {
  const end = note.indexOf('\n\n') + 1;
  const [origin, size, root] = note.slice(0, end).split('\n');
  const raw = bytesOf(vkey.trim().split('+').slice(2).join('+')).subarray(1);  // The first byte names the algorithm.
  const same = origin === log.origin && size === String(log.size) && root === log.root;
  // A log is named by the digest of its key, so no other key can sign in its name.
  const named = log.origin === `affiant.invalid/log/${hexOf(await sha256(raw))}`;
  const line = note.slice(end).split('\n').find((text) => text.startsWith(`— ${log.origin} `));
  const key = await crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify']).catch(() => null);
  if (!line || !key) return { same, named, signed: line ? null : false };
  const signature = bytesOf(line.slice(line.lastIndexOf(' ') + 1)).subarray(4);  // After the key's short hash.
  return { same, named, signed: await crypto.subtle.verify('Ed25519', key, signature, new TextEncoder().encode(note.slice(0, end))) };
}

/** @param {string} text base64url */
const fromUrl = (text) => bytesOf(text.replace(/-/g, '+').replace(/_/g, '/'));

/**
 * Fields that the log holds by their digest alone (RFC 9901 section 4.2).
 * @param {any} body @param {string[]} disclosures
 * @returns {Promise<{fields: {name: string, value: any, fits: boolean}[], without: number}>} `without`: digests that no disclosure here belongs to
 */
export async function disclosed(body, disclosures) {
  const digests = new Set(/** @type {string[]} */ (body._sd ?? []));
  const fields = [];
  for (const text of disclosures) {
    const [, name, value] = JSON.parse(new TextDecoder().decode(fromUrl(text)));
    const digest = base64Of(await sha256(new TextEncoder().encode(text))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
    fields.push({ name, value, fits: digests.delete(digest) });
  }
  return { fields, without: digests.size };
}
