// A shop whose pages have many small parts on two hosts, and the server's own truth: when each address was asked for and answered.
import http from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const KINDS = [
  { ext: 'gif', type: 'image/gif', body: GIF, tag: (url) => `<img src="${url}">` },
  { ext: 'js', type: 'text/javascript', body: 'void 0;', tag: (url) => `<script src="${url}" defer></script>` },
  { ext: 'css', type: 'text/css', body: 'i{}', tag: (url) => `<link rel="stylesheet" href="${url}">` },
];
const kindOf = (i) => KINDS[i % 10 < 6 ? 0 : i % 10 < 9 ? 1 : 2];  // Six images, three scripts, one style sheet in ten.

/**
 * @param {{parts?: number, delayMs?: number}} [options] delayMs: before each part's answer
 * @returns {Promise<{page: (n: number | string) => string, seen: Map<string, {asked: number, answered: number | null}>, set delayMs(ms: number), close: () => void}>}
 *   page: its address; every n makes all its parts' addresses new. seen: by address, times in ms since the epoch
 */
export async function serveShop({ parts = 200, delayMs = 0 } = {}) {
  const seen = new Map();
  let delay = delayMs;
  const html = (n, port) => {
    const tags = Array.from({ length: parts }, (_, i) => kindOf(i).tag(`http://${i % 2 === 0 ? 'shop' : 'cdn'}.localhost:${port}/${i}.${kindOf(i).ext}?n=${n}`));
    // An icon that is data keeps the browser from asking for one of its own accord.
    return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Shop</title><link rel="icon" href="data:,">${tags.join('\n')}`;
  };
  const server = http.createServer(async (request, response) => {
    const port = request.socket.localPort;
    const url = new URL(request.url, `http://${request.headers.host}`);
    const times = { asked: Date.now(), answered: null };
    seen.set(url.href, times);
    response.on('close', () => { times.answered ??= Date.now(); });
    response.on('finish', () => { times.answered = Date.now(); });
    const head = { 'cache-control': 'no-store' };
    if (url.pathname === '/page') {
      response.writeHead(200, { ...head, 'content-type': 'text/html', 'set-cookie': 'sid=1; Path=/; HttpOnly' });
      return response.end(html(url.searchParams.get('n'), port));
    }
    const match = /^\/(\d+)\.\w+$/.exec(url.pathname);
    if (!match) return response.writeHead(404, head).end();
    if (delay > 0) await wait(delay);
    const i = Number(match[1]);
    const kind = kindOf(i);
    response.writeHead(200, { ...head, 'content-type': kind.type, ...(i % 20 === 0 ? { 'set-cookie': `c${i}=${i}; Max-Age=3600` } : {}) });
    return response.end(kind.body);
  });
  server.keepAliveTimeout = 60_000;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  return {
    seen,
    page: (n) => `http://shop.localhost:${port}/page?n=${n}`,
    set delayMs(ms) { delay = ms; },
    close: () => { server.closeAllConnections(); server.close(); },
  };
}
