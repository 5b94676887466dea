// F13, F14: what goes on after a refusal, and with a signal on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "detect/choice.h"
#include "unit/findings/declare.h"

namespace affiant {
namespace {

using findings::Strength;
using test::compare;
using test::lines;
using test::of;
using test::Said;
using test::strength_of_only;
using test::World;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr auto kF13 = "kept-after-reject";
constexpr auto kF14 = "signal-ignored";

test::CookieSpec ga() {
  return {.name = "_ga",
          .host = "shop.example",
          .value = "GA1.2.1033501218.1790000000",
          .script_host = "www.google-analytics.com",
          .domain = "shop.example"};
}

World refused() {
  World w;
  w.session("reject").note("choice-made", "reject");
  return w;
}

TEST(KeptAfterReject, ACookieSetOnThePageAfterTheRefusalContradictsIt) {
  World w = refused();
  const observe::Leaf click = w.seen.notes.back().first;
  w.page("/next").cookie(ga());
  const auto found = of(compare(Said(), w), kF13);
  ASSERT_THAT(found, SizeIs(1)) << lines(compare(Said(), w));
  EXPECT_EQ(found[0].id, "F13-1");
  EXPECT_EQ(found[0].strength, Strength::kContradicted);
  EXPECT_EQ(found[0].phase, "reject");
  EXPECT_THAT(found[0].explanation, AllOf(HasSubstr("\"_ga\" of .shop.example (Google, analytics)"),
                                          HasSubstr("entry " + std::to_string(click))));
  EXPECT_THAT(found[0].entries, Contains(click));
}

TEST(KeptAfterReject, NeedsARefusalThatIsRecorded) {
  World no_click;
  no_click.session("reject").page("/next").cookie(ga());
  EXPECT_THAT(of(compare(Said(), no_click), kF13), IsEmpty());
  World accepted;
  accepted.session("accept").note("choice-made", "accept").page("/next").cookie(ga());
  EXPECT_THAT(of(compare(Said(), accepted), kF13), IsEmpty());
}

TEST(KeptAfterReject, WhatWasSetBeforeOrWasUnderWayIsNotHeldAgainstTheSite) {
  World before;
  before.session("reject").cookie(ga()).note("choice-made", "reject").page("/next");
  before.seen.jar.back().entry = 900;  // Still there at the end.
  EXPECT_THAT(of(compare(Said(), before), kF13), IsEmpty());
  World under_way = refused();
  under_way.cookie(ga());
  EXPECT_THAT(of(compare(Said(), under_way), kF13), IsEmpty());
  World later = refused();
  later.wait(detect::kChoiceSettlesMs).cookie(ga());
  EXPECT_THAT(of(compare(Said(), later), kF13), SizeIs(1));
}

TEST(KeptAfterReject, OfCookiesThatStayOnlyWhereTheirRemovalIsPromised) {
  World w;
  w.session("reject").cookie(ga()).note("choice-made", "reject").page("/next");
  w.seen.jar.back().entry = 900;
  Said promised;
  promised.statement("opt-out-effect", "does", "When you refuse, we delete the cookies.");
  const auto found = of(compare(promised, w), kF13);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].title, HasSubstr("stays"));
  EXPECT_THAT(found[0].statements, ElementsAre("S1"));
  EXPECT_THAT(found[0].entries, Contains(900));
  Said other;
  other.statement("opt-out-effect", "does", "When you refuse, we set no more cookies.");
  EXPECT_THAT(of(compare(other, w), kF13), IsEmpty());
  w.seen.jar.back().snapshot = "start";
  EXPECT_THAT(of(compare(promised, w), kF13), IsEmpty()) << "gone at the end, as far as is known";
}

TEST(KeptAfterReject, NecessaryAndUnknownCookiesAreFree) {
  World w = refused();
  w.page("/next")
      .cookie({.name = "PHPSESSID", .host = "shop.example"})
      .cookie({.name = "unheard_of", .host = "shop.example"});
  EXPECT_THAT(of(compare(Said(), w), kF13), IsEmpty());
}

TEST(KeptAfterReject, TheSitesOwnListDecidesWhatACookieIsFor) {
  World w = refused();
  w.page("/next").cookie(ga()).cookie({.name = "promo", .host = "shop.example"});
  Said said;
  said.cookie("_ga").category = "necessary";
  said.cookie("promo").category = "advertising";
  const auto found = of(compare(said, w), kF13);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].explanation,
              AllOf(HasSubstr("\"promo\" of shop.example (declared as advertising)"),
                    Not(HasSubstr("_ga"))));
  EXPECT_THAT(found[0].declared_cookies, ElementsAre(1));
}

TEST(KeptAfterReject, ACookieThatTheBrowserKeptOffIsNone) {
  World w = refused();
  test::CookieSpec spec = ga();
  spec.kept = false;
  w.page("/next").cookie(spec);
  EXPECT_THAT(of(compare(Said(), w), kF13), IsEmpty());
}

World with_signal() {
  World w;
  w.session("no-choice", true);
  return w;
}

policy::Statement& honours(Said& said, const std::string& quote = "We honor GPC signals.") {
  policy::Statement& s = said.statement("signal", "does", quote);
  s.data = {"gpc"};
  return s;
}

TEST(SignalIgnored, AnAdNetworkOrItsCookieWithTheSignalOnContradicts) {
  Said said;
  honours(said);
  World ads = with_signal();
  ads.request("static.criteo.net");
  const auto found = of(compare(said, ads), kF14);
  ASSERT_THAT(found, SizeIs(1)) << lines(compare(said, ads));
  EXPECT_EQ(found[0].strength, Strength::kContradicted);
  EXPECT_EQ(found[0].id, "F14-1");
  EXPECT_THAT(found[0].statements, ElementsAre("S1"));
  EXPECT_THAT(found[0].explanation, HasSubstr("Criteo"));
  EXPECT_THAT(found[0].entries, ElementsAre(ads.seen.requests.back().entry));
  World cookie = with_signal();
  cookie.cookie({.name = "_fbp", .host = "shop.example", .script_host = "connect.facebook.net"});
  EXPECT_EQ(strength_of_only(compare(said, cookie), kF14), Strength::kContradicted);
  World unknown("shop.localhost");
  unknown.session("no-choice", true).cookie({.name = "uid", .host = "ads.localhost"});
  EXPECT_EQ(strength_of_only(compare(said, unknown), kF14), Strength::kContradicted);
}

TEST(SignalIgnored, OnlyWhatASessionWithTheSignalSawCounts) {
  Said said;
  honours(said);
  World before;
  before.request("static.criteo.net").cookie({.name = "_fbp", .host = "shop.example"});
  before.session("no-choice", true).request("shop.example");
  EXPECT_THAT(of(compare(said, before), kF14), IsEmpty());
  // It set its cookie without the signal and stopped with it.
  World stopped("shop.localhost");
  stopped.request("ads.localhost").cookie({.name = "uid", .host = "ads.localhost"});
  stopped.session("no-choice", true).request("ads.localhost");
  EXPECT_THAT(of(compare(said, stopped), kF14), IsEmpty());
}

TEST(SignalIgnored, SaysNothingOfSitesThatPromiseNothingOrSpeakOfAnotherSignal) {
  World ads = with_signal();
  ads.request("static.criteo.net");
  EXPECT_THAT(of(compare(Said(), ads), kF14), IsEmpty());
  Said ignores;
  honours(ignores).polarity = "does-not";
  EXPECT_THAT(of(compare(ignores, ads), kF14), IsEmpty());
  Said dnt;
  honours(dnt).data = {"dnt"};
  EXPECT_THAT(of(compare(dnt, ads), kF14), IsEmpty()) << "no session sends it";
  Said may;
  honours(may).modality = "may";
  EXPECT_THAT(of(compare(may, ads), kF14), IsEmpty());
}

TEST(SignalIgnored, HedgedConditionalOrBoundedPromisesNeedReading) {
  World ads = with_signal();
  ads.request("static.criteo.net");
  const auto strength = [&](auto&& change) {
    Said said;
    change(honours(said));
    return strength_of_only(compare(said, ads), kF14);
  };
  using S = policy::Statement;
  EXPECT_EQ(strength([](S& s) { s.hedged = true; }), Strength::kNote);
  EXPECT_EQ(strength([](S& s) { s.exception = "except for partners"; }), Strength::kNote);
  EXPECT_EQ(strength([](S& s) { s.condition = "if you are logged in"; }), Strength::kNote);
  EXPECT_EQ(strength([](S& s) { s.scope = "in our newsletter"; }), Strength::kNote);
  EXPECT_EQ(strength([](S& s) { s.quote = "We honor GPC for residents of some states."; }),
            Strength::kNote);
}

TEST(SignalIgnored, MeasuringIsGradedUnlessTheWordsSpeakOfIt) {
  World w = with_signal();
  w.request("www.google-analytics.com").cookie(ga());
  Said said;
  honours(said);
  EXPECT_EQ(strength_of_only(compare(said, w), kF14), Strength::kVague);
  Said tracking;
  honours(tracking, "With GPC or Do Not Track on, we do not track your visit.");
  EXPECT_EQ(strength_of_only(compare(tracking, w), kF14), Strength::kContradicted);
  Said name_only;
  honours(name_only, "We honor Do Not Track and GPC.");
  EXPECT_EQ(strength_of_only(compare(name_only, w), kF14), Strength::kVague)
      << "the signal's own name speaks of nothing";
}

TEST(SignalIgnored, AWordOnSellingIsNotBrokenByWhatABrowserSees) {
  World ads = with_signal();
  ads.request("static.criteo.net");
  Said said;
  honours(said, "We treat GPC as a request not to sell or share your data.");
  EXPECT_EQ(strength_of_only(compare(said, ads), kF14), Strength::kVague);
}

TEST(SignalIgnored, TakenBackElsewhereItIsANote) {
  World ads = with_signal();
  ads.request("static.criteo.net");
  Said said;
  honours(said);
  said.statement("signal", "does-not", "We do not respond to GPC.").data = {"gpc"};
  const auto found = of(compare(said, ads), kF14);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].strength, Strength::kNote);
  EXPECT_THAT(found[0].statements, ElementsAre("S1", "S2"));
}

TEST(SignalIgnored, SilenceWithTheSignalOnContradictsNothing) {
  Said said;
  honours(said);
  World w = with_signal();
  w.request("fonts.gstatic.com", "font").cookie({.name = "PHPSESSID", .host = "shop.example"});
  EXPECT_THAT(of(compare(said, w), kF14), IsEmpty());
}

}  // namespace
}  // namespace affiant
