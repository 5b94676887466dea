// F2, F8 to F12: what the declaration says against itself, and against what cookies are for.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/findings/declare.h"

namespace affiant {
namespace {

using findings::Strength;
using test::compare;
using test::kDayS;
using test::lines;
using test::of;
using test::Said;
using test::strength_of_only;
using test::with_cookie;
using test::World;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

policy::DeclaredCookie& row(Said& said, const std::string& name, const std::string& category) {
  policy::DeclaredCookie& c = said.cookie(name);
  c.category = category;
  return c;
}

TEST(InternalContradiction, IsADenialAndItsOppositeInPlainWords) {
  Said said;
  said.statement("no-cookies", "does-not", "We use no cookies.").data = {"cookies"};
  auto& uses = said.statement("uses-cookies", "does", "We use cookies to count visits.");
  uses.data = {"cookies"};
  uses.start = 100, uses.end = 131;
  said.declaration.statements[0].end = 18;
  const auto found = of(compare(said, World()), "internal-contradiction");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].strength, Strength::kNote);
  EXPECT_THAT(found[0].statements, ElementsAre("S1", "S2"));
  EXPECT_THAT(found[0].explanation, HasSubstr("We use no cookies."));
}

TEST(InternalContradiction, IsNoneWithAScopeAConditionAnotherPurposeOrInOneSentence) {
  const auto found = [](auto&& change, const std::string& type = "no-cookies",
                        const std::string& opposite = "uses-cookies") {
    Said said;
    policy::Statement& denied = said.statement(type, "does-not", "We do not.");
    denied.data = {"cookies"};
    denied.end = 10;
    policy::Statement& does = said.statement(opposite, "does", "We do.");
    does.data = {"cookies"};
    does.start = 20, does.end = 26;
    change(said.declaration.statements[0], said.declaration.statements[1]);
    return of(compare(said, World()), "internal-contradiction").size();
  };
  using S = policy::Statement;
  EXPECT_EQ(found([](S&, S&) {}), 1U);
  EXPECT_EQ(found([](S& denied, S&) { denied.scope = "in the app"; }), 0U);
  EXPECT_EQ(found([](S& denied, S&) { denied.exception = "except one"; }), 0U);
  EXPECT_EQ(found([](S&, S& does) { does.condition = "if you log in"; }), 0U);
  EXPECT_EQ(found([](S&, S& does) { does.subject = "third-party"; }), 0U);
  EXPECT_EQ(found([](S& denied, S& does) { does.start = 0, does.end = denied.end; }), 0U);
  EXPECT_EQ(found([](S& denied, S&) { denied.data = {"persistent-cookies"}; }), 0U);
  const auto of_kind = [&](const std::string& denied, const std::string& said) {
    return found([&](S& a, S& b) { a.purposes = {denied}, b.purposes = {said}; }, "cookie-category",
                 "cookie-category");
  };
  EXPECT_EQ(of_kind("advertising", "advertising"), 1U);
  EXPECT_EQ(of_kind("advertising", "analytics"), 0U);
}

TEST(LifetimeShorter, IsANoteOnCookiesThatEndWithTheSession) {
  Said said;
  said.cookie("basket", 30 * kDayS);
  EXPECT_EQ(strength_of_only(compare(said, with_cookie("basket", 0)), "lifetime-shorter"),
            Strength::kNote);
  EXPECT_THAT(of(compare(said, with_cookie("basket", kDayS)), "lifetime-shorter"), IsEmpty());
  Said session;
  session.cookie("basket").session_cookie = true;
  EXPECT_THAT(of(compare(session, with_cookie("basket", 0)), "lifetime-shorter"), IsEmpty());
}

TEST(PurposeMismatch, IsContradictedWhereWhatIsCalledNecessaryServesAnalytics) {
  Said said;
  row(said, "_ga", "necessary");
  const auto found = of(compare(said, test::analytics_site()), "purpose-mismatch");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].strength, Strength::kContradicted);
  EXPECT_THAT(found[0].title, HasSubstr("declared as necessary, but serves analytics"));
  EXPECT_THAT(found[0].explanation, HasSubstr("Google documents"));
}

TEST(PurposeMismatch, IsVagueForOtherDifferencesAndNoneWhereOneRowFits) {
  Said other;
  row(other, "_ga", "advertising");
  EXPECT_EQ(strength_of_only(compare(other, test::analytics_site()), "purpose-mismatch"),
            Strength::kVague);
  for (const char* fits : {"analytics", "unclassified"}) {
    Said said;
    row(said, "_ga", "necessary");
    row(said, "_ga", fits);
    EXPECT_THAT(of(compare(said, test::analytics_site()), "purpose-mismatch"), IsEmpty()) << fits;
  }
  Said unknown;
  row(unknown, "nobody_knows_me", "necessary");
  EXPECT_THAT(of(compare(unknown, with_cookie("nobody_knows_me")), "purpose-mismatch"), IsEmpty());
}

TEST(ContradictoryDeclaration, IsOneNameWithTwoCategoriesOrLifetimes) {
  const auto found = [](auto&& change) {
    Said said;
    row(said, "uid", "analytics");
    row(said, "uid", "analytics");
    change(said.declaration.cookies[0], said.declaration.cookies[1]);
    return of(compare(said, World()), "contradictory-declaration").size();
  };
  using C = policy::DeclaredCookie;
  EXPECT_EQ(found([](C&, C&) {}), 0U);
  EXPECT_EQ(found([](C&, C& b) { b.category = "advertising"; }), 1U);
  EXPECT_EQ(found([](C&, C& b) { b.category = "unclassified"; }), 0U);
  EXPECT_EQ(found([](C& a, C& b) { a.lifetime_s = 60, b.lifetime_s = 61; }), 1U);
  EXPECT_EQ(found([](C& a, C& b) { a.lifetime_s = 60, b.session_cookie = true; }), 1U);
  EXPECT_EQ(found([](C& a, C&) { a.lifetime_s = 60; }), 0U);
  EXPECT_EQ(found([](C&, C& b) { b.category = "advertising", b.provider = "Other"; }), 0U)
      << "another provider's cookie of that name";
}

TEST(UnclassifiedCookie, IsVagueWhenItIsSetAndTheRowSaysNothing) {
  Said said;
  said.cookie("uid");
  EXPECT_EQ(strength_of_only(compare(said, with_cookie("uid")), "unclassified-cookie"),
            Strength::kVague);
  EXPECT_THAT(of(compare(said, with_cookie("other")), "unclassified-cookie"), IsEmpty());
  said.declaration.cookies[0].purpose = "Pending";
  EXPECT_THAT(of(compare(said, with_cookie("uid")), "unclassified-cookie"), SizeIs(1));
  said.declaration.cookies[0].purpose = "Keeps you signed in";
  EXPECT_THAT(of(compare(said, with_cookie("uid")), "unclassified-cookie"), IsEmpty());
}

TEST(SetBeforeConsent, NeedsThatTheSiteSaysItAsks) {
  const auto found = [](auto&& change) {
    Said said;
    change(said.statement("consent", "does", "We ask before we set cookies."));
    return of(compare(said, test::analytics_site()), "set-before-consent");
  };
  using S = policy::Statement;
  const auto plain = found([](S&) {});
  ASSERT_THAT(plain, SizeIs(1));
  EXPECT_EQ(plain[0].strength, Strength::kUndeclared);
  EXPECT_THAT(plain[0].statements, ElementsAre("S1"));
  EXPECT_THAT(plain[0].explanation, HasSubstr("\"_ga\" (Google, analytics)"));
  EXPECT_EQ(found([](S& s) { s.hedged = true; })[0].strength, Strength::kVague);
  EXPECT_THAT(found([](S& s) { s.subject = "user"; }), IsEmpty()) << "consent taken for granted";
  Said silent;
  EXPECT_THAT(of(compare(silent, test::analytics_site()), "set-before-consent"), IsEmpty());
}

TEST(SetBeforeConsent, OrThatAConsentManagerIsThereWhichAsks) {
  World w = test::analytics_site();
  w.request("consent.cookiebot.com");
  const auto found = of(compare(Said(), w), "set-before-consent");
  ASSERT_THAT(found, SizeIs(1)) << lines(compare(Said(), w));
  EXPECT_THAT(found[0].statements, IsEmpty());
  EXPECT_THAT(found[0].explanation, HasSubstr("consent manager"));
}

TEST(SetBeforeConsent, SaysNothingOfCookiesThatNobodyDocuments) {
  Said said;
  said.statement("consent", "does", "We ask before we set cookies.");
  EXPECT_THAT(of(compare(said, with_cookie("nobody_knows_me")), "set-before-consent"), IsEmpty());
}

}  // namespace
}  // namespace affiant
