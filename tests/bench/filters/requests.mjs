// Requests to hold engines against each other with, made from the rules of the lists: for each rule one that it is written for, and
// ones that miss it by little. Always the same for the same lists.

const PAGES = ['https://www.shop-of-books.example/', 'https://news.daily-paper.example/politics', 'https://forum.gardeners.example/t/1',
  'https://www.bbc.co.uk/news', 'https://www.nytimes.com/', 'https://www.spiegel.de/', 'https://www.lemonde.fr/', 'https://www.repubblica.it/',
  'https://www.marktplaats.nl/', 'https://en.wikipedia.org/wiki/Cookie', 'https://github.com/', 'https://www.youtube.com/', 'https://www.reddit.com/',
  'https://someone.github.io/', 'https://blog.someone.blogspot.com/', 'http://192.0.2.7/', 'https://localhost:8080/', 'https://www.globo.com/'];
const TYPES = ['script', 'image', 'xmlhttprequest', 'sub_frame', 'stylesheet', 'font', 'media', 'ping', 'websocket', 'other', 'object', 'main_frame'];
const OPTION_TYPES = { script: 'script', image: 'image', xmlhttprequest: 'xmlhttprequest', xhr: 'xmlhttprequest', subdocument: 'sub_frame', stylesheet: 'stylesheet',
  ping: 'ping', media: 'media', font: 'font', other: 'other', websocket: 'websocket', object: 'object', document: 'main_frame' };
const OWN_PATHS = ['/', '/assets/app.8f3a.js', '/static/css/main.css', '/img/logo.png', '/api/v1/items?page=2', '/wp-content/themes/plain/style.css',
  '/wp-includes/js/jquery/jquery.min.js', '/fonts/text.woff2', '/search?q=garden+chairs&sort=price', '/video/intro.mp4', '/ads.txt', '/favicon.ico'];
const OTHERS = ['https://cdnjs.cloudflare.com/ajax/libs/jquery/3.7.1/jquery.min.js', 'https://fonts.googleapis.com/css2?family=Inter', 'https://fonts.gstatic.com/s/inter/v13/a.woff2',
  'https://www.google-analytics.com/g/collect?v=2&tid=G-1', 'https://www.googletagmanager.com/gtag/js?id=G-1', 'https://connect.facebook.net/en_US/fbevents.js',
  'https://securepubads.g.doubleclick.net/tag/js/gpt.js', 'https://static.hotjar.com/c/hotjar-1.js?sv=6', 'https://cdn.jsdelivr.net/npm/vue@3/dist/vue.global.js',
  'https://unpkg.com/react@18/umd/react.production.min.js', 'https://bat.bing.com/bat.js', 'https://js.stripe.com/v3/', 'https://www.gstatic.com/recaptcha/releases/a/recaptcha__en.js',
  'https://player.vimeo.com/video/1', 'https://i.ytimg.com/vi/a/hqdefault.jpg', 'https://images.unsplash.com/photo-1?w=800', 'https://maps.googleapis.com/maps/api/js?key=a'];

const host = (text) => /^[a-z0-9._-]+\.[a-z0-9-]+$/i.test(text);

// A URL that the pattern is written for, or null where there is no simple one.
function urlFor(pattern, n) {
  let text = pattern.replace(/\*+$/, '').replace(/\|$/, '');
  if (text.startsWith('||')) {
    text = text.slice(2).replace(/\^$/, '/').replaceAll('^', '/').replaceAll('*', 'xq');
    const end = text.search(/[/?:=&]/);
    const name = end === -1 ? text : text.slice(0, end);
    const whole = name.endsWith('.') ? `${name}example` : name;
    const tail = end === -1 ? '/' : text.slice(end);
    return host(whole) && !/\.\d+$/.test(whole) ? `https://${n % 3 === 0 ? 'www.' : ''}${whole}${tail}` : null;
  }
  text = text.replace(/^\*/, '').replaceAll('^', '/').replaceAll('*', 'xq');
  if (text.startsWith('|')) return /^\|https?:\/\/[^/]/.test(text) ? text.slice(1) : null;
  if (/^:\/\//.test(text)) return `https${text}`;
  return `https://cdn.made-up-host.example${text.startsWith('/') ? '' : '/a'}${text}`;
}

export function makeRequests(texts, conformance) {
  let state = 20261126;
  const pick = (n) => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return Math.floor((state / 2 ** 32) * n); };
  const one = (list) => list[pick(list.length)];
  const requests = [];
  const add = (url, page, type) => { if (/^(https?|wss?):\/\/[a-z0-9_][\x21-\x5b\x5d-\x7e]*$/i.test(url)) requests.push({ url, page, type }); };
  for (const page of PAGES) {
    for (const where of OWN_PATHS) add(new URL(where, page).href, page, one(TYPES));
    for (const url of OTHERS) for (let i = 0; i < 4; ++i) add(url, page, TYPES[pick(8)]);
  }
  for (const { url, sourceUrl, type } of conformance) if (url !== 'https://') add(url, sourceUrl, type);
  for (const text of texts) {
    let n = 0;
    for (const line of text.split('\n').map((raw) => raw.trim())) {
      if (line.length < 3 || line[0] === '!' || line[0] === '[' || /#[@?$%]*#/.test(line)) continue;
      ++n;
      const dollar = line.lastIndexOf('$');
      const hasOptions = dollar > 0 && /^[~a-z0-9,=|._*%:-]+$/i.test(line.slice(dollar + 1));
      const options = hasOptions ? line.slice(dollar + 1).split(',') : [];
      const url = urlFor((hasOptions ? line.slice(0, dollar) : line).replace(/^@@/, ''), n);
      if (url === null) continue;
      const domains = options.find((o) => o.startsWith('domain='))?.slice(7).split('|').filter((d) => d[0] !== '~').map((d) => d.replace(/\.\*$/, '.com')) ?? [];
      const types = options.map((o) => OPTION_TYPES[o]).filter(Boolean);
      const page = domains.length > 0 ? `https://${pick(2) ? 'www.' : ''}${one(domains)}/` : one(PAGES);
      const type = types.length > 0 ? one(types) : one(TYPES);
      add(url, page, type);
      if (n % 2 === 0) add(url, one(PAGES), one(TYPES));
      if (n % 3 === 0) add(url.replace('://', '://x'), page, type);
      if (n % 5 === 0) add(`${url}q/${pick(1e6)}.js?u=https://tracker.example/ads/&w=1`, page, type);
      if (n % 7 === 0) add(url, `${/^[a-z]+:\/\/[^/?#]*/.exec(url)[0]}/`, type);
    }
  }
  return requests;
}
