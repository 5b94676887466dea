#!/usr/bin/env node
// affiant-host of protocol 1 as far as `hello`: the frames that the program built at commit 45ad60b wrote, byte for byte, with the
// number that the extension speaks put in its place. Whatever comes after a refusal is told in HEARD: the real one was gone by then.
import fs from 'node:fs';

const WELCOME = '{"host_version":"0.1.0","plan":null,"protocol":1,"resume":null,"type":"welcome"}';
const REFUSAL = '{"code":"unsupported","fatal":true,"message":"message.protocol: the extension speaks protocol 2, this affiant-host 0.1.0 speaks 1. Install extension and host of the same release","type":"error"}';

let input = Buffer.alloc(0);
process.stdin.on('data', (bytes) => {
  input = Buffer.concat([input, bytes]);
  while (input.length >= 4 && input.length >= 4 + input.readUInt32LE(0)) {
    const message = JSON.parse(input.subarray(4, 4 + input.readUInt32LE(0)).toString());
    input = input.subarray(4 + input.readUInt32LE(0));
    fs.appendFileSync(process.env.HEARD, `${message.type}\n`);
    if (message.type !== 'hello') continue;
    const answer = Buffer.from(message.protocol === 1 ? WELCOME : REFUSAL.replace('protocol 2,', `protocol ${message.protocol},`));
    const head = Buffer.alloc(4);
    head.writeUInt32LE(answer.length);
    process.stdout.write(Buffer.concat([head, answer]), () => { if (message.protocol !== 1) process.exit(1); });
  }
});
