// Header bytes to Set-Cookie lines, and a line to head, value and tail as docs/protocol.md defines them. Pure.

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * A header's text. Chromium gives text, or bytes when they are not UTF-8; Firefox gives one character per byte.
 * @param {{value?: string, binaryValue?: any}} header @param {boolean} firefox
 * @returns {{text: string, bytes: 'utf-8' | 'latin1'}}
 */
export function headerText(header, firefox) {
  if (header.binaryValue !== undefined) {
    const bytes = Uint8Array.from(header.binaryValue instanceof ArrayBuffer ? new Uint8Array(header.binaryValue) : header.binaryValue);
    return fromBytes(bytes);
  }
  const value = header.value ?? '';
  if (!firefox || !/[\x80-\xff]/.test(value) || /[^\x00-\xff]/.test(value)) return { text: value, bytes: 'utf-8' };
  return fromBytes(Uint8Array.from(value, (c) => c.charCodeAt(0)));
}

/** @param {Uint8Array} bytes @returns {{text: string, bytes: 'utf-8' | 'latin1'}} */
function fromBytes(bytes) {
  try {
    return { text: strict.decode(bytes), bytes: 'utf-8' };
  } catch {
    return { text: Array.from(bytes, (b) => String.fromCharCode(b)).join(''), bytes: 'latin1' };
  }
}

/**
 * All Set-Cookie lines of a response, in order. Firefox joins them by a newline.
 * @param {{name: string, value?: string, binaryValue?: any}[]} headers @param {boolean} firefox
 */
export function setCookieLines(headers, firefox) {
  const lines = [];
  for (const header of headers) {
    if (header.name.toLowerCase() !== 'set-cookie') continue;
    // Split first: one line's bytes may be UTF-8 and another's not.
    const parts = firefox && header.value !== undefined ? header.value.split('\n').map((value) => ({ value })) : [header];
    for (const part of parts) {
      const { text, bytes } = headerText(part, firefox);
      lines.push({ line: text, bytes });
    }
  }
  return lines;
}

/**
 * head + value + tail is the line, nothing trimmed.
 * @param {string} line
 */
export function splitLine(line) {
  const semicolon = line.indexOf(';');
  const end = semicolon < 0 ? line.length : semicolon;
  const equals = line.indexOf('=');
  const start = equals >= 0 && equals < end ? equals + 1 : 0;
  return { head: line.slice(0, start), value: line.slice(start, end), tail: line.slice(end) };
}
