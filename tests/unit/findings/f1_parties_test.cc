#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/findings/declare.h"

namespace affiant {
namespace {

using findings::Finding;
using findings::Strength;
using test::analytics_site;
using test::compare;
using test::of;
using test::Said;
using test::World;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr auto kRule = "contradicted-denial";

Strength only(const std::vector<Finding>& all) { return test::strength_of_only(all, kRule); }

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
