// A site of our own writing that behaves as the page of 2019 did whose policy is the development text: the same parties under
// their real host names, each doing what its public documentation says it does. Served on loopback only.
import fs from 'node:fs';

export const site = 'emastered.com';
const cdn = 'd1q4z6c1vnlqgs.cloudfront.net';
export const hosts = [site, 'www.google-analytics.com', 'connect.facebook.net', 'www.facebook.com', 'cdn.mxpnl.com', 'api.mixpanel.com',
  'bat.bing.com', 'apis.google.com', 'accounts.google.com', 'use.typekit.net', 'p.typekit.net', 'fonts.googleapis.com', 'fonts.gstatic.com',
  'js.braintreegateway.com', 'widget.intercom.io', 'js.intercomcdn.com', 'api-iam.intercom.io', cdn];

const year = 365 * 24 * 3600;
const js = (body) => ({ type: 'text/javascript', body });
const css = (body) => ({ type: 'text/css', body });
const pixel = (cookies = []) => ({ type: 'image/gif', body: Buffer.from('R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==', 'base64'), cookies });
const helpers = `const id = () => Math.random().toString(16).slice(2, 12) + '.' + Date.now();
const put = (n, v, age) => { document.cookie = n + '=' + v + '; path=/; domain=.${site}; max-age=' + age; };
const hit = (u) => { new Image().src = u; };`;

const homePage = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Instant mastering</title>
<link rel="stylesheet" href="https://use.typekit.net/abc1def.css"><link rel="stylesheet" href="https://fonts.googleapis.com/css?family=Lato">
<script src="https://${cdn}/assets/app.js"></script>
<script async src="https://www.google-analytics.com/analytics.js"></script>
<script async src="https://connect.facebook.net/en_US/fbevents.js"></script>
<script async src="https://connect.facebook.net/en_US/sdk.js"></script>
<script async src="https://cdn.mxpnl.com/libs/mixpanel-2-latest.min.js"></script>
<script async src="https://bat.bing.com/bat.js"></script>
<script async src="https://apis.google.com/js/platform.js"></script>
<script src="https://js.braintreegateway.com/web/dropin/1.14.1/js/dropin.min.js"></script>
</head><body><nav><a href="/">Home</a> <a href="/pricing">Pricing</a> <a href="/privacy">Privacy</a></nav><h1>Instant mastering</h1>
<script>setTimeout(() => { const s = document.createElement('script'); s.src = 'https://widget.intercom.io/widget/w1x2y3z4'; document.head.append(s); }, 15000);</script>
</body></html>`;

const answers = {
  [cdn]: () => js('window.app = {ready: true};'),
  'www.google-analytics.com': (url) => url.pathname === '/analytics.js'
    ? js(`(() => { ${helpers}
        const cid = id(); put('_ga', 'GA1.2.' + cid, ${2 * year}); put('_gid', 'GA1.2.' + id(), 86400); put('_gat', '1', 60);
        const base = 'https://www.google-analytics.com/collect?v=1&tid=UA-1-1&cid=' + cid;
        hit(base + '&t=pageview&dl=' + encodeURIComponent(location.href));
        const ema = (document.cookie.match(/(?:^|; )ema=([^;]*)/) || [])[1];
        hit(base + '&t=event&ec=advertising&el=' + encodeURIComponent(ema || 'none')); })();`)
    : pixel(),
  'connect.facebook.net': (url) => url.pathname.endsWith('fbevents.js')
    ? js(`(() => { ${helpers} const fbp = 'fb.1.' + Date.now() + '.' + Math.floor(Math.random() * 1e10); put('_fbp', fbp, 7776000);
        hit('https://www.facebook.com/tr/?id=1&ev=PageView&fbp=' + fbp); })();`)
    : js(`fetch('https://www.facebook.com/x/oauth/status?client_id=1', {mode: 'no-cors', credentials: 'include'});`),
  'www.facebook.com': () => pixel([`fr=0${Math.random().toString(36).slice(2)}.${Date.now()}; Domain=.facebook.com; Path=/; Max-Age=7776000; Secure; HttpOnly; SameSite=None`]),
  'cdn.mxpnl.com': () => js(`(() => { ${helpers} const d = id();
        put('mp_1a2b3c4d_mixpanel', encodeURIComponent(JSON.stringify({distinct_id: d})), ${year});
        hit('https://api.mixpanel.com/track/?ip=1&data=' + btoa(d)); })();`),
  'api.mixpanel.com': () => pixel(),
  'bat.bing.com': (url) => url.pathname === '/bat.js'
    ? js(`(() => { ${helpers} put('_uetsid', id(), 86400); hit('https://bat.bing.com/action/0?ti=1&evt=pageLoad'); })();`)
    : pixel([`MUID=${Math.random().toString(16).slice(2).toUpperCase()}; domain=.bing.com; path=/; max-age=${390 * 86400}; Secure; SameSite=None`]),
  'apis.google.com': () => js(`(() => { const f = document.createElement('iframe'); f.hidden = true;
        f.src = 'https://accounts.google.com/o/oauth2/iframe'; document.documentElement.append(f); })();`),
  'accounts.google.com': () => ({ type: 'text/html', body: '<!doctype html><title>sign in</title>' }),
  'use.typekit.net': () => css('@import url("https://p.typekit.net/p.css?s=1"); body { font-family: sans-serif; }'),
  'p.typekit.net': () => css(''),
  'fonts.googleapis.com': () => css("@font-face { font-family: Lato; src: url(https://fonts.gstatic.com/s/lato.woff2) format('woff2'); } h1 { font-family: Lato; }"),
  'fonts.gstatic.com': () => ({ type: 'font/woff2', body: '' }),
  'js.braintreegateway.com': () => js('window.braintree = {};'),
  'widget.intercom.io': () => js(`{ const s = document.createElement('script'); s.src = 'https://js.intercomcdn.com/shim.latest.js'; document.head.append(s); }`),
  'js.intercomcdn.com': () => js(`fetch('https://api-iam.intercom.io/messenger/web/ping', {method: 'POST', mode: 'no-cors', body: 'app_id=w1x2y3z4'});
        document.cookie = 'intercom-id-w1x2y3z4=' + Math.random().toString(16).slice(2) + '; path=/; domain=.${site}; max-age=23328000';`),
  'api-iam.intercom.io': () => ({ type: 'application/json', body: '{}' }),
};

/** Enough Markdown for the development text: headings, list items, paragraphs. Its first quotation is the archivist's, not the site's. */
export function policyHtml(markdown) {
  const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  const blocks = markdown.split(/\n{2,}/).map((block) => block.trim()).filter((block) => block && !block.startsWith('>'));
  const html = blocks.map((block) => {
    const heading = /^(#{1,6})\s*(.*)$/s.exec(block);
    if (heading) return heading[2].trim() ? `<h${heading[1].length}>${escape(heading[2])}</h${heading[1].length}>` : '';
    if (block.startsWith('* ')) return `<ul>${block.split(/\n\s*\*\s+/).map((item) => `<li>${escape(item.replace(/^\*\s+/, ''))}</li>`).join('')}</ul>`;
    return `<p>${escape(block)}</p>`;
  });
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Privacy Policy</title></head><body>
<nav><a href="/">Home</a> <a href="/privacy">Privacy</a></nav><main>${html.join('\n')}</main></body></html>`;
}

/** The request handler of all hosts. `policyFile` is read at run time and never copied. */
export function handler(policyFile) {
  const policy = policyHtml(fs.readFileSync(policyFile, 'utf8'));
  return (request, response) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '');
    const url = new URL(request.url, `https://${host}`);
    let answer;
    if (host === site) {
      const body = { '/': homePage, '/pricing': homePage, '/privacy': policy }[url.pathname];
      answer = body === undefined ? { status: 404, type: 'text/html', body: 'Not found' }
        : { type: 'text/html', body, cookies: url.pathname === '/' ? [`ema=${Math.random().toString(16).slice(2)}; Path=/; Max-Age=${year}`] : [] };
    } else {
      answer = answers[host]?.(url) ?? { status: 404, type: 'text/plain', body: 'no such host here' };
    }
    response.writeHead(answer.status ?? 200, {
      'Content-Type': answer.type.startsWith('text/') ? `${answer.type}; charset=utf-8` : answer.type, 'Cache-Control': 'no-store',
      'Access-Control-Allow-Origin': '*', ...(answer.cookies?.length ? { 'Set-Cookie': answer.cookies } : {}),
    });
    response.end(answer.body);
  };
}
