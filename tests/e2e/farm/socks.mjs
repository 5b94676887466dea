// A SOCKS 5 proxy that knows the farm's names only: how the oracle's Firefox, like that of an audit, reaches them by host and port.
import net from 'node:net';
import { listen } from '../lib.mjs';
import { mapRules } from './hosts.mjs';

export async function startSocks(ports) {
  const rules = new Map(mapRules(ports));
  const server = net.createServer((client) => {
    client.on('error', () => client.destroy());
    client.once('data', () => {
      client.write(Buffer.from([5, 0]));
      client.once('data', (request) => {
        const name = request[3] === 3 ? request.subarray(5, 5 + request[4]).toString('latin1') : '';
        const port = request.readUInt16BE(request.length - 2);
        const to = rules.get(`${name}:${port}`);
        const refuse = () => client.end(Buffer.from([5, 5, 0, 1, 0, 0, 0, 0, 0, 0]));
        if (!to) { refuse(); return; }
        const target = net.connect(Number(to.split(':')[1]), to.split(':')[0]);
        let open = false;
        target.on('error', () => (open ? client.destroy() : refuse()));
        target.on('connect', () => {
          open = true;
          client.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
          client.pipe(target).pipe(client);
        });
        client.on('close', () => target.destroy());
      });
    });
  });
  return { port: await listen(server), close: () => server.close() };
}
