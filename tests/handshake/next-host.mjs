#!/usr/bin/env node
// A host of the protocol that will come after this one, as docs/protocol.md "Versions" wants it: OLDEST is the oldest number that it
// still speaks. RUDE: it welcomes whoever comes in its own protocol.
const [OLDEST, NEXT] = [Number(process.env.OLDEST), Number(process.env.NEXT)];
let input = Buffer.alloc(0);

function say(message) {
  const text = Buffer.from(JSON.stringify(message));
  const head = Buffer.alloc(4);
  head.writeUInt32LE(text.length);
  process.stdout.write(Buffer.concat([head, text]));
}

process.stdin.on('data', (bytes) => {
  input = Buffer.concat([input, bytes]);
  while (input.length >= 4 && input.length >= 4 + input.readUInt32LE(0)) {
    const { type, protocol } = JSON.parse(input.subarray(4, 4 + input.readUInt32LE(0)).toString());
    input = input.subarray(4 + input.readUInt32LE(0));
    if (type !== 'hello') continue;
    if (protocol >= OLDEST || process.env.RUDE) {
      say({ type: 'welcome', protocol: process.env.RUDE ? NEXT : protocol, host_version: '9.9.9', plan: null, resume: null, weather: 'fine' });
      say({ type: 'moon', phase: 'full' });
    } else {
      say({ type: 'error', code: 'unsupported', fatal: true, protocol: NEXT, oldest_protocol: OLDEST, host_version: '9.9.9', moon: 'full',
        message: `message.protocol: the extension speaks protocol ${protocol}, this affiant-host 9.9.9 speaks ${OLDEST} to ${NEXT}. The extension is the older half: update it in the browser` });
      process.exitCode = 1;
      process.stdin.destroy();
    }
  }
});
