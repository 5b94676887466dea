// Serves the farm: every host, every document and every address of the table, and keeps a log of what it was asked.
import crypto from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { documents } from './documents.mjs';
import { listen } from '../lib.mjs';
import { rows } from './table.mjs';

const gif = Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64');
const types = {
  html: ['text/html; charset=utf-8', '<!doctype html><title>farm</title>'], js: ['text/javascript; charset=utf-8', ';'], css: ['text/css', '/**/'], img: ['image/gif', gif],
  font: ['font/woff2', ''], text: ['text/plain', 'ok'], json: ['application/json', '{}'], audio: ['audio/wav', ''], video: ['video/mp4', ''], vtt: ['text/vtt', 'WEBVTT\n'],
  manifest: ['application/manifest+json', '{"name": "farm"}'], events: ['text/event-stream', 'data: x\n\n'], svg: ['image/svg+xml',
    '<svg xmlns="http://www.w3.org/2000/svg"><g id="a"/></svg>'],
  xml: ['application/xml', '<a/>'], xhtml: ['application/xhtml+xml', ''], wasm: ['application/wasm', Buffer.from([0, 97, 115, 109, 1, 0, 0, 0])],
};

// One address it answers itself, one it fetches for the page, the others it leaves alone.
const serviceWorker = `addEventListener('install', () => skipWaiting());
addEventListener('activate', (e) => e.waitUntil(clients.claim()));
addEventListener('fetch', (e) => {
  const path = new URL(e.request.url).pathname;
  if (path === '/scoped/answered') e.respondWith(new Response('x'));
  if (path === '/scoped/pass') e.respondWith(fetch(e.request));
});
`;

/** The text of a document: the snippets of all rows that live in it. */
function bodyOf(key, document) {
  const inside = rows.filter((row) => row.in === key);
  // What goes in as html may sit elsewhere than the script that it loads: `page`, or the document that this script runs in.
  const holds = (row) => (row.page ?? (documents.get(row.in)?.type === 'html' ? row.in : documents.get(row.in)?.frame)) === key;
  if (document.type === 'js') {
    return (key === 'sw.js' ? serviceWorker : '') + inside.filter((row) => row.js).map((row) => `try { ${row.js}\n} catch {}`).join('\n');
  }
  const links = key === 'start' ? [...documents.values()].filter((d) => d.page).map((d) => `<a href="${d.url}">page</a>`).join(' ') : '';
  const html = rows.filter((row) => row.html && !row.head && holds(row)).map((row) => row.html).join('\n');
  const js = inside.filter((row) => row.js).map((row) => `<script>\n${row.js}\n</script>`).join('\n');
  const icon = rows.find((row) => row.head && row.in === key)?.html ?? '<link rel="icon" href="data:,">';
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>farm ${key}</title>${icon}</head><body>${links}\n${js}\n${html}</body></html>`;
}

/** Address (without query) → the answer. */
export function answers() {
  const found = new Map();
  for (const [key, document] of documents) found.set(document.url, { ...document, body: bodyOf(key, document), lines: [] });
  for (const row of rows) {
    if (row.serve) found.set(`https://${row.serve.host}${row.serve.path}`, { type: row.serve.type, body: row.serve.body, lines: [] });
    if (row.kind !== 'cookie-header' && row.kind !== 'request' && !(row.kind === 'deletion' && row.html)) continue;
    const url = row.url.replace(/^wss:/, 'https:');
    const answer = found.get(url) ?? { lines: [] };
    for (const field of ['type', 'status', 'to', 'headers', 'cors', 'body', 'only304', 'onlyOptions', 'slow', 'reset', 'early', 'stall']) answer[field] ??= row[field];
    if (row.line) answer.lines.push(row.line, ...(row.more ?? []));
    found.set(url, answer);
  }
  return found;
}

const quiet = (stream) => stream.on('error', () => {});

/** @returns {Promise<{ports: {securePort: number, plainPort: number}, log: {url: string, method: string, cookie: string}[], close: () => void}>} */
export async function serveFarm({ key, cert }) {
  const all = answers();
  const log = [];
  const note = (request, scheme) => {
    const url = `${scheme}://${(request.headers.host ?? '').replace(/:\d+$/, '')}${request.url}`;
    log.push({ url, method: request.method, cookie: Buffer.from(request.headers.cookie ?? '', 'latin1').toString('utf8') });
    return url;
  };
  const handle = (scheme) => (request, response) => {
    const url = note(request, scheme);
    const answer = all.get(url.replace(/\?.*$/, ''));
    if (!answer) {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('not of the farm');
      return;
    }
    if (answer.reset) { request.socket.destroy(); return; }
    setTimeout(() => respond(request, response, answer), answer.slow ?? 0);
  };
  const respond = (request, response, answer) => {
    const [type, plain] = types[answer.type ?? 'text'];
    const preflight = request.method === 'OPTIONS';
    const unchanged = answer.only304 && request.headers['if-none-match'] !== undefined;
    const headers = { 'Content-Type': type, 'Cache-Control': 'no-store', ...answer.headers, ...(answer.to ? { Location: answer.to } : {}) };
    const origin = request.headers.origin;
    if (answer.cors && origin) {
      Object.assign(headers, { 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Credentials': 'true' },
        preflight ? { 'Access-Control-Allow-Methods': 'PUT', 'Access-Control-Allow-Headers': 'x-farm' } : {});
    }
    if (answer.early) response.socket?.write(`HTTP/1.1 103 Early Hints\r\n${answer.lines.map((line) => `Set-Cookie: ${line}\r\n`).join('')}\r\n`);
    const says = !answer.early && (!answer.only304 || unchanged) && (!answer.onlyOptions || preflight);
    const status = unchanged ? 304 : preflight ? 204 : answer.status ?? 200;
    const body = status === 204 || status === 304 || request.method === 'HEAD' ? '' : answer.body ?? plain;
    // By hand: Node would refuse the control characters that some lines are about.
    const lines = [`HTTP/1.1 ${status} ${http.STATUS_CODES[status]}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      ...(says ? answer.lines.map((line) => `Set-Cookie: ${line}`) : []),
      ...(status === 204 || status === 304 ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]), 'Connection: close'];
    // The rest never comes: whoever asked gives up. Firefox tells nobody of headers before it has sniffed at some of the body.
    if (answer.stall) { response.socket?.write(`HTTP/1.1 200 OK\r\nContent-Type: ${type}\r\nContent-Length: 4000\r\n\r\n${'x'.repeat(2000)}`); return; }
    response.socket?.end(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'utf8'), Buffer.from(body)]));
  };
  const upgrade = (request, socket) => {
    quiet(socket);
    const answer = all.get(note(request, 'https'));
    const accept = crypto.createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    const cookies = (answer?.lines ?? []).map((line) => `Set-Cookie: ${line}\r\n`).join('');
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n${cookies}\r\n`);
    socket.write(Buffer.from([0x81, 1, 0x78]));
    setTimeout(() => socket.end(Buffer.from([0x88, 0])), 200);
  };
  const options = { maxHeaderSize: 262_144 };
  const secure = https.createServer({ key, cert, ...options }, handle('https')).on('upgrade', upgrade).on('tlsClientError', () => {}).on('secureConnection', quiet);
  const plain = http.createServer(options, handle('http')).on('connection', quiet);
  for (const server of [secure, plain]) server.on('clientError', (error, socket) => socket.destroy());
  const ports = { securePort: await listen(secure), plainPort: await listen(plain) };
  return { ports, log, close: () => { for (const server of [secure, plain]) { server.closeAllConnections?.(); server.close(); } } };
}
