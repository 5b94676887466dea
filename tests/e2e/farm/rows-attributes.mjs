// One response with every attribute that matters, once from the site itself, once from a subdomain, once from a third party and
// once over plain http; `line` is the whole Set-Cookie line, %NAME%=%VALUE% what the row would say by itself.
import { A, G, P, SA, T, W, WA } from './hosts.mjs';

const group = (url, type, more) => (id, rest, extra = {}) => ({ id, kind: 'cookie-header', url, type, line: `%NAME%=%VALUE%${rest}`, ...more, ...extra });
const own = group(`https://${A}/m/attributes`, 'img', { in: 'attributes' });
const sub = group(`https://${SA}/m/attributes`, 'img', { in: 'attributes', host: SA });
const tp = group(`https://${T}/m/attributes`, 'img', { in: 'attributes', host: T });
const http = group(`http://${P}/p/http`, 'html', { frame: 'self', host: P });
// Chromium's protocol names its own policy (UserPreferences) although the standard refuses the cookie as well: either word is right.
const twice = { chromium: 'blocked', firefox: 'refused' };
const refused = { out: 'refused' };
const unpartitioned = { chromium: false, firefox: false };

export const attributes = [
  own('at_session', '; Path=/', { html: '<img src="%URL%">' }),
  own('at_max_age', '; Path=/; Max-Age=9000'),
  own('at_expires', '; Path=/; Expires=Fri, 31 Dec 2038 23:59:59 GMT'),
  own('at_both_ages', '; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=9000'),
  own('at_far', '; Path=/; Max-Age=99999999999'),
  own('at_garbage_date', '; Path=/; Expires=soon'),
  own('at_http_only', '; Path=/; HttpOnly'),
  own('at_secure', '; Path=/; Secure'),
  own('at_lax', '; Path=/; SameSite=Lax'),
  own('at_strict', '; Path=/; SameSite=Strict'),
  own('at_none', '; Path=/; SameSite=None; Secure'),
  own('at_samesite_odd', '; Path=/; SameSite=Whatever; Secure'),
  own('at_none_insecure', '; Path=/; SameSite=None', refused),
  own('at_partitioned', '; Path=/; Secure; SameSite=None; Partitioned', { part: { chromium: true, firefox: true } }),
  own('at_partitioned_insecure', '; Path=/; Partitioned', refused),
  own('at_upper', '; PATH=/; SECURE; HTTPONLY; SAMESITE=LAX'),
  own('at_unknown', '; Path=/; Priority=High; Colour=blue; SameParty'),
  own('at_path_default', ''),
  own('at_path_sub', '; Path=/p'),
  own('at_path_other', '; Path=/elsewhere'),
  own('at_path_relative', '; Path=relative'),
  own('at_path_twice', '; Path=/elsewhere; Path=/'),
  own('at_domain_own', `; Path=/; Domain=${A}`, { domain: `.${A}` }),
  own('at_domain_dot', `; Path=/; Domain=.${A}`, { domain: `.${A}` }),
  own('at_domain_empty', '; Path=/; Domain='),
  own('at_domain_child', `; Path=/; Domain=${WA}`, { ...refused, domain: '*' }),
  own('at_domain_other', `; Path=/; Domain=${T}`, { ...refused, domain: '*' }),
  own('at_domain_suffix', '; Path=/; Domain=test', { ...refused, domain: '*' }),
  own('at_host_good', '; Path=/; Secure', { name: '__Host-m_at_host_good' }),
  own('at_host_path', '; Path=/p; Secure', { ...refused, name: '__Host-m_at_host_path' }),
  own('at_host_domain', `; Path=/; Secure; Domain=${A}`, { ...refused, name: '__Host-m_at_host_domain', domain: '*' }),
  own('at_host_insecure', '; Path=/', { ...refused, name: '__Host-m_at_host_insecure' }),
  own('at_host_lower', '; Path=/p; Secure', { ...refused, name: '__host-m_at_host_lower' }),
  own('at_secure_good', '; Path=/; Secure', { name: '__Secure-m_at_secure_good' }),
  own('at_secure_bad', '; Path=/', { ...refused, name: '__Secure-m_at_secure_bad' }),
  own('at_http_good', '; Path=/; Secure; HttpOnly', { name: '__Http-m_at_http_good' }),
  own('at_http_bad', '; Path=/; Secure', { ...refused, name: '__Http-m_at_http_bad' }),
  own('at_hosthttp_good', '; Path=/; Secure; HttpOnly', { name: '__Host-Http-m_at_hosthttp_good' }),
  own('at_hosthttp_bad', '; Path=/; Secure', { ...refused, name: '__Host-Http-m_at_hosthttp_bad' }),
  own('at_most', '; Path=/', { value: `v_at_most${'x'.repeat(4096 - 'm_at_mostv_at_most'.length)}` }),
  own('at_too_large', '; Path=/', { ...refused, value: `v_at_too_large${'x'.repeat(4097)}` }),
  own('at_control', '; Path=/', { ...refused, value: 'v_at_\x01control' }),
  // A tab inside a value: refused by Chromium, kept by Firefox.
  own('at_tab', '; Path=/', { value: 'v_at_\ttab', out: { chromium: 'refused', firefox: 'stored' } }),
  own('at_quoted', '; Path=/', { value: '"v_at_quoted"' }),
  own('at_spaces', '; Path=/', { value: 'v at spaces' }),
  own('at_utf8', '; Path=/', { value: 'v_at_\u00fctf8' }),
  own('at_equals', '; Path=/', { value: 'v_at=equals=' }),
  own('at_empty', '; Path=/', { value: '' }),
  // A Set-Cookie without "=" is a nameless value in Chromium, a valueless name in Firefox.
  own('at_nameless', '', { line: 'v_at_nameless; Path=/', name: { chromium: '', firefox: 'v_at_nameless' }, value: { chromium: 'v_at_nameless', firefox: '' } }),
  own('at_twice', '; Path=/', { line: 'm_at_twice=first; Path=/' , value: 'v_at_twice', more: ['m_at_twice=v_at_twice; Path=/'] }),
  // Expired on arrival and nothing there to delete: neither engine keeps anything.
  own('at_expired', '; Path=/; Max-Age=0', { out: 'deleted', unsent: true }),
  sub('at_sub_host', '; Path=/', { html: '<img src="%URL%">' }),
  sub('at_sub_parent', `; Path=/; Domain=${A}`, { domain: `.${A}` }),
  sub('at_sub_between', `; Path=/; Domain=sub.${A}`, { domain: `.sub.${A}` }),
  sub('at_sub_sibling', `; Path=/; Domain=${WA}`, { ...refused, domain: '*' }),
  // "=x": nameless in Chromium, refused by Firefox.
  sub('at_no_name', '', { line: '=v_at_no_name; Path=/', name: '', domain: '*', value: 'v_at_no_name', out: { chromium: 'stored', firefox: 'refused' } }),
  { id: 'at_suffix_private', kind: 'cookie-header', host: G, in: 'attributes', html: '<img src="%URL%">', type: 'img', domain: '*',
    line: '%NAME%=%VALUE%; Path=/; Domain=github.io; SameSite=None; Secure', out: 'refused' },
  // A third party: Chromium 156 blocks its cookies by default, Firefox partitions them; Firefox has no Lax by default.
  tp('tp_none', '; Path=/; SameSite=None; Secure', { html: '<img src="%URL%">', third: true }),
  tp('tp_unset', '; Path=/; Secure', { out: { chromium: 'blocked', firefox: 'stored' }, part: { chromium: false, firefox: true }, also: 'refused' }),
  tp('tp_lax', '; Path=/; SameSite=Lax; Secure', { out: twice, also: 'refused' }),
  tp('tp_strict', '; Path=/; SameSite=Strict; Secure', { out: twice, also: 'refused' }),
  tp('tp_none_insecure', '; Path=/; SameSite=None', { out: twice, also: 'refused' }),
  tp('tp_http_only', '; Path=/; SameSite=None; Secure; HttpOnly', { third: true }),
  tp('tp_partitioned', '; Path=/; SameSite=None; Secure; Partitioned', { part: { chromium: true, firefox: true } }),
  tp('tp_host_partitioned', '; Path=/; SameSite=None; Secure; Partitioned', { name: '__Host-m_tp_host_partitioned', part: { chromium: true, firefox: true } }),
  tp('tp_partitioned_lax', '; Path=/; SameSite=Lax; Secure; Partitioned', { out: 'refused' }),
  tp('tp_domain_suffix', '; Path=/; SameSite=None; Secure; Domain=test', { out: 'refused', domain: '*' }),
  tp('tp_domain_first', `; Path=/; SameSite=None; Secure; Domain=${A}`, { out: 'refused', domain: '*' }),
  // Over plain http.
  http('pl_plain', '; Path=/'),
  http('pl_http_only', '; Path=/; HttpOnly'),
  http('pl_strict', '; Path=/; SameSite=Strict'),
  http('pl_secure', '; Path=/; Secure', { out: 'refused' }),
  http('pl_none', '; Path=/; SameSite=None; Secure', { out: 'refused' }),
  http('pl_partitioned', '; Path=/; Secure; SameSite=None; Partitioned', { out: 'refused' }),
  http('pl_prefix', '; Path=/; Secure', { name: '__Secure-m_pl_prefix', out: 'refused' }),
  http('pl_domain', `; Path=/; Domain=${P}`, { domain: `.${P}` }),
  { id: 'pl_js', kind: 'cookie-script', in: 'http', js: '%SET%' },
  { id: 'pl_js_secure', kind: 'cookie-script', in: 'http', js: '%SET%', attrs: 'Secure', out: 'refused' },
  { id: 'pl_img', kind: 'cookie-header', url: `http://${P}/m/pl_img`, host: P, in: 'http', html: '<img src="%URL%">', type: 'img' },
].map((row) => ({ part: unpartitioned, ...row, ...(row.third ? { part: undefined } : {}) }));
