// The facts this extension is built on, in both browsers: what is offered, set and requested is seen, whatever the page does.
import assert from 'node:assert/strict';
import test from 'node:test';
import { browsers, record, serve } from './record.mjs';

const hosts = ['shop.localhost', 'tracker.localhost', 'b.tracker.localhost'];
const html = (response, body, headers = {}) => {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
  response.end(`<!doctype html><html lang="en"><title>T</title><body>${body}`);
};
const kinds = (entries, kind) => entries.filter((e) => e.k === kind).map((e) => e.b);

function shop(request, response, host, path) {
  const port = request.headers.host.split(':')[1];
  const tracker = `http://tracker.localhost:${port}`;
  if (host === 'tracker.localhost' && path === '/lib.js') {
    response.writeHead(200, { 'content-type': 'text/javascript', 'set-cookie': ['tp=1; Max-Age=1000', 'tpp=1; SameSite=None; Secure; Partitioned'] });
    return response.end(`setTimeout(() => { document.cookie = '_trk=abc; Max-Age=3600; path=/'; localStorage.setItem('k1', 'v1'); localStorage.k2 = 'v2'; sessionStorage.setItem('s', 'x');
      cookieStore.set('cs', '1'); new Image().src = '${tracker}/px'; }, 50);`);
  }
  if (path === '/px') { response.writeHead(302, { location: `http://b.tracker.localhost:${port}/px2`, 'set-cookie': 'hop0=1' }); return response.end(); }
  if (path === '/px2') { response.writeHead(200, { 'content-type': 'image/gif', 'set-cookie': 'hop1=1' }); return response.end(); }
  if (path === '/frame') return html(response, '<script>localStorage.setItem("inframe", "1")</script>');
  if (path === '/worker.js') { response.writeHead(200, { 'content-type': 'text/javascript' }); return response.end('fetch("/from-worker")'); }
  if (path === '/from-worker') { response.writeHead(200, { 'set-cookie': 'worker=1' }); return response.end('x'); }
  if (path === '/') return html(response, `<script>document.cookie = 'inline=1'; new Worker('/worker.js')</script><script src="${tracker}/lib.js"></script><iframe src="${tracker}/frame"></iframe>
    <iframe srcdoc="<script>document.cookie='srcdoc=1'</script>"></iframe><a href="/a">A</a> <a href="/b">B</a>
    <footer><a href="/privacy">Privacy Policy</a> <a href="/cookies.pdf">Cookie Policy</a> <a href="/gone">Privacy notice for California</a> <a href="/plain">Data protection notice</a></footer>`,
    { 'set-cookie': ['sid=1; HttpOnly; Path=/', 'lat=\xe9', 'utf=\xc3\xa9'], p3p: 'CP="none"' });
  if (path === '/privacy') return html(response, '<h1>Privacy</h1><p>We use <a href="/x">them</a>.<br>Second</p><details><summary>More</summary><p>Folded</p></details><div style="display:none">Hidden</div><table><tr><th>Name<th>Life<tr><td rowspan=2>_ga<td>2 years<tr><td>1 day</table>');
  if (path === '/plain') { response.writeHead(200, { 'content-type': 'text/plain' }); return response.end('PRIVACY\n\nWe collect nothing.\n'); }
  if (path === '/cookies.pdf') { response.writeHead(200, { 'content-type': 'application/pdf' }); return response.end('%PDF-1.4\n'); }
  if (path === '/a') return html(response, '<p>A', { 'set-cookie': 'pa=1' });
  response.writeHead(404, { 'content-type': 'text/html' });
  return response.end('<p>not here');
}

const hostile = `<script>
  const dispatch = EventTarget.prototype.dispatchEvent, fire = (e) => dispatch.call(window, e);
  Array.prototype.toJSON = Object.prototype.toJSON = String.prototype.toJSON = () => 'X';
  Error.stackTraceLimit = 0; Error.prepareStackTrace = () => { throw 1; };
  EventTarget.prototype.dispatchEvent = () => { throw 2; }; JSON.stringify = () => 'bad'; Reflect.apply = () => { throw 3; };
  fire(new CustomEvent('affiant:call'));
  const forged = document.createElement('b');
  fire(new MouseEvent('affiant:join', { relatedTarget: forged }));
  dispatch.call(forged, new CustomEvent('record', { detail: '{"k":"cookie","line":"forged=1","stack":""}' }));
  document.cookie = 'plain=1';
  const seen = [Error.stackTraceLimit, String(Object.getOwnPropertyDescriptor(Document.prototype, 'cookie').set).replace(/\\s+/g, ''), Storage.prototype.setItem.name, Storage.prototype.setItem.length];
  for (const misuse of [() => Storage.prototype.setItem.call({}, 'a', 'b'), () => localStorage.setItem('x'), () => { Document.prototype.__lookupSetter__('cookie').call({}, 'a=b'); }])
    try { misuse(); seen.push('no error'); } catch (e) { seen.push(e.name); }
  delete Error.prepareStackTrace; Error.stackTraceLimit = 20;
  try { localStorage.setItem('x'); } catch (e) { seen.push(/extension/.test(e.stack)); }
  document.cookie = 'seen=' + seen.join('|');
  const frame = document.createElement('iframe');
  document.documentElement.appendChild(frame);
  frame.contentWindow.eval("document.cookie='sync=1'");
  frame.contentWindow.localStorage.property = '2';
  eval("document.cookie='evaluated=1'");
  setTimeout(() => { document.open(); document.write('<p>new<script>document.cookie="rewritten=1"<' + '/script>'); document.close(); }, 100);
</script>`;

for (const browser of browsers) {
  test(`in ${browser} headers, scripts, storage, hops and policies are recorded, each with who did it`, { timeout: 200_000 }, async (t) => {
    const port = await serve(t, shop);
    const { entries } = await record(t, { browser, hosts, url: `http://shop.localhost:${port}/`, plan: { pages: 1 } });
    const headers = kinds(entries, 'cookie.header');
    const line = (name) => headers.find((h) => h.head === `${name}=`);
    for (const name of ['sid', 'lat', 'utf', 'tp', 'tpp', 'hop0', 'hop1', 'worker', 'pa']) assert.ok(line(name), `Set-Cookie of ${name}`);
    assert.deepEqual([line('lat').value, line('lat').bytes, line('utf').value, line('utf').bytes], ['\xe9', 'latin1', 'é', 'utf-8']);
    assert.equal(line('tpp').tail, '; SameSite=None; Secure; Partitioned');
    assert.deepEqual([line('hop0').hop, line('hop1').hop, line('hop0').rid], [0, 1, line('hop1').rid]);
    assert.ok(headers.every((h) => h.top_host === 'shop.localhost'));

    const scripts = kinds(entries, 'cookie.script');
    const script = (name) => scripts.find((s) => s.head === `${name}=`);
    assert.equal(script('_trk').script_host, 'tracker.localhost');
    assert.match(script('_trk').stack[0], /\/lib\.js:1:\d+$/);
    assert.equal(script('cs').via, 'cookieStore.set');
    assert.ok(script('inline') && script('srcdoc').frame_url === 'about:srcdoc');
    const storage = (key) => kinds(entries, 'storage.set').filter((s) => s.key === key).map((s) => s.via);
    assert.deepEqual([storage('k1'), storage('k2'), storage('s'), storage('inframe')], [['setItem'], ['snapshot'], ['setItem'], ['setItem']], 'each once');

    const requests = kinds(entries, 'request');
    assert.equal(requests.filter((r) => r.type === 'main_frame').length, 6, 'the site, one further page, four policy addresses');
    assert.equal(requests.find((r) => r.url.endsWith('/px')).redirect, `http://b.tracker.localhost:${port}/px2`);
    assert.equal(requests.find((r) => r.type === 'main_frame').headers.p3p, 'CP="none"');
    assert.ok(requests.every((r) => !/extension:/.test(`${r.initiator} ${r.initiator_url} ${r.document_url}`)));

    const policies = Object.fromEntries(kinds(entries, 'policy.page').map((p) => [new URL(p.url).pathname, p.result]));
    assert.deepEqual(policies, { '/privacy': 'captured', '/cookies.pdf': 'not-html', '/gone': 'error-status', '/plain': 'captured' });
    const jar = kinds(entries, 'cookie.jar').filter((c) => c.when === 'final').map((c) => c.name);
    for (const name of ['sid', 'inline', '_trk', 'cs', 'tpp']) assert.ok(jar.includes(name), `${name} is in the jar`);
    assert.equal(kinds(entries, 'session.open')[0].third_party_cookies, browser === 'firefox' ? 'partitioned' : 'blocked');
    assert.deepEqual(kinds(entries, 'recorder.note').map((n) => n.code), ['third-party-cookies-mode']);
    const close = kinds(entries, 'session.close')[0];
    assert.deepEqual([close.reason, close.by], ['plan-done', 'extension']);
  });

  test(`in ${browser} a hostile page can neither break the hooks nor be broken by them nor forge a record`, { timeout: 200_000 }, async (t) => {
    const port = await serve(t, (request, response, host, path) => (path === '/' ? html(response, hostile) : response.writeHead(404).end()));
    const { entries } = await record(t, { browser, hosts, url: `http://shop.localhost:${port}/` });
    const scripts = kinds(entries, 'cookie.script');
    assert.deepEqual(scripts.map((s) => s.head).sort(), ['evaluated=', 'plain=', 'rewritten=', 'seen=', 'sync=']);
    assert.equal(scripts.find((s) => s.head === 'seen=').value, '0|function(){[nativecode]}|setItem|2|TypeError|TypeError|TypeError|false', 'the page sees natives that behave');
    assert.ok(scripts.every((s) => s.stack.length > 0 && s.script_host === 'shop.localhost'), 'a stack despite stackTraceLimit = 0');
    assert.ok(kinds(entries, 'storage.set').some((s) => s.key === 'property' && s.via === 'snapshot'));
  });

  test(`in ${browser} a killed host loses no event and doubles none`, { timeout: 200_000 }, async (t) => {
    const port = await serve(t, shop);
    const { entries, hosts: started } = await record(t, { browser, hosts, url: `http://shop.localhost:${port}/`, plan: { discover_policy: false }, killHostAfter: 'page' });
    assert.equal(started, 2);
    const numbers = entries.filter((e) => e.q > 0).map((e) => e.q);
    assert.deepEqual(numbers, Array.from({ length: numbers.length }, (_, i) => i + 1));
    assert.equal(kinds(entries, 'gap').length, 0);
    assert.equal(kinds(entries, 'session.resume').length, 1);
    for (const name of ['sid', 'tp', 'hop0', 'hop1', 'worker']) assert.equal(kinds(entries, 'cookie.header').filter((h) => h.head === `${name}=`).length, 1, name);
  });

  test(`in ${browser} what cannot be loaded is a failure with a name, never an empty success`, { timeout: 200_000 }, async (t) => {
    const port = await serve(t, (request, response, host, path) => {
      if (path === '/file') { response.writeHead(200, { 'content-type': 'application/octet-stream' }); return response.end('x'); }
      if (path === '/never') return undefined;
      return response.writeHead(404).end();
    });
    const outcomes = [];
    for (const url of ['http://nosuch.invalid/', `http://shop.localhost:${port}/file`, `http://shop.localhost:${port}/empty`, `http://shop.localhost:${port}/never`]) {
      const { entries } = await record(t, { browser, hosts, url, plan: { timeout_ms: 6000 } });
      const [done] = kinds(entries, 'page.done');
      outcomes.push([done.result, kinds(entries, 'session.close')[0].reason]);
      if (url.includes('invalid')) assert.match(done.error, /NAME_NOT_RESOLVED|UNKNOWN_HOST/);
      if (url.endsWith('/file')) assert.equal(done.error, 'download');
    }
    assert.deepEqual(outcomes, [['failed', 'failed'], ['failed', 'failed'], ['failed', 'failed'], ['timeout', 'timeout']]);
  });
}

test('at least one browser was there to test in', () => assert.ok(browsers.length > 0));
