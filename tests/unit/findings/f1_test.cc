#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/findings/declare.h"

namespace affiant {
namespace {

using findings::Finding;
using findings::Strength;
using test::compare;
using test::kDayS;
using test::lines;
using test::of;
using test::Said;
using test::World;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr auto kRule = "contradicted-denial";

World analytics_site() {
  World w;
  w.request("www.google-analytics.com");
  w.cookie({.name = "_ga",
            .host = "shop.example",
            .value = "GA1.2.1033501218.1790000000",
            .script_host = "www.google-analytics.com",
            .domain = "shop.example"});
  return w;
}

Strength only(const std::vector<Finding>& all) {
  const auto found = of(all, kRule);
  EXPECT_EQ(found.size(), 1U) << lines(all);
  return found.empty() ? Strength::kNote : found[0].strength;
}

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

TEST(ThirdPartyCookies, StoredContradictBlockedAreGradedAndFirstPartyOnesAreNoMatter) {
  Said said;
  auto& s = said.statement("third-party-denial", "does-not", "We do not use third-party cookies.");
  s.data = {"cookies"};
  said.statement("uses-cookies", "does", "We use cookies to remember your basket.").purposes = {
      "functional"};
  EXPECT_THAT(of(compare(said, analytics_site()), kRule), IsEmpty())
      << "_ga is set in the shop's own name";
  World stored("shop.localhost");
  stored.request("ads.localhost").cookie({.name = "seen", .host = "ads.localhost"});
  EXPECT_EQ(only(compare(said, stored)), Strength::kContradicted);
  World blocked("shop.localhost", "blocked");
  blocked.request("ads.localhost").cookie({.name = "seen", .host = "ads.localhost", .kept = false});
  const auto found = of(compare(said, blocked), kRule);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].strength, Strength::kVague);
  EXPECT_THAT(found[0].explanation, HasSubstr("kept the cookie out"));
}

TEST(ThirdPartyDenial, IsContradictedByAnyAnsweredThirdPartyButNotByOnesOwn) {
  Said said;
  said.statement("third-party-denial", "does-not",
                 "Third-party assets or scripts are never included on this site.");
  World w;
  w.request("cdn.shop.example");
  EXPECT_THAT(of(compare(said, w), kRule), IsEmpty());
  w.request("fonts.gstatic.com", "font", "/f.woff2", "net::ERR_NAME_NOT_RESOLVED");
  EXPECT_THAT(of(compare(said, w), kRule), IsEmpty())
      << "an event without an answer proves no request";
  w.request("fonts.gstatic.com", "font");
  EXPECT_EQ(only(compare(said, w)), Strength::kContradicted);
}

TEST(ThirdPartyDenial, OfOneKindIsNotBrokenByAnother) {
  Said said;
  said.statement("third-party-denial", "does-not", "We do not use third-party analytics.");
  World fonts;
  fonts.request("fonts.gstatic.com", "font").request("js.stripe.com").request("cdn.localhost");
  EXPECT_THAT(of(compare(said, fonts), kRule), IsEmpty());
  EXPECT_EQ(only(compare(said, analytics_site())), Strength::kContradicted);
}

TEST(ThirdPartyDenial, OfAnalyticsOrTrackingMeansBothKinds) {
  Said said;
  said.statement("third-party-denial", "does-not",
                 "We do not use third-party analytics or tracking services.");
  World unknown("shop.localhost");
  unknown.request("tracker.localhost").request("fonts.localhost", "font");
  unknown.cookie({.name = "lt_uid", .host = "tracker.localhost"});
  const auto found = of(compare(said, unknown), kRule);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].strength, Strength::kContradicted);
  EXPECT_THAT(found[0].explanation, ::testing::Not(HasSubstr("fonts.localhost")));
  World ads;
  ads.request("static.criteo.net");
  EXPECT_EQ(only(compare(said, ads)), Strength::kContradicted);
}

TEST(ThirdPartyDenial, OfTrackingAloneIsGradedForMereMeasurement) {
  Said said;
  said.statement("third-party-denial", "does-not", "We do not allow third parties to track you.");
  EXPECT_EQ(only(compare(said, analytics_site())), Strength::kVague);
  World ads;
  ads.request("static.criteo.net");
  EXPECT_EQ(only(compare(said, ads)), Strength::kContradicted);
}

TEST(ThirdPartyDenial, OfPersonalInformationIsNotShownByContactAlone) {
  Said said;
  said.statement("third-party-denial", "does-not",
                 "No third party collects personal information on our site.")
      .data = {"personal-information"};
  EXPECT_EQ(only(compare(said, analytics_site())), Strength::kNote);
}

TEST(ThirdPartyDenial, OfANamedPartyConcernsOnlyThatParty) {
  Said said;
  said.statement("named-third-party", "does-not", "We do not use Google Analytics.").parties = {
      "Google Analytics"};
  World other;
  other.request("fonts.googleapis.com");
  EXPECT_THAT(of(compare(said, other), kRule), IsEmpty());
  EXPECT_EQ(only(compare(said, analytics_site())), Strength::kContradicted);
  EXPECT_THAT(of(compare(said, analytics_site()), "undeclared-third-party"), IsEmpty())
      << "it is named, if only to be denied";
}

TEST(ThirdPartyDenial, BesideANamedPartyIsANoteForThatParty) {
  Said said;
  said.statement("third-party-denial", "does-not",
                 "We do not include third party products or services on our website.");
  said.statement("named-third-party", "does", "We use Google Analytics.").parties = {
      "Google Analytics"};
  EXPECT_EQ(only(compare(said, analytics_site())), Strength::kNote);
  World w = analytics_site();
  w.request("static.criteo.net");
  const auto found = of(compare(said, w), kRule);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].strength, Strength::kContradicted);
  EXPECT_THAT(found[0].explanation, HasSubstr("Criteo"));
  EXPECT_THAT(found[0].explanation, ::testing::Not(HasSubstr("Google Analytics")));
}

TEST(BehaviouralTracking, APermissionIsNeverContradicted) {
  Said said;
  said.statement("behavioural-tracking", "does", "Third party behavioral tracking is allowed.");
  World w = analytics_site();
  w.request("static.criteo.net").request("connect.facebook.net");
  EXPECT_THAT(of(compare(said, w), kRule), IsEmpty());
}

TEST(BehaviouralTracking, DeniedIsContradictedByAdvertisingAndGradedForMereMeasurement) {
  Said said;
  said.statement("behavioural-tracking", "does-not",
                 "We do not allow third-party behavioral tracking.");
  EXPECT_EQ(only(compare(said, analytics_site())), Strength::kVague);
  World ads;
  ads.request("static.criteo.net");
  EXPECT_EQ(only(compare(said, ads)), Strength::kContradicted);
  World fonts;
  fonts.request("fonts.gstatic.com", "font");
  EXPECT_THAT(of(compare(said, fonts), kRule), IsEmpty());
}

TEST(BehaviouralTracking, DeniedIsContradictedByAnUnknownPartyThatSetsAnIdentifier) {
  Said said;
  said.statement("behavioural-tracking", "does-not",
                 "We do not allow third-party behavioral tracking.");
  World w("shop.localhost");
  w.request("tracker.localhost").cookie({.name = "lt_uid", .host = "tracker.localhost"});
  EXPECT_EQ(only(compare(said, w)), Strength::kContradicted);
  World beacon("shop.localhost");
  beacon.request("errors.localhost", "ping");
  EXPECT_EQ(only(compare(said, beacon)), Strength::kVague);
}

TEST(Advertising, DeniedIsContradictedByAnAdNetworkAndGradedForAPixel) {
  Said said;
  said.statement("advertising", "does-not", "We do not have any advertising on our site.");
  World net;
  net.request("pagead2.googlesyndication.com");
  EXPECT_EQ(only(compare(said, net)), Strength::kContradicted);
  World pixel;
  pixel.request("www.facebook.com", "image", "/tr/?id=1");
  EXPECT_EQ(only(compare(said, pixel)), Strength::kVague);
}

TEST(Beacons, DeniedAreContradictedByATrackersPixelNotByAPicture) {
  Said said;
  said.statement("beacon-or-fingerprint", "does-not",
                 "We do not deploy web beacons or tracking pixels.");
  World picture;
  picture.request("i.imgur.example", "image");
  EXPECT_THAT(of(compare(said, picture), kRule), IsEmpty());
  World pixel;
  pixel.request("www.google-analytics.com", "image", "/collect?v=1");
  EXPECT_EQ(only(compare(said, pixel)), Strength::kContradicted);
}

TEST(CookieContent, AnAddressOfMailContradictsAnIdentifierIsOnlyNoted) {
  Said said;
  said.statement("cookie-content", "does-not",
                 "No personal information is ever stored in our cookies.");
  World id;
  id.cookie({.name = "v", .host = "shop.example"});
  EXPECT_EQ(only(compare(said, id)), Strength::kNote);
  World mail;
  mail.cookie({.name = "u", .host = "shop.example", .value = "ann%40mail.example"});
  EXPECT_EQ(only(compare(said, mail)), Strength::kContradicted);
  said.statement("uses-cookies", "does", "We use cookies to remember you.").purposes = {
      "functional"};
  EXPECT_EQ(only(compare(said, mail)), Strength::kContradicted)
      << "using cookies permits no content";
  World word;
  word.cookie({.name = "lang", .host = "shop.example", .value = "english"});
  EXPECT_THAT(of(compare(said, word), kRule), IsEmpty());
}

TEST(Denials, TheSameSentenceInTwoDocumentsIsOneFinding) {
  Said said;
  said.statement("no-cookies", "does-not", "We do not use cookies.");
  said.statement("no-cookies", "does-not", "We do not  use cookies.");
  World w;
  w.cookie({.name = "sid", .host = "shop.example"});
  const auto found = of(compare(said, w), kRule);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found[0].statements, ElementsAre("S1", "S2"));
}

TEST(Denials, OfWhatWasNamedBeforeNeedReading) {
  Said said;
  said.statement("cookie-content", "does-not", "These cookies do not store personal information.");
  World mail;
  mail.cookie({.name = "u", .host = "shop.example", .value = "ann@mail.example"});
  EXPECT_EQ(only(compare(said, mail)), Strength::kNote);
}

TEST(Denials, OfTheMobileAppSayNothingOfTheSite) {
  Said said;
  said.statement("no-cookies", "does-not", "There are no cookies used by mobile applications.")
      .scope = "by mobile applications";
  EXPECT_THAT(of(compare(said, analytics_site()), kRule), IsEmpty());
}

TEST(Denials, OfPixelsForOnePurposeLeaveOthersAlone) {
  Said said;
  said.statement("beacon-or-fingerprint", "does-not", "We use no tracking pixels for advertising.")
      .purposes = {"advertising"};
  World w;
  w.request("www.google-analytics.com", "image", "/collect?v=1");
  EXPECT_THAT(of(compare(said, w), kRule), IsEmpty());
  w.request("www.facebook.com", "image", "/tr/?id=1");
  EXPECT_EQ(only(compare(said, w)), Strength::kContradicted);
}

TEST(Denials, SilenceContradictsNothing) {
  Said said;
  said.statement("no-cookies", "does-not", "We do not use cookies.");
  said.statement("third-party-denial", "does-not", "No third parties.");
  EXPECT_THAT(of(compare(said, World()), kRule), IsEmpty());
}

}  // namespace
}  // namespace affiant
