// Managers that name services: Usercentrics, Didomi, Klaro.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "told.h"

namespace affiant::consent::test {
namespace {

using testing::HasSubstr;

constexpr std::string_view kServices = R"({"templates": [
 {"templateId": "a1", "version": "3.1", "dataProcessor": "Trackly Analytics", "nameOfProcessingCompany": "Trackly GmbH",
  "descriptionOfService": "Counts visits.", "dataPurposes": ["Analytics", "Marketing"], "cookieMaxAgeSeconds": 63072000,
  "deviceStorage": {"disclosures": [
   {"identifier": "_tr_*", "name": null, "type": "cookie", "maxAgeSeconds": 63072000, "domain": "*.trackly.example", "description": "An id", "cookieRefresh": true},
   {"identifier": "tr_tab", "type": "cookie", "maxAgeSeconds": 0, "domain": null},
   {"identifier": "tr_any", "type": "cookie", "maxAgeSeconds": null, "domain": ""},
   {"identifier": "tr_neg", "type": "cookie", "maxAgeSeconds": -1},
   {"identifier": "tr.store", "type": "web", "maxAgeSeconds": null},
   {"identifier": "tr.app", "type": "app", "maxAgeSeconds": null}]}},
 {"templateId": "b2", "dataProcessor": "Fonts 'n' Types", "dataPurposes": [], "deviceStorage": null}]})";

TEST(Usercentrics, ReadsServicesAndWhatTheyStore) {
  const policy::Declaration said = told("usercentrics", kServices);
  EXPECT_EQ(parties(said), "Trackly Analytics|Fonts 'n' Types");
  EXPECT_EQ(said.statements.front().quote, "Trackly Analytics");
  EXPECT_EQ(said.statements.front().type, "named-third-party");
  EXPECT_EQ(said.statements.front().id, "S1");
  ASSERT_EQ(said.cookies.size(), 5U);
  EXPECT_EQ(row(said, "_tr_*").lifetime_s, 63'072'000);
  EXPECT_EQ(row(said, "_tr_*").provider, "Trackly Analytics (trackly.example)");
  EXPECT_EQ(row(said, "_tr_*").purpose, "An id");
  EXPECT_EQ(row(said, "tr_tab").purpose, "Counts visits.");
  EXPECT_EQ(row(said, "tr.store").storage, "localStorage");
}

TEST(Usercentrics, ZeroSecondsAreASessionAndNoneAreUnknown) {
  const policy::Declaration said = told("usercentrics", kServices);
  EXPECT_TRUE(row(said, "tr_tab").session_cookie);
  EXPECT_FALSE(row(said, "tr_tab").lifetime_s);
  for (const char* name : {"tr_any", "tr_neg", "tr.store"}) {
    EXPECT_FALSE(row(said, name).session_cookie) << name;
    EXPECT_FALSE(row(said, name).lifetime_s) << name;
  }
}

TEST(Usercentrics, SeveralPurposesAreNotExcusedByTheMildest) {
  EXPECT_EQ(row(told("usercentrics", kServices), "_tr_*").category, "advertising");
}

TEST(Usercentrics, SettingsNameWhatTheyNameAndCountTheRest) {
  const policy::Declaration said = told("usercentrics", R"({"settingsId": "x", "categories": [
    {"categorySlug": "kat1", "label": "Statistik", "isEssential": false}, {"categorySlug": "essential", "label": "Essenziell", "isEssential": true}],
    "consentTemplates": [{"templateId": "a", "categorySlug": "kat1", "isDeactivated": false, "_meta": {"name": "Trackly"}},
     {"templateId": "b", "categorySlug": "essential"}, {"templateId": "c", "isDeactivated": true}]})");
  EXPECT_EQ(parties(said), "Trackly");
  EXPECT_EQ(said.statements.front().purposes, std::vector<std::string>{"analytics"});
  EXPECT_THAT(unread(said), HasSubstr("1 service that the settings give by number"));
}

TEST(Usercentrics, ReadsWhatItsSdkGivesOut) {
  const policy::Declaration said = told("usercentrics", R"([
    {"slug": "marketing", "label": "Marketing", "isEssential": false, "services": [
      {"id": "1", "name": "Adly", "categorySlug": "marketing", "isEssential": false,
       "deviceStorage": {"disclosures": [{"identifier": "adly", "type": 0, "maxAgeSeconds": 60}, {"identifier": "k", "type": 1, "maxAgeSeconds": null}]}}]},
    {"slug": "kern", "label": "Kern", "isEssential": true, "services": [{"name": "Own chat", "isEssential": true, "deviceStorage": {"disclosures": [{"identifier": "chat", "type": 0, "maxAgeSeconds": 0}]}}]}])");
  EXPECT_EQ(row(said, "adly").category, "advertising");
  EXPECT_EQ(row(said, "adly").lifetime_s, 60);
  EXPECT_EQ(row(said, "k").storage, "localStorage");
  EXPECT_EQ(row(said, "chat").category, "necessary");
}

TEST(Usercentrics, TextsOfVersionThreeNameTheServicesAndNoCookies) {
  constexpr std::string_view kTexts = R"({"firstLayer": {"title": "Privacy"},
    "categories": {"essential": {"name": "Essential"}, "marketing": {"name": "Marketing"}},
    "services": {"a1": {"id": "a1", "name": "Trackly", "description": "Counts."},
                 "b2": {"id": "b2", "name": "Adly"}}})";
  const policy::Declaration said = told("usercentrics", kTexts);
  EXPECT_EQ(parties(said), "Trackly|Adly");
  EXPECT_TRUE(said.statements.front().purposes.empty());
  EXPECT_TRUE(said.cookies.empty());
  EXPECT_THAT(unread(said), HasSubstr("what the services store"));
  EXPECT_EQ(manager_of("", kTexts), "usercentrics");
}

TEST(Usercentrics, WhatHoldsNoServiceIsRefused) {
  EXPECT_EQ(refused("usercentrics", R"({"templates": []})").code, Code::kMalformed);
  EXPECT_EQ(refused("usercentrics", "window.uc = 1;").code, Code::kMalformed);
}

TEST(Didomi, SettingsNameVendorsAndCountThoseGivenByNumber) {
  const policy::Declaration said = told("didomi", R"(
    window.didomiConfig = window.didomiConfig || {};
    window.didomiConfig = { app: { name: 'Shop', vendors: { iab: { all: false, include: [1, 755] },
      didomi: ['google'], custom: [{ id: 'c:adly', name: 'Adly \u0026 Co', purposeIds: ['cookies', 'create_ads_profile'], policyUrl: 'https://a.example' },
      { id: 'c:none' }] } }, notice: { enable: !0, onShow: function () { return { a: 1 }; } } };)");
  EXPECT_EQ(parties(said), "google|Adly & Co");
  EXPECT_EQ(said.statements[1].quote, "Adly \\u0026 Co");
  EXPECT_EQ(said.statements[1].purposes, std::vector<std::string>{"advertising"});
  EXPECT_TRUE(said.statements[0].purposes.empty());
  EXPECT_THAT(unread(said), HasSubstr("2 vendors of the IAB's list"));
}

TEST(Didomi, TheSameSettingsAsJson) {
  const policy::Declaration said = told(
      "didomi", R"({"website": {"vendors": {"iab": {"all": true}, "didomi": []}}, "notice": {}})");
  EXPECT_TRUE(said.statements.empty());
  EXPECT_THAT(unread(said), HasSubstr("all of"));
  EXPECT_THAT(unread(said), testing::Not(HasSubstr("nothing is declared")));
}

TEST(Didomi, SettingsThatAreCutOffAreRefusedWithTheirByte) {
  const Error error = refused("didomi", "window.didomiConfig = {app: {vendors: {didomi: ['goo");
  EXPECT_EQ(error.code, Code::kMalformed);
  EXPECT_THAT(error.message, HasSubstr("byte 52"));
  EXPECT_THAT(refused("didomi", "window.didomiConfig = settings;").message,
              HasSubstr("written out"));
}

TEST(Didomi, ReadsTheExportOfTrackers) {
  const policy::Declaration said = told("didomi", R"([{"Vendor Name": "Adly", "trackers": [
    {"Tracker Name": "_ad", "Tracker domain": "adly.example", "tracker exemption": "Not exempted", "Life Time": "13 Months", "Tracker Type": "cookie", "Tracker Purposes Ids": [1, 3, 4], "Tracker Purposes Names": ["Store", "Profile"]},
    {"Tracker Name": "stay", "Life Time": "variable / session", "Tracker Type": "cookie", "tracker exemption": "Exempted", "Tracker Purposes Ids": [1]},
    {"Tracker Name": "now", "Life Time": "0 Days", "Tracker Type": "cookie", "Tracker Purposes Ids": [8]},
    {"Tracker Name": "db:{id}", "Life Time": "variable / session", "Tracker Type": "indexed_db", "Tracker Purposes Ids": []},
    {"Tracker Name": "ls", "Life Time": "variable / session", "Tracker Type": "web_storage", "Tracker Purposes Ids": [99]}]}])");
  ASSERT_EQ(said.cookies.size(), 5U) << unread(said);
  EXPECT_EQ(row(said, "_ad").lifetime_s, 13 * 30 * kDay);
  EXPECT_EQ(row(said, "_ad").category, "advertising");
  EXPECT_EQ(row(said, "_ad").provider, "Adly (adly.example)");
  EXPECT_EQ(row(said, "_ad").purpose, "Store, Profile");
  // "variable / session" promises neither.
  EXPECT_FALSE(row(said, "stay").session_cookie);
  EXPECT_FALSE(row(said, "stay").lifetime_s);
  EXPECT_EQ(row(said, "stay").category, "necessary");
  EXPECT_FALSE(row(said, "now").lifetime_s);
  EXPECT_EQ(row(said, "now").category, "analytics");
  EXPECT_EQ(row(said, "db:*").storage, "indexedDB");
  EXPECT_EQ(row(said, "ls").storage, "localStorage");
  EXPECT_EQ(row(said, "ls").category, "unclassified");
}

constexpr std::string_view kKlaro = R"(// var klaroConfig = {services: [{name: 'example'}]}
const klaroConfig = {
  version: 1, elementID: 'klaro', cookieExpiresAfterDays: 30, lang: document.documentElement.lang,
  translations: { de: { matomo: { description: "Z\u00e4hlt" } } },
  services: [
    { name: 'matomo', title: 'Matomo/Piwik', purposes: ['analytics'], default: true,
      cookies: [ [/^_pk_.*$/, '/', 'shop.example'], 'piwik_ignore', /^MATOMO_SESSID$/, '^_pks(_|$)',
                 { pattern: /^mtm_/, path: '/', domain: '.shop.example' }, /^_x$/i, 7 ],
      callback: function (consent, service) { if (consent) { console.log('{'); } }, },
    { name: 'adly', purposes: ['security', 'marketing'], cookies: ['adly'] },
    { name: 'login', purposes: ['kontor'], required: true, cookies: ['sid'] },
    { name: 'login', purposes: [], cookies: [] },
    sharedServices,
  ],
};)";

TEST(Klaro, ReadsNamesListsObjectsAndSimpleExpressions) {
  const policy::Declaration said = told("klaro", kKlaro);
  EXPECT_EQ(parties(said), "Matomo/Piwik|adly|login");
  EXPECT_EQ(row(said, "_pk_*").provider, "shop.example");
  EXPECT_EQ(row(said, "_pk_*").category, "analytics");
  EXPECT_TRUE(row(said, "_pk_*").quote.starts_with("[/^_pk_.*$/"));
  EXPECT_EQ(row(said, "piwik_ignore").quote, "'piwik_ignore'");
  EXPECT_EQ(row(said, "MATOMO_SESSID").category, "analytics");
  EXPECT_EQ(row(said, "mtm_*").provider, ".shop.example");
  for (const policy::DeclaredCookie& c : said.cookies)
    EXPECT_FALSE(c.lifetime_s || c.session_cookie);
}

TEST(Klaro, SaysWhatItCouldNotRead) {
  const std::string words = unread(told("klaro", kKlaro));
  EXPECT_THAT(words, HasSubstr("the pattern /^_x$/i says more than a mask can"));
  EXPECT_THAT(words, HasSubstr("an entry that is no name and no pattern"));
  EXPECT_THAT(words, HasSubstr("services that Klaro's settings do not write out"));
}

TEST(Klaro, RequiredIsNecessaryOnlyWhereNoPurposeSaysElse) {
  const policy::Declaration said = told("klaro", kKlaro);
  EXPECT_EQ(row(said, "sid").category, "necessary");
  EXPECT_EQ(row(said, "adly").category, "advertising");
}

TEST(Klaro, OlderSettingsCallServicesApps) {
  EXPECT_EQ(
      told("klaro", "var klaroConfig = {apps: [{name: 'x', purposes: ['ads'], cookies: ['_x']}]};")
          .cookies.size(),
      1U);
  EXPECT_EQ(
      told("klaro",
           R"({"elementID": "k", "services": [{"name": "x", "purposes": [], "cookies": ["_y"]}]})")
          .cookies.size(),
      1U);
}

TEST(Klaro, SettingsOfAPageAreReadFromItsScripts) {
  const policy::Declaration said =
      told("klaro",
           "<html><body><pre>klaroConfig = {services: [{name: 'shown', cookies: "
           "['no']}]}</pre><script>var "
           "klaroConfig = {services: [{name: 'real', cookies: ['yes']}]}</script></body></html>");
  ASSERT_EQ(said.cookies.size(), 1U);
  EXPECT_EQ(said.cookies.front().pattern, "yes");
}

TEST(Klaro, CutOffSettingsAreRefused) {
  for (const std::size_t at :
       {kKlaro.find("piwik_ignore"), kKlaro.find("console"), kKlaro.size() - 3})
    EXPECT_EQ(refused("klaro", kKlaro.substr(0, at)).code, Code::kMalformed) << at;
}

}  // namespace
}  // namespace affiant::consent::test
