// R4: identifiers confirmed with two profiles.
#include <gtest/gtest.h>

#include "detect/r4_confirmed.h"
#include "unit/detect/world.h"

namespace affiant {
namespace {

using test::kDayS;
using test::World;

constexpr std::int64_t kLongS = 91 * kDayS;

// The cookie "id" with one value in a first profile and another in a second.
std::optional<bool> confirmed(const std::string& first, const std::string& second,
                              std::int64_t max_age_s = kLongS, std::int64_t profile = 2) {
  World w;
  w.cookie({.name = "id", .host = "shop.example", .value = first, .max_age_s = max_age_s});
  w.session("no-choice");
  w.seen.sessions.back().profile = profile;
  w.cookie({.name = "id", .host = "shop.example", .value = second, .max_age_s = max_age_s});
  const detect::Facts facts = detect::detect(std::move(w.seen), test::sites());
  EXPECT_EQ(facts.cookies.size(), 2U);
  EXPECT_FALSE(facts.cookies[0].repeats);
  EXPECT_EQ(facts.cookies[1].repeats, profile == 2);
  EXPECT_EQ(facts.cookies[0].identifier_confirmed, facts.cookies[1].identifier_confirmed);
  return facts.cookies[0].identifier_confirmed;
}

TEST(Confirmed, APartThatDiffersBetweenTwoProfilesIsAnIdentifier) {
  EXPECT_EQ(confirmed("v1.abcdefgh", "v1.qrstuvwx"), true);
  EXPECT_EQ(confirmed("v1.abcdefgh", "v1.abcdefgh"), false);
}

TEST(Confirmed, AtEachThresholdThePaperDecides) {
  EXPECT_EQ(confirmed("abcdefg", "qrstuvw"), false) << "seven characters";
  EXPECT_EQ(confirmed(std::string(100, 'a'), std::string(100, 'b')), true);
  EXPECT_EQ(confirmed(std::string(101, 'a'), std::string(101, 'b')), false);
  EXPECT_EQ(confirmed("abcdefgh", "qrstuvwx", 90 * kDayS), false) << "not more than 90 days";
  // Similarity 2 * 6 / 20 = 0.6 and 2 * 7 / 20 = 0.7.
  EXPECT_EQ(confirmed("abcdefWXYZ", "abcdefqrst"), true);
  EXPECT_EQ(confirmed("abcdefgXYZ", "abcdefgqrs"), false);
}

TEST(Confirmed, NothingIsSaidWithoutASecondProfile) {
  EXPECT_EQ(confirmed("abcdefgh", "qrstuvwx", kLongS, 1), std::nullopt);
  World w;
  w.cookie({.name = "id", .host = "shop.example"});
  EXPECT_EQ(detect::detect(std::move(w.seen), test::sites()).cookies.at(0).identifier_confirmed,
            std::nullopt);
}

TEST(Confirmed, APartThatChangesWithinAProfileIsNone) {
  World w;
  w.cookie({.name = "id", .host = "shop.example", .value = "abcdefgh", .max_age_s = kLongS});
  w.cookie({.name = "id",
            .host = "shop.example",
            .value = "ijklmnop",
            .max_age_s = kLongS,
            .script_host = "cdn.example"});
  w.session("no-choice");
  w.seen.sessions.back().profile = 2;
  w.cookie({.name = "id", .host = "shop.example", .value = "qrstuvwx", .max_age_s = kLongS});
  for (const auto& cookie : detect::detect(std::move(w.seen), test::sites()).cookies)
    EXPECT_EQ(cookie.identifier_confirmed, false);
}

std::vector<detect::TechniqueFact> respawned(bool cleared, const std::string& value,
                                             const std::string& elsewhere = "") {
  World w;
  w.cookie({.name = "id", .host = "shop.example"});
  w.session("no-choice");
  w.seen.sessions.back().cleared = cleared;
  w.cookie({.name = "id", .host = "shop.example", .value = value});
  if (!elsewhere.empty()) {
    w.session("no-choice");
    w.seen.sessions.back().profile = 2;
    w.cookie({.name = "id", .host = "shop.example", .value = elsewhere});
  }
  std::vector<detect::TechniqueFact> out;
  for (auto& t : detect::detect(std::move(w.seen), test::sites()).techniques)
    if (t.technique == "respawn") out.push_back(std::move(t));
  return out;
}

TEST(Respawn, ACookieThatComesBackWithItsValueAfterClearingIsTold) {
  const auto found = respawned(true, test::kRandomId);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_GE(found[0].entries.size(), 2U);
  EXPECT_EQ(found[0].detail,
            "cookie id of shop.example came back with the same value after cookies and storage "
            "were cleared; the cache was kept");
}

TEST(Respawn, AnotherValueAProfileThatWasNotClearedOrEverybodysValueIsNone) {
  EXPECT_TRUE(respawned(true, "0123456789abcdef0124").empty());
  EXPECT_TRUE(respawned(false, test::kRandomId).empty());
  EXPECT_TRUE(respawned(true, test::kRandomId, test::kRandomId).empty());
  EXPECT_EQ(respawned(true, test::kRandomId, "0123456789abcdef0124").size(), 1U);
}

TEST(Similarity, IsThatOfRatcliffAndObershelp) {
  EXPECT_DOUBLE_EQ(detect::similarity("WIKIMEDIA", "WIKIMANIA"), 2.0 * 7 / 18);
  EXPECT_DOUBLE_EQ(detect::similarity("", ""), 1);
  EXPECT_DOUBLE_EQ(detect::similarity("abc", ""), 0);
  EXPECT_DOUBLE_EQ(detect::similarity("abc", "abc"), 1);
}

}  // namespace
}  // namespace affiant
