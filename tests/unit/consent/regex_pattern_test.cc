#include "consent/regex_pattern.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace affiant::consent {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(RegexPattern, WhatIsNotAnchoredGoesOn) {
  EXPECT_THAT(patterns_of_regex("/^_ga/"), ElementsAre("_ga*"));
  EXPECT_THAT(patterns_of_regex("/^_ga$/"), ElementsAre("_ga"));
  EXPECT_THAT(patterns_of_regex("/_ga$/"), ElementsAre("*_ga"));
  EXPECT_THAT(patterns_of_regex("/ga_/g"), ElementsAre("*ga_*"));
}

TEST(RegexPattern, ClassesDotsAndRepetitionsBecomeStars) {
  EXPECT_THAT(patterns_of_regex("/^_pk_.*$/"), ElementsAre("_pk_*"));
  EXPECT_THAT(patterns_of_regex("/^_hj[A-Z\\]]{3}Seen-\\d+$/"), ElementsAre("_hj*Seen-*"));
  EXPECT_THAT(patterns_of_regex("/^a+b?c\\.d$/"), ElementsAre("*c.d"));
  EXPECT_THAT(patterns_of_regex("/^_ga(_.*)?$/"), ElementsAre("_ga*"));
}

TEST(RegexPattern, AlternativesBecomeMasksOfTheirOwn) {
  EXPECT_THAT(patterns_of_regex("/^(_ga|_gid|_gat_.+)$/"), ElementsAre("_ga", "_gid", "_gat_*"));
  EXPECT_THAT(patterns_of_regex("/^_ga$|^_gid/"), ElementsAre("_ga", "_gid*"));
  EXPECT_THAT(patterns_of_regex("/^x_(?:a|b)_y$/"), ElementsAre("x_a_y", "x_b_y"));
}

TEST(RegexPattern, WhatSaysMoreThanMasksCanIsNotGuessed) {
  for (const char* literal :
       {"/^(?!_ga)x/", "/^(a(b|c))$/", "/^_ga/i", "/^a\\1$/", "/^\\bx/", "/^[ab$/", "/^a{2/",
        "/^(a$/", "/^a)$/", "//", "/.*/", "/^/", "_ga", "", "/^(?<n>a)$/", "/^*a/"})
    EXPECT_THAT(patterns_of_regex(literal), IsEmpty()) << literal;
}

TEST(RegexPattern, AlternativesThatMultiplyAreGivenUp) {
  EXPECT_THAT(patterns_of_regex("/^(a|b)(a|b)(a|b)(a|b)(a|b)(a|b)$/"), IsEmpty());
}

}  // namespace
}  // namespace affiant::consent
