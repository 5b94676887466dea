// Each format: what it says is quoted, and what only looks like it says nothing.
#include "base/digest.h"
#include "base/limits.h"
#include "declare.h"

namespace affiant::machine {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Gpc, TrueAbidesAndFalseDoesNot) {
  const policy::Declaration yes = declare(
      "gpc.json", "{\n  \"gpc\" : true, \"lastUpdate\": \"2026-03-01\", \"more\": [1]\n}\n");
  ASSERT_EQ(yes.statements.size(), 2U);
  EXPECT_EQ(yes.statements[0].id, "S1");
  EXPECT_EQ(yes.statements[0].type, "signal");
  EXPECT_EQ(yes.statements[0].polarity, "does");
  EXPECT_EQ(yes.statements[0].quote, "\"gpc\" : true");
  EXPECT_THAT(yes.statements[0].data, ElementsAre("gpc"));
  EXPECT_EQ(yes.statements[0].observable, "yes");
  EXPECT_EQ(yes.statements[1].type, "policy-itself");
  EXPECT_EQ(yes.statements[1].quote, "\"lastUpdate\": \"2026-03-01\"");
  const policy::Declaration no = declare("gpc.json", "\xEF\xBB\xBF{\"gpc\":false}");
  ASSERT_EQ(no.statements.size(), 1U);
  EXPECT_EQ(no.statements[0].polarity, "does-not");
  EXPECT_EQ(no.statements[0].start, 1U);  // Of the text behind the byte order mark.
}

TEST(Gpc, AnyOtherValueSaysNothing) {
  for (const char* text : {"{\"gpc\": \"true\"}", "{\"gpc\": 1}", "{\"gpc\": null}", "{}",
                           "{\"more\": {\"gpc\": true}}"}) {
    const policy::Declaration d = declare("gpc.json", text);
    EXPECT_THAT(d.statements, IsEmpty()) << text;
    EXPECT_EQ(d.unread.size(), 1U) << text;
  }
  EXPECT_THAT(refused("gpc.json", "{\"gpc\": true,}", Code::kMalformed), HasSubstr("byte"));
  EXPECT_THAT(refused("gpc.json", "{\"gpc\": true, \"gpc\": false}", Code::kMalformed),
              HasSubstr("gpc"));
  refused("gpc.json", "[true]", Code::kMalformed);
}

constexpr std::string_view kDnt =
    "Do Not Track Compliance Policy\n\nVersion 1.0\n\n"
    "This domain complies with user opt-outs from tracking via the \"Do Not Track\"\r\n"
    "or \"DNT\" header  [see there].\n\n"
    "  b. If a DNT User is not logged in to our service, we will take steps to ensure \n"
    "     that no user identifiers are transmitted to us at all.\n\n"
    "  a. Logs with DNT Users' identifiers removed may be kept for a period of 10 days or less.\n";

TEST(DntPolicy, ItsOwnSentencesAreReadAndACopyWithAnotherHashIsSaidToBeUnverified) {
  const policy::Declaration d = declare("dnt-policy", kDnt);
  ASSERT_EQ(d.statements.size(), 3U);
  EXPECT_EQ(d.statements[0].type, "signal");
  EXPECT_EQ(d.statements[0].polarity, "does");
  EXPECT_THAT(d.statements[0].data, ElementsAre("dnt"));
  EXPECT_TRUE(d.statements[0].quote.starts_with("This domain complies"));
  EXPECT_TRUE(d.statements[0].quote.ends_with("\"DNT\" header"));
  EXPECT_TRUE(d.statements[0].hedged);
  EXPECT_TRUE(d.statements[1].quote.ends_with("transmitted to us at all"));
  EXPECT_EQ(d.statements[2].type, "server-practice");
  EXPECT_EQ(d.statements[2].observable, "no");
  EXPECT_EQ(d.not_observable, 1);
  ASSERT_EQ(d.unread.size(), 1U);
  EXPECT_THAT(d.unread[0], HasSubstr(hex_digest(Digest::kSha1, kDnt)));
}

TEST(DntPolicy, AnyOtherTextPromisesNothing) {
  for (const char* text :
       {"We honour Do Not Track.\n",
        "Do Not Track Compliance Policy\nThis domain complies with user wishes.\n",
        "If a DNT User is not logged in to our service, we will take steps to "
        "ensure that nothing is transmitted to us at all."}) {
    const policy::Declaration d = declare("dnt-policy", text);
    EXPECT_THAT(d.statements, IsEmpty()) << text;
    EXPECT_EQ(d.unread.size(), 1U) << text;
  }
}

// FIPS 180-4's examples, and lengths around the padding's edge.
TEST(Sha1, IsThatOfTheStandard) {
  EXPECT_EQ(hex_digest(Digest::kSha1, "abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(hex_digest(Digest::kSha1, ""), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
  EXPECT_EQ(hex_digest(Digest::kSha1, "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "84983e441c3bd26ebaae4aa1f95129e5e54670f1");
  EXPECT_EQ(hex_digest(Digest::kSha1, std::string(1'000'000, 'a')),
            "34aa973cd4c4daa4f61eeb2bdbad27316534016f");
}

TEST(IabDisclosure, RowsBecomeDeclaredStorage) {
  const policy::Declaration d = declare("iab-disclosure", R"({
    "disclosures": [
      {"identifier": "rt_*", "type": "cookie", "maxAgeSeconds": 2592000, "cookieRefresh": true,
       "domains": ["*.tracker.example", "ads.tracker.example"], "purposes": [1, 3, 9]},
      {"identifier": "seen", "type": "cookie", "maxAgeSeconds": 0, "domain": "*", "purposes": [1, 8],
       "description": "Counts what was seen"},
      {"identifier": "box", "type": "web", "maxAgeSeconds": null, "purposes": [1, 11]},
      {"identifier": "sec", "type": "cookie", "maxAgeSeconds": 60, "purposes": [], "specialPurposes": [1]},
      {"identifier": "out", "type": "cookie", "maxAgeSeconds": 60, "purposes": [], "optOut": true},
      {"identifier": "bare", "type": "cookie", "maxAgeSeconds": 60, "purposes": [1]},
      {"identifier": "sdk", "type": "app", "maxAgeSeconds": null, "purposes": [2]}],
    "domains": [{"domain": "*.tracker.example", "purposes": [1, 7], "use": "serving"}]})");
  ASSERT_EQ(d.cookies.size(), 7U);
  EXPECT_EQ(d.cookies[0].pattern, "rt_*");
  EXPECT_EQ(d.cookies[0].category, "advertising");
  EXPECT_EQ(d.cookies[0].lifetime_s, 2'592'000);
  EXPECT_EQ(d.cookies[0].provider, "tracker.example, ads.tracker.example");
  EXPECT_EQ(d.cookies[0].purpose, "TCF purposes 1, 3, 9");
  EXPECT_TRUE(d.cookies[0].quote.starts_with("{\"identifier\": \"rt_*\""));
  EXPECT_TRUE(d.cookies[0].quote.ends_with("[1, 3, 9]}"));
  EXPECT_TRUE(d.cookies[1].session_cookie);
  EXPECT_FALSE(d.cookies[1].lifetime_s);
  EXPECT_EQ(d.cookies[1].provider, "");
  EXPECT_EQ(d.cookies[1].category, "analytics");
  EXPECT_EQ(d.cookies[1].purpose, "Counts what was seen");
  EXPECT_EQ(d.cookies[2].storage, "web");
  EXPECT_EQ(d.cookies[2].category, "functional");
  EXPECT_EQ(d.cookies[3].category, "necessary");
  EXPECT_EQ(d.cookies[4].category, "necessary");
  EXPECT_EQ(d.cookies[5].category, "unclassified");
  EXPECT_EQ(d.cookies[6].storage, "app");
  ASSERT_EQ(d.statements.size(), 1U);
  EXPECT_EQ(d.statements[0].type, "named-third-party");
  EXPECT_EQ(d.statements[0].modality, "may");
  EXPECT_THAT(d.statements[0].parties, ElementsAre("tracker.example"));
  EXPECT_THAT(d.statements[0].purposes, ElementsAre("advertising"));
  EXPECT_THAT(d.unread, IsEmpty());
}

TEST(IabDisclosure, AFaultOfOneRowCostsThatRowAndIsTold) {
  const policy::Declaration d = declare("iab-disclosure", R"({"disclosures": [
      {"identifier": "*", "type": "cookie", "maxAgeSeconds": 1, "purposes": [1]},
      {"type": "cookie", "maxAgeSeconds": 1, "purposes": [1]}, 7,
      {"identifier": "a", "type": "elsewhere", "maxAgeSeconds": 1, "purposes": [1]},
      {"identifier": "b", "type": "cookie", "maxAgeSeconds": "1 year", "domains": ["not a host"], "purposes": [4]}]})");
  ASSERT_EQ(d.cookies.size(), 1U);
  EXPECT_EQ(d.cookies[0].pattern, "b");
  EXPECT_FALSE(d.cookies[0].lifetime_s);
  EXPECT_FALSE(d.cookies[0].session_cookie);
  EXPECT_EQ(d.unread.size(), 6U);
  refused("iab-disclosure", R"({"disclosures": "none"})", Code::kMalformed);
}

TEST(IabDisclosure, SeveralFilesInOneAreReadByTheirAddress) {
  const policy::Declaration d = declare("iab-disclosure", R"({"NOTICE": "made by a program",
      "disclosures": {"https://one.example/storage.json": {"disclosures": [
        {"identifier": "one", "type": "cookie", "maxAgeSeconds": 5, "purposes": [10]}]},
       "https://two.example/storage.json": {"disclosures": [
        {"identifier": "two", "type": "web", "purposes": [2]}, {"type": "web"}]}}})");
  ASSERT_EQ(d.cookies.size(), 2U);
  EXPECT_EQ(d.cookies[1].pattern, "two");
  ASSERT_EQ(d.unread.size(), 1U);
  EXPECT_THAT(d.unread[0], HasSubstr("https://two.example/storage.json"));
}

TEST(P3p, TokensBecomeStatementsWithTheirOwnQuotation) {
  const policy::Declaration d = declare(
      "p3p", "policyref=\"/w3c/p3p.xml\", CP=\"NOI DSP CURa PSAo CONi OUR UNR STP UNI NAV\"");
  ASSERT_EQ(d.statements.size(), 5U);
  EXPECT_EQ(d.statements[0].type, "cookie-category");
  EXPECT_EQ(d.statements[0].quote, "CURa");
  EXPECT_THAT(d.statements[0].purposes, ElementsAre("necessary"));
  EXPECT_EQ(d.statements[1].quote, "PSAo");
  EXPECT_EQ(d.statements[1].modality, "unless");
  EXPECT_EQ(d.statements[2].modality, "if");
  EXPECT_EQ(d.statements[3].type, "sale-or-sharing");
  EXPECT_EQ(d.statements[3].quote, "UNR");  // Beside it OUR denies nothing.
  EXPECT_EQ(d.statements[3].polarity, "does");
  EXPECT_EQ(d.statements[4].quote, "STP");
  const policy::Declaration own = declare("p3p", "P3P: CP='CAO PSA OUR IND UNI'");
  ASSERT_EQ(own.statements.size(), 3U);
  EXPECT_EQ(own.statements[1].type, "sale-or-sharing");
  EXPECT_EQ(own.statements[1].polarity, "does-not");
  EXPECT_EQ(own.statements[1].observable, "no");
}

TEST(P3p, WordsAndContradictionsGiveNothing) {
  for (const char* text :
       {"CP=\"This is not a P3P policy! See our help pages.\"", "CP=\"NO P3P\"", "CP=\"HONK\"",
        "CP=\"\"", "CP=\"We have no policy\"", "CP=\"NOI ALL PSA OUR STP UNI\"",
        "CP=\"NID PSA OUR STP UNI\"", "CP=\"NOI PSA OUR STP PHY\"",
        "CP=\"CAO PSA OUR NOR IND UNI\"", "CP=\"CAO PSA OUR STP UNI TST\"", "CP=\"CAO psa OUR\"",
        "policyref=\"/w3c/p3p.xml\"", "HCP=\"CAO PSA OUR\""}) {
    const policy::Declaration d = declare("p3p", text);
    EXPECT_THAT(d.statements, IsEmpty()) << text;
    EXPECT_EQ(d.unread.size(), 1U) << text;
  }
  // An unknown token counts as not there.
  EXPECT_EQ(declare("p3p", "CP=\"CAO CUS PSA\"").statements.size(), 1U);
}

TEST(AdsTxt, PartnersMaySellAndNothingMore) {
  const policy::Declaration d =
      declare("ads.txt",
              "# who sells\r\n"
              "Exchange.example, pub-1, DIRECT, f08c47 # main\r\n"
              "\r\n"
              "exchange.example, pub-2, RESELLER\r\n"
              "https://www.net.example/, 7, reseller ; note\r\n"
              "OWNERDOMAIN=shop-group.example\r\n"
              "MANAGERDOMAIN=manager.example, DE\r\n"
              "inventorypartnerdomain=partner.example\r\n"
              "contact=ads@shop.example\r\n"
              "subdomain=news.shop.example\r\n"
              "placeholder.example.com, placeholder, DIRECT, placeholder\n"
              "no comma here\n"
              "half.example, 3\n"
              "10.0.0.1, 3, DIRECT\n");
  ASSERT_EQ(d.statements.size(), 5U);
  EXPECT_THAT(d.statements[0].parties, ElementsAre("exchange.example"));
  EXPECT_EQ(d.statements[0].quote, "Exchange.example, pub-1, DIRECT, f08c47");
  EXPECT_THAT(d.statements[1].parties, ElementsAre("net.example"));
  EXPECT_EQ(d.statements[2].type, "scope");
  EXPECT_THAT(d.statements[3].parties, ElementsAre("manager.example"));
  EXPECT_THAT(d.statements[4].parties, ElementsAre("partner.example"));
  for (const std::size_t i : {0U, 1U, 3U, 4U}) {
    EXPECT_EQ(d.statements[i].type, "named-third-party");
    EXPECT_EQ(d.statements[i].polarity, "does");
    EXPECT_EQ(d.statements[i].modality, "may");
    EXPECT_EQ(d.statements[i].observable, "partly");
  }
  ASSERT_EQ(d.unread.size(), 3U);
  EXPECT_THAT(d.unread[0], HasSubstr("line 12"));
}

TEST(AdsTxt, ALongListIsCutAndSaysSo) {
  std::string text;
  for (std::size_t i = 0; i < limits::kMachineStatements + 7; ++i)
    text += "x" + std::to_string(i) + ".example, 1, DIRECT\n";
  const policy::Declaration d = declare("ads.txt", text);
  EXPECT_EQ(d.statements.size(), limits::kMachineStatements);
  ASSERT_EQ(d.unread.size(), 1U);
  EXPECT_THAT(d.unread[0], HasSubstr("7 statements beyond"));
}

TEST(AdsTxt, BytesThatAreNoTextSpoilOnlyTheirLine) {
  const policy::Declaration d = declare("ads.txt", "# caf\xE9\none.example, 1, DIRECT\n");
  EXPECT_EQ(d.statements.size(), 1U);
  ASSERT_EQ(d.unread.size(), 1U);
  EXPECT_THAT(d.unread[0], HasSubstr("1 byte that"));
}

TEST(SellersJson, NamesTheDomainsThatAreNotConfidential) {
  const policy::Declaration d = declare("sellers.json", R"({"version": "1.0", "sellers": [
    {"seller_id": "1", "name": "One", "domain": "One.example", "seller_type": "PUBLISHER"},
    {"seller_id": "2", "is_confidential": 1, "seller_type": "INTERMEDIARY"},
    {"seller_id": "3", "domain": "one.example"}, {"seller_id": "4", "domain": "nowhere"}]})");
  ASSERT_EQ(d.statements.size(), 1U);
  EXPECT_THAT(d.statements[0].parties, ElementsAre("one.example"));
  EXPECT_EQ(d.statements[0].quote, "\"domain\": \"One.example\"");
  EXPECT_EQ(d.unread.size(), 1U);
  refused("sellers.json", "{\"sellers\": {}}", Code::kMalformed);
}

TEST(RelatedWebsiteSet, IsWhatTheSiteSaysAndNoMore) {
  const policy::Declaration d = declare("related-website-set", R"({"contact": "x@shop.example",
    "primary": "https://shop.example", "associatedSites": ["https://shop-blog.example", "http://bad.example"],
    "serviceSites": ["https://shop-cdn.example"], "rationaleBySite": {"https://shop-cdn.example": "images"},
    "ccTLDs": {"https://shop.example": ["https://shop.invalid"]}})");
  ASSERT_EQ(d.statements.size(), 4U);
  for (const policy::Statement& s : d.statements) {
    EXPECT_EQ(s.type, "scope");
    EXPECT_EQ(s.observable, "no");
  }
  EXPECT_EQ(d.statements[0].quote, "\"primary\": \"https://shop.example\"");
  EXPECT_THAT(d.statements[1].parties, ElementsAre("shop-blog.example"));
  EXPECT_THAT(d.statements[1].data, ElementsAre("associated-site"));
  EXPECT_EQ(d.unread.size(), 1U);
  refused("related-website-set", "{}", Code::kMalformed);
}

TEST(MachineFiles, AreKnownByTheirNameWhereverItStands) {
  EXPECT_EQ(kind_of("https://shop.example/.well-known/gpc.json?x=1", "{\"gpc\":true}"), "gpc.json");
  EXPECT_EQ(kind_of("dir/ads.txt", "one.example, 1, DIRECT"), "ads.txt");
  EXPECT_EQ(kind_of("APP-ADS.TXT", "one.example, 1, DIRECT"), "ads.txt");
  EXPECT_EQ(kind_of("https://shop.example/.well-known/dnt-policy.txt", "Do Not Track"),
            "dnt-policy");
  EXPECT_EQ(kind_of("sellers.json", "{\"sellers\":[]}"), "sellers.json");
  EXPECT_EQ(kind_of("related-website-set.json", "{\"primary\":\"https://a.example\"}"),
            "related-website-set");
}

TEST(MachineFiles, AreKnownByTheirContentUnderAnyName) {
  EXPECT_EQ(kind_of("storage.json", R"({"disclosures":[{"identifier":"a"}]})"), "iab-disclosure");
  EXPECT_EQ(kind_of("x", R"({"disclosures":[],"domains":[]})"), "iab-disclosure");
  EXPECT_EQ(kind_of("adapterBidAdapter.json",
                    R"({"disclosures":{"https://v.example":{"disclosures":[]}}})"),
            "iab-disclosure");
  EXPECT_EQ(kind_of("copy.json", " {\"gpc\": false}"), "gpc.json");
  EXPECT_EQ(kind_of("x.json", R"({"sellers":[{"seller_id":"1"}]})"), "sellers.json");
  EXPECT_EQ(kind_of("x.json", R"({"primary":"https://a.example","associatedSites":[]})"),
            "related-website-set");
  EXPECT_EQ(
      kind_of("shop_ads.txt",
              "# ours\none.example, 1, DIRECT, ab\ncontact=x\nbroken\n" +
                  std::string(
                      "two.example, 2, RESELLER\na.example, 3, direct\nb.example, 4, direct\n")),
      "ads.txt");
  EXPECT_EQ(kind_of("dnt-policy-1.0.txt", kDnt), "dnt-policy");
  EXPECT_EQ(kind_of("privacy.txt", "Partners: one.example, two.example, DIRECT\nWe name them.\n"),
            "none");
  EXPECT_EQ(kind_of("header.txt", "P3P: CP=\"CAO PSA OUR\"\n"), "p3p");
}

TEST(MachineFiles, APageServedInTheirPlaceIsNoneOfThem) {
  for (const char* name : {"gpc.json", "ads.txt", "dnt-policy.txt", "sellers.json"}) {
    EXPECT_EQ(kind_of(name, "\n<!doctype html><title>Not found</title>"), "none");
    EXPECT_EQ(kind_of(name, ""), "none");
  }
  EXPECT_EQ(kind_of("gpc.json", "not found"), "none");
  EXPECT_EQ(kind_of("data.json", R"({"deviceStorage":{"disclosures":[{"identifier":"a"}]}})"),
            "none");
  EXPECT_EQ(kind_of("x.json", R"({"gpc":"yes"})"), "none");
  EXPECT_EQ(kind_of("privacy.txt", "Our disclosures about \"gpc\" and cookies."), "none");
  EXPECT_EQ(kind_of("privacy.md", "P3P: CP=\"CAO\"\nand more of it\n"), "none");
}

TEST(MachineFiles, NestingAndSizeAreBounded) {
  refused("gpc.json", std::string(100'000, '['), Code::kTooLarge);
  refused("ads.txt", std::string(limits::kMachineFileBytes + 1, 'a'), Code::kTooLarge);
  EXPECT_EQ(kind_of("ads.txt", std::string(limits::kMachineFileBytes + 1, 'a')), "none");
  refused("gpc.json", "{\"gpc\": \"\xFF\"}", Code::kMalformed);
  refused("html", "x", Code::kUnsupported);
}

}  // namespace
}  // namespace affiant::machine
