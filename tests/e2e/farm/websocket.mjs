// A WebSocket client that is just enough for a browser's debugging port on loopback: text frames, no extensions. Node 18 and 20 have
// none of their own.
import crypto from 'node:crypto';
import http from 'node:http';

/** One frame to the server: final, masked, as the protocol demands of a client. */
function frame(opcode, payload) {
  const length = payload.length;
  const head = length < 126 ? Buffer.from([0x80 | opcode, 0x80 | length]) : length < 65_536 ? Buffer.alloc(4) : Buffer.alloc(10);
  if (length >= 126) {
    head[0] = 0x80 | opcode;
    head[1] = 0x80 | (length < 65_536 ? 126 : 127);
    if (length < 65_536) head.writeUInt16BE(length, 2);
    else head.writeBigUInt64BE(BigInt(length), 2);
  }
  const mask = crypto.randomBytes(4);
  return Buffer.concat([head, mask, payload.map((byte, i) => byte ^ mask[i % 4])]);
}

/**
 * @param {string} url ws://127.0.0.1:PORT/PATH @param {(text: string) => void} onText @param {() => void} onClose
 * @returns {Promise<{send: (text: string) => void, close: () => void}>}
 */
export function connect(url, onText, onClose) {
  const { hostname, port, pathname } = new URL(url);
  return new Promise((resolve, reject) => {
    const request = http.request({ hostname, port, path: pathname, headers: {
      Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': crypto.randomBytes(16).toString('base64') } });
    request.on('error', reject);
    request.on('response', (response) => reject(new Error(`no WebSocket at ${url}: ${response.statusCode}`)));
    request.on('upgrade', (response, socket, first) => {
      let held = Buffer.alloc(0);
      let message = [];
      const take = (chunk) => {
        held = held.length > 0 ? Buffer.concat([held, chunk]) : chunk;
        for (;;) {
          if (held.length < 2) return;
          const short = held[1] & 0x7f;
          const start = short === 126 ? 4 : short === 127 ? 10 : 2;
          if (held.length < start) return;
          const length = short === 126 ? held.readUInt16BE(2) : short === 127 ? Number(held.readBigUInt64BE(2)) : short;
          if (held.length < start + length) return;
          const opcode = held[0] & 0x0f;
          const payload = held.subarray(start, start + length);
          const final = (held[0] & 0x80) !== 0;
          held = held.subarray(start + length);
          if (opcode === 9) socket.write(frame(10, payload));
          if (opcode === 8) socket.end();
          if (opcode > 2) continue;
          message.push(payload);
          if (!final) continue;
          const text = Buffer.concat(message).toString('utf8');
          message = [];
          onText(text);
        }
      };
      socket.setNoDelay(true);
      socket.on('data', take).on('close', onClose).on('error', () => socket.destroy());
      if (first.length > 0) take(first);
      resolve({ send: (text) => socket.write(frame(1, Buffer.from(text))), close: () => socket.end(frame(8, Buffer.alloc(0))) });
    });
    request.end();
  });
}
