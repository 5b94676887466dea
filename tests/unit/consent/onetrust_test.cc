#include <gtest/gtest.h>

#include "told.h"

namespace affiant::consent::test {
namespace {

constexpr std::string_view kJson =
    R"({"culture": {"x": 1}, "DomainData": {"Language": {"Culture": "de"}, "Groups": [
 {"OptanonGroupId": "C0001", "Parent": "", "GroupName": "Unbedingt erforderliche Cookies",
  "FirstPartyCookies": [
   {"id": "1", "Name": "sid", "Host": "shop.example", "IsSession": true, "Length": "0", "description": "<p>Anmeldung</p>"},
   {"id": "2", "Name": "OptanonConsent", "Host": "shop.example", "IsSession": false, "Length": "365", "description": null},
   {"id": "3", "Name": "quick", "Host": "shop.example", "IsSession": false, "Length": "0", "description": "x"}],
  "Hosts": []},
 {"OptanonGroupId": "C0004", "Parent": "", "GroupName": "Cookies de ciblage", "FirstPartyCookies": [],
  "Hosts": [{"HostName": "track.example", "DisplayName": "Track", "Cookies": [
   {"Name": "IDE", "Host": "track.example", "IsSession": false, "Length": 390, "description": "ads"},
   {"Name": "_tt_xxxxxxx", "Host": "", "IsSession": false, "Length": null}]}]},
 {"OptanonGroupId": "G7", "Parent": "C0004", "GroupName": "Adly Network", "FirstPartyCookies": [{"Name": "adly", "Host": "a.example", "IsSession": false, "Length": -1}], "Hosts": null,
  "SubGroups": [{"GroupName": "Leistungs-Cookies", "FirstPartyCookies": [{"Name": "perf", "Host": "a.example", "IsSession": false, "Length": "1"}]}]}
]}})";

TEST(OneTrust, ReadsCookiesOfItsGroupsInAnyLanguageKnown) {
  const policy::Declaration said = told("onetrust", kJson);
  ASSERT_EQ(said.cookies.size(), 7U) << unread(said);
  EXPECT_EQ(row(said, "sid").category, "necessary");
  EXPECT_EQ(row(said, "sid").purpose, "Anmeldung");
  EXPECT_EQ(row(said, "IDE").category, "advertising");
  EXPECT_EQ(row(said, "perf").category, "analytics");
  EXPECT_EQ(row(said, "_tt_*").provider, "track.example");
  EXPECT_EQ(parties(said), "track.example");
  EXPECT_EQ(said.statements.front().purposes, std::vector<std::string>{"advertising"});
}

TEST(OneTrust, ASubgroupTakesTheCategoryOfItsParent) {
  EXPECT_EQ(row(told("onetrust", kJson), "adly").category, "advertising");
}

TEST(OneTrust, LengthsAreDaysAndZeroIsNoLifetime) {
  const policy::Declaration said = told("onetrust", kJson);
  EXPECT_TRUE(row(said, "sid").session_cookie);
  EXPECT_FALSE(row(said, "sid").lifetime_s);
  EXPECT_EQ(row(said, "OptanonConsent").lifetime_s, 365 * kDay);
  EXPECT_FALSE(row(said, "OptanonConsent").session_cookie);
  EXPECT_EQ(row(said, "IDE").lifetime_s, 390 * kDay);
  for (const char* name : {"quick", "_tt_*", "adly"}) {
    EXPECT_FALSE(row(said, name).lifetime_s) << name;
    EXPECT_FALSE(row(said, name).session_cookie) << name;
  }
}

TEST(OneTrust, TheQuotationIsTheCookiesOwnObject) {
  const std::string quote = row(told("onetrust", kJson), "IDE").quote;
  EXPECT_TRUE(quote.starts_with("{\"Name\": \"IDE\"") && quote.ends_with("\"ads\"}")) << quote;
}

TEST(OneTrust, TheFileOfRuleSetsDeclaresNothingAndSaysWhereToLook) {
  const policy::Declaration said = told(
      "onetrust",
      R"({"RuleSet": [{"Id": "1", "LanguageSwitcherPlaceholder": {"default": "en"}}], "EuOnly": false})");
  EXPECT_TRUE(said.cookies.empty());
  EXPECT_NE(unread(said).find("rule sets"), std::string::npos);
}

TEST(OneTrust, AnAppsSdksAreNoCookies) {
  const policy::Declaration said = told(
      "onetrust",
      R"({"DomainData": {"Groups": [{"GroupName": "x", "FirstPartyCookies": [{"Name": "Kit", "SdkId": "1", "Description": null}]}]}})");
  EXPECT_TRUE(said.cookies.empty());
  EXPECT_NE(unread(said).find("SDKs"), std::string::npos);
}

TEST(OneTrust, ReadsTheOlderScript) {
  const policy::Declaration said = told("onetrust", R"(!function(){var b={cctId:"1",Groups:[
    {Parent:null,GroupLanguagePropertiesSets:[{GroupName:{Text:"Performance Cookies"}}],
     Cookies:[{Name:"_utm\x61",Host:".shop.example",IsSession:!1,Length:730,description:'counts'}]},
    {Parent:{GroupLanguagePropertiesSets:[{GroupName:{Text:"Strictly Necessary"}}]},
     GroupLanguagePropertiesSets:[{GroupName:{Text:"Load balancer"}}],
     Cookies:[{Name:"lb",Host:"shop.example",IsSession:!0,Length:0}]}],g:function(){return 1}};}();)");
  ASSERT_EQ(said.cookies.size(), 2U);
  EXPECT_EQ(row(said, "_utma").lifetime_s, 730 * kDay);
  EXPECT_EQ(row(said, "_utma").category, "analytics");
  EXPECT_EQ(row(said, "lb").category, "necessary");
  EXPECT_TRUE(row(said, "lb").session_cookie);
}

constexpr std::string_view kPage = R"(<div id="ot-sdk-cookie-policy"><section>
<h4 class="ot-sdk-cookie-policy-group">Zielgruppen: Werbe-Cookies</h4>
<p class="ot-sdk-cookie-policy-group-desc">These are not strictly necessary.</p>
<table><thead><tr><th>Untergruppe</th><th>Cookies</th><th>Art</th><th>Dauer</th></tr></thead><tbody>
<tr><td class="ot-host-td" data-label="x"><span class="ot-mobile-border"></span>doubleclick.example</td>
<td class="ot-cookies-td"><span class="ot-cookies-td-content"><a href="#">IDE</a>, <a href="#">test_cookie</a>, DSID</span></td>
<td class="ot-cookies-type">Third Party</td><td class="ot-life-span-td">390 Days, A few seconds, Session</td></tr>
<tr><td class="ot-host-td">b.example</td><td class="ot-cookies-td">one, two</td><td class="ot-cookies-type">First Party</td>
<td class="ot-life-span-td">30 Days</td></tr></tbody></table></section></div>)";

TEST(OneTrust, ParallelListsOfAPageAreMatchedOneToOneOrNotAtAll) {
  const policy::Declaration said = told("onetrust", kPage);
  ASSERT_EQ(said.cookies.size(), 5U) << unread(said);
  EXPECT_EQ(row(said, "IDE").lifetime_s, 390 * kDay);
  EXPECT_EQ(row(said, "IDE").category, "advertising");
  EXPECT_EQ(row(said, "IDE").provider, "doubleclick.example");
  EXPECT_FALSE(row(said, "test_cookie").lifetime_s);
  EXPECT_FALSE(row(said, "test_cookie").session_cookie);
  EXPECT_TRUE(row(said, "DSID").session_cookie);
  EXPECT_FALSE(row(said, "one").lifetime_s);
  EXPECT_FALSE(row(said, "two").lifetime_s);
}

TEST(OneTrust, JsonThatIsNotStrictIsRefused) {
  EXPECT_EQ(refused("onetrust", R"({"DomainData": {"Groups": [], "Groups": []}})").code,
            Code::kMalformed);
  EXPECT_EQ(refused("onetrust", R"({"DomainData": {"Groups": []}} x)").code, Code::kMalformed);
  EXPECT_EQ(refused("onetrust", R"({DomainData: {"Groups": []}})").code, Code::kMalformed);
  EXPECT_EQ(refused("onetrust", R"({"DomainData": {"Culture": "en"}})").code, Code::kMalformed);
  for (std::size_t size = 0; size < kJson.size(); size += 7)
    EXPECT_EQ(refused("onetrust", kJson.substr(0, size)).code, Code::kMalformed) << size;
}

}  // namespace
}  // namespace affiant::consent::test
