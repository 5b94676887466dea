// Managers that print markup: Complianz, CookieYes, iubenda.
#include "consent/markup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "told.h"

namespace affiant::consent::test {
namespace {

using testing::HasSubstr;

constexpr std::string_view kComplianz =
    R"(<div id="cmplz-document" class="cmplz-document cookie-statement">
<p>About this site.</p><div id="cmplz-cookies-overview">
<details class="cmplz-dropdown cmplz-service-desc"><summary class="cmplz-service-header"><div><h3>Trackly Analytics</h3><p>Statistiken</p></div></summary>
<div class="cmplz-service-description"><h4>Verwendung</h4><p>Wir zählen. Name hier.</p></div>
<div class="cookies-per-purpose"><div class="purpose"><h4>Statistiken</h4></div>
<div class="name-header"><h5>Name</h5></div><div class="name"><a href="#">_tr_*</a></div>
<div class="retention-header"><h5>Ablaufdatum</h5></div><div class="retention">2 Jahre</div>
<div class="function-header"><h5>Funktion</h5></div><div class="function">Zählt Besuche</div>
<div class="name-header"><h5>Name</h5></div><div class="name">_tr_tab</div>
<div class="retention">Session</div><div class="function"></div></div>
<div class="cookies-per-purpose"><div class="purpose"><h4>Marketing</h4></div><div class="name">_ad</div></div></details>
<details class="cmplz-service-desc"><summary class="cmplz-service-header"><h4>Chatbox</h4></summary>
<div class="cookies-per-purpose"><div class="purpose"><h4>Voorkeuren</h4></div><div class="name">chat</div><div class="retention">persistent</div></div></details>
</div></div>)";

TEST(Complianz, ReadsServicesAndTheCookiesOfEachPurpose) {
  const policy::Declaration said = told("complianz", kComplianz);
  EXPECT_EQ(parties(said), "Trackly Analytics|Chatbox");
  EXPECT_EQ(said.statements.front().quote, "Trackly Analytics");
  ASSERT_EQ(said.cookies.size(), 4U) << unread(said);
  EXPECT_EQ(row(said, "_tr_*").lifetime_s, 2 * 365 * kDay);
  EXPECT_EQ(row(said, "_tr_*").category, "analytics");
  EXPECT_EQ(row(said, "_tr_*").provider, "Trackly Analytics");
  EXPECT_EQ(row(said, "_tr_*").purpose, "Z\xC3\xA4hlt Besuche");
  EXPECT_TRUE(row(said, "_tr_tab").session_cookie);
  EXPECT_EQ(row(said, "_ad").category, "advertising");
  EXPECT_FALSE(row(said, "_ad").lifetime_s || row(said, "_ad").session_cookie);
  EXPECT_EQ(row(said, "chat").category, "functional");
  EXPECT_FALSE(row(said, "chat").lifetime_s);
}

TEST(Complianz, ReadsTheListThatItsScriptDeletesFrom) {
  const policy::Declaration said = told("complianz", R"({"preferences": {"Chatbox": ["chat"]},
    "statistics": {"trackly-analytics": ["_tr_", "_tr_tab"], "general": ["seen"]}, "marketing": []})");
  ASSERT_EQ(said.cookies.size(), 4U) << unread(said);
  EXPECT_EQ(row(said, "_tr_*").category, "analytics");  // The star was taken off.
  EXPECT_EQ(row(said, "_tr_*").provider, "trackly analytics");
  EXPECT_EQ(row(said, "_tr_*").quote, "\"_tr_\"");
  EXPECT_EQ(row(said, "chat").category, "functional");
  EXPECT_EQ(row(said, "seen").provider, "");
  EXPECT_TRUE(said.sources.front().leaves_out);
  EXPECT_THAT(unread(said), HasSubstr("cookies that need no consent"));
  EXPECT_FALSE(told("complianz", kComplianz).sources.front().leaves_out);
}

TEST(Complianz, WhatIsNotItsDocumentIsRefused) {
  EXPECT_EQ(refused("complianz", R"({"code": "rest_no_route", "data": {"status": 404}})").code,
            Code::kMalformed);
  EXPECT_EQ(refused("complianz", "<p>cookies</p>").code, Code::kMalformed);
  EXPECT_EQ(refused("complianz", "var complianz = {\"prefix\": \"cmplz_\"};").code,
            Code::kMalformed);
}

constexpr std::string_view kCookieYes = R"(<html><head>
<script id="cookie-law-info-js-extra">var _ckyConfig = {"_publicURL":"https:\/\/shop.example","_categories":[
{"name":"Necessary","slug":"necessary","isNecessary":true,"cookies":[{"cookieID":"cookieyes-consent","domain":""}]},
{"name":"Analytics","slug":"analytics","isNecessary":false,"cookies":[{"cookieID":"_ga_*","domain":".shop.example","duration":{"fr":"13 mois","en":"1 year 1 month 4 days"},"description":{"fr":"compte"}},{"cookieID":"gtm","domain":"gtm"}]}]};</script>
<script id="ckyBannerTemplate" type="text/template"><div class="cky-accordion" id="ckyDetailCategoryadvertisement">
<button>Publicité</button><div class="cky-accordion-body"><div class="cky-audit-table">
<ul class="cky-cookie-des-table"><li><div>Cookie</div><div>YSC</div></li><li><div>Durée</div><div>session</div></li><li><div>Description</div><div><p>Vidéos</p></div></li></ul>
<ul class="cky-cookie-des-table"><li><div>Cookie</div><div>IDE</div></li><li><div>Durée</div><div>1 an 24 jours</div></li></ul>
</div></div></div><div class="cky-accordion" id="ckyDetailCategoryperformance"><ul class="cky-cookie-des-table"><li><div>Cookie</div><div>perf</div></li></ul></div></script></head>
<body><p>Hello.</p></body></html>)";

TEST(CookieYes, ReadsTheSettingsAndTheTemplateOfAPage) {
  const policy::Declaration said = told("cookieyes", kCookieYes);
  ASSERT_EQ(said.cookies.size(), 6U) << unread(said);
  EXPECT_EQ(row(said, "cookieyes-consent").category, "necessary");
  EXPECT_EQ(row(said, "_ga_*").lifetime_s, (365 + 30 + 4) * kDay);
  EXPECT_EQ(row(said, "_ga_*").purpose, "compte");
  EXPECT_EQ(row(said, "_ga_*").provider, ".shop.example");
  EXPECT_EQ(row(said, "gtm").provider, "");
  EXPECT_EQ(row(said, "YSC").category, "advertising");
  EXPECT_TRUE(row(said, "YSC").session_cookie);
  EXPECT_EQ(row(said, "YSC").purpose, "Vid\xC3\xA9os");
  EXPECT_EQ(row(said, "IDE").lifetime_s, (365 + 24) * kDay);
  EXPECT_EQ(row(said, "perf").category, "analytics");
  EXPECT_FALSE(row(said, "perf").lifetime_s);
}

TEST(CookieYes, ReadsTheStoreOfTheHostedScript) {
  const policy::Declaration said =
      told("cookieyes", R"(ref._ckyStore = {_backupNodes: [], _categories: [
    {slug: "functional", isNecessary: !1, cookies: [{cookieID: "pref", domain: "a.example"}]}, {slug: "weird", isNecessary: !0, cookies: []}],
    _gpc: !!navigator.globalPrivacyControl};
    ref._ckyStore._categories.map(c => c.slug); x = {_categories: other};)");
  ASSERT_EQ(said.cookies.size(), 1U);
  EXPECT_EQ(row(said, "pref").category, "functional");
}

TEST(CookieYes, AScriptWithoutCategoriesIsRefused) {
  EXPECT_EQ(refused("cookieyes", "var cky = 1;").code, Code::kMalformed);
}

constexpr std::string_view kIubenda =
    R"(<div id="iubenda_policy"><div class="iub_content"><h2>Misurazione</h2>
<ul class="for_boxes"><li><div class="box_primary box_10 expand"><h3 class="expand-click w_icon_24 policyicon_purpose_5">Statistica</h3>
<div class="expand-content"><p>I servizi.</p><h4>Trackly Analytics (Trackly Inc.)</h4><div class="wrap"><p>È un servizio.</p></div>
<h4>Conteggio interno (questa Applicazione)</h4></div></div></li>
<li><div class="iconed policyicon_purpose_9"><h3>Pubblicità</h3><h3>Adly Remarketing (Adly Ltd)</h3><p>Dati</p></div></li></ul>
<h2>Titolare del Trattamento (Shop Spa)</h2></div></div>)";

TEST(Iubenda, NamesTheServicesBelowEachPurpose) {
  const policy::Declaration said = told("iubenda", kIubenda);
  EXPECT_EQ(parties(said), "Trackly Analytics|Adly Remarketing");
  EXPECT_EQ(said.statements[0].quote, "Trackly Analytics (Trackly Inc.)");
  EXPECT_EQ(said.statements[0].purposes, std::vector<std::string>{"analytics"});
  EXPECT_EQ(said.statements[1].purposes, std::vector<std::string>{"advertising"});
}

TEST(Iubenda, TheAnswerOfItsAddressHoldsTheSamePage) {
  const nlohmann::json answer = {{"success", true}, {"content", std::string(kIubenda)}};
  EXPECT_EQ(parties(told("iubenda", answer.dump())), "Trackly Analytics|Adly Remarketing");
}

TEST(Iubenda, SettingsNameNothingAndSaySo) {
  const policy::Declaration said = told(
      "iubenda", "var _iub = _iub || []; _iub.csConfiguration = {siteId: 1, purposes: '1, 4, 5'};");
  EXPECT_TRUE(said.statements.empty());
  EXPECT_THAT(unread(said), HasSubstr("cookie policy"));
}

TEST(Markup, StopsAtPagesThatAreNestedTooDeeply) {
  std::string html;
  for (int i = 0; i < 100'000; ++i) html += "<div class=\"cookies-per-purpose\">";
  const Markup page = read_markup(html);
  EXPECT_EQ(page.unread.size(), 1U);
  EXPECT_LE(page.elements.size(), limits::kHtmlDepth);
}

TEST(Markup, ATagsSurplusAttributesAreLeftOutAndItsTextIsNot) {
  std::string html = "<p class=x ";
  for (int i = 0; i < 200'000; ++i) html += "a" + std::to_string(i) + "=1 ";
  const Markup page = read_markup(html + ">text</p>");
  ASSERT_EQ(page.unread.size(), 1U);
  EXPECT_THAT(page.unread[0], HasSubstr("kHtmlAttributes"));
  EXPECT_THAT(page.text, HasSubstr("text"));
}

TEST(Markup, SpansHoldWhatAnElementShows) {
  const Markup page =
      read_markup("<p>a <b id=x>b&amp;c</b>\n d</p><p>e<br>f</p><script>no</script>");
  for (const Element& e : page.elements) {
    if (e.id != "x") continue;
    EXPECT_EQ(page.of(e), "b&c");
  }
  EXPECT_EQ(page.text, "a b&c d\ne\nf\n");
}

}  // namespace
}  // namespace affiant::consent::test
