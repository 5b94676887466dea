// What the mechanisms live in: pages that the audit visits, frames, scripts and workers. A row of the table names the one that its
// snippet goes into (`in`). `frame` is the document in which a script runs: none for a worker.
import { A, B, H1, M, P, S, SA, T, TC, W, WA, WS } from './hosts.mjs';

const page = (key, more = {}) => [key, { url: `https://${A}/p/${key}`, type: 'html', page: true, ...more }];
const html = (key, url, more = {}) => [key, { url, type: 'html', ...more }];
const js = (key, url, frame, more = {}) => [key, { url, type: 'js', frame, ...more }];

export const documents = new Map([
  ['start', { url: `https://${A}/`, type: 'html' }],
  // In the order of the visit. What is set at unload of one is seen by the next, the last is there for the one before it.
  page('attributes'), page('to-resources', { status: 302, to: `https://${M}/p/resources` }), page('to-scripts', { status: 302, to: `https://${S}/p/scripts` }),
  page('frames'), page('life'), page('storage'), page('workers'),
  ['scoped', { url: `https://${A}/scoped/page`, type: 'html', page: true }],
  page('requests', { headers: { Link: `<https://${A}/m/rq_link_header>; rel=preload; as=image` } }),
  page('hops', { status: 302, to: `https://${H1}/m/nav_hop1` }),
  page('unload'),
  page('plain', { status: 302, to: `http://${P}/p/http` }),
  page('last'),
  html('resources', `https://${M}/p/resources`), html('scripts', `https://${S}/p/scripts`),
  html('landing', `https://${A}/p/landing`),
  html('http', `http://${P}/p/http`),

  html('same', `https://${A}/f/same`), html('www', `https://${WA}/f/www`),
  html('cross', `https://${T}/f/cross`), html('nested', `https://${B}/f/nested`), html('deep', `https://${T}/f/deep`), html('aba', `https://${A}/f/aba`),
  html('boxed', `https://${A}/f/boxed`), html('opaque', `https://${A}/f/opaque`), html('lent', `https://${S}/f/lent`),
  html('csp', `https://${A}/f/csp`, { headers: { 'Content-Security-Policy': `img-src 'self'; report-uri https://${A}/m/csp_report` } }),
  html('wipe', `https://${WA}/f/wipe`), html('store3', `https://${T}/f/store`), html('life3', `https://${T}/f/life`), html('storesub', `https://${SA}/f/store`),
  html('widget', `https://${W}/f/widget`),

  js('own.js', `https://${S}/s/own.js`, 'scripts'), js('www.js', `https://${WS}/s/www.js`, 'scripts'), js('tracker.js', `https://${T}/s/tracker.js`, 'scripts'),
  js('cdn.js', `https://${TC}/s/cdn.js`, 'scripts'), js('inserted.js', `https://${S}/s/inserted.js`, 'scripts'), js('module.js', `https://${S}/s/module.js`, 'scripts'),
  js('imported.js', `https://${S}/s/imported.js`, 'scripts'), js('defer.js', `https://${S}/s/defer.js`, 'scripts'), js('written.js', `https://${S}/s/written.js`, 'scripts'),
  js('pragma.js', `https://${S}/s/pragma.js`, 'scripts'),
  js('store3.js', `https://${T}/s/store.js`, 'storage'), js('life3.js', `https://${T}/s/life.js`, 'life'), js('req3.js', `https://${T}/s/requests.js`, 'requests'),
  js('unload3.js', `https://${T}/s/unload.js`, 'unload'),

  js('dedicated.js', `https://${A}/w/dedicated.js`, null), js('moduleworker.js', `https://${A}/w/module.js`, null), js('shared.js', `https://${A}/w/shared.js`, null),
  js('storeworker.js', `https://${A}/w/store.js`, null), js('inner.js', `https://${A}/w/inner.js`, null), js('sw.js', `https://${A}/scoped/sw.js`, null),
]);
