// CDP on a pipe (file descriptors 3 and 4, JSON ended by NUL): no port, no dependency.
import { Rpc } from './rpc.mjs';

/** @param {import('node:child_process').ChildProcess} child started with --remote-debugging-pipe */
export function overPipe(child) {
  const [, , , to, from] = child.stdio;
  const rpc = new Rpc((message) => to.write(`${JSON.stringify(message)}\0`));
  let parts = [];
  from.on('data', (data) => {
    for (let end; (end = data.indexOf(0)) >= 0; data = data.subarray(end + 1)) {
      parts.push(data.subarray(0, end));
      rpc.receive(JSON.parse(Buffer.concat(parts.splice(0)).toString('utf8')));
    }
    if (data.length > 0) parts.push(data);
  });
  to.on('error', () => rpc.end());
  child.on('exit', () => rpc.end());
  return rpc;
}
