// A WebSocket client just large enough for a browser on loopback: text frames, fragments, pings. Node 18 has none of its own.
import { createHash, randomBytes } from 'node:crypto';
import http from 'node:http';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** @param {number} opcode @param {Buffer} body a client's frames are masked; RFC 6455 wants it so */
function frame(opcode, body) {
  const mask = randomBytes(4);
  const long = body.length > 65_535;
  const head = Buffer.alloc(2 + (body.length < 126 ? 0 : long ? 8 : 2));
  head[0] = 0x80 | opcode;
  head[1] = 0x80 | (body.length < 126 ? body.length : long ? 127 : 126);
  if (long) head.writeBigUInt64BE(BigInt(body.length), 2);
  else if (body.length >= 126) head.writeUInt16BE(body.length, 2);
  const masked = Buffer.from(body);
  for (let i = 0; i < masked.length; i++) masked[i] ^= mask[i & 3];
  return Buffer.concat([head, mask, masked]);
}

/** Takes whole frames off the front of `data`. @returns {{frames: {fin: boolean, opcode: number, body: Buffer}[], rest: Buffer}} */
function split(data) {
  const frames = [];
  for (;;) {
    if (data.length < 2) break;
    let size = data[1] & 0x7f;
    let at = 2;
    if (size === 126) { if (data.length < 4) break; size = data.readUInt16BE(2); at = 4; }
    else if (size === 127) { if (data.length < 10) break; size = Number(data.readBigUInt64BE(2)); at = 10; }
    if (data.length < at + size) break;
    frames.push({ fin: (data[0] & 0x80) !== 0, opcode: data[0] & 0x0f, body: data.subarray(at, at + size) });
    data = data.subarray(at + size);
  }
  return { frames, rest: data };
}

/**
 * @param {string} url ws://…
 * @param {{onText: (text: string) => void, onClose: () => void}} handlers
 * @returns {Promise<{send: (text: string) => void, close: () => void}>}
 */
export function connect(url, { onText, onClose }) {
  const key = randomBytes(16).toString('base64');
  return new Promise((resolve, reject) => {
    const request = http.request(url.replace(/^ws:/, 'http:'), { headers: { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': key } });
    request.on('error', reject);
    request.on('response', (response) => reject(new Error(`${url}: ${response.statusCode}`)));
    request.on('upgrade', (response, socket, first) => {
      if (response.headers['sec-websocket-accept'] !== createHash('sha1').update(key + GUID).digest('base64')) { reject(new Error(`${url}: no WebSocket`)); return; }
      socket.setNoDelay(true);
      let pending = first;
      let parts = [];
      const take = (data) => {
        const { frames, rest } = split(pending.length > 0 ? Buffer.concat([pending, data]) : data);
        pending = rest;
        for (const { fin, opcode, body } of frames) {
          if (opcode === 8) { socket.end(); return; }
          if (opcode === 9) { socket.write(frame(10, body)); continue; }
          if (opcode > 2) continue;
          parts.push(body);
          if (fin) { onText(Buffer.concat(parts.splice(0)).toString('utf8')); }
        }
      };
      socket.on('data', take).on('error', () => socket.destroy()).on('close', onClose);
      resolve({ send: (text) => socket.write(frame(1, Buffer.from(text))), close: () => socket.destroy() });
    });
    request.end();
  });
}
