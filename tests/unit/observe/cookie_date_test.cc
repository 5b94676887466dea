#include "observe/cookie_date.h"

#include <gtest/gtest.h>

#include "json/json.h"
#include "shared_data.h"

namespace affiant::observe {
namespace {

std::string date(std::string_view text, Engine engine = Engine::kRfc6265bis) {
  const auto ms = parse_cookie_date(text, engine);
  return ms ? rfc3339(*ms) : "no date";
}

TEST(CookieDate, TokensMayComeInAnyOrder) {
  EXPECT_EQ(date("Wed, 09 Jun 2021 10:18:14 GMT"), "2021-06-09T10:18:14Z");
  EXPECT_EQ(date("10:18:14 2021 jun 9"), "2021-06-09T10:18:14Z");
  EXPECT_EQ(date("9th-JUNE-2021 10:18:14.5 GMT+0100"), "2021-06-09T10:18:14Z");
}

TEST(CookieDate, TwoDigitYearsTurnAtSeventy) {
  EXPECT_EQ(date("1 Jan 70 0:0:0"), "1970-01-01T00:00:00Z");
  EXPECT_EQ(date("1 Jan 69 0:0:0"), "2069-01-01T00:00:00Z");
}

TEST(CookieDate, WhatIsOutOfRangeIsNoDate) {
  for (const char* text :
       {"", "garbage", "0 Jan 2020 0:0:0", "32 Jan 2020 0:0:0", "30 Feb 2020 0:0:0",
        "1 Jan 1600 0:0:0", "1 Jan 2020 24:0:0", "1 Jan 2020 0:60:0", "1 Jan 2020 0:0:60",
        "1 Jan 2020", "1 2020 0:0:0", "Jan 2020 0:0:0", "1 Jan 0:0:0", "1 Jan 20200 0:0:0",
        "1 Jan 2020 000:0:0"})
    EXPECT_EQ(date(text), "no date") << text;
  EXPECT_EQ(date("29 Feb 2020 0:0:0"), "2020-02-29T00:00:00Z");
  EXPECT_EQ(date("31 Dec 9999 23:59:59"), "9999-12-31T23:59:59Z");
  EXPECT_EQ(date("1 Jan 1601 0:0:0"), "1601-01-01T00:00:00Z");
}

TEST(CookieDate, ChromiumTakesYearsBefore1601ForThePast) {
  EXPECT_EQ(parse_cookie_date("1 Jan 1600 0:0:0", Engine::kChromium), kEarliestMs);
}

TEST(CookieDate, TheReasonNamesTheStep) {
  std::string why;
  EXPECT_FALSE(parse_cookie_date("1 Jan 2020", Engine::kRfc6265bis, &why));
  EXPECT_EQ(why, "step 5: it names no time (hh:mm:ss)");
  EXPECT_FALSE(parse_cookie_date("30 Feb 2020 0:0:0", Engine::kRfc6265bis, &why));
  EXPECT_EQ(why, "step 6: there is no day 30 in month 2 of 2020");
}

TEST(CookieDate, Rfc3339GoesBothWays) {
  for (const char* text :
       {"2026-11-23T22:18:19Z", "1969-12-31T23:59:59Z", "2000-02-29T00:00:00Z"}) {
    const auto ms = parse_rfc3339(text);
    ASSERT_TRUE(ms) << text;
    EXPECT_EQ(rfc3339(*ms), text);
  }
  EXPECT_EQ(parse_rfc3339("2026-11-23T22:18:19.25+02:00"),
            *parse_rfc3339("2026-11-23T20:18:19Z") + 250);
  for (const char* text : {"", "2026-11-23", "2026-11-23T22:18:19", "2026-02-30T00:00:00Z",
                           "2026-11-23T24:00:00Z", "2026-11-23T22:18:19.Z", "2026-11-23T22:18:19Zx",
                           "2026-11-23T22:18:19+2:00", "26-11-23T22:18:19Z"})
    EXPECT_FALSE(parse_rfc3339(text)) << text;
}

void run_examples(const std::string& file) {
  std::string text = test::read_file(test::shared_data("vectors/http-state/dates/" + file));
  while (text.rfind("//", 0) == 0)
    text.erase(0, text.find('\n') + 1);  // A licence stands before one.
  while (!text.empty() && text.front() == '\n') text.erase(0, 1);
  if (text.rfind("//", 0) == 0) FAIL() << "comments between";
  const auto cases = json::parse(text, file);
  ASSERT_TRUE(cases) << cases.error().message;
  ASSERT_GT(cases->size(), 5U);
  for (const auto& one : *cases) {
    const auto got = parse_cookie_date(one["test"].get<std::string>(), Engine::kRfc6265bis);
    if (one["expected"].is_null()) {
      EXPECT_FALSE(got) << one["test"];
      continue;
    }
    const auto want = parse_cookie_date(one["expected"].get<std::string>(), Engine::kRfc6265bis);
    ASSERT_TRUE(want) << one["expected"];
    ASSERT_TRUE(got) << one["test"];
    EXPECT_EQ(rfc3339(*got), rfc3339(*want)) << one["test"];
  }
}

TEST(CookieDate, TheWorkingGroupsExamples) {
  AFFIANT_NEEDS_SHARED("vectors/http-state/dates/examples.json");
  run_examples("examples.json");
}

TEST(CookieDate, TheBsdExamples) {
  AFFIANT_NEEDS_SHARED("vectors/http-state/dates/bsd-examples.json");
  run_examples("bsd-examples.json");
}

}  // namespace
}  // namespace affiant::observe
