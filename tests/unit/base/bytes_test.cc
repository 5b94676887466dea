#include "base/bytes.h"

#include <gtest/gtest.h>

namespace affiant {
namespace {

TEST(Base64, RoundTripsEveryLength) {
  Bytes in;
  for (int i = 0; i < 70; ++i) {
    EXPECT_EQ(base64_decode(base64_encode(in)).value(), in);
    EXPECT_EQ(base64url_decode(base64url_encode(in)).value(), in);
    in.push_back(static_cast<std::uint8_t>(i * 37));
  }
}

TEST(Base64, OnlyTheOneSpellingOfAValueIsAccepted) {
  EXPECT_TRUE(base64_decode("QQ=="));
  EXPECT_FALSE(base64_decode("QR=="));  // Pad bits set.
  EXPECT_FALSE(base64_decode("QQ"));    // Padding missing.
  EXPECT_FALSE(base64_decode("QQ==="));
  EXPECT_FALSE(base64_decode("Q==="));
  EXPECT_FALSE(base64_decode("QQ==\n"));
  EXPECT_FALSE(base64_decode("Q-=="));
  EXPECT_TRUE(base64url_decode("QQ"));
  EXPECT_FALSE(base64url_decode("QR"));
  EXPECT_FALSE(base64url_decode("QQ=="));
}

TEST(Hex, UpperCaseAndOddLengthsAreRefused) {
  EXPECT_EQ(hex_encode(hex_decode("00ff7f").value()), "00ff7f");
  EXPECT_FALSE(hex_decode("0F"));
  EXPECT_FALSE(hex_decode("0"));
}

TEST(Utf8, SurrogatesOverlongFormsAndCutSequencesAreFound) {
  EXPECT_EQ(find_invalid_utf8("aé€😂"), std::string_view::npos);
  EXPECT_EQ(find_invalid_utf8("ab\xC0\xAF"), 2U);
  EXPECT_EQ(find_invalid_utf8("\xED\xA0\x80"), 0U);
  EXPECT_EQ(find_invalid_utf8("x\xF4\x90\x80\x80"), 1U);
  EXPECT_EQ(find_invalid_utf8("x\xE2\x82"), 1U);
}

TEST(Printable, TerminalEscapesAndBidiOverridesAreShownNotObeyed) {
  EXPECT_EQ(printable("a\x1b[31mb"), "a\\x1b[31mb");
  EXPECT_EQ(printable("\xE2\x80\xAE"
                      "evil"),
            "\\u{202e}evil");
  EXPECT_EQ(printable("\xff"), "\\xff");
  EXPECT_EQ(printable("abcdef", 3), "abc…");
}

}  // namespace
}  // namespace affiant
