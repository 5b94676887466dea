#include <gtest/gtest.h>

#include "report/text_layout.h"

namespace affiant::report {
namespace {

TEST(Layout, WideAndCombiningCharactersCountAsATerminalCountsThem) {
  EXPECT_EQ(display_width("cookie"), 6U);
  EXPECT_EQ(display_width("日本語"), 6U);
  EXPECT_EQ(display_width("e\xcc\x81t\xc3\xa9"), 3U);  // e + combining acute, t, é
  EXPECT_EQ(display_width("\xff"), 1U);
}

TEST(Layout, PaddingIsExactAndCuttingSaysSo) {
  EXPECT_EQ(pad("_ga", 6), "_ga   ");
  EXPECT_EQ(pad("abcdefgh", 6), "abcde…");
  EXPECT_EQ(fit("日本語", 4), "日…");  // A wide character is never cut in two.
  EXPECT_EQ(display_width(pad("日本語", 4)), 4U);
}

TEST(Layout, WrappingKeepsEveryWordAndIndentsTheRest) {
  EXPECT_EQ(wrap("we never use third-party cookies", 20, "  - "),
            "  - we never use\n    third-party\n    cookies\n");
  EXPECT_EQ(wrap("", 20, "  - "), "");
  EXPECT_EQ(wrap("a\nb", 20), "a b\n");
}

TEST(Layout, AWordLongerThanALineIsBrokenSoThatNothingIsLost) {
  const std::string lines = wrap(std::string(45, 'x'), 20);
  EXPECT_EQ(lines,
            std::string(20, 'x') + "\n" + std::string(20, 'x') + "\n" + std::string(5, 'x') + "\n");
}

TEST(Layout, WhatASiteSaysCannotMoveTheCursorOrStartANewLine) {
  EXPECT_EQ(safe("a\nb\tc"), "a b c");
  EXPECT_EQ(safe("\x1b[2J"), "\\x1b[2J");
  EXPECT_EQ(safe("\xff"), "\\xff");
}

TEST(Layout, LifetimesAreSaidAsAPersonSaysThem) {
  EXPECT_EQ(lifetime_text(0), "0 seconds");
  EXPECT_EQ(lifetime_text(60), "60 seconds");
  EXPECT_EQ(lifetime_text(1'800), "30 minutes");
  EXPECT_EQ(lifetime_text(86'400), "24 hours");
  EXPECT_EQ(lifetime_text(7 * 86'400), "7 days");
  EXPECT_EQ(lifetime_text(34'560'000), "400 days");
  EXPECT_EQ(lifetime_text(7'776'000), "90 days");
  EXPECT_EQ(lifetime_text(31'535'999), "1 year");
  EXPECT_EQ(lifetime_text(INT64_MAX), "over 9999 years");
  EXPECT_EQ(lifetime_text(63'072'000), "2 years");
  EXPECT_EQ(lifetime_text(-5), "already over");
}

TEST(Layout, TimesAreRfc3339InUtcAndBoundedToFourDigitYears) {
  EXPECT_EQ(rfc3339(1'790'000'000'750), "2026-09-21T14:13:20.750Z");
  EXPECT_EQ(rfc3339(951'782'400'000), "2000-02-29T00:00:00.000Z");
  EXPECT_EQ(rfc3339(-1), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(rfc3339(INT64_MAX), "9999-12-31T23:59:59.999Z");
  EXPECT_EQ(minute_text(1'790'000'000'750), "2026-09-21 14:13 UTC");
}

}  // namespace
}  // namespace affiant::report
