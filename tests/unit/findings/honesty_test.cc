// The rules that keep findings honest, held against each rule that they bear on: a recording's
// silence proves nothing, a permission cannot be contradicted, an exception that was not understood
// needs reading, "may" promises nothing, and a finding keeps the phase it was seen in.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/findings/declare.h"

namespace affiant {
namespace {

using findings::Strength;
using test::analytics_site;
using test::compare;
using test::kDayS;
using test::lines;
using test::of;
using test::Said;
using test::strength_of_only;
using test::with_cookie;
using test::World;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(Honesty, BroadUseAndANarrowDenialThatIsBrokenIsAContradictedDenial) {  // F3
  Said said;
  said.statement("uses-cookies", "does", "We use cookies to run the shop.").purposes = {
      "functional"};
  said.statement("cookie-category", "does-not", "We do not use advertising cookies.").purposes = {
      "advertising"};
  World w;
  w.cookie({.name = "_fbp", .host = "shop.example", .script_host = "connect.facebook.net"});
  const auto all = compare(said, w);
  EXPECT_EQ(strength_of_only(all, "contradicted-denial"), Strength::kContradicted);
  EXPECT_THAT(of(all, "internal-contradiction"), IsEmpty());
}

TEST(Honesty, MayNotIsNoDenialThatAnotherSentenceTakesBack) {  // F2
  Said said;
  policy::Statement& denied =
      said.statement("no-cookies", "does-not", "We may not use cookies everywhere.");
  denied.data = {"cookies"};
  denied.modality = "may";
  denied.end = 30;
  policy::Statement& uses = said.statement("uses-cookies", "does", "We use cookies.");
  uses.data = {"cookies"};
  uses.start = 40, uses.end = 60;
  EXPECT_THAT(of(compare(said, World()), "internal-contradiction"), IsEmpty());
}

TEST(Honesty, AListClosedWithAnExceptionOrUnderAConditionLeavesRoom) {  // F4
  const auto strength = [](auto&& change) {
    Said said;
    said.cookie("basket");
    change(said.statement("closed-list", "does", "These are all our cookies."));
    return strength_of_only(compare(said, with_cookie("ab_group")), "undeclared-cookie");
  };
  using S = policy::Statement;
  EXPECT_EQ(strength([](S&) {}), Strength::kUndeclared);
  EXPECT_EQ(strength([](S& s) { s.exception = "except those of partners"; }), Strength::kNote);
  EXPECT_EQ(strength([](S& s) { s.condition = "if you do not sign in"; }), Strength::kNote);
  EXPECT_EQ(strength([](S& s) { s.modality = "may"; }), Strength::kNote);
}

TEST(Honesty, CookiesOfOneNameOnTwoHostsAreBothCited) {  // F8
  Said said;
  said.cookie("sid", 30 * kDayS);
  World w;
  w.cookie({.name = "sid", .host = "shop.example", .max_age_s = 0});
  w.cookie({.name = "sid", .host = "static.shop.example", .max_age_s = 0});
  const auto found = of(compare(said, w), "lifetime-shorter");
  ASSERT_THAT(found, SizeIs(1));
  for (const observe::CookieAttempt& attempt : w.seen.attempts)
    EXPECT_THAT(found[0].entries, ::testing::Contains(attempt.entry)) << attempt.host;
  EXPECT_THAT(found[0].title, HasSubstr("1 cookie "));
}

TEST(Honesty, UnclassifiedCookiesAreToldInThePhaseTheyWereSetIn) {  // F11
  Said said;
  said.cookie("uid");
  World w = with_cookie("other");
  w.session("accept").cookie({.name = "uid", .host = "shop.example"});
  const auto found = of(compare(said, w), "unclassified-cookie");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].phase, "accept");
  w.session("reject").cookie({.name = "uid", .host = "shop.example"});
  EXPECT_THAT(of(compare(said, w), "unclassified-cookie"), SizeIs(2));
}

TEST(Honesty, InAPersonsOwnBrowserNobodyKnowsWhatWasChosenBefore) {  // F12
  Said said;
  said.statement("consent", "does", "We ask before we set cookies.");
  World w = analytics_site();
  EXPECT_THAT(of(compare(said, w), "set-before-consent"), SizeIs(1));
  w.seen.sessions[0].purpose = "visit";
  EXPECT_THAT(of(compare(said, w), "set-before-consent"), IsEmpty());
}

TEST(Honesty, AskingWithAnExceptionNeedsReadingAndMayAskPromisesNothing) {  // F12
  const auto found = [](auto&& change) {
    Said said;
    change(said.statement("consent", "does", "We ask before we set cookies."));
    return of(compare(said, analytics_site()), "set-before-consent");
  };
  using S = policy::Statement;
  const auto other = found([](S& s) { s.exception = "except for audience measurement"; });
  ASSERT_THAT(other, SizeIs(1));
  EXPECT_EQ(other[0].strength, Strength::kNote);
  EXPECT_THAT(other[0].explanation, HasSubstr("needs reading"));
  EXPECT_EQ(found([](S& s) { s.exception = "except strictly necessary ones"; })[0].strength,
            Strength::kUndeclared)
      << "the one exception that is understood";
  EXPECT_THAT(found([](S& s) { s.modality = "may"; }), IsEmpty());
}

TEST(Honesty, ASentenceOnVisitorsOfOnePlaceNeedsReading) {  // F1
  for (const char* scope :
       {"on our website for residents of one state", "Our payment page", "Session cookies",
        "for users in Europe", "on the site when logged in"}) {
    Said said;
    said.statement("no-cookies", "does-not", "We do not use cookies.").scope = scope;
    EXPECT_EQ(strength_of_only(compare(said, with_cookie("sid")), "contradicted-denial"),
              Strength::kNote)
        << scope;
  }
}

TEST(Honesty, APolicyThatNamesTheOwnerCoversItsHosts) {  // F5, F6
  World w;
  w.request("ad.doubleclick.net");
  const auto told = [&](const Said& said) {
    const auto all = compare(said, w);
    return std::pair(of(all, "undeclared-third-party").size(), of(all, "vague-disclosure"));
  };
  Said google;
  google.statement("named-third-party", "does", "We work with Google.").parties = {"Google"};
  EXPECT_EQ(told(google).first, 0U);
  EXPECT_THAT(told(google).second, IsEmpty());
  const auto general = [&](const std::string& type, const std::string& quote,
                           std::vector<std::string> purposes) {
    Said said;
    policy::Statement& s = said.statement(type, "does", quote);
    s.purposes = std::move(purposes);
    const auto [undeclared, vague] = told(said);
    EXPECT_EQ(undeclared, 0U) << quote;
    return vague.size() == 1 ? vague[0].explanation : lines(vague);
  };
  EXPECT_THAT(general("third-party-category", "Advertising partners show offers.", {"advertising"}),
              HasSubstr("grade: category and purpose"));
  EXPECT_THAT(general("cookie-category", "Advertising cookies.", {"advertising"}),
              HasSubstr("grade: category)"));
  EXPECT_THAT(general("third-party-category", "We involve third parties.", {}),
              HasSubstr("grade: third parties"));
  Said fonts;
  fonts.statement("third-party-category", "does", "Third parties deliver fonts.").purposes = {
      "fonts"};
  EXPECT_EQ(told(fonts).first, 1U);
}

}  // namespace
}  // namespace affiant
