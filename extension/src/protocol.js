// The vocabulary of docs/protocol.md as the extension writes it: every event passes makeEvent(), nothing else builds one.
// tests/extension/protocol.test.mjs holds this table against the document.
import { cutUtf8, wellFormed } from './text.js';

export const PROTOCOL = 2;  // Raised with every message, kind or field that the half before does not know (docs/protocol.md).

const PLACE = 'tab:int frame:int top:url? top_host? frame_url:url? frame_host?';
const COOKIE = 'name value domain host_only:bool path secure:bool http_only:bool same_site session:bool expires_ms:int? partition_key? store';

/** Field names with types (`string` where none is given); `?` may be null. @type {Record<string, string>} */
export const KINDS = {
  'page.start': 'page:int role url:url host',
  'page.done': 'page:int role url:url host? result status:int? error? quiet:bool elapsed_ms:int',
  'request': 'rid hop:int url:url scheme host method type status:int from_cache:bool redirect:url? initiator? initiator_url:url? ' +
    `document_url:url? ip? content_type? set_cookies:int headers:map parent_frame:int? ${PLACE}`,
  'request.failed': `rid url:url scheme host method type error initiator? ${PLACE}`,
  'request.body': `rid url:url scheme host method type initiator? size:int value:part? ${PLACE}`,
  'canary': 'email text fields:int page:int url:url',
  'cookie.header': `rid hop:int n:int url:url scheme host head:part value? tail:part bytes type ${PLACE}`,
  'cookie.script': `via head:part value? tail:part script_url:url? script_host? stack:list ${PLACE}`,
  'cookie.change': `cause removed:bool ${COOKIE}`,
  'cookie.jar': `when ${COOKIE}`,
  'cookie.jar.done': 'when count:int',
  'storage.set': `area op origin key? value? size:int via script_url:url? script_host? stack:list ${PLACE}`,
  'technique': `technique features:map script_url:url? script_host? stack:list ${PLACE}`,
  'consent.state': `source status? value? ${PLACE}`,
  'host.address': 'host ip? canonical?',
  'policy.link': 'url:url host text kind score:int page:int chosen:bool',
  'policy.page': 'url:url host kind result status:int? content_type? title? language? link_text?',
  'screenshot': 'when page:int url:url',
  'recorder.note': 'code detail',
  'gap': 'from:int to:int dropped:int why',
};

/**
 * Bytes. The document's caps are 32 KiB (URLs 64 KiB); what is stored in the open part of an entry is kept shorter still, so that
 * an entry always fits its 60,000 bytes.
 * @type {Record<string, number>}
 */
const CAPS = { string: 32 << 10, url: 64 << 10, part: 12 << 10, list: 2 << 10, map: 6 << 10 };
const STACK_FRAMES = 32;

/** @typedef {{name: string, type: string, nullable: boolean}} Field */
/** @type {Map<string, Field[]>} */
const FIELDS = new Map(Object.entries(KINDS).map(([kind, text]) => [kind, text.split(' ').map((word) => {
  const nullable = word.endsWith('?');
  const [name = '', type = 'string'] = word.replace('?', '').split(':');
  return { name, type, nullable };
})]));

/** @param {string} kind */
export const fieldsOf = (kind) => FIELDS.get(kind) ?? [];

/**
 * The body of an event: every field of the table present (null where nothing is known), strings well formed and within their caps.
 * Throws on a field that is missing, unknown or mistyped: that is a defect of the extension, not of a page.
 * @param {string} kind @param {Record<string, any>} fields
 * @returns {Record<string, any>}
 */
export function makeBody(kind, fields) {
  const spec = FIELDS.get(kind);
  if (!spec) throw new Error(`event kind ${kind} is not in the protocol`);
  /** @type {Record<string, any>} */
  const body = {};
  /** @type {string[]} */
  const cut = [];
  for (const { name, type, nullable } of spec) {
    const value = fields[name] ?? null;
    if (value === null) {
      if (!nullable) throw new Error(`${kind}.${name} is missing`);
      body[name] = null;
      continue;
    }
    body[name] = convert(`${kind}.${name}`, type, value, () => { if (!cut.includes(name)) cut.push(name); });
  }
  for (const name of Object.keys(fields))
    if (name !== 'cut' && !(name in body)) throw new Error(`${kind} has no field ${name}`);
  for (const name of fields.cut ?? []) if (!cut.includes(name)) cut.push(name);
  if (cut.length > 0) body.cut = cut;
  return body;
}

/** @param {string} where @param {string} type @param {any} value @param {() => void} onCut */
function convert(where, type, value, onCut) {
  /** @param {any} text */
  const shorten = (text) => {
    if (typeof text !== 'string') throw new Error(`${where} is no string`);
    const whole = wellFormed(text);
    const part = cutUtf8(whole, CAPS[type] ?? 0);
    if (part.length < whole.length) onCut();
    return part;
  };
  switch (type) {
    case 'int':
      if (!Number.isFinite(value) || !Number.isSafeInteger(Math.round(value))) throw new Error(`${where} is no integer`);
      return Math.round(value);
    case 'bool':
      if (typeof value !== 'boolean') throw new Error(`${where} is no boolean`);
      return value;
    case 'list':
      if (!Array.isArray(value)) throw new Error(`${where} is no list`);
      if (value.length > STACK_FRAMES) onCut();
      return value.slice(0, STACK_FRAMES).map(shorten);
    case 'map':
      return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, shorten(text)]));
    default:
      return shorten(value);
  }
}

/** What a batch may weigh: well below the 1 MiB of docs/protocol.md. Bytes. */
export const BATCH_BYTES = 512 << 10;
export const BATCH_EVENTS = 100;

const ESCAPED = 6;  // Bytes of JSON that one UTF-16 unit takes at most: \u001f, or 3 of UTF-8.

/**
 * At least what `value` takes as JSON, in bytes. Writing it out to see would cost as much as all else that is done with an event.
 * @param {any} value @returns {number}
 */
export function weigh(value) {
  if (typeof value === 'string') return value.length * ESCAPED + 2;
  if (typeof value !== 'object' || value === null) return 24;
  let bytes = 2;
  for (const key in value) bytes += key.length * ESCAPED + 4 + weigh(value[key]);
  return bytes;
}
