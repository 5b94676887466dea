#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "detect/behaviour.h"
#include "detect/facts.h"
#include "unit/detect/world.h"

namespace affiant::detect {
namespace {

using site::Party;
using test::kDayS;
using test::sites;
using test::World;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const RequestFact& request_to(const Facts& facts, std::string_view host) {
  for (const RequestFact& fact : facts.requests) {
    if (fact.request->host == host) return fact;
  }
  static const RequestFact none;
  ADD_FAILURE() << "no request to " << host;
  return none;
}

const CookieFact& cookie_named(const Facts& facts, std::string_view name) {
  for (const CookieFact& fact : facts.cookies) {
    if (fact.story.name == name) return fact;
  }
  static const CookieFact none;
  ADD_FAILURE() << "no cookie " << name;
  return none;
}

TEST(Party, IsByRegistrableDomainOfTheTopLevelHost) {
  World w("www.shop.example");
  w.request("cdn.shop.example")
      .request("shop.example")
      .request("shop.example.net")
      .request("alice.github.io");
  const Facts facts = detect(std::move(w.seen), sites());
  EXPECT_EQ(facts.site, "shop.example");
  EXPECT_EQ(request_to(facts, "cdn.shop.example").party, Party::kFirst);
  EXPECT_EQ(request_to(facts, "shop.example").party, Party::kFirst);
  EXPECT_EQ(request_to(facts, "shop.example.net").party, Party::kThird);
  EXPECT_EQ(request_to(facts, "alice.github.io").site, "alice.github.io");
}

TEST(Party, OfAWorkersRequestIsToldByTheSessionsHost) {
  World w;
  w.request("tracker.localhost");
  w.seen.requests.back().place.top_host.clear();
  w.seen.requests.back().place.tab = -1;
  const Facts facts = detect(std::move(w.seen), sites());
  EXPECT_EQ(request_to(facts, "tracker.localhost").party, Party::kThird);
  EXPECT_TRUE(request_to(facts, "tracker.localhost").of_visit);
}

TEST(Party, ARequestThatNobodyInitiatedIsNotTheSitesDoing) {
  World w;
  w.request("update.browser.example");
  w.seen.requests.back().place.top_host.clear();
  w.seen.requests.back().initiator.clear();
  EXPECT_FALSE(request_to(detect(std::move(w.seen), sites()), "update.browser.example").of_visit);
}

TEST(Party, ASiteThatRedirectsIsBothItsNames) {
  World w("old.example");
  w.seen.pages[0].host = "www.new.example";
  w.request("static.new.example").request("other.example");
  for (auto& r : w.seen.requests) r.place.top_host = "www.new.example";
  const Facts facts = detect(std::move(w.seen), sites());
  EXPECT_THAT(facts.own_sites, ElementsAre("new.example", "old.example"));
  EXPECT_EQ(request_to(facts, "static.new.example").party, Party::kFirst);
  EXPECT_EQ(request_to(facts, "other.example").party, Party::kThird);
  EXPECT_TRUE(request_to(facts, "other.example").of_visit);
}

TEST(Party, APolicyPageWithAStrangerDoesNotMakeTheStrangerTheSite) {
  World w;
  observe::Page page = w.seen.pages[0];
  page.role = "policy";
  page.host = "www.iubenda.com";
  w.seen.pages.push_back(page);
  w.request("www.iubenda.com");
  const Facts facts = detect(std::move(w.seen), sites());
  EXPECT_THAT(facts.own_sites, ElementsAre("shop.example"));
  EXPECT_EQ(request_to(facts, "www.iubenda.com").party, Party::kThird);
}

TEST(Owner, OfARequestIsThatOfTheLongestKnownSuffix) {
  World w;
  w.request("www.google-analytics.com")
      .request("fonts.gstatic.com")
      .request("nobody-knows.example");
  const Facts facts = detect(std::move(w.seen), sites());
  EXPECT_EQ(request_to(facts, "www.google-analytics.com").product, "Google Analytics");
  EXPECT_EQ(request_to(facts, "www.google-analytics.com").category, "analytics");
  EXPECT_EQ(request_to(facts, "fonts.gstatic.com").owner, "Google");
  EXPECT_EQ(request_to(facts, "nobody-knows.example").owner, "");
}

TEST(Owner, TheSitesOwnOtherDomainIsThirdPartyWithTheSameOwnerAndNoTracker) {
  World w("www.facebook.com");
  w.request("connect.facebook.net").request("www.google-analytics.com");
  const Facts facts = detect(std::move(w.seen), sites());
  EXPECT_EQ(request_to(facts, "connect.facebook.net").party, Party::kThird);
  EXPECT_TRUE(request_to(facts, "connect.facebook.net").same_owner);
  EXPECT_THAT(request_to(facts, "connect.facebook.net").tracker_by, IsEmpty());
  EXPECT_FALSE(request_to(facts, "www.google-analytics.com").same_owner);
}

TEST(Tracker, ByOwnerOnlyForThirdPartiesOfATrackingCategory) {
  World w;
  w.request("www.google-analytics.com").request("fonts.googleapis.com");
  const Facts facts = detect(std::move(w.seen), sites());
  EXPECT_THAT(request_to(facts, "www.google-analytics.com").tracker_by, ElementsAre("owner"));
  EXPECT_THAT(request_to(facts, "fonts.googleapis.com").tracker_by, IsEmpty());
}

TEST(Tracker, ByBehaviourWhenAnUnknownThirdPartySetsAnIdentifier) {
  World w("shop.localhost");
  w.request("tracker.localhost", "image").request("fonts.localhost", "stylesheet");
  w.cookie({.name = "lt_uid", .host = "tracker.localhost"});
  const Facts facts = detect(std::move(w.seen), sites());
  EXPECT_THAT(request_to(facts, "tracker.localhost").tracker_by, ElementsAre("behaviour"));
  EXPECT_THAT(request_to(facts, "fonts.localhost").tracker_by, IsEmpty());
  EXPECT_EQ(request_to(facts, "shop.localhost").party, Party::kFirst);
}

TEST(Tracker, AnIdentifierThatTheBrowserKeptOutIsBehaviourAsWell) {
  World w("shop.localhost", "blocked");
  w.request("tracker.localhost", "image");
  w.cookie({.name = "lt_uid", .host = "tracker.localhost", .kept = false});
  const Facts facts = detect(std::move(w.seen), sites());
  EXPECT_EQ(cookie_named(facts, "lt_uid").story.outcome, "blocked");
  EXPECT_THAT(request_to(facts, "tracker.localhost").tracker_by, ElementsAre("behaviour"));
}

TEST(Tracker, AShortLivedOrWordyCookieIsNoBehaviour) {
  World w("shop.localhost");
  w.request("a.localhost").request("b.localhost");
  w.cookie({.name = "sid", .host = "a.localhost", .max_age_s = 29 * kDayS});
  w.cookie({.name = "lang", .host = "b.localhost", .value = "english"});
  const Facts facts = detect(std::move(w.seen), sites());
  EXPECT_THAT(request_to(facts, "a.localhost").tracker_by, IsEmpty());
  EXPECT_THAT(request_to(facts, "b.localhost").tracker_by, IsEmpty());
}

TEST(Tracker, BeaconsCountOnlyForThirdParties) {
  World w("shop.localhost");
  w.request("shop.localhost", "ping")
      .request("stats.localhost", "ping")
      .request("other.localhost", "beacon");
  const Facts facts = detect(std::move(w.seen), sites());
  EXPECT_THAT(request_to(facts, "shop.localhost").tracker_by, IsEmpty());
  EXPECT_THAT(request_to(facts, "stats.localhost").tracker_by, ElementsAre("behaviour"));
  EXPECT_THAT(request_to(facts, "other.localhost").tracker_by, ElementsAre("behaviour"));
}

TEST(Tracker, APixelCountsWhenItCarriesACookiesIdentifier) {
  World w("shop.localhost");
  w.cookie({.name = "visitor", .host = "shop.localhost"});
  w.request("pixel.localhost", "image", "/p.gif?u=" + test::kRandomId);
  w.request("cdn.localhost", "image", "/logo.png?v=0123456789abcdef");
  const Facts facts = detect(std::move(w.seen), sites());
  EXPECT_THAT(request_to(facts, "pixel.localhost").tracker_by, ElementsAre("behaviour"));
  EXPECT_THAT(request_to(facts, "cdn.localhost").tracker_by, IsEmpty())
      << "a version is no identifier";
}

TEST(CookieCategory, IsThatOfTheNameWhoeverSetsIt) {
  World w;
  w.cookie({.name = "_ga",
            .host = "shop.example",
            .value = "GA1.2.1033501218.1790000000",
            .script_host = "www.google-analytics.com",
            .domain = "shop.example"});
  w.cookie({.name = "PHPSESSID", .host = "shop.example", .max_age_s = 0});
  const Facts facts = detect(std::move(w.seen), sites());
  EXPECT_EQ(cookie_named(facts, "_ga").category, "analytics");
  EXPECT_EQ(cookie_named(facts, "_ga").owner, "Google");
  EXPECT_EQ(cookie_named(facts, "_ga").party, Party::kFirst);
  EXPECT_TRUE(cookie_named(facts, "_ga").identifier_like);
  EXPECT_EQ(cookie_named(facts, "PHPSESSID").category, "necessary");
  EXPECT_FALSE(cookie_named(facts, "PHPSESSID").identifier_like);
}

TEST(CookieCategory, OfAnUnknownNameFollowsTheVendorOnlyForThirdParties) {
  World w;
  w.cookie({.name = "whatever", .host = "ads.criteo.com"});
  w.cookie({.name = "mine", .host = "shop.example"});
  w.cookie({.name = "theirs", .host = "shop.example", .script_host = "static.hotjar.com"});
  w.cookie({.name = "cdn_x", .host = "d1.cloudfront.net"});
  const Facts facts = detect(std::move(w.seen), sites());
  EXPECT_EQ(cookie_named(facts, "whatever").category, "advertising");
  EXPECT_EQ(cookie_named(facts, "mine").category, "") << "never guessed";
  EXPECT_EQ(cookie_named(facts, "theirs").owner, "Hotjar");
  EXPECT_EQ(cookie_named(facts, "cdn_x").category, "") << "a content network may carry anything";
}

TEST(CookieCategory, AConfinedNameMeansNothingElsewhere) {
  World w("boutique.fr");
  w.cookie({.name = "fr", .host = "boutique.fr"});
  EXPECT_EQ(cookie_named(detect(std::move(w.seen), sites()), "fr").category, "");
}

TEST(Facts, CarryThePhaseOfTheirSession) {
  World w;
  w.request("www.google-analytics.com").cookie({.name = "a", .host = "shop.example"});
  const Facts facts = detect(std::move(w.seen), sites());
  for (const RequestFact& fact : facts.requests) EXPECT_EQ(fact.phase, "no-choice");
  for (const CookieFact& fact : facts.cookies) EXPECT_EQ(fact.phase, "no-choice");
}

TEST(Facts, OfNothingAreEmpty) {
  const Facts facts = detect({}, sites());
  EXPECT_EQ(facts.site, "");
  EXPECT_TRUE(facts.requests.empty());
}

TEST(Facts, StayValidWhenMoved) {
  World w;
  w.request("www.google-analytics.com");
  Facts facts = detect(std::move(w.seen), sites());
  const Facts moved = std::move(facts);
  EXPECT_EQ(moved.requests.back().request->host, "www.google-analytics.com");
}

}  // namespace
}  // namespace affiant::detect
