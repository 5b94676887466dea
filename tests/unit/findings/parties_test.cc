// F5 and F6: what the policy says of the third parties that were seen.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "unit/findings/declare.h"

namespace affiant {
namespace {

using findings::Finding;
using findings::Strength;
using test::compare;
using test::lines;
using test::of;
using test::Said;
using test::World;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr auto kUndeclared = "undeclared-third-party";
constexpr auto kVague = "vague-disclosure";

World ga() {
  World w;
  w.request("www.google-analytics.com");
  return w;
}

Said about(const std::string& type, const std::string& quote,
           std::vector<std::string> purposes = {}) {
  Said said;
  auto& s = said.statement(type, "does", quote);
  s.purposes = std::move(purposes);
  s.subject = "third-party";
  return said;
}

TEST(UndeclaredParty, IsOneThatNoWordCovers) {
  const auto found = of(compare(Said(), ga()), kUndeclared);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].strength, Strength::kUndeclared);
  EXPECT_EQ(found[0].id, "F5-1");
  EXPECT_THAT(found[0].title, HasSubstr("Google"));
  EXPECT_THAT(found[0].explanation, HasSubstr("1 request went to www.google-analytics.com"));
  EXPECT_EQ(found[0].entries.size(), 1U);
}

TEST(UndeclaredParty, NeedsAPolicyThatWasRead) {
  Said said;
  said.declaration.is_policy = false;
  EXPECT_THAT(of(compare(said, ga()), kUndeclared), IsEmpty());
  EXPECT_THAT(of(compare(said, ga()), kVague), IsEmpty());
}

TEST(UndeclaredParty, IsOneFindingForAllHostsOfItsOwner) {
  World w;
  w.request("static.criteo.net").request("sslwidget.criteo.com").request("sslwidget.criteo.com");
  const auto found = of(compare(Said(), w), kUndeclared);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].explanation, HasSubstr("3 requests"));
  EXPECT_EQ(found[0].entries.size(), 3U);
}

TEST(UndeclaredParty, OfNoKnownOwnerIsToldByItsSite) {
  World w("shop.localhost");
  w.request("a.tracker.localhost").cookie({.name = "id", .host = "a.tracker.localhost"});
  const auto found = of(compare(Said(), w), kUndeclared);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].title, HasSubstr("tracker.localhost"));
  EXPECT_THAT(found[0].explanation, HasSubstr("looks like an identifier"));
}

TEST(UndeclaredParty, IsNotTheSiteItselfNorItsOwner) {
  World w;
  w.request("static.shop.example");
  EXPECT_THAT(of(compare(Said(), w), kUndeclared), IsEmpty());
  World meta("www.instagram.com");
  meta.request("connect.facebook.net");
  EXPECT_THAT(of(compare(Said(), meta), kUndeclared), IsEmpty());
  World twin("lantern.example");
  twin.request("lantern.test");
  const auto found = of(compare(Said(), twin), kUndeclared);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].strength, Strength::kNote) << "bears the site's own name";
}

TEST(UndeclaredParty, NeedsAnAnswerAndNotATopLevelVisit) {
  World w;
  w.request("static.criteo.net", "script", "/x", "net::ERR_ABORTED")
      .request("www.iubenda.com", "main_frame");
  EXPECT_THAT(of(compare(Said(), w), kUndeclared), IsEmpty());
}

TEST(NamedParty, ByProductOwnerAliasOrParentIsDeclared) {
  for (const char* name :
       {"Google Analytics", "Google", "Google Inc.", "GOOGLE LLC", "Alphabet", "Urchin"}) {
    Said said;
    auto& s = said.statement("named-third-party", "does", "We work with a company for statistics.");
    s.parties = {name};
    s.purposes = {"analytics"};
    const auto all = compare(said, ga());
    EXPECT_THAT(of(all, kUndeclared), IsEmpty()) << name;
    EXPECT_THAT(of(all, kVague), IsEmpty()) << name << "\n" << lines(all);
  }
}

TEST(NamedParty, ByMayCountsForCoverage) {
  Said said;
  auto& s = said.statement("named-third-party", "does", "We may use Google Analytics.");
  s.parties = {"Google Analytics"};
  s.modality = "may";
  EXPECT_THAT(of(compare(said, ga()), kUndeclared), IsEmpty());
}

TEST(NamedParty, ForASiblingProductIsVague) {
  Said said;
  said.statement("named-third-party", "does", "We use Google Analytics to count visits.")
      .parties = {"Google Analytics"};
  World w;
  w.request("www.youtube.com", "sub_frame");
  const auto all = compare(said, w);
  EXPECT_THAT(of(all, kUndeclared), IsEmpty());
  const auto found = of(all, kVague);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].statements, ElementsAre("S1"));
}

TEST(NamedParty, ForAnotherPurposeIsVague) {
  Said said;
  auto& s = said.statement("named-third-party", "does", "You can sign in with Facebook.");
  s.parties = {"Facebook"};
  s.purposes = {"login"};
  World w;
  w.request("www.facebook.com", "image", "/tr/?id=1");
  const auto all = compare(said, w);
  EXPECT_THAT(of(all, kUndeclared), IsEmpty());
  ASSERT_THAT(of(all, kVague), SizeIs(1));
  EXPECT_THAT(of(all, kVague)[0].title, HasSubstr("Facebook Pixel"));
}

TEST(NamedParty, AProductNamedOutrightIsDeclaredWhateverItIsSaidToBeFor) {
  Said said;
  auto& s =
      said.statement("named-third-party", "does", "Hotjar helps us to improve your experience.");
  s.parties = {"Hotjar"};
  s.purposes = {"functional"};
  World w;
  w.request("static.hotjar.com");
  const auto all = compare(said, w);
  EXPECT_THAT(of(all, kUndeclared), IsEmpty());
  EXPECT_THAT(of(all, kVague), IsEmpty());
}

TEST(NamedParty, InTheTextThoughInNoStatementIsNeverCalledUnnamed) {
  Said said;
  said.declaration.sources[0].text = "Partners\nHotjar\nCriteo SA, Paris";
  World w;
  w.request("static.hotjar.com").request("static.criteo.net").request("cdn.taboola.com");
  const auto found = of(compare(said, w), kUndeclared);
  ASSERT_THAT(found, SizeIs(1)) << lines(found);
  EXPECT_THAT(found[0].title, HasSubstr("Taboola"));
}

TEST(NamedParty, AnOrdinaryWordInTheTextNamesNobody) {
  Said said;
  said.declaration.sources[0].text =
      "We segment our customers. Do not drift away from the tracker.";
  World w("shop.localhost");
  w.request("cdn.segment.com").request("js.driftt.com").request("tracker.localhost");
  EXPECT_THAT(of(compare(said, w), kUndeclared), SizeIs(3));
}

TEST(VagueParty, GradeOneTellsPartyAndPurpose) {
  const auto found =
      of(compare(about("third-party-category", "Trusted third-party services analyze this data.",
                       {"analytics"}),
                 ga()),
         kVague);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].strength, Strength::kVague);
  EXPECT_THAT(found[0].explanation, HasSubstr("grade: category and purpose"));
  EXPECT_THAT(found[0].statements, ElementsAre("S1"));
}

TEST(VagueParty, GradeTwoTellsThePurposeAlone) {
  Said said;
  said.statement("cookie-category", "does", "Analytics cookies show how the site is used.")
      .purposes = {"analytics"};
  const auto found = of(compare(said, ga()), kVague);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].explanation, HasSubstr("grade: category)"));
}

TEST(VagueParty, GradeThreeTellsOfThirdPartiesAlone) {
  const auto found = of(
      compare(about("third-party-category", "We involve selected third parties."), ga()), kVague);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].explanation, HasSubstr("grade: third parties"));
}

TEST(VagueParty, APurposeThatDoesNotFitCoversNothing) {
  const auto said = about("third-party-category", "A third party processes payments.", {"payment"});
  EXPECT_THAT(of(compare(said, ga()), kUndeclared), SizeIs(1));
  World w;
  w.request("js.braintreegateway.com");
  EXPECT_THAT(of(compare(said, w), kUndeclared), IsEmpty());
  EXPECT_THAT(of(compare(said, w), kVague), SizeIs(1));
}

TEST(VagueParty, SharingWithCourtsAndBuyersCoversNothing) {
  auto said = about("sale-or-sharing",
                    "We may disclose data to third parties if the law requires it or in a merger.");
  EXPECT_THAT(of(compare(said, ga()), kUndeclared), SizeIs(1));
}

TEST(VagueParty, AClosedListOfOthersCoversNothingAnOpenOneItsKind) {
  Said closed;
  auto& c = closed.statement("named-third-party", "does", "For statistics we use Matomo.");
  c.parties = {"Matomo"};
  c.purposes = {"analytics"};
  EXPECT_THAT(of(compare(closed, ga()), kUndeclared), SizeIs(1));
  Said open = closed;
  open.declaration.statements[0].open_list = true;
  EXPECT_THAT(of(compare(open, ga()), kUndeclared), IsEmpty());
  EXPECT_THAT(of(compare(open, ga()), kVague), SizeIs(1));
}

TEST(VagueParty, AnUnknownPartyIsCoveredByTrackingWordsOnlyWhenItBehavesSo) {
  const auto said = about("third-party-category",
                          "Third-party services analyze how you use the site.", {"analytics"});
  World quiet("shop.localhost");
  quiet.request("assets.localhost");
  EXPECT_THAT(of(compare(said, quiet), kUndeclared), SizeIs(1));
  World tracking("shop.localhost");
  tracking.request("assets.localhost").cookie({.name = "u", .host = "assets.localhost"});
  EXPECT_THAT(of(compare(said, tracking), kUndeclared), IsEmpty());
}

TEST(VagueParty, IsOneFindingAProductWithAllItsEntries) {
  World w;
  w.request("cdn.mxpnl.com").request("api.mixpanel.com").request("api.mixpanel.com");
  const auto found = of(compare(about("third-party-category", "Third parties."), w), kVague);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].entries.size(), 3U);
  EXPECT_TRUE(std::is_sorted(found[0].entries.begin(), found[0].entries.end()));
}

}  // namespace
}  // namespace affiant
