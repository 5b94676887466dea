// F4, F7, F19, F20.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "findings/lifetime.h"
#include "unit/findings/declare.h"

namespace affiant {
namespace {

using findings::exceeds;
using findings::Strength;
using test::compare;
using test::kDayS;
using test::lines;
using test::of;
using test::Said;
using test::with_cookie;
using test::World;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr auto kF4 = "undeclared-cookie";
constexpr auto kF7 = "lifetime-exceeds";
constexpr auto kF19 = "declared-not-seen";
constexpr auto kF20 = "policy-missing";

TEST(UndeclaredCookie, NeedsAListToBeMissingFrom) {
  Said prose;
  prose.statement("uses-cookies", "does", "We use cookies.");
  EXPECT_THAT(of(compare(prose, with_cookie("ab_group")), kF4), IsEmpty());
  Said closed;
  closed.statement("closed-list", "does", "Yes, this is all of them!");
  EXPECT_THAT(of(compare(closed, with_cookie("ab_group")), kF4), SizeIs(1));
}

TEST(UndeclaredCookie, IsMissingFromATable) {
  Said said;
  said.cookie("basket");
  const auto found = of(compare(said, with_cookie("ab_group")), kF4);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].strength, Strength::kUndeclared);
  EXPECT_EQ(found[0].id, "F4-1");
  EXPECT_THAT(found[0].title, HasSubstr("ab_group"));
  EXPECT_THAT(found[0].explanation, HasSubstr("365 days"));
  EXPECT_THAT(of(compare(said, with_cookie("basket")), kF4), IsEmpty());
}

TEST(UndeclaredCookie, AMaskDeclaresItsNames) {
  Said said;
  said.cookie("_ga_*");
  EXPECT_THAT(of(compare(said, with_cookie("_ga_AB12")), kF4), IsEmpty());
  EXPECT_THAT(of(compare(said, with_cookie("_gat")), kF4), SizeIs(1));
  Said everything;
  everything.cookie("*");
  EXPECT_THAT(of(compare(everything, with_cookie("ab_group")), kF4), SizeIs(1))
      << "a row that masks every name names none";
}

TEST(UndeclaredCookie, TheHostMustFitTheProvidersHost) {
  Said other;
  other.cookie("uid", -1, "stats.other.example");
  EXPECT_THAT(of(compare(other, with_cookie("uid")), kF4), SizeIs(1));
  for (const char* provider : {"shop.example", ".shop.example", "https://www.shop.example/",
                               "Shop Ltd.", "first party", "a.example, shop.example"}) {
    Said said;
    said.cookie("uid", -1, provider);
    EXPECT_THAT(of(compare(said, with_cookie("uid")), kF4), IsEmpty()) << provider;
  }
}

TEST(UndeclaredCookie, AProviderMayBeWhoSetsIt) {
  Said said;
  said.cookie("_ga", -1, "google.com");
  World w;
  w.cookie({.name = "_ga", .host = "shop.example", .script_host = "www.google-analytics.com"});
  EXPECT_THAT(of(compare(said, w), kF4), IsEmpty()) << "the same owner";
  Said tool;
  tool.cookie("_lt", -1, "tracker.localhost");
  World t("shop.localhost");
  t.cookie({.name = "_lt", .host = "shop.localhost", .script_host = "tracker.localhost"});
  EXPECT_THAT(of(compare(tool, t), kF4), IsEmpty()) << "the setting script's host";
}

TEST(UndeclaredCookie, NecessaryBookkeepingIsANote) {
  Said said;
  said.cookie("basket");
  const auto found = of(compare(said, with_cookie("PHPSESSID", 0)), kF4);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].strength, Strength::kNote);
}

TEST(UndeclaredCookie, AListThatSaysItIsNotCompleteGivesANote) {
  Said said;
  said.cookie("basket");
  said.statement("closed-list", "does-not", "This list may not be complete.");
  const auto found = of(compare(said, with_cookie("ab_group")), kF4);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].strength, Strength::kNote);
}

TEST(UndeclaredCookie, OneThatWasNotStoredIsNone) {
  Said said;
  said.cookie("basket");
  World w("shop.localhost", "blocked");
  w.cookie({.name = "ad", .host = "ads.localhost", .kept = false});
  EXPECT_THAT(of(compare(said, w), kF4), IsEmpty());
}

TEST(UndeclaredCookie, SetManyTimesIsOneFinding) {
  Said said;
  said.cookie("basket");
  World w;
  w.cookie({.name = "x", .host = "shop.example", .value = "1"})
      .cookie({.name = "x", .host = "shop.example", .value = "2", .script_host = "shop.example"});
  EXPECT_THAT(of(compare(said, w), kF4), SizeIs(1));
}

TEST(Exceeds, HalfAsLongAgainAndADayBothCount) {
  EXPECT_TRUE(exceeds(16 * kDayS, 10 * kDayS));
  EXPECT_FALSE(exceeds(15 * kDayS, 10 * kDayS)) << "one and a half times is not more";
  EXPECT_TRUE(exceeds(15 * kDayS + 1, 10 * kDayS));
  EXPECT_FALSE(exceeds(kDayS - 1, 1)) << "less than a day over";
  EXPECT_TRUE(exceeds(kDayS, 0));
  EXPECT_FALSE(exceeds(0, 10 * kDayS));
}

TEST(Lifetime, LongerThanDeclaredIsContradictedWithBothFigures) {
  Said said;
  said.cookie("visitor", 30 * kDayS);
  const auto found = of(compare(said, with_cookie("visitor", 400 * kDayS)), kF7);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].strength, Strength::kContradicted);
  EXPECT_THAT(found[0].explanation, HasSubstr("400 days"));
  EXPECT_THAT(found[0].explanation, HasSubstr("30 days"));
  EXPECT_THAT(found[0].declared_cookies, ElementsAre(0));
  EXPECT_FALSE(found[0].entries.empty());
}

TEST(Lifetime, ShorterOrALittleLongerIsNothing) {
  Said said;
  said.cookie("visitor", 30 * kDayS);
  EXPECT_THAT(of(compare(said, with_cookie("visitor", kDayS)), kF7), IsEmpty());
  EXPECT_THAT(of(compare(said, with_cookie("visitor", 45 * kDayS)), kF7), IsEmpty());
  EXPECT_THAT(of(compare(said, with_cookie("visitor", 0)), kF7), IsEmpty());
}

TEST(Lifetime, DeclaredAsSessionButKeptIsContradicted) {
  Said said;
  said.cookie("sid").session_cookie = true;
  const auto found = of(compare(said, with_cookie("sid", 10 * kDayS)), kF7);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].explanation, HasSubstr("when the browser closes"));
  EXPECT_THAT(of(compare(said, with_cookie("sid", 0)), kF7), IsEmpty());
}

TEST(Lifetime, NotStatedIsNotExceeded) {
  Said said;
  said.cookie("visitor");
  EXPECT_THAT(of(compare(said, with_cookie("visitor", 400 * kDayS)), kF7), IsEmpty());
}

TEST(Lifetime, TheExactRowCountsBeforeTheMaskAndTheKinderOfTwo) {
  Said mask;
  mask.cookie("vis*", 300 * kDayS);
  mask.cookie("visitor", 10 * kDayS);
  EXPECT_THAT(of(compare(mask, with_cookie("visitor", 100 * kDayS)), kF7), SizeIs(1));
  Said two;
  two.cookie("visitor", 10 * kDayS);
  two.cookie("visitor", 100 * kDayS);
  EXPECT_THAT(of(compare(two, with_cookie("visitor", 100 * kDayS)), kF7), IsEmpty());
}

TEST(Lifetime, AStorageRowSaysNothingOfACookie) {
  Said said;
  said.cookie("visitor", kDayS).storage = "localStorage";
  EXPECT_THAT(of(compare(said, with_cookie("visitor", 100 * kDayS)), kF7), IsEmpty());
}

TEST(DeclaredNotSeen, IsOneNoteWithTheReachOfTheRecording) {
  Said said;
  said.cookie("basket");
  said.cookie("newsletter_ref");
  said.cookie("old_*");
  said.cookie("key").storage = "localStorage";
  const auto found = of(compare(said, with_cookie("basket")), kF19);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].strength, Strength::kNote);
  EXPECT_THAT(found[0].declared_cookies, ElementsAre(1, 2));
  EXPECT_THAT(found[0].explanation, HasSubstr("\"newsletter_ref\""));
  EXPECT_THAT(found[0].explanation, HasSubstr("1 page"));
}

TEST(DeclaredNotSeen, AnAttemptCountsAsSeen) {
  Said said;
  said.cookie("ad");
  World w("shop.localhost", "blocked");
  w.cookie({.name = "ad", .host = "ads.localhost", .kept = false});
  EXPECT_THAT(of(compare(said, w), kF19), IsEmpty());
}

TEST(DeclaredNotSeen, NamesOnlyPartiesWhoseHostsAreKnown) {
  Said said;
  said.statement("named-third-party", "does", "Twitter and Jones Consulting.").parties = {
      "Twitter", "Jones Consulting"};
  const auto found = of(compare(said, World()), kF19);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].title, HasSubstr("Twitter"));
  EXPECT_THAT(found[0].explanation, Not(HasSubstr("Jones")));
}

TEST(PolicyMissing, ToldApartByWhatHappened) {
  Said none;
  none.declaration = {};
  const auto title = [&](World w) {
    const auto found = of(compare(none, std::move(w)), kF20);
    return found.size() == 1 ? found[0].title + " / " + found[0].explanation : lines(found);
  };
  EXPECT_THAT(title(World()), HasSubstr("No privacy policy was found"));
  World gone;
  gone.policy("error-status", 404);
  EXPECT_THAT(title(gone), HasSubstr("status 404"));
  World pdf;
  pdf.policy("not-html");
  EXPECT_THAT(title(pdf), HasSubstr("application/pdf"));
  World failed;
  failed.policy("failed");
  EXPECT_THAT(title(failed), HasSubstr("could not be reached"));
  World other;
  other.policy("captured");
  EXPECT_THAT(title(other), HasSubstr("does not read as a privacy policy"));
  none.declaration.unread = {"the text is in Dutch"};
  EXPECT_THAT(title(other), HasSubstr("Dutch"));
}

TEST(PolicyMissing, IsUndeclaredAndCitesWhatWasLookedAt) {
  Said none;
  none.declaration = {};
  World w;
  w.link("other.example");
  const auto found = of(compare(none, w), kF20);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].strength, Strength::kUndeclared);
  EXPECT_EQ(found[0].id, "F20-1");
  EXPECT_FALSE(found[0].entries.empty());
}

TEST(PolicyMissing, IsANoteWhereAPersonRecordedAndOpenedNone) {
  Said none;
  none.declaration = {};
  World w;
  w.link("shop.example");
  w.seen.sessions[0].purpose = "visit";
  const auto found = of(compare(none, w), kF20);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].strength, Strength::kNote);
  EXPECT_THAT(found[0].title, HasSubstr("was not read in this recording"));
}

TEST(PolicyMissing, IsSilentWithAPolicyAndWhenNothingLoaded) {
  World read;
  read.policy("captured");
  EXPECT_THAT(of(compare(Said(), read), kF20), IsEmpty());
  Said none;
  none.declaration = {};
  World dead;
  dead.seen.pages[0].result = "failed";
  EXPECT_THAT(of(compare(none, dead), kF20), IsEmpty());
}

TEST(PolicyMissing, OnePartUnreadIsANote) {
  World w;
  w.policy("captured").policy("not-html");
  const auto found = of(compare(Said(), w), kF20);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].strength, Strength::kNote);
}

}  // namespace
}  // namespace affiant
