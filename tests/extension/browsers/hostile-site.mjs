// Serves the hostile pages, each on a host of its own; loads them without the extension for what they should see, then records them all.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { run } from '../../e2e/lib.mjs';
import { launch } from '../../live/browser.mjs';
import { pageOf, scripts } from './hostile-pages.mjs';
import { policies, tricks } from './hostile-tricks.mjs';
import { record, serve } from './record.mjs';

const pages = { ...scripts, ...tricks };
export const names = [...Object.keys(pages), ...Object.keys(policies)];
const speaks = (name) => pages[name] !== undefined || policies[name].script !== null;
export const hostOf = (name) => `${name}.hostile.localhost`;
const FRAMED = '<script>document.cookie = "inframe=1"; localStorage.setItem("inframe", "1"); localStorage.bareframe = "1"</script>';

/** What the pages say, by name, and the reports that the browser makes of violated policies. */
function site() {
  const said = new Map();
  const held = new Map();
  const reports = [];
  const take = (name, body) => {
    said.set(name, body);
    held.get(name)?.writeHead(204).end();
  };
  const answer = (request, response, host, address) => {
    const html = (text, headers = {}) => { response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers }); response.end(text); };
    const nothing = () => response.writeHead(204, { 'access-control-allow-origin': '*' }).end();  // A sandboxed page has an origin of its own.
    const [, what, name] = address.split('/');
    const port = request.headers.host.split(':')[1];
    if (what === 'result' || what === 'report') {
      let body = '';
      request.setEncoding('utf8').on('data', (text) => { body += text; }).on('end', () => {
        if (what === 'report') reports.push(body);
        else take(name, body);
        nothing();
      });
    } else if (what === 'hold') {
      if (said.has(name)) nothing();
      else held.set(name, response);
    } else if (what === 'page' && policies[name]) {
      const { csp, frames, script } = policies[name];
      html(script ? pageOf(name, script) : '<!doctype html><title>T</title><link rel="icon" href="data:,"><p>Text<script>document.cookie = "never=1"</script>', { 'content-security-policy': csp, 'x-frame-options': frames, 'set-cookie': `${name}=1; Path=/` });
    } else if (what === 'page') html(pageOf(name, pages[name]));
    else if (what === 'frame') html(name ? FRAMED.replaceAll('frame', name) : FRAMED);
    else if (what === 'denied') html(FRAMED, { 'x-frame-options': 'DENY', 'set-cookie': 'denied=1; Path=/' });
    else if (what === 'next') html('<p>next');
    else if (what === 'index') html(`<link rel="icon" href="data:,">${names.map((n) => `<a href="http://${hostOf(n)}:${port}/page/${n}">${n}</a> `).join('')}`);
    else if (what === 'header') { response.writeHead(200, { 'set-cookie': `h${name}=${'s'.repeat(Number(name))}; Path=/` }); response.end(); }
    else if (what === 'sw.js') { response.writeHead(200, { 'content-type': 'text/javascript' }); response.end(); }
    else nothing();
  };
  return { said, reports, answer };
}

/** Reports without what differs from run to run; when and whether a browser asks for a page's icon does. */
const reported = (reports) => reports.filter((text) => !/"effective-directive":"img-src"/.test(text)).map((text) => text.replace(/localhost:\d+/g, 'localhost')).sort();

/** What every page says when no extension is there. */
export async function withoutUs(t, browser) {
  const { said, reports, answer } = site();
  const port = await serve(t, answer);
  const live = await launch({ browser, extension: false });
  try {
    for (const name of names) {
      const there = live.navigate(`http://${hostOf(name)}:${port}/page/${name}`);
      if (speaks(name)) there.catch(() => {});  // For Firefox's driver a page with a frame that is denied fails, or never ends.
      else await there;
      for (const end = Date.now() + 60_000; speaks(name) && !said.has(name);) {
        if (Date.now() > end) throw new Error(`${name} says nothing`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  } finally {
    await live.close();
  }
  return { said, reports: reported(reports) };
}

/** Records all pages into one case, which is sealed and verified. */
export async function recorded(t, browser) {
  const { said, reports, answer } = site();
  const port = await serve(t, answer);
  const { entries, dir, home } = await record(t, { browser, hosts: ['hostile.localhost', ...names.map(hostOf)], url: `http://hostile.localhost:${port}/index`, timeoutMs: 300_000,
    plan: { discover_policy: false, pages: names.length, timeout_ms: 60_000 } });
  const verified = await run(['verify', dir], { home });
  const files = fs.readdirSync(path.join(dir, 'seg')).map((name) => fs.readFileSync(path.join(dir, 'seg', name)));
  const kinds = (kind) => entries.filter((e) => e.k === kind).map((e) => e.b);
  /** @param {string} name of a page: what was recorded of it */
  const of = (name) => {
    const host = hostOf(name);
    const own = (kind) => kinds(kind).filter((b) => (b.top_host ?? b.domain) === host);
    return { own, said: said.get(name),
      cookies: own('cookie.script').map((c) => c.head + c.value),
      stored: (area = 'localStorage') => own('storage.set').filter((s) => s.area === area).map((s) => `${s.op} ${s.via} ${s.key}`),
      jar: own('cookie.jar').filter((c) => c.when === 'final').map((c) => c.name),
      noted: (code) => kinds('recorder.note').filter((n) => n.code === code && n.detail.includes(`//${host}:`)).map((n) => n.detail) };
  };
  return { said, reports: reported(reports), entries, kinds, of, verified, files, port };
}

/** The sum of the numbers that notes begin with. */
export const total = (notes) => notes.reduce((sum, note) => sum + Number.parseInt(note, 10), 0);

export function assertSealed({ entries, kinds, verified, files }) {
  assert.equal(verified.code, 0, `affiant verify: ${verified.stdout}${verified.stderr}`);
  for (const file of files) new TextDecoder('utf-8', { fatal: true }).decode(file);
  assert.deepEqual(kinds('session.close').map((c) => [c.reason, c.by]), [['plan-done', 'extension']]);
  assert.equal(entries[entries.length - 1].k, 'log.close');
  assert.deepEqual(kinds('page.done').map((p) => p.result), Array(names.length + 1).fill('loaded'));
  assert.deepEqual(kinds('gap'), []);
  const usual = ['third-party-cookies-mode', 'content-script-overflow', 'forged-message', 'content-script-silent'];
  assert.deepEqual(kinds('recorder.note').filter((n) => !usual.includes(n.code)), [], 'no hook failed, nothing of the extension either');
}
