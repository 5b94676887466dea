// R5: each threshold from both sides.
#include "detect/identifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/detect/world.h"

namespace affiant::detect {
namespace {

using test::kVisitMs;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

bool identifier(std::string_view value, std::int64_t lifetime_s = kIdentifierLifetimeS) {
  return looks_like_identifier(value, lifetime_s, kVisitMs);
}

TEST(Identifier, NeedsThirtyDays) {
  EXPECT_TRUE(identifier(test::kRandomId, kIdentifierLifetimeS));
  EXPECT_FALSE(identifier(test::kRandomId, kIdentifierLifetimeS - 1));
  EXPECT_FALSE(looks_like_identifier(test::kRandomId, std::nullopt, kVisitMs)) << "session cookie";
}

TEST(Identifier, NeedsMoreThanTwentyNineBits) {
  EXPECT_TRUE(identifier("918273645")) << "nine digits: 29.9 bits, half a _ga";
  EXPECT_FALSE(identifier("91827364")) << "eight digits: 26.6 bits";
  EXPECT_TRUE(identifier("a1b2c3d4")) << "eight hex digits: 32 bits";
  EXPECT_FALSE(identifier("a1b2c3d")) << "seven hex digits: 28 bits";
}

TEST(Identifier, ShortTokensCarryNothingHoweverMany) {
  EXPECT_FALSE(identifier("a1b2c.d3e4f.a5b6c.d7e8f.a9b0c"));
  EXPECT_TRUE(identifier("a1b2c3.d4e5f6")) << "six bytes each: 24 bits and 24 bits";
}

TEST(Identifier, TimesAndDatesIdentifyNobody) {
  EXPECT_FALSE(identifier("1790000000"));
  EXPECT_FALSE(identifier("1790000000123"));
  EXPECT_FALSE(identifier("2026-09-21T10:11:12.131Z"));
  EXPECT_FALSE(identifier("2026-09-21T10%3A11%3A12.131Z"));
  EXPECT_FALSE(identifier("20260921T101112"));
  const std::int64_t edge = kVisitMs / 1'000 + kTimeWindowS;
  EXPECT_FALSE(identifier(std::to_string(edge)));
  EXPECT_TRUE(identifier(std::to_string(edge + 1))) << "ten digits that are no time near the visit";
}

TEST(Identifier, WordsIdentifyNobody) {
  EXPECT_FALSE(identifier("accepted-all-categories"));
  EXPECT_FALSE(identifier("Preferences=Marketing&Statistics"));
  EXPECT_FALSE(identifier("deutschland"));
  EXPECT_FALSE(identifier("darkTheme"));
  EXPECT_TRUE(identifier("xkqzwvbnrt")) << "ten letters that no word has";
}

TEST(Identifier, WellKnownValuesLookLikeIdentifiers) {
  EXPECT_TRUE(identifier("GA1.2.1033501218.1790000000"));
  EXPECT_TRUE(identifier("fb.1.1790000000000.4271839506"));
  EXPECT_TRUE(identifier("123e4567-e89b-12d3-a456-426614174000"));
  EXPECT_TRUE(identifier("%7B%22distinct_id%22%3A%2218c9a7d2e1f05b%22%7D"));
}

TEST(Identifier, ConsentStringsWithoutIdsDoNot) {
  EXPECT_FALSE(identifier("{necessary:true,statistics:false,marketing:false}"));
  EXPECT_FALSE(identifier("true"));
  EXPECT_FALSE(identifier("en-GB"));
  EXPECT_FALSE(identifier(""));
}

TEST(Identifier, TokensAreDecodedAndSplit) {
  EXPECT_THAT(identifying_tokens("id%3Da1b2c3d4%26t%3D1790000000", kVisitMs),
              ElementsAre("a1b2c3d4"));
  EXPECT_THAT(identifying_tokens("%zz%4", kVisitMs), IsEmpty());
}

}  // namespace
}  // namespace affiant::detect
