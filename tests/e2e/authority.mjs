// A time-stamp authority on loopback: `openssl ts -reply` behind an HTTP server, with certificates of its own.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import path from 'node:path';
import { listen } from './lib.mjs';

/** `valid`: notBefore and notAfter of the signer's certificate as `openssl ca` writes them, e.g. ['20200101000000Z', '20210101000000Z']. */
export function makeAuthority(dir, { name = 'affiant test TSA', valid = ['20200101000000Z', '20990101000000Z'], digests = 'sha256' } = {}) {
  fs.mkdirSync(dir, { recursive: true });
  const openssl = (...args) => execFileSync('openssl', args, { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] });
  fs.writeFileSync(path.join(dir, 'authority.cnf'), `[ca]
default_ca=root
[root]
dir=.
database=./index.txt
serial=./ca.serial
new_certs_dir=.
default_md=sha256
policy=any
x509_extensions=stamps
[any]
commonName=supplied
[stamps]
keyUsage=critical,digitalSignature
extendedKeyUsage=critical,timeStamping
[tsa]
default_tsa=stamper
[stamper]
serial=./ts.serial
crypto_device=builtin
signer_cert=./tsa.pem
signer_key=./tsa.key
signer_digest=sha256
default_policy=1.2.3.4.1
digests=${digests}
accuracy=secs:1
tsa_name=yes
ess_cert_id_alg=sha256
`);
  fs.writeFileSync(path.join(dir, 'index.txt'), '');
  for (const file of ['ca.serial', 'ts.serial']) fs.writeFileSync(path.join(dir, file), '01\n');
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...key, '-days', '9000', '-subj', `/CN=${name} root`, '-keyout', 'root.key', '-out', 'root.pem',
    '-addext', 'keyUsage=critical,keyCertSign');
  openssl('req', ...key, '-subj', `/CN=${name}`, '-keyout', 'tsa.key', '-out', 'tsa.csr');
  openssl('ca', '-batch', '-notext', '-config', 'authority.cnf', '-cert', 'root.pem', '-keyfile', 'root.key',
    '-startdate', valid[0], '-enddate', valid[1], '-in', 'tsa.csr', '-out', 'tsa.pem');
  const reply = (query) => {
    fs.writeFileSync(path.join(dir, 'query.tsq'), query);
    openssl('ts', '-reply', '-config', 'authority.cnf', '-queryfile', 'query.tsq', '-out', 'reply.tsr');
    return fs.readFileSync(path.join(dir, 'reply.tsr'));
  };
  const query = (...args) => openssl('ts', '-query', ...args);
  return { root: path.join(dir, 'root.pem'), signer: path.join(dir, 'tsa.pem'), reply, query };
}

/** The 32 bytes of the SHA-256 imprint in a TimeStampReq. */
export function imprintOf(query) {
  const at = query.indexOf(Buffer.from([0x04, 0x20])) + 2;
  return query.subarray(at, at + 32);
}

/** Serves `answer(query)` → {status, type, body}; `asked` keeps every request. */
export async function serve(t, answer, tls) {
  const asked = [];
  const handler = (request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part)).on('end', () => {
      const body = Buffer.concat(parts);
      asked.push({ method: request.method, type: request.headers['content-type'], body });
      const { status = 200, type = 'application/timestamp-reply', body: out } = answer(body);
      response.writeHead(status, { 'Content-Type': type });
      response.end(out);
    });
  };
  const server = tls ? https.createServer(tls, handler) : http.createServer(handler);
  const port = await listen(server);
  t.after(() => { server.closeAllConnections?.(); server.close(); });
  return { url: tls ? `https://localhost:${port}/tsr` : `http://127.0.0.1:${port}/tsr`, asked };
}
