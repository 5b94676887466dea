#include "knowledge/layer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

namespace affiant::knowledge {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Own samples: the shape of the real files, none of their rows.
constexpr std::string_view kTds = R"({"trackers": {
    "pixel.example": {"domain": "pixel.example", "owner": {"name": "Pixel Works, Inc.", "displayName": "Pixel Works"},
      "prevalence": 0.25, "categories": ["Analytics", "Session Replay"], "rules": [{"rule": "pixel\\.example"}]},
    "10.0.0.1": {"owner": {"name": "Nobody"}}, "a:80": {"owner": {"name": "Nobody"}},
    "unowned.example": {"categories": ["Advertising"]}},
  "entities": {"Pixel Works, Inc.": {"domains": ["pixel.example", "pixelworks.example"], "displayName": "Pixel Works", "prevalence": 0.3}},
  "domains": {"pixel.example": "Pixel Works, Inc.", "cdn.pixel.test": "Pixel Works, Inc."},
  "cnames": {"data.shop.example": "shop.pixel.example", "x.shop.example": 7}})";

std::map<std::string, std::string> categories(const Layer& layer) {
  std::map<std::string, std::string> out;
  for (const LayerHost& host : layer.hosts)
    out[host.host] = host.owner + ": " + std::string(host.category);
  return out;
}

std::vector<std::string> aliases(const Layer& layer) {
  std::vector<std::string> out;
  for (const LayerAlias& a : layer.aliases)
    out.push_back(a.host + " -> " + a.target + " / " + a.vendor);
  return out;
}

TEST(Layer, TdsTellsOwnersCategoriesPrevalenceAndAliases) {
  const auto layer = read_layer("any.name", kTds);
  ASSERT_TRUE(layer) << layer.error().message;
  EXPECT_EQ(layer->provenance.source, "DuckDuckGo TDS (any.name)");
  EXPECT_EQ(layer->provenance.licence, "CC-BY-NC-SA-4.0");
  EXPECT_THAT(layer->provenance.sha256, SizeIs(64));
  EXPECT_THAT(categories(*layer),
              ElementsAre(std::pair("cdn.pixel.test", "Pixel Works, Inc.: other"),
                          std::pair("pixel.example", "Pixel Works: session-replay"),
                          std::pair("pixelworks.example", "Pixel Works: other")));
  EXPECT_DOUBLE_EQ(layer->hosts.front().prevalence, 0.25);
  EXPECT_THAT(aliases(*layer), ElementsAre("data.shop.example -> shop.pixel.example / "));
  EXPECT_EQ(layer->skipped.count, 4);
  EXPECT_THAT(
      layer->skipped.first,
      ElementsAre("trackers[10.0.0.1]: an address", "trackers[a:80]: a port",
                  "trackers[unowned.example]: no owner", "cnames[x.shop.example]: no string"));
}

constexpr std::string_view kDomain =
    R"({"domain": "pixel.example", "owner": {"name": "Pixel Works, Inc."}, "prevalence": 0.5,
  "categories": ["Ad Motivated Tracking"], "cnames": [{"original": "m.shop.example", "resolved": "s.pixel.example"}],
  "resources": [{"rule": "{\"not\": \"read\"}", "type": "Script"}]})";
constexpr std::string_view kEntity =
    R"({"name": "Other Works", "displayName": "Other", "properties": ["other.example"], "prevalence": {"total": 0.125}})";

TEST(Layer, TrackerRadarIsReadAsAnArrayAsLinesAndOneAfterTheOther) {
  const std::string domain(kDomain), entity(kEntity);
  for (const std::string& text : {"[" + domain + "," + entity + "]", domain + "\n" + entity + "\n",
                                  domain + entity, "\xEF\xBB\xBF " + entity + domain}) {
    ASSERT_TRUE(is_layer(text));
    const auto layer = read_layer("radar", text);
    ASSERT_TRUE(layer) << layer.error().message;
    EXPECT_EQ(layer->kind, LayerKind::kTrackerRadar);
    EXPECT_THAT(categories(*layer),
                ElementsAre(std::pair("other.example", "Other: other"),
                            std::pair("pixel.example", "Pixel Works, Inc.: advertising")));
    EXPECT_THAT(aliases(*layer), ElementsAre("m.shop.example -> s.pixel.example / "));
  }
}

TEST(Layer, WhatIsKeptOfATrackerRadarFileReadsTheSame) {
  const auto kept = tracker_radar_essence("f", kDomain);
  ASSERT_TRUE(kept && *kept);
  EXPECT_THAT(**kept, ::testing::Not(HasSubstr("resources")));
  EXPECT_EQ(aliases(*read_layer("f", **kept)), aliases(*read_layer("f", kDomain)));
  EXPECT_EQ(categories(*read_layer("f", **kept)), categories(*read_layer("f", kDomain)));
  const auto other = tracker_radar_essence("f", R"({"a": 1})");
  ASSERT_TRUE(other);
  EXPECT_FALSE(*other);
}

TEST(Layer, ADocumentOfAnotherFormatAmongManyIsCounted) {
  const auto layer = read_layer("radar", std::string(kDomain) + R"({"a": 1}{"a":1,"a":2})");
  ASSERT_TRUE(layer) << layer.error().message;
  EXPECT_EQ(layer->skipped.count, 2);
  EXPECT_THAT(layer->skipped.first[0], HasSubstr("not like what stands before it"));
  EXPECT_THAT(layer->skipped.first[1], HasSubstr("duplicate key"));
}

TEST(Layer, DisconnectTellsThePurposeBeforeTheTechnique) {
  const auto layer = read_layer("services.json", R"({"license": "Of its own", "categories": {
    "Analytics": [{"Watch": {"https://watch.example/": ["watch.example"], "session-replay": "true"}}],
    "FingerprintingInvasive": [{"Bids": {"https://bids.example/": ["bids.example", "prints.example"]}}],
    "Advertising": [{"Bids": {"https://bids.example/": ["bids.example"], "dnt": "eff"}}, 7]}})");
  ASSERT_TRUE(layer) << layer.error().message;
  EXPECT_EQ(layer->provenance.licence, "Of its own");
  EXPECT_THAT(categories(*layer), ElementsAre(std::pair("bids.example", "Bids: advertising"),
                                              std::pair("prints.example", "Bids: fingerprinting"),
                                              std::pair("watch.example", "Watch: session-replay")));
  EXPECT_THAT(layer->skipped.first, ElementsAre("Advertising: no object"));
}

TEST(Layer, DisconnectsEntitiesTellOwnersAlone) {
  const std::string inner =
      R"({"Bids": {"properties": ["bids.example"], "resources": ["bids.example", "cdn.bids.test"]}})";
  for (const std::string& text : {inner, R"({"entities": )" + inner + "}"}) {
    const auto layer = read_layer("entities.json", text);
    ASSERT_TRUE(layer) << layer.error().message;
    EXPECT_EQ(layer->kind, LayerKind::kDisconnect);
    EXPECT_THAT(categories(*layer), ElementsAre(std::pair("bids.example", "Bids: other"),
                                                std::pair("cdn.bids.test", "Bids: other")));
  }
}

TEST(Layer, TrackerDbTellsOrganisationsAndHostsOfRules) {
  const auto layer =
      read_layer("trackerdb.json", R"({"categories": {}, "organizations": {"o": {"name": "Org"}},
    "patterns": {"p": {"name": "Prod", "category": "site_analytics", "organization": "o", "domains": ["prod.example"],
        "filters": ["||eu.prod.test^$3p", "||paths.example^*/x", "/x/", "@@||no.example^"]},
      "q": {"name": "Lone", "category": "customer_interaction", "organization": null, "domains": ["lone.example", 3]}}})");
  ASSERT_TRUE(layer) << layer.error().message;
  EXPECT_THAT(categories(*layer), ElementsAre(std::pair("eu.prod.test", "Org: analytics"),
                                              std::pair("lone.example", "Lone: customer-support"),
                                              std::pair("prod.example", "Org: analytics")));
  EXPECT_EQ(layer->skipped.count, 1);
}

TEST(Layer, PairsOfNamesAreAliases) {
  const auto layer = read_layer(
      "x.json",
      R"({"a.shop.example": "b.vendor.example.", "xn--99999999.example": "c.example", "b\u00fc.example": "c.example"})");
  ASSERT_TRUE(layer) << layer.error().message;
  EXPECT_EQ(layer->kind, LayerKind::kAliasPairs);
  EXPECT_EQ(layer->provenance.licence, "MIT");
  EXPECT_THAT(aliases(*layer), ElementsAre("a.shop.example -> b.vendor.example / "));
  EXPECT_THAT(layer->skipped.first,
              ElementsAre(HasSubstr("not in ASCII"), HasSubstr("does not decode")));
}

constexpr std::string_view kHeading =
    "ID,Platform,Category,Cookie / Data Key name,Domain,Description,Retention period,Data "
    "Controller,"
    "User Privacy & GDPR Rights Portals,Wildcard match\r\n";

TEST(Layer, CookieDatabaseTellsNamesMasksDomainsAndLifetimes) {
  const auto layer = read_layer(
      "c.csv",
      std::string(kHeading) +
          "1,Plat,Analytics,_own [x4],own.example (3rd party) or advertiser's website domain (1st "
          "party),\"says \"\"this\"\",\n"
          "and that\",2 years,Ctl,https://x.example/,0\r\n"
          "2,Plat,Marketing,_pre_,Advertiser's website domain (1st party),d,30 minutes after last "
          "activity,Advertiser's website,#N/A,1\n"
          "3,Plat,Security,C<Id>,ads.own.example (3rd party),d,60 days till 3650 days,Ctl,,0\n"
          "4,Plat,Security,x<Id>,,d,session,Ctl,,0\n"
          "5,Plat,Security,two names,,d,session,Ctl,,0\n"
          "6,too few\n");
  ASSERT_TRUE(layer) << layer.error().message;
  ASSERT_THAT(layer->cookies, SizeIs(3));
  const LayerCookie &own = layer->cookies[0], &pre = layer->cookies[1], &mask = layer->cookies[2];
  EXPECT_EQ(own.pattern, "_own");
  EXPECT_EQ(own.domains, "");
  EXPECT_EQ(own.owner, "Ctl");
  EXPECT_EQ(own.category, "analytics");
  EXPECT_EQ(own.lifetime_s, 2 * 365 * 86'400);
  EXPECT_THAT(own.purpose, HasSubstr("says \"this\""));
  EXPECT_EQ(pre.pattern, "_pre_*");
  EXPECT_EQ(pre.owner, "Plat");
  EXPECT_EQ(pre.lifetime_s, 1'800);
  EXPECT_EQ(mask.pattern, "C*");
  EXPECT_EQ(mask.domains, "ads.own.example");
  EXPECT_EQ(mask.category, "necessary");
  EXPECT_EQ(mask.lifetime_s, -1);
  EXPECT_THAT(layer->skipped.first,
              ElementsAre("line 6: a mask for nearly any name", "line 7: no cookie's name",
                          "line 8: too few columns"));
}

TEST(Layer, AQuotationMarkThatIsNeverClosedCostsOneRecord) {
  std::string text = std::string(kHeading) + "1,\"" + std::string(200'000, 'x') + "\n";
  text += "2,Plat,Analytics,_after,,d,session,Ctl,,0\n";
  const auto layer = read_layer("c.csv", text);
  ASSERT_TRUE(layer);
  ASSERT_THAT(layer->cookies, SizeIs(1));
  EXPECT_EQ(layer->cookies.front().pattern, "_after");
  EXPECT_THAT(layer->skipped.first, ElementsAre("line 2: above 65536 bytes"));
}

TEST(Layer, SectionsOfAFilterListTellWhoseAliasesTheyHold) {
  const Layer layer = read_alias_sections(
      "[Adblock Plus 2.0]\r\n||before.example^\n"
      "! *** easylist:easyprivacy/easyprivacy_specific_cname_big-vendor.txt ***\n"
      "||a.shop.example^\n||b.shop.example^$third-party\n@@||no.example^\n||c.shop.example/path\n"
      "! *** easylist:easyprivacy/easyprivacy_specific_international.txt ***\n||after.example^\n"
      "!\n! Company name: Other Vendor\n!\n! in.other.example disguised "
      "trackers\n!\n||d.shop.example^\n",
      {"list", "1", "", "L"});
  EXPECT_THAT(aliases(layer),
              ElementsAre("a.shop.example ->  / big vendor", "b.shop.example ->  / big vendor",
                          "d.shop.example -> in.other.example / Other Vendor"));
  EXPECT_EQ(layer.provenance.source, "list");
}

TEST(Layer, IsToldFromAFilterListByItsContent) {
  EXPECT_TRUE(is_layer(kTds));
  EXPECT_TRUE(is_layer(" [\n{}]"));
  EXPECT_TRUE(is_layer(kHeading));
  for (const std::string_view list :
       {"[Adblock Plus 2.0]\n||a^", "! Title", "", "||a.example^", "[", "0.0.0.0 a.example"})
    EXPECT_FALSE(is_layer(list)) << list;
}

std::string refusal(std::string_view text) {
  const auto layer = read_layer("f.json", text);
  return layer ? "" : layer.error().message;
}

TEST(Layer, WhatIsNoneOfTheFormatsIsRefusedWithThePlace) {
  EXPECT_THAT(refusal(R"({"a": {"b": 1}})"), HasSubstr("f.json: JSON, but neither"));
  EXPECT_THAT(refusal("{}"), HasSubstr("JSON, but neither"));
  EXPECT_THAT(refusal("[]"), HasSubstr("JSON, but neither"));
  EXPECT_THAT(refusal("[1]"), HasSubstr("expected an object at byte 1"));
  EXPECT_THAT(refusal(std::string("{\"a\": \"\0\x01\xff\"}", 12)), HasSubstr("f.json: byte 0"));
  EXPECT_THAT(refusal("{\"a\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}"),
              HasSubstr("nested deeper"));
}

TEST(Layer, CutAtAnyByteItIsRefusedOrReadNeverMore) {
  const std::string many = std::string(kDomain) + "\n" + std::string(kEntity);
  for (const std::string_view whole : {kTds, std::string_view(many)}) {
    for (std::size_t n = 1; n < whole.size(); ++n) {
      const auto layer = read_layer("f", whole.substr(0, n));
      if (layer)
        EXPECT_LE(layer->hosts.size(), 3U);
      else
        EXPECT_FALSE(layer.error().message.empty());
    }
  }
}

TEST(Layer, AHundredMegabytesAreReadOrRefusedInTime) {
  // One value above the cap, and a line of a megabyte among good ones.
  const std::string big =
      "{\"trackers\":{},\"domains\":{\"a.example\":\"" + std::string(40U << 20U, 'x') + "\"}}";
  EXPECT_THAT(refusal(big), HasSubstr("kLayerDocumentBytes"));
  EXPECT_THAT(refusal(std::string(100U << 20U, '{')),
              HasSubstr("ends within the object of byte 0"));
  std::string lines(kHeading);
  while (lines.size() < (20U << 20U)) lines += "1,\"\n";
  lines += std::string(1U << 20U, ',') + "\n";
  const auto csv = read_layer("c.csv", lines);
  ASSERT_TRUE(csv);
  EXPECT_THAT(csv->cookies, IsEmpty());
  EXPECT_GT(csv->skipped.count, 100U);
}

}  // namespace
}  // namespace affiant::knowledge
