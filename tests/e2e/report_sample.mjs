// A report as the host makes it, of any size and with a real tree under it, for the viewer's tests and figures.
import { createHash, generateKeyPairSync, sign } from 'node:crypto';

const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
const leafOf = (line) => sha256(Buffer.of(0), Buffer.from(line));
const nodeOf = (left, right) => sha256(Buffer.of(1), left, right);
const split = (n) => 2 ** (Math.ceil(Math.log2(n)) - 1);

/** Root and inclusion paths of RFC 6962's tree; `memo` keeps the hash of each range. */
export function tree(lines) {
  const leaves = lines.map(leafOf);
  const memo = new Map();
  const root = (from, to) => {
    const key = from * (lines.length + 1) + to;
    if (!memo.has(key)) memo.set(key, to - from === 1 ? leaves[from] : nodeOf(root(from, from + split(to - from)), root(from + split(to - from), to)));
    return memo.get(key);
  };
  const path = (i) => {
    const out = [];
    for (let from = 0, to = lines.length; to - from > 1;) {
      const middle = from + split(to - from);
      out.unshift(i < middle ? root(middle, to) : root(from, middle));
      if (i < middle) to = middle;
      else from = middle;
    }
    return out.map((hash) => hash.toString('base64'));
  };
  return { root: root(0, lines.length).toString('base64'), path };
}

/** A checkpoint over the root, signed by a fresh key, and the key's name for it. */
function signed(size, root) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const origin = `affiant.invalid/log/${sha256(raw).toString('hex')}`;
  const typed = Buffer.concat([Buffer.of(1), raw]);
  const id = sha256(Buffer.from(`${origin}\n`), typed).subarray(0, 4);
  const text = `${origin}\n${size}\n${root}\n`;
  return { origin, key: `${origin}+${id.toString('hex')}+${typed.toString('base64')}\n`, checkpoint: `${text}\n— ${origin} ${Buffer.concat([id, sign(null, Buffer.from(text), privateKey)]).toString('base64')}\n` };
}

const TEXT = [
  ['heading', 'Cookie policy', { level: 1 }],
  ['paragraph', 'We care about your privacy. This page tells what we keep in your browser – “only what we need”. We never use third-party cookies. We only set cookies that are strictly necessary for the shop to work, such as your basket.'],
  ['heading', 'Who else takes part', { level: 2 }],
  ['item', 'We may share some information with partners, in order to improve our services.', { level: 1 }],
  ['item', 'Our servers delete logs after 30 days.', { level: 1 }],
  ['paragraph', 'We use Google Analytics to measure how our pages are used.'],
  ['cell', 'Name', { table: 0, row: 0, header: true }], ['cell', 'Purpose', { table: 0, row: 0, header: true }], ['cell', 'Expiry', { table: 0, row: 0, header: true }],
  ['cell', 'lang', { table: 0, row: 1 }], ['cell', 'Remembers your language', { table: 0, row: 1 }], ['cell', '30 days', { table: 0, row: 1 }],
];

function policy() {
  let text = '';
  const blocks = TEXT.map(([kind, words, more]) => {
    if (text !== '') text += '\n';
    const at = Buffer.byteLength(text);
    text += words;
    return { kind, at, text: words, ...more };
  });
  const span = (quote) => {
    const start = Buffer.byteLength(text.slice(0, text.indexOf(quote)));
    return { quote, source: 1, start, end: start + Buffer.byteLength(quote) };
  };
  const said = (id, type, polarity, quote, observable = 'yes') => ({ id, type, polarity, modality: 'does', subject: 'we', parties: [], data: ['cookies'], purposes: [], scope: null, condition: null, exception: null, hedged: false, open_list: false, observable, ...span(quote) });
  return {
    blocks,
    declaration: {
      sources: [{ id: 1, url: 'https://shop.example/privacy', kind: 'cookie-policy', language: 'en', sha256: sha256(Buffer.from(text)).toString('hex'), captured_at: '2026-11-26T02:00:09.000Z' }],
      statements: [said('S1', 'third-party-denial', 'does-not', 'We never use third-party cookies.'), said('S2', 'only-necessary', 'does', 'We only set cookies that are strictly necessary for the shop to work, such as your basket.'),
        said('S3', 'third-party-category', 'does', 'We may share some information with partners, in order to improve our services.'), said('S4', 'server-practice', 'does', 'Our servers delete logs after 30 days.', 'no'),
        said('S5', 'named-third-party', 'does', 'We use Google Analytics to measure how our pages are used.')],
      cookies: [{ pattern: 'lang', provider: null, purpose: 'Remembers your language', category: 'functional', lifetime_s: 2_592_000, session_cookie: false, storage: 'cookie', ...span('lang') }],
    },
  };
}

const OWNERS = ['Google', 'Meta', 'Criteo', 'The Trade Desk', null, 'Adobe', 'Hotjar'];

/** @param {{cookies?: number, requests?: number, sessions?: number, findings?: number}} size @returns {{report: any, texts: any, proofs: any}} */
export function sample({ cookies = 24, requests = 90, sessions = 1, findings = 6 } = {}) {
  const start = Date.UTC(2026, 10, 26, 2);
  const lines = [];
  const times = [];
  const runs = [];
  let before = 0;
  const add = (kind, session, body) => {
    const i = lines.length;
    const at = start + i * 7 + Math.floor(i / 40) * 180 + session * 60_000;
    lines.push(JSON.stringify({ b: body, i, k: kind, m: i * 7_000_000, n: sha256(Buffer.from(`nonce ${i}`)).subarray(0, 16).toString('base64url'), q: i, s: session, t: at, v: 1 }));
    times.push(at - before);
    before = at;
    if (runs.at(-1)?.[0] === session) runs.at(-1)[1] += 1;
    else runs.push([session, 1]);
    return i;
  };
  add('log.genesis', 0, { producer: 'affiant 0' });
  const { blocks, declaration } = policy();
  const phases = ['no-choice', 'reject', 'accept'];
  const report = { schema: 'affiant.report/1', site: 'https://shop.example/', generated_at: '2026-11-26T03:00:00Z', tool: { name: 'affiant', version: '0.1.0' },
    knowledge: [{ source: 'Affiant owners', version: '1', sha256: null, licence: 'CC0-1.0' }], case: { id: '20261126-020000-000-shop.example', origin: '', tree_size: 0, root: '', withheld_fields: 0, verdict: { integrity: 'intact', key: 'unpinned', complete: 'complete', time: 'claimed', witnesses: 0 } },
    sessions: [], cookies: [], storage: [], requests: [], techniques: [], consent_states: [], declaration, findings: [], not_observable: 12 };
  const marks = [];
  for (let s = 1; s <= sessions; ++s) {
    const phase = phases[(s - 1) % 3];
    report.sessions.push({ id: s, phase, profile: s, gpc: false, browser: { name: 'chromium', version: '156.0', third_party_cookies: 'allowed' }, opened_at: new Date(start + s * 60_000).toISOString(), closed_at: null,
      pages: ['https://shop.example/', 'https://shop.example/cart'], failed_pages: [], completeness: { received: 100, gaps: [], recorder_down_ms: 0 } });
    marks.push({ entry: add('page.start', s, { page: 0, role: 'site', host: 'shop.example' }), kind: 'page', session: s, result: 'loaded', text: 'https://shop.example/' });
    for (let n = 0; n < Math.ceil(requests / sessions); ++n) {
      if (n === 30) marks.push({ entry: add('page.start', s, { page: 1, role: 'further', host: 'shop.example' }), kind: 'page', session: s, result: 'loaded', text: 'https://shop.example/cart' });
      if (n === 45 && phase !== 'no-choice') marks.push({ entry: add('recorder.note', s, { code: 'choice-made', detail: phase }), kind: 'choice', session: s, result: '', text: phase });
      const third = n % 3 === 1;
      const k = n % 19;
      const host = third ? `t${k}.ads${k % 5}.example` : 'shop.example';
      const owner = third ? OWNERS[k % OWNERS.length] : null;
      const entry = add('request', s, { rid: String(n), hop: 0, host, method: 'GET', type: third ? 'script' : 'image', status: 200, headers: {} });
      report.requests.push({ url: `https://${host}/asset/${n}/a-longer-path-as-they-are.js?v=${n}`, host, site: third ? `ads${k % 5}.example` : 'shop.example', party: third ? 'third' : 'first', same_owner: false, type: third ? 'script' : 'image', method: 'GET', status: 200, failure: null,
        initiator: [k % 4 === 3 ? 'https://t1.ads1.example/loader.js' : 'https://shop.example'], frame: 'https://shop.example/', redirected_from: null, owner, category: third ? 'advertising' : null, tracker: third && k % 2 ? { by: ['list'], rule: '||ads.example^' } : null,
        remote_address: null, headers: {}, phase, consent: [], entries: [entry] });
    }
    for (let n = 0; n < Math.ceil(cookies / sessions); ++n) {
      const third = n % 3 === 1;
      const host = third ? `t${n % 19}.ads${n % 5}.example` : 'shop.example';
      const name = n === 0 ? 'lang' : `cookie_${n}`;
      const tail = '; Max-Age=31536000; Secure; SameSite=None';
      const said = add('cookie.header', s, { rid: String(n), hop: 0, n: 0, scheme: 'https', host, head: `${name}=`, tail, bytes: 'utf-8', type: 'script', tab: 1, frame: 0, _sd: [sha256(Buffer.from(`${n}`)).toString('base64url')] });
      const became = add('cookie.change', s, { cause: 'explicit', removed: false, name, domain: host, host_only: true, path: '/', secure: true, http_only: false, same_site: 'none', session: false, store: '0' });
      report.cookies.push({ name, domain: host, host_only: true, path: '/', partition_key: null, secure: true, http_only: false, same_site: 'none', session_cookie: false, lifetime_s: 31_536_000 + n, party: third ? 'third' : 'first', owner: third ? OWNERS[n % OWNERS.length] : null,
        category: third ? 'advertising' : null, identifier_like: n % 2 === 0, identifier_confirmed: null, by_third_party_script: false, repeats: false, set_by: { mechanism: n % 4 === 0 ? 'document.cookie' : 'http', url: `https://${host}/set.js`, host, frame: 'https://shop.example/', stack: [] },
        outcome: n % 11 === 5 ? 'blocked' : 'stored', reason: n % 11 === 5 ? 'third-party cookies are blocked' : null, phase, after_choice: false, consent: [], session: s, entries: [said, became] });
    }
    const kept = add('storage.set', s, { area: 'localStorage', op: 'set', origin: 'https://shop.example', key: 'basket', size: 40, via: 'setItem', tab: 1, frame: 0 });
    report.storage.push({ kind: 'localStorage', origin: 'https://shop.example', key: 'basket', party: 'first', set_by: { mechanism: 'setItem', url: 'https://shop.example/app.js', host: 'shop.example', frame: 'https://shop.example/', stack: ['https://shop.example/app.js:3:9'] }, phase, consent: [], entries: [kept] });
    const drawn = add('technique', s, { technique: 'canvas', features: { toDataURL: '2' }, script_host: 't1.ads1.example', tab: 1, frame: 0 });
    report.techniques.push({ technique: 'canvas', script: 'https://t1.ads1.example/fp.js', frame: 'https://shop.example/', detail: 'reads a canvas that it drew text on', entries: [drawn] });
  }
  const captured = add('policy.page', 1, { host: 'shop.example', kind: 'cookie-policy', result: 'captured', exhibit: declaration.sources[0].sha256, exhibit_size: 900, exhibit_type: 'application/vnd.affiant.blocks+json' });
  const thirds = report.cookies.filter((c) => c.party === 'third');
  report.findings.push(
    { id: 'F1-1', rule: 'contradicted-denial', strength: 'contradicted', title: 'The site says it sets no third-party cookies, but third parties set them', explanation: `The site says "We never use third-party cookies.". Seen: ${thirds.length} cookies of third parties.`, phase: 'no-choice', statements: ['S1'], declared_cookies: [], entries: [...thirds.slice(0, 9).flatMap((c) => c.entries), captured] },
    { id: 'F7-1', rule: 'lifetime-exceeds', strength: 'contradicted', title: 'Cookie "lang" is kept longer than declared', explanation: 'Cookie "lang" was set to be kept 365 days; the site declares 30 days.', phase: 'no-choice', statements: [], declared_cookies: [0], entries: report.cookies[0]?.entries ?? [] },
    { id: 'F6-1', rule: 'vague-disclosure', strength: 'vague', title: 'Partners are disclosed in general words only', explanation: 'The text names no partner.', phase: 'no-choice', statements: ['S3'], declared_cookies: [], entries: report.requests.filter((r) => r.party === 'third').slice(0, 30).flatMap((r) => r.entries) },
    { id: 'F19-1', rule: 'declared-not-seen', strength: 'note', title: 'Declared, and not seen', explanation: 'Not seen in this recording.', phase: null, statements: ['S5'], declared_cookies: [], entries: [] });
  for (let n = 0; n < findings && n + 1 < report.cookies.length; ++n) {
    const c = report.cookies[n + 1];
    report.findings.push({ id: `F4-${n + 1}`, rule: 'undeclared-cookie', strength: 'undeclared', title: `Cookie "${c.name}" is set but not declared`, explanation: `Cookie "${c.name}" of ${c.domain} was set by an answer of ${c.domain}. The site names 1 cookie, and none of them covers this name on this host.`, phase: c.phase, statements: [], declared_cookies: [], entries: c.entries });
  }
  add('log.close', 0, { entries: lines.length + 1 });
  const { root, path } = tree(lines);
  const head = signed(lines.length, root);
  Object.assign(report.case, { origin: head.origin, root, tree_size: lines.length });
  const places = new Map();
  const place = (hash) => places.get(hash) ?? (places.set(hash, places.size), places.size - 1);
  const wanted = [...new Set([...report.findings, ...report.cookies].flatMap((x) => x.entries))].sort((a, b) => a - b).slice(0, 8000);
  const entries = wanted.map((i) => ({ i, line: lines[i], d: [], path: path(i).map(place) }));
  return { report, texts: [{ source: 1, blocks }], proofs: { checkpoint: head.checkpoint, key: head.key, hashes: [...places.keys()], entries, left_out: 0, times, sessions: runs, marks } };
}

const verdict = { integrity: 'intact', key: 'unpinned', complete: 'complete', time: 'claimed', witnesses: 'none' };
const recorded = (name, at) => ({ name, site: 'https://shop.example/', case: { id: name, tree_size: 40, verdict }, sessions: [{ id: 1, phase: 'no-choice', opened_at: at, browser: { name: 'chromium', version: '156' } }] });
const side = (words, entries = [], quotes = []) => ({ words, entries, quotes });

/** Two recordings of one site, as `affiant diff --format json` tells them. */
export function diffSample() {
  const quote = { statement: 'S3', declared_cookie: null, text: 'We use Matomo for statistics.', source: 'https://shop.example/privacy', start: 20, end: 49 };
  return {
    schema: 'affiant.diff/1', site: 'shop.example', generated_at: '2026-10-01T12:00:00Z', changed: true, news: 1, before: recorded('march', '2026-03-01T10:00:00Z'), after: recorded('last', '2026-04-01T10:00:00Z'),
    said: [{ change: 'new', kind: 'statement', what: 'says that a third party takes part: Matomo', news: false, before: side('not said'), after: side('said', [], [quote]) }],
    done: [{ change: 'new', kind: 'cookie', what: 'cookie _pk_id of .shop.example (first party)', news: true, before: side('not seen'), after: side('stored; 2 years, by a script of stats.example', [12, 15]) },
      { change: 'new', kind: 'third-party', what: 'third party Matomo', news: false, expected: 'contract of 2026 (until 2027-06-30, affiant.toml:9)', before: side('not seen'), after: side('contacted: stats.example', [11]) }],
    findings: [], limits: ['Pages in the first recording only: shop.example/a.'],
  };
}

/** One site in two engines, as `affiant report` of a case set tells it. */
export function enginesSample() {
  const members = ['chromium', 'firefox'].map((browser) => ({ browser, case: `last/${browser}`, report: sample().report }));
  return { schema: 'affiant.engines/1', site: 'https://shop.example/', generated_at: '2026-10-01T12:00:00Z', engines: members, missing: [],
    disagreements: [{ kind: 'cookie-outcome', what: 'cookie uid of ads.example, path /', chromium: 'blocked', firefox: 'stored in another partition', entries: { chromium: [10], firefox: [10, 19] } }], limits: [] };
}
