// Which findings are expected, which count again, and what is said of the file.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gate/expectations.h"
#include "unit/report/shop_report.h"

namespace affiant::gate {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kLater = "reason = \"known\"\nexpires = 2026-12-31\n";
constexpr const char* kOver = "reason = \"was known\"\nexpires = 2026-09-20\n";

std::string cookie(const std::string& members, const char* end = kLater) {
  return "[[cookie]]\n" + members + "\n" + end;
}
std::string third_party(const std::string& members, const char* end = kLater) {
  return "[[third_party]]\n" + members + "\n" + end;
}
std::string ignore(const std::string& members, const char* end = kLater) {
  return "[[ignore]]\n" + members + "\n" + end;
}

// The shop, held against a file. Its findings: F6-1, F1-1, F7-1, F20-1; today is 2026-09-21.
report::Report held(const std::string& entries) {
  report::Report r = test::shop_report();
  const auto parsed = parse_expectations("version = 1\n" + entries, "affiant.toml");
  EXPECT_TRUE(parsed) << parsed.error().to_string();
  if (parsed) {
    EXPECT_TRUE(apply(*parsed, &r));
  }
  return r;
}

std::string failing(const report::Report& r, std::string_view fail_on = "note") {
  std::string out;
  for (std::size_t i = 0; i < r.findings.size(); ++i)
    if (report::fails_build(r, i, fail_on)) out += r.findings[i].id + " ";
  return out;
}

TEST(Gate, WithoutAFileEveryFindingCounts) {
  EXPECT_EQ(failing(test::shop_report()), "F6-1 F1-1 F7-1 F20-1 ");
  EXPECT_EQ(failing(test::shop_report(), "contradicted"), "F1-1 F7-1 ");
  EXPECT_EQ(failing(test::shop_report(), "never"), "");
}

TEST(Gate, AFindingIsExpectedWhenEverythingThatItShowsIs) {
  const std::string ads = third_party("owner = \"ads ltd\"");
  EXPECT_EQ(failing(held(ads)), "F1-1 F7-1 F20-1 ");  // The cookie of F1 is not allowed.
  EXPECT_EQ(failing(held(cookie("name = \"uid\""))), "F6-1 F1-1 F7-1 F20-1 ");
  const report::Report both = held(ads + cookie("name = \"u*\"\ndomain = \"ads.example\""));
  EXPECT_EQ(failing(both), "F7-1 F20-1 ");
  EXPECT_THAT(report::standing_words(both, 1),
              Contains(HasSubstr("known (until 2026-12-31, affiant.toml:2)")));
}

TEST(Gate, AHostStandsForItsSubdomainsAndNoOther) {
  EXPECT_EQ(failing(held(third_party("host = \"ads.example\"") +
                         third_party("host = \"example\"", kOver))),
            "F6-1 F1-1 F7-1 F20-1 ");  // sync.example is only under an entry that is over.
  EXPECT_EQ(failing(held(third_party("host = \"example\""))), "F1-1 F7-1 F20-1 ");
  EXPECT_EQ(failing(held(third_party("host = \"s.example\""))), "F6-1 F1-1 F7-1 F20-1 ");
}

TEST(Gate, ALifetimeIsExpectedOnlyAsLongAsItIsWritten) {
  EXPECT_EQ(failing(held(cookie("name = \"_st\""))), "F6-1 F1-1 F7-1 F20-1 ");
  EXPECT_EQ(failing(held(cookie("name = \"_st\"\nlifetime_days = 730"))), "F6-1 F1-1 F20-1 ");
  const report::Report shorter = held(cookie("name = \"_st\"\nlifetime_days = 90"));
  EXPECT_EQ(failing(shorter), "F6-1 F1-1 F7-1 F20-1 ");
  EXPECT_THAT(
      report::gate_warnings(*shorter.gate),
      Contains(HasSubstr("affiant.toml:2: cookie _st: allowed for 90 days, seen with 2 years")));
}

TEST(Gate, ARuleIsIgnoredWhollyOrByTitle) {
  EXPECT_EQ(failing(held(ignore("rule = \"F7\""))), "F6-1 F1-1 F20-1 ");
  EXPECT_EQ(failing(held(ignore("rule = \"lifetime-exceeds\"\ntitle = \"_st lives for *\""))),
            "F6-1 F1-1 F20-1 ");
  const report::Report other = held(ignore("rule = \"F7\"\ntitle = \"_ga lives for *\""));
  EXPECT_EQ(failing(other), "F6-1 F1-1 F7-1 F20-1 ");
  EXPECT_THAT(report::gate_warnings(*other.gate), Contains(HasSubstr("matched nothing")));
}

TEST(Gate, WhatIsOverCountsAgainAndIsSaidAloud) {
  const report::Report r = held(ignore("rule = \"F7\"", kOver));
  EXPECT_EQ(failing(r), "F6-1 F1-1 F7-1 F20-1 ");
  EXPECT_THAT(
      report::gate_warnings(*r.gate),
      Contains("affiant.toml:2: rule lifetime-exceeds: expired on 2026-09-20, and counts again"));
  EXPECT_THAT(report::standing_words(r, 2), Contains(HasSubstr("was expected until 2026-09-20")));
}

TEST(Gate, TheLastDayStillHolds) {
  EXPECT_EQ(failing(held(ignore("rule = \"F7\"", "reason = \"r\"\nexpires = 2026-09-21\n"))),
            "F6-1 F1-1 F20-1 ");
}

TEST(Gate, WhatWasDoneBeforeConsentIsNoMatterOfPresence) {
  report::Report r = test::shop_report();
  r.findings[1].rule = "set-before-consent";
  const auto parsed = parse_expectations(
      "version = 1\n" + cookie("name = \"*\"") + third_party("owner = \"Ads Ltd\""),
      "affiant.toml");
  ASSERT_TRUE(parsed);
  ASSERT_TRUE(apply(*parsed, &r));
  EXPECT_THAT(failing(r), HasSubstr("F1-1"));
}

TEST(Gate, AFileOfAnotherSiteIsRefused) {
  report::Report r = test::shop_report();
  const auto parsed = parse_expectations("version = 1\nsite = \"other.example\"\n", "affiant.toml");
  ASSERT_TRUE(parsed);
  const Status fits = apply(*parsed, &r);
  ASSERT_FALSE(fits);
  EXPECT_EQ(fits.error().code, Code::kUsage);
}

TEST(Gate, WhatDoesNotRepeatFailsNoBuild) {
  report::Report r = test::shop_report();
  r.repeats.findings = {{3, 3}, {2, 3}, {3, 3}, {1, 3}};
  EXPECT_EQ(failing(r), "F6-1 F7-1 ");
}

TEST(Gate, EachCookieAndRequestHasItsStanding) {
  const report::Report r =
      held(cookie("name = \"_st\"") + third_party("owner = \"ads ltd\"", kOver));
  const report::Gate& gate = *r.gate;
  ASSERT_EQ(gate.cookies.size(), r.facts.cookies.size());
  ASSERT_EQ(gate.requests.size(), r.facts.requests.size());
  for (std::size_t i = 0; i < gate.cookies.size(); ++i) {
    const bool expected = r.facts.cookies[i].story.name == "_st";
    EXPECT_EQ(!report::expected_words(gate, gate.cookies[i]).empty(), expected) << i;
  }
  for (std::size_t i = 0; i < gate.requests.size(); ++i) {
    EXPECT_EQ(gate.requests[i].expired.empty(), r.facts.requests[i].owner != "Ads Ltd") << i;
    EXPECT_THAT(gate.requests[i].expected_by, IsEmpty()) << i;
  }
}

TEST(Baseline, NothingThatTheCaseShowsCountsAnyMore) {
  report::Report r = test::shop_report();
  const std::string text = write_baseline(r, "20260921-shop", "2026-12-20");
  test::expect_golden("baseline_shop.toml", text);
  const auto parsed = parse_expectations(text, "affiant.toml");
  ASSERT_TRUE(parsed) << parsed.error().to_string() << text;
  ASSERT_TRUE(apply(*parsed, &r));
  EXPECT_EQ(failing(r), "");
  EXPECT_THAT(report::gate_warnings(*r.gate), IsEmpty());
}

TEST(Baseline, HostileNamesStayTextAndParse) {
  report::Report r = test::shop_report();
  r.facts.cookies[0].story.name = "a\"]\nreason = \"\x1b[2J\xe2\x80\xae\xff\xfe \\";
  r.findings[3].title = "\"\"\"\n[[ignore]]\xc0";
  const std::string text = write_baseline(r, "x\"\n[[ignore]]", "2026-12-20");
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, Not(HasSubstr("\xe2\x80\xae")));
  const auto parsed = parse_expectations(text, "affiant.toml");
  ASSERT_TRUE(parsed) << parsed.error().to_string() << text;
  ASSERT_TRUE(apply(*parsed, &r));
  EXPECT_EQ(failing(r), "");
}

}  // namespace
}  // namespace affiant::gate
