#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/findings/declare.h"

namespace affiant {
namespace {

using findings::Finding;
using findings::Strength;
using test::analytics_site;
using test::compare;
using test::lines;
using test::of;
using test::Said;
using test::World;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr auto kRule = "contradicted-denial";

Strength only(const std::vector<Finding>& all) { return test::strength_of_only(all, kRule); }

TEST(NoCookies, IsContradictedByAnyStoredCookie) {
  Said said;
  said.statement("no-cookies", "does-not", "We do not use cookies.");
  World w;
  w.cookie({.name = "sid", .host = "shop.example", .value = "1", .max_age_s = 0});
  const auto all = compare(said, w);
  const auto found = of(all, kRule);
  ASSERT_EQ(found.size(), 1U) << lines(all);
  EXPECT_EQ(found[0].strength, Strength::kContradicted);
  EXPECT_EQ(found[0].id, "F1-1");
  EXPECT_EQ(found[0].phase, "no-choice");
  EXPECT_THAT(found[0].statements, ElementsAre("S1"));
  EXPECT_FALSE(found[0].entries.empty());
  EXPECT_THAT(found[0].explanation, HasSubstr("We do not use cookies."));
  EXPECT_THAT(found[0].explanation, HasSubstr("\"sid\""));
}

TEST(NoCookies, IsNotContradictedByACookieThatWasNeverStored) {
  Said said;
  said.statement("no-cookies", "does-not", "We do not use cookies.");
  World w;
  w.cookie({.name = "sid", .host = "shop.example", .kept = false});
  EXPECT_THAT(of(compare(said, w), kRule), IsEmpty());
}

TEST(NoCookies, OfAnotherTabIsNotTheSitesDoing) {
  Said said;
  said.statement("no-cookies", "does-not", "We do not use cookies.");
  World w;
  w.cookie({.name = "sid", .host = "elsewhere.example"});
  w.seen.attempts.clear();  // Only the jar shows it.
  EXPECT_THAT(of(compare(said, w), kRule), IsEmpty());
}

TEST(NoCookies, HedgedIsGradedAndNeverAContradiction) {
  Said said;
  said.statement("no-cookies", "does-not", "Typically, we do not use cookies on this site.")
      .hedged = true;
  EXPECT_EQ(only(compare(said, analytics_site())), Strength::kVague);
}

TEST(NoCookies, WithAnExceptionThatIsNotUnderstoodNeedsReading) {
  Said said;
  said.statement("no-cookies", "does-not",
                 "We do not use cookies, except as described in our member rules.")
      .exception = "except as described in our member rules";
  const auto found = of(compare(said, analytics_site()), kRule);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].strength, Strength::kNote);
  EXPECT_THAT(found[0].explanation, HasSubstr("needs reading"));
}

TEST(NoCookies, ExceptNecessaryOnesIsJudgedByWhatIsKnownOfTheCookie) {
  Said said;
  said.statement("no-cookies", "does-not", "We do not use cookies except strictly necessary ones.")
      .exception = "except strictly necessary ones";
  EXPECT_EQ(only(compare(said, analytics_site())), Strength::kContradicted);
  World w;
  w.cookie({.name = "PHPSESSID", .host = "shop.example", .max_age_s = 0})
      .cookie({.name = "unheard_of", .host = "shop.example"});
  EXPECT_THAT(of(compare(said, w), kRule), IsEmpty()) << "nobody knows what the unknown one is for";
}

TEST(NoCookies, UnderAConditionIsANote) {
  Said said;
  auto& s =
      said.statement("no-cookies", "does-not", "If you do not sign in, we do not use cookies.");
  s.modality = "if";
  s.condition = "if you do not sign in";
  EXPECT_EQ(only(compare(said, analytics_site())), Strength::kNote);
}

TEST(NoCookies, MayNotIsNoPromise) {
  Said said;
  said.statement("no-cookies", "does-not", "We may not use cookies.").modality = "may";
  EXPECT_THAT(of(compare(said, analytics_site()), kRule), IsEmpty());
}

TEST(NoCookies, OnAnotherHostSaysNothingOfThisOne) {
  Said said;
  said.statement("no-cookies", "does-not", "We do not use cookies on www.other.example.").scope =
      "on www.other.example";
  EXPECT_THAT(of(compare(said, analytics_site()), kRule), IsEmpty());
  Said own;
  own.statement("no-cookies", "does-not", "We do not use cookies on www.shop.example.").scope =
      "on www.shop.example";
  EXPECT_EQ(only(compare(own, analytics_site())), Strength::kContradicted);
  Said unclear;
  unclear.statement("no-cookies", "does-not", "We do not use cookies in our newsletter.").scope =
      "in our newsletter";
  EXPECT_EQ(only(compare(unclear, analytics_site())), Strength::kNote);
}

TEST(NoCookies, PersistentOnesOnlyLeavesSessionCookiesAlone) {
  Said said;
  said.statement("no-cookies", "does-not", "We also do not use persistent cookies.").data = {
      "persistent-cookies"};
  World w;
  w.cookie({.name = "sid", .host = "shop.example", .max_age_s = 0});
  EXPECT_THAT(of(compare(said, w), kRule), IsEmpty());
  w.cookie({.name = "kept", .host = "shop.example"});
  EXPECT_EQ(only(compare(said, w)), Strength::kContradicted);
}

TEST(NoCookies, TakenBackElsewhereInThePolicyIsANote) {
  Said said;
  said.statement("no-cookies", "does-not", "We do not use cookies.");
  said.statement("uses-cookies", "does", "We use cookies to keep your basket.").purposes = {
      "functional"};
  const auto found = of(compare(said, analytics_site()), kRule);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].strength, Strength::kNote);
  EXPECT_THAT(found[0].statements, ElementsAre("S1", "S2"));
}

TEST(NoCookies, OfOnePurposeIsNotBrokenByAnother) {
  Said said;
  said.statement("cookie-category", "does-not", "We do not use advertising cookies.").purposes = {
      "advertising"};
  EXPECT_THAT(of(compare(said, analytics_site()), kRule), IsEmpty());
  World w;
  w.cookie({.name = "_fbp", .host = "shop.example", .script_host = "connect.facebook.net"});
  EXPECT_EQ(only(compare(said, w)), Strength::kContradicted);
}

TEST(OnlyNecessary, IsContradictedByAnAnalyticsCookieOnly) {
  Said said;
  said.statement("only-necessary", "does", "This website uses only necessary cookies.");
  said.statement("uses-cookies", "does", "We use cookies.");
  EXPECT_EQ(only(compare(said, analytics_site())), Strength::kContradicted)
      << "using cookies at all takes nothing back";
  World w;
  w.cookie({.name = "basket", .host = "shop.example"})
      .cookie({.name = "PHPSESSID", .host = "shop.example", .max_age_s = 0});
  EXPECT_THAT(of(compare(said, w), kRule), IsEmpty());
}

TEST(OnlyNecessary, BesideAStatementOfAnalyticsCookiesIsANote) {
  Said said;
  said.statement("only-necessary", "does", "We set only essential cookies.");
  said.statement("cookie-category", "does", "Analytics cookies tell us how the site is used.")
      .purposes = {"analytics"};
  EXPECT_EQ(only(compare(said, analytics_site())), Strength::kNote);
}

}  // namespace
}  // namespace affiant
