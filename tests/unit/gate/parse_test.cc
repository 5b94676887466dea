// affiant.toml: what is read, and how bad files are refused with their place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gate/expectations.h"

namespace affiant::gate {
namespace {

using testing::HasSubstr;

constexpr const char* kGood = R"(version = 1
site = "shop.example"

[[cookie]]
name = "_ga_*"
domain = ".shop.example"
lifetime_days = 400
reason = "analytics, TICKET-1"
expires = 2027-01-31

[[third_party]]
owner = "Google"
reason = "contract of 2026"
expires = 2027-06-30

[[third_party]]
host = "cdn.example"
reason = "images"
expires = 2027-06-30

[[ignore]]
rule = "F7"
title = "_ga_* lives for *"
reason = "the policy is being mended"
expires = 2026-12-01
)";

std::string error_of(const std::string& text) {
  const auto parsed = parse_expectations(text, "affiant.toml");
  EXPECT_FALSE(parsed) << text;
  return parsed ? "" : parsed.error().to_string();
}

std::string with_cookie(const std::string& lines) { return "version = 1\n[[cookie]]\n" + lines; }

TEST(Expectations, AWholeFileIsRead) {
  const auto parsed = parse_expectations(kGood, "affiant.toml");
  ASSERT_TRUE(parsed) << parsed.error().to_string();
  EXPECT_EQ(parsed->site, "shop.example");
  ASSERT_EQ(parsed->cookies.size(), 1U);
  EXPECT_EQ(parsed->cookies[0].name, "_ga_*");
  EXPECT_EQ(parsed->cookies[0].domain, "shop.example");
  EXPECT_EQ(parsed->cookies[0].lifetime_days, 400);
  EXPECT_EQ(parsed->cookies[0].known.expires, "2027-01-31");
  EXPECT_EQ(parsed->cookies[0].known.line, 4U);
  ASSERT_EQ(parsed->third_parties.size(), 2U);
  EXPECT_EQ(parsed->third_parties[1].host, "cdn.example");
  ASSERT_EQ(parsed->ignored.size(), 1U);
  EXPECT_EQ(parsed->ignored[0].rule, "lifetime-exceeds");
}

TEST(Expectations, OneNumberMayNameTwoRules) {
  const auto parsed = parse_expectations(
      "version = 1\n[[ignore]]\nrule = \"F17\"\nreason = \"r\"\nexpires = 2027-01-01\n", "f");
  ASSERT_TRUE(parsed) << parsed.error().to_string();
  ASSERT_EQ(parsed->ignored.size(), 2U);
  EXPECT_EQ(parsed->ignored[0].rule, "undeclared-storage");
  EXPECT_EQ(parsed->ignored[1].rule, "undeclared-technique");
}

TEST(Expectations, ErrorsHaveLineAndColumn) {
  EXPECT_THAT(error_of("version = 1\n[[cookie]\n"), HasSubstr("malformed: affiant.toml:2:"));
  EXPECT_THAT(error_of("version = 1\ncookie = 3\n"), HasSubstr("affiant.toml:2:10: "));
  EXPECT_THAT(error_of("[[cookie]]\n"), HasSubstr("version = 1"));
  EXPECT_THAT(error_of("version = 2\n"), HasSubstr("unsupported: affiant.toml:1:11: "));
  EXPECT_THAT(error_of("version = 1\ncookies = []\n"), HasSubstr("affiant.toml:2:1: nothing is"));
}

TEST(Expectations, AnEntryNeedsAReasonAndADay) {
  EXPECT_THAT(error_of(with_cookie("name = \"a\"\nexpires = 2027-01-01\n")),
              HasSubstr("affiant.toml:2:1: [[cookie]] needs the member reason"));
  EXPECT_THAT(error_of(with_cookie("name = \"a\"\nreason = \"\"\nexpires = 2027-01-01\n")),
              HasSubstr("affiant.toml:4:10: reason has to be a text that is not empty"));
  EXPECT_THAT(error_of(with_cookie("name = \"a\"\nreason = \"r\"\n")), HasSubstr("expires"));
  EXPECT_THAT(error_of(with_cookie("name = \"a\"\nreason = \"r\"\nexpires = \"2027-01-01\"\n")),
              HasSubstr("affiant.toml:5:11: expires has to be a date without quotes"));
  EXPECT_THAT(error_of(with_cookie("name = \"a\"\nreason = \"r\"\nexpires = 2027-02-30\n")),
              HasSubstr("affiant.toml:5:"));
}

TEST(Expectations, ASlipOfThePenIsNoSilentPermission) {
  const std::string rest = "reason = \"r\"\nexpires = 2027-01-01\n";
  EXPECT_THAT(error_of(with_cookie("name = \"a\"\ndomian = \"shop.example\"\n" + rest)),
              HasSubstr("affiant.toml:4:1: [[cookie]] has no member named domian"));
  EXPECT_THAT(error_of("version = 1\n[[third_party]]\n" + rest),
              HasSubstr("one of owner and host"));
  EXPECT_THAT(error_of("version = 1\n[[ignore]]\nrule = \"F3\"\n" + rest),
              HasSubstr("there is no rule F3"));
  EXPECT_THAT(error_of(with_cookie("name = \"a\"\nlifetime_days = -1\n" + rest)),
              HasSubstr("whole number of days"));
}

TEST(Expectations, WhatWouldOverflowAParserIsRefusedBefore) {
  std::string dotted = "version = 1\na";
  for (int i = 0; i < 100'000; ++i) dotted += ".a";
  EXPECT_THAT(error_of(dotted + " = 1\n"), HasSubstr("too-large: affiant.toml:2:"));
  EXPECT_THAT(error_of("version = 1\na = " + std::string(100'000, '[')),
              HasSubstr("malformed: affiant.toml:2:"));
  EXPECT_THAT(error_of(std::string(kExpectationsBytes + 1, '\n')), HasSubstr("too-large"));
  // Dots in words are no keys.
  const std::string dots(1'000, '.');
  EXPECT_TRUE(parse_expectations(with_cookie("name = \"a\"\nreason = \"\\\"" + dots +
                                             "\"\nexpires = 2027-01-01 # " + dots + "\n"),
                                 "f"));
  EXPECT_TRUE(parse_expectations(
      with_cookie("name = 'a'\nreason = \"\"\"\n" + dots + "\n\"\"\"\nexpires = 2027-01-01\n"),
      "f"));
}

TEST(Expectations, BytesThatAreNoTextAreRefusedWithTheirPlace) {
  EXPECT_THAT(error_of("version = 1\nsite = \"\xff\xfe\"\n"), HasSubstr("affiant.toml:2:"));
  EXPECT_THAT(error_of(std::string("version = 1\n\0", 13)), HasSubstr("affiant.toml:2:"));
}

TEST(Days, TheCalendarIsKept) {
  EXPECT_TRUE(is_day("2028-02-29"));
  for (const char* no : {"2027-02-29", "2027-13-01", "2027-1-01", "27-01-01", "2027-01-01T", ""})
    EXPECT_FALSE(is_day(no)) << no;
  EXPECT_EQ(days_after("2026-12-31", 1), "2027-01-01");
  EXPECT_EQ(days_after("2026-09-21", 90), "2026-12-20");
}

}  // namespace
}  // namespace affiant::gate
