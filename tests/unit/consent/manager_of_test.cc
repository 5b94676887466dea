#include <gtest/gtest.h>

#include "consent/consent.h"

namespace affiant::consent {
namespace {

std::string who(std::string_view bytes, std::string_view url = "") {
  return std::string(manager_of(url, bytes).value_or("none"));
}

TEST(ManagerOf, ToldByContent) {
  EXPECT_EQ(who("CookieConsentDialog.cookieTableNecessary = [];"), "cookiebot");
  EXPECT_EQ(who("CookieDeclaration.InjectCookieDeclaration('<div>');"), "cookiebot");
  EXPECT_EQ(who("<table><td class=\"CookieDeclarationTableCell\">a</td></table>"), "cookiebot");
  EXPECT_EQ(who(R"({"DomainData": {"Groups": []}})"), "onetrust");
  EXPECT_EQ(who(R"({"RuleSet": [{"LanguageSwitcherPlaceholder": {}}]})"), "onetrust");
  EXPECT_EQ(who(R"({"cookies": {"essential": [{"en_us": "", "tracker_type": ""}]}})"), "termly");
  EXPECT_EQ(who(R"({"consentTemplates": []})"), "usercentrics");
  EXPECT_EQ(who(R"([{"dataProcessor": "x", "templateId": "y"}])"), "usercentrics");
  EXPECT_EQ(who(R"({"app": {"vendors": {"iab": {}}}, "notice": {}})"), "didomi");
  EXPECT_EQ(who("window.didomiConfig={app:{}}"), "didomi");
  EXPECT_EQ(who("/* my */ var klaroConfig = { services: [] };"), "klaro");
  EXPECT_EQ(who(R"({"services": [{"purposes": []}], "elementID": "k"})"), "klaro");
  EXPECT_EQ(who("<div class='cmplz-x'><div class='cookies-per-purpose'>"), "complianz");
  EXPECT_EQ(who("a={_categories:[{cookies:[{cookieID:'x'}]}]}"), "cookieyes");
  EXPECT_EQ(who("<ul class='cky-cookie-des-table'>"), "cookieyes");
  EXPECT_EQ(who(R"([{"name": "", "provider": "", "classification": ""}])"), "osano");
  EXPECT_EQ(who("<h3 class='expand-click policyicon_purpose_5'>"), "iubenda");
  EXPECT_EQ(who("\xEF\xBB\xBF _iub.csConfiguration = {}"), "iubenda");
}

TEST(ManagerOf, ToldByAnAddressAtWhichOnlyDataIsFound) {
  EXPECT_EQ(who("x", "https://consent.cookiebot.com/1/cc.js?referer=a"), "cookiebot");
  EXPECT_EQ(who("x", "https://consent.cookiebot.eu/1/cdreport.js"), "cookiebot");
  EXPECT_EQ(who("{}", "https://cdn.cookielaw.org/consent/1/2/en.json"), "onetrust");
  EXPECT_EQ(who("{}", "https://app.termly.io/api/v1/snippets/websites/1/documents/2/cookies"),
            "termly");
  EXPECT_EQ(who("[]", "https://disclosure.api.osano.com/customer/1/config/2?language=en"), "osano");
  EXPECT_EQ(who("{}", "https://www.iubenda.com/api/privacy-policy/1/cookie-policy"), "iubenda");
  EXPECT_EQ(who("x", "https://consent.cookiebot.com/uc.js"), "none");
  EXPECT_EQ(who("x", "https://consent.cookiebot.com.evil.example/1/cc.js"), "none");
  EXPECT_EQ(who("{}", "https://notcookielaw.org/consent/1/2/en.json"), "none");
  EXPECT_EQ(who("", "https://consent.cookiebot.com/1/cc.js"), "none");
}

TEST(ManagerOf, APageThatLoadsStylesOrTalksOfAManagerHoldsNoneOfItsData) {
  EXPECT_EQ(who("<script src='https://consent.cookiebot.com/uc.js' data-cbid='1'></script>"),
            "none");
  EXPECT_EQ(who("<style>.CookieDeclarationTableCell { color: red }</style>"), "none");
  EXPECT_EQ(who("<style>#cky .cky-cookie-des-table{}.ot-cookies-td{}</style>"), "none");
  EXPECT_EQ(who("<pre>var klaroConfig = { services: [] }</pre>"), "none");
  EXPECT_EQ(who("<script>// klaroConfig = {\n klaroConfig = load();</script>"), "none");
  EXPECT_EQ(who("<script>window.didomiConfig = window.didomiConfig || {};</script>"), "none");
  EXPECT_EQ(who("<script>_iub.csConfiguration = {siteId: 1}</script>"), "none");
  EXPECT_EQ(who("We use Cookiebot and Klaro; klaroConfig is theirs."), "none");
  EXPECT_EQ(who(R"({"blocks": [{"text": "say \"DomainData\" and \"Groups\""}]})"), "none");
  EXPECT_EQ(who(R"({"name": "x", "classification": "y", "provider": "z"})"), "none");
}

}  // namespace
}  // namespace affiant::consent
