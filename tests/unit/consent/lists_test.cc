// Managers that publish plain lists: Termly, Osano. And what holds for all of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "told.h"

namespace affiant::consent::test {
namespace {

using testing::HasSubstr;

TEST(Termly, ReadsCookiesByCategory) {
  const policy::Declaration said = told("termly", R"({"cookies": {
    "essential": [{"name": "sid", "category": "essential", "tracker_type": "http_cookie", "domain": "shop.example", "en_us": "Keeps you <b>in</b>.", "expire": "session", "service": null}],
    "performance": [{"name": "speed", "expire": "30 minutes", "tracker_type": "html_local_storage", "en_us": null}],
    "advertising": [{"name": "_ad_ID", "expire": "1 year 1 month", "tracker_type": "pixel_tracker", "domain": "adly.example", "service": "Adly"}, {"expire": "1 day"}],
    "social_networking": [{"name": "like", "expire": "persistent", "tracker_type": "server_cookie", "service": "Adly"}],
    "unclassified": [{"name": "x1", "expire": ""}]}})");
  ASSERT_EQ(said.cookies.size(), 5U) << unread(said);
  EXPECT_TRUE(row(said, "sid").session_cookie);
  EXPECT_EQ(row(said, "sid").category, "necessary");
  EXPECT_EQ(row(said, "sid").purpose, "Keeps you in .");
  EXPECT_EQ(row(said, "speed").category, "analytics");
  EXPECT_EQ(row(said, "speed").storage, "localStorage");
  EXPECT_EQ(row(said, "speed").lifetime_s, 1'800);
  EXPECT_EQ(row(said, "_ad_ID").storage, "pixel");
  EXPECT_EQ(row(said, "_ad_ID").provider, "Adly (adly.example)");
  EXPECT_EQ(row(said, "like").category, "social");
  EXPECT_FALSE(row(said, "like").lifetime_s || row(said, "like").session_cookie);
  EXPECT_EQ(row(said, "x1").category, "unclassified");
  EXPECT_EQ(parties(said), "Adly");
  EXPECT_THAT(unread(said), HasSubstr("1 entry of termly without a name"));
}

TEST(Osano, ReadsDisclosures) {
  const policy::Declaration said = told("osano", R"([
    {"name": "sid", "classification": "ESSENTIAL", "purpose": "Login", "expiry": "Session", "provider": "Shop"},
    {"name": "_tr", "classification": "ANALYTICS", "purpose": "Counts", "expiry": "13 months", "provider": "Trackly"},
    {"name": "_ad", "classification": "MARKETING", "expiry": 34128000, "provider": "Adly"},
    {"name": "theme", "classification": "PERSONALIZATION", "expiry": null, "provider": null},
    {"name": "odd", "classification": "BLACKLIST"},
    {"name": "cdn.example/tag.js", "classification": "MARKETING", "provider": "Cdn"}])");
  ASSERT_EQ(said.cookies.size(), 5U) << unread(said);
  EXPECT_EQ(row(said, "sid").category, "necessary");
  EXPECT_TRUE(row(said, "sid").session_cookie);
  EXPECT_EQ(row(said, "_tr").category, "analytics");
  EXPECT_EQ(row(said, "_tr").lifetime_s, 390 * kDay);
  EXPECT_EQ(row(said, "_ad").category, "advertising");
  EXPECT_FALSE(row(said, "_ad").lifetime_s);  // A figure without a unit.
  EXPECT_EQ(row(said, "theme").category, "functional");
  EXPECT_EQ(row(said, "odd").category, "unclassified");
  EXPECT_THAT(unread(said), HasSubstr("scripts"));
}

TEST(Osano, AnEmptyListDeclaresNothingAndSaysSo) {
  EXPECT_THAT(unread(told("osano", "[]")), HasSubstr("nothing is declared"));
  EXPECT_EQ(refused("osano", "[1]").code, Code::kMalformed);
  EXPECT_EQ(refused("osano", "Osano.cm = 1;").code, Code::kMalformed);
}

TEST(Consent, TakesWhatTheSourceSaysOfItselfAndCallsItByTheManager) {
  policy::Source source;
  source.id = 7;
  source.url = "https://a.example/x";
  source.sha256 = "ab";
  const auto said = read_consent_data("osano", R"([{"name": "a_b"}])", source);
  ASSERT_TRUE(said);
  EXPECT_EQ(said->sources.front().url, "https://a.example/x");
  EXPECT_EQ(said->sources.front().sha256, "ab");
  EXPECT_EQ(said->sources.front().id, 1);
  EXPECT_EQ(said->cookies.front().source, 1);
}

TEST(Consent, ReadsOtherEncodingsOfScriptsButJsonIsUtf8) {
  std::string utf16 = "\xFF\xFE";
  for (const char c : std::string_view(R"([{"name": "a_b"}])")) {
    utf16 += c;
    utf16 += '\0';
  }
  EXPECT_EQ(told("osano", utf16).cookies.size(), 1U);
  EXPECT_EQ(refused("osano", "[{\"name\": \"a_\xFF\"}]").code, Code::kMalformed);
  const policy::Declaration said =
      told("klaro", "klaroConfig = {services: [{name: 'Caf\xE9', cookies: ['a_b']}]}");
  EXPECT_EQ(said.cookies.size(), 1U);
  EXPECT_EQ(parties(said), "Caf\xC3\xA9");
}

TEST(Consent, NoManagerOfThatNameIsAnError) {
  EXPECT_EQ(refused("nobody", "[]").code, Code::kUsage);
}

TEST(Consent, AMaskThatCoversEverythingIsNoRow) {
  const policy::Declaration said =
      told("osano", R"([{"name": "*"}, {"name": "{id}"}, {"name": "a_b"}])");
  EXPECT_EQ(said.cookies.size(), 1U);
  EXPECT_THAT(unread(said), HasSubstr("2 entries"));
}

TEST(Consent, TwentyMegabytesAreReadOrRefusedInTime) {
  std::string rows = "[";
  while (rows.size() < 20'000'000)
    rows +=
        R"({"name": "cookie_one", "classification": "ANALYTICS", "purpose": "counts things", "expiry": "2 years"},)";
  rows.back() = ']';
  const auto said = read_consent_data("osano", rows, {});
  ASSERT_TRUE(said);
  EXPECT_EQ(said->cookies.size(), limits::kTableRows);
  EXPECT_THAT(unread(*said), HasSubstr("beyond the first 20000"));
  EXPECT_EQ(refused("osano", std::string(limits::kPolicyBytes + 1, ' ')).code, Code::kTooLarge);
  EXPECT_EQ(refused("osano", std::string(20'000'000, '[')).code, Code::kTooLarge);
  EXPECT_EQ(refused("klaro", "klaroConfig = {a: " + std::string(20'000'000, '(')).code,
            Code::kMalformed);
}

}  // namespace
}  // namespace affiant::consent::test
