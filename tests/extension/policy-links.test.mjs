import assert from 'node:assert/strict';
import test from 'node:test';
import { choosePolicies, furtherPages, scoreLinks } from '../../extension/src/policy-links.js';

const page = 'https://www.shop.example/';
const link = (text, href, more = {}) => ({ text, href: new URL(href, page).href, ...more });
const kindOf = (text, href = '/x') => scoreLinks([link(text, href)], page)[0]?.kind ?? null;

test('PrivacyPoliciesAreKnownInManyLanguages', () => {
  for (const text of ['Privacy', 'Privacy Policy', 'Privacy & Cookies', 'Privacy notice', 'Datenschutz', 'Datenschutzerklärung', 'Politique de confidentialité', 'Protection des données', 'Política de privacidad',
    'Aviso de privacidad', 'Informativa sulla privacy', 'Política de Privacidade', 'Privacybeleid', 'Privacyverklaring', 'Polityka prywatności', 'Integritetspolicy', 'Privatlivspolitik', 'Personvernerklæring',
    'Tietosuojaseloste', 'Ochrana osobních údajů', 'Adatvédelmi tájékoztató', 'Politica de confidențialitate', 'Πολιτική απορρήτου', 'プライバシーポリシー', '隐私政策', '개인정보처리방침', 'Политика конфиденциальности', 'Gizlilik politikası'])
    assert.equal(kindOf(text), 'privacy-policy', text);
});

test('CookiePoliciesAreKnownInManyLanguages', () => {
  for (const text of ['Cookie Policy', 'Cookies', 'Cookie notice', 'Cookie declaration', 'Cookie-Richtlinie', 'Cookie-Erklärung', 'Politique relative aux cookies', 'Política de cookies', 'Informativa sui cookie', 'Cookiebeleid',
    'Polityka plików cookies', 'Cookiepolitik', 'クッキー', 'Evästeet'])
    assert.equal(kindOf(text), 'cookie-policy', text);
});

test('AddressesSpeakWhereTextIsSilent', () => {
  assert.equal(kindOf('Legal', '/legal/privacy-policy'), 'privacy-policy');
  assert.equal(kindOf('Read more', '/cookie-policy.html'), 'cookie-policy');
  assert.equal(kindOf('', '/datenschutz'), 'privacy-policy');
  assert.equal(scoreLinks([{ text: '', href: `${page}p`, rel: 'privacy-policy' }], page)[0].kind, 'privacy-policy');
});

test('OrdinaryLinksAreNoCandidates', () => {
  for (const [text, href] of [['Home', '/'], ['About us', '/about'], ['Cookie recipes', '/recipes/cookies'], ['Manage cookies', '#'], ['Terms', '/terms'], ['Contact', 'mailto:privacy@shop.example'], ['Cookie settings', '/cookie-settings']])
    assert.ok((scoreLinks([link(text, href)], page)[0]?.score ?? 0) < 50, text);
});

test('ASitesOwnPolicyComesBeforeThatOfAnEmbeddedService', () => {
  const found = scoreLinks([link('Privacy Policy', 'https://policies.google.com/privacy'), link('Terms', 'https://policies.google.com/terms'), link('Privacy', '/legal/privacy')], page);
  assert.equal(found[0].host, 'www.shop.example');
  assert.ok(!found.some((c) => c.host === 'policies.google.com'));
});

test('APolicyHostedByAServiceForItCounts', () => {
  const found = scoreLinks([link('Privacy Policy', 'https://www.iubenda.com/privacy-policy/123')], page);
  assert.deepEqual(choosePolicies(found, 4).map((c) => c.host), ['www.iubenda.com']);
});

test('AParentCompanysPolicyIsBetterThanNone', () => {
  const found = scoreLinks([link('Privacy Policy', 'https://corporate.example.org/privacy')], page);
  assert.equal(choosePolicies(found, 4).length, 1);
});

test('LinksOfAForeignFrameDoNotSpeakForTheSite', () => {
  const links = [link('Privacy', 'https://video.example.org/privacy'), link('Privacy', '/privacy')];
  assert.deepEqual(scoreLinks(links, page, { framed: true }).map((c) => c.host), ['www.shop.example']);
});

test('OnePrivacyAndOneCookiePolicyAreChosenFirstAndNeverMoreThanAllowed', () => {
  const found = scoreLinks([link('Privacy Policy for Kids', '/p1'), link('Privacy Policy', '/privacy'), link('Privacy Notice California', '/privacy-ca'), link('Privacy Notice EU', '/privacy-eu'),
    link('Privacy Notice UK', '/privacy-uk'), link('Cookies', '/cookies')], page);
  const chosen = choosePolicies(found, 4);
  assert.equal(chosen.length, 4);
  assert.deepEqual(new Set(chosen.slice(0, 2).map((c) => c.kind)), new Set(['privacy-policy', 'cookie-policy']));
});

test('OneAddressIsVisitedOnceThoughLinkedTwiceOrWithAFragment', () => {
  const found = scoreLinks([link('Privacy Policy', '/privacy'), link('Privacy & cookies', '/privacy#cookies'), link('Cookie Policy', '/privacy#cookies')], page);
  assert.equal(choosePolicies(found, 4).length, 1);
});

test('TheSameLinksInTheSameOrderGiveTheSameChoice', () => {
  const links = Array.from({ length: 40 }, (_, i) => link('Privacy Policy', `/privacy-${i}`));
  const first = choosePolicies(scoreLinks(links, page), 4).map((c) => c.url);
  assert.deepEqual(first, choosePolicies(scoreLinks(links, page), 4).map((c) => c.url));
  assert.equal(first[0], 'https://www.shop.example/privacy-0', 'ties go to the first in the document');
});

test('FurtherPagesAreDistinctPathsOfTheSiteInDocumentOrder', () => {
  const links = [link('Home', '/'), link('A', '/a?x=1#y'), link('A again', '/a?x=2'), link('Ext', 'https://other.example/b'), link('Privacy', '/privacy'), link('File', '/a.zip'), link('PDF', '/a.PDF'),
    link('Out', '/logout'), link('Sub', 'https://blog.shop.example/c'), link('B', '/b/'), link('B', '/b/index.html'), link('C', '/c'), link('D', 'http://www.shop.example/d'), link('Save', '/e', { download: true })];
  assert.deepEqual(furtherPages(links, page, 9, [`${page}privacy`]), ['https://www.shop.example/a?x=1', 'https://www.shop.example/b/', 'https://www.shop.example/c', 'https://blog.shop.example/c']);
  assert.equal(furtherPages(links, page, 1, []).length, 1);
  assert.deepEqual(furtherPages(links, page, 0, []), []);
});

test('HostileLinksDoNoHarm', () => {
  const links = [link('Privacy Policy', '/%E0%A4%A'), { text: 'Privacy', href: 'javascript:alert(1)' }, { text: 'Privacy', href: 'not a url' }, link('Privacy '.repeat(5000), '/p')];
  assert.doesNotThrow(() => scoreLinks(links, page));
  assert.ok(scoreLinks(links, page).every((c) => c.url.startsWith('https:')));
});
