#include <gtest/gtest.h>

#include "told.h"

namespace affiant::consent::test {
namespace {

constexpr std::string_view kScript = R"(
CookieConsent.whitelist = ['a.example'];
CookieConsentDialog.cookieTableNecessary = [["CookieConsent [x2]","shop.example<br\/>www.shop.example","Keeps the visitor\u0027s choice","1 year","HTTP Cookie","1"],['basket','shop.example','Holds what is &quot;wanted&quot;','Session','HTTP','1'],];
CookieConsentDialog.cookieTablePreference = [["lang","shop.example","Sprache","Persistent","HTML Local Storage","2"]];
CookieConsentDialog.cookieTableStatistics = [["_ga_#","Google","Z\xe4hlt","13 Monate","HTTP Cookie","1"], ["db","x.example","","Persistent","IndexedDB","3"]];
CookieConsentDialog.cookieTableAdvertising = [["pagead/1p-user-list/#","Google","","Session","Pixel Tracker","5"]];
CookieConsentDialog.cookieTableUnclassified = [];
)";

TEST(Cookiebot, ReadsItsFiveTables) {
  const policy::Declaration said = told("cookiebot", kScript);
  ASSERT_EQ(said.cookies.size(), 6U) << unread(said);
  const policy::DeclaredCookie choice = row(said, "CookieConsent");
  EXPECT_EQ(choice.category, "necessary");
  EXPECT_EQ(choice.provider, "shop.example www.shop.example");
  EXPECT_EQ(choice.purpose, "Keeps the visitor's choice");
  EXPECT_EQ(choice.lifetime_s, 365 * kDay);
  EXPECT_TRUE(choice.quote.starts_with("[\"CookieConsent [x2]\"")) << choice.quote;
  EXPECT_EQ(row(said, "basket").purpose, "Holds what is \"wanted\"");
  EXPECT_EQ(row(said, "_ga_*").purpose, "Z\xC3\xA4hlt");
  EXPECT_EQ(row(said, "_ga_*").lifetime_s, 13 * 30 * kDay);
  EXPECT_EQ(row(said, "_ga_*").category, "analytics");
  EXPECT_EQ(row(said, "lang").category, "functional");
}

TEST(Cookiebot, SessionIsOfCookiesAndStorageIsToldApart) {
  const policy::Declaration said = told("cookiebot", kScript);
  EXPECT_TRUE(row(said, "basket").session_cookie);
  EXPECT_FALSE(row(said, "basket").lifetime_s);
  EXPECT_EQ(row(said, "lang").storage, "localStorage");
  EXPECT_FALSE(row(said, "lang").session_cookie);
  EXPECT_FALSE(row(said, "lang").lifetime_s);
  EXPECT_EQ(row(said, "db").storage, "indexedDB");
  EXPECT_EQ(row(said, "pagead/1p-user-list/*").storage, "pixel");
  EXPECT_FALSE(row(said, "pagead/1p-user-list/*").session_cookie);
}

TEST(Cookiebot, TheTextHoldsTheTablesAndNothingElseOfTheScript) {
  const policy::Declaration said = told("cookiebot", kScript);
  EXPECT_EQ(said.sources.front().text.find("whitelist"), std::string::npos);
  EXPECT_NE(said.sources.front().text.find("_ga_#"), std::string::npos);
}

TEST(Cookiebot, ATableThatIsCutOffIsRefusedWithItsByte) {
  const std::size_t cut = kScript.find("HTML Local");
  const Error error = refused("cookiebot", kScript.substr(0, cut));
  EXPECT_EQ(error.code, Code::kMalformed);
  EXPECT_NE(error.message.find("byte " + std::to_string(cut)), std::string::npos) << error.message;
}

TEST(Cookiebot, AFileForAnotherRegionDeclaresNothingAndSaysSo) {
  const policy::Declaration said =
      told("cookiebot", "CookieConsent.setOutOfRegion('US', true); CookieConsent.init();");
  EXPECT_TRUE(said.cookies.empty());
  EXPECT_NE(unread(said).find("region"), std::string::npos);
  EXPECT_NE(unread(told("cookiebot",
                        "var cookiedomainwarning='Error: a.example is not a valid domain.';"))
                .find("address"),
            std::string::npos);
}

constexpr std::string_view kPage = R"(<div class="CookieDeclaration" lang="fi">
<div class="CookieDeclarationType"><p class="CookieDeclarationTypeHeader">Statistiikka - statistik (2)</p>
<p class="CookieDeclarationTypeDescription">Nothing that is necessary stands here.</p>
<table class="CookieDeclarationTable"><thead><tr><th class="CookieDeclarationTableHeader">Nimi</th>
<th>Tarjoaja</th><th>Tarkoitus</th><th>Kesto</th><th>Tyyppi</th></tr></thead><tbody>
<tr><td class="CookieDeclarationTableCell">__cf_bm [x3]</td><td class="CookieDeclarationTableCell">a.example<br>b.example</td>
<td class="CookieDeclarationTableCell">Bots</td><td class="CookieDeclarationTableCell">2 days</td>
<td class="CookieDeclarationTableCell">HTTP Cookie</td></tr>
<tr><td class="CookieDeclarationTableCell">seen</td><td class="CookieDeclarationTableCell">a.example</td>
<td class="CookieDeclarationTableCell"></td><td class="CookieDeclarationTableCell">Session</td>
<td class="CookieDeclarationTableCell">HTML Local Storage</td></tr></tbody></table></div></div>)";

TEST(Cookiebot, OfAPageTheCellsAreToldByTheirOrderInAnyLanguage) {
  const policy::Declaration said = told("cookiebot", kPage);
  ASSERT_EQ(said.cookies.size(), 2U);
  const policy::DeclaredCookie bots = row(said, "__cf_bm");
  EXPECT_EQ(bots.category, "analytics");
  EXPECT_EQ(bots.lifetime_s, 2 * kDay);
  EXPECT_EQ(bots.provider, "a.example b.example");
  EXPECT_NE(bots.quote.find("Bots"), std::string::npos);
  EXPECT_EQ(row(said, "seen").storage, "localStorage");
  EXPECT_FALSE(row(said, "seen").session_cookie);
}

TEST(Cookiebot, TheReportScriptHoldsThePageAsAString) {
  std::string script =
      "CookieDeclaration.lastUpdatedDate = 1; CookieDeclaration.InjectCookieDeclaration('";
  for (const char c : kPage) {
    if (c == '\n')
      script += "\\n";
    else if (c == '\'')
      script += "\\'";
    else if (c == '/')
      script += "\\/";
    else
      script += c;
  }
  const policy::Declaration said = told("cookiebot", script + "');");
  EXPECT_EQ(said.cookies.size(), 2U);
  EXPECT_EQ(row(said, "__cf_bm").lifetime_s, 2 * kDay);
  // Where the function is made or handed on, there is nothing to read.
  EXPECT_EQ(refused("cookiebot",
                    "this.InjectCookieDeclaration = function (e) {}; a.InjectCookieDeclaration(e);")
                .code,
            Code::kMalformed);
}

TEST(Cookiebot, EntriesWithoutANameAreCounted) {
  const policy::Declaration said = told("cookiebot",
                                        "CookieConsentDialog.cookieTableNecessary = [['', "
                                        "'a.example', 'x', 'Session', 'HTTP', '1'], [], 7];");
  EXPECT_TRUE(said.cookies.empty());
  EXPECT_NE(unread(said).find("3 entries of cookiebot without a name"), std::string::npos)
      << unread(said);
}

}  // namespace
}  // namespace affiant::consent::test
