// R7: values of cookies that reach other sites.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/bytes.h"
#include "base/digest.h"
#include "detect/facts.h"
#include "unit/detect/world.h"

namespace affiant {
namespace {

using detect::TechniqueFact;
using test::kRandomId;
using test::World;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<TechniqueFact> found(World w, const std::string& technique = "cookie-sync") {
  return test::techniques_of(std::move(w), technique);
}

World sent(const std::string& in_path, const std::string& value = kRandomId) {
  World w;
  w.cookie({.name = "vid", .host = "shop.example", .value = value});
  w.request("trackr.example", "image", in_path);
  return w;
}

TEST(CookieSync, AnIdentifierInAnotherSitesAddressIsToldWithBothEntries) {
  World w = sent("/p?uid=" + kRandomId);
  const observe::Leaf request = w.seen.requests.back().entry;
  const auto all = found(std::move(w));
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].script_host, "trackr.example");
  EXPECT_EQ(all[0].detail,
            "the value of cookie vid of shop.example reached trackr.example in the address");
  EXPECT_EQ(all[0].entries.back(), request);
  EXPECT_GE(all[0].entries.size(), 2U);
}

TEST(CookieSync, EncodedAndHashedFormsAreFoundAndNamed) {
  const auto detail = [](const std::string& value) {
    const auto all = found(sent("/p?x=" + value + "&y=1"));
    return all.size() == 1 ? all[0].detail : std::to_string(all.size());
  };
  std::string escaped;
  for (const char c : kRandomId) escaped += "%" + hex_encode(as_bytes(std::string(1, c)));
  EXPECT_THAT(detail(escaped), HasSubstr("in the address"));
  EXPECT_THAT(detail(base64_encode(as_bytes(kRandomId))), HasSubstr("as base64"));
  EXPECT_THAT(detail(base64url_encode(as_bytes(kRandomId))), HasSubstr("as base64"));
  EXPECT_THAT(detail(hex_digest(Digest::kMd5, kRandomId)), HasSubstr("as its MD5"));
  EXPECT_THAT(detail(hex_digest(Digest::kSha1, kRandomId)), HasSubstr("as its SHA-1"));
  EXPECT_THAT(detail(hex_digest(Digest::kSha256, kRandomId)), HasSubstr("as its SHA-256"));
}

TEST(CookieSync, APieceOfAValueCountsFromItsThresholdsOn) {
  // Ten decimal digits carry 33.2 bits, nine 29.9.
  EXPECT_THAT(found(sent("/p?c=5812947306", "GA1.2.5812947306.4029581736")), SizeIs(1));
  EXPECT_THAT(found(sent("/p?c=581294730", "GA1.2.581294730.402958173")), IsEmpty());
}

TEST(CookieSync, ARefererAndARedirectTellTooAndTheOwnSiteIsToldNothing) {
  World referred;
  referred.cookie({.name = "vid", .host = "shop.example"});
  referred.request("trackr.example");
  referred.seen.requests.back().headers["referer"] = "https://shop.example/?s=" + kRandomId;
  EXPECT_THAT(found(std::move(referred)).at(0).detail, HasSubstr("in the Referer"));

  World redirected;
  redirected.cookie({.name = "vid", .host = "trackr.example"});
  redirected.request("trackr.example", "image", "/sync");
  redirected.seen.requests.back().redirect = "https://other.example/match?u=" + kRandomId;
  const auto all = found(std::move(redirected));
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_THAT(all[0].detail, AllOf(HasSubstr("reached other.example"), HasSubstr("a redirect")));

  World own;
  own.cookie({.name = "vid", .host = "shop.example"});
  own.request("api.shop.example", "xhr", "/me?u=" + kRandomId);
  EXPECT_THAT(found(std::move(own)), IsEmpty());
}

TEST(CookieSync, WhatLooksLikeNoIdentifierIsNotLookedFor) {
  EXPECT_THAT(found(sent("/p?lang=english-language", "english-language")), IsEmpty());
  World session;
  session.cookie({.name = "sid", .host = "shop.example", .max_age_s = 0});
  session.request("trackr.example", "image", "/p?s=" + kRandomId);
  EXPECT_THAT(found(std::move(session)), IsEmpty());
}

TEST(LinkDecoration, AClickIdOfEightCharactersInAnAddressIsNamedWithItsVendor) {
  World w;
  w.request("shop.example", "main_frame", "/?GCLID=Cj0KCQjw&x=1");
  const auto all = found(std::move(w), "link-decoration");
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_THAT(all[0].detail, AllOf(HasSubstr("gclid"), HasSubstr("Google Ads")));
  for (const char* none : {"/?gclid=1234567", "/?xgclid=Cj0KCQjw", "/gclid=Cj0KCQjw", "/?gclid"}) {
    World other;
    other.request("shop.example", "main_frame", none);
    EXPECT_THAT(found(std::move(other), "link-decoration"), IsEmpty()) << none;
  }
}

World bounced(bool with_cookie, const std::string& through = "bounce.example") {
  World w;
  const auto hop = [&](const std::string& host, std::int64_t n) {
    w.request(host, "main_frame", "/h");
    w.seen.requests.back().rid = "77";
    w.seen.requests.back().hop = n;
  };
  hop("shop.example", 0);
  hop(through, 1);
  hop("news.example", 2);
  if (with_cookie) {
    w.cookie({.name = "b", .host = through});
    w.seen.attempts.back().rid = "77";
  }
  return w;
}

TEST(Bounce, ASiteOnTheWayThatSetsACookieIsOneAndOneThatDoesNotIsNone) {
  EXPECT_THAT(found(bounced(true), "bounce").at(0).detail,
              HasSubstr("from shop.example to news.example led through bounce.example"));
  EXPECT_THAT(found(bounced(false), "bounce"), IsEmpty());
  EXPECT_THAT(found(bounced(true, "www.shop.example"), "bounce"), IsEmpty());
}

TEST(ServerSideTagging, GooglesProtocolOnAHostOfTheSitesOwnIsToldAndNothingElse) {
  World w;
  w.request("metrics.shop.example", "fetch", "/g/collect?v=2&tid=G-AB12CD34&cid=1.2");
  EXPECT_THAT(found(std::move(w), "server-side-tagging"), SizeIs(1));
  for (const char* none : {"/g/collect?v=1&tid=G-AB12CD34", "/g/collect?v=2&tid=UA-1",
                           "/collect?v=2&tid=G-AB12CD34"}) {
    World other;
    other.request("metrics.shop.example", "fetch", none);
    EXPECT_THAT(found(std::move(other), "server-side-tagging"), IsEmpty()) << none;
  }
  World third;
  third.request("www.google-analytics.com", "fetch", "/g/collect?v=2&tid=G-AB12CD34");
  EXPECT_THAT(found(std::move(third), "server-side-tagging"), IsEmpty());
}

TEST(SessionReplay, IsToldOfAScriptThatWasLoadedAndOfNoOtherRequest) {
  World w;
  w.request("static.hotjar.com", "script").request("static.hotjar.com", "script", "/y");
  const auto all = found(std::move(w), "replay");
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_THAT(all[0].detail, HasSubstr("can record what a visitor does"));
  EXPECT_THAT(all[0].entries, SizeIs(2));
  World image, blocked;
  image.request("static.hotjar.com", "image");
  blocked.request("static.hotjar.com", "script", "/x", "net::ERR_BLOCKED_BY_CLIENT");
  EXPECT_THAT(found(std::move(image), "replay"), IsEmpty());
  EXPECT_THAT(found(std::move(blocked), "replay"), IsEmpty());
}

bool is_tracker_by_behaviour(const std::string& area, const std::string& value) {
  World w;
  w.request("widget.example", "sub_frame");
  w.storage(area, "k");
  observe::StorageItem& item = w.seen.storage.back();
  item.origin = "https://widget.example";
  item.place.frame_host = "widget.example";
  item.value = value;
  const detect::Facts facts = detect::detect(std::move(w.seen), test::sites());
  for (const auto& r : facts.requests)
    if (r.request->host == "widget.example") return !r.tracker_by.empty();
  return false;
}

TEST(FrameStorage, AnIdentifierInAThirdPartysLocalStorageIsBehaviour) {
  EXPECT_TRUE(is_tracker_by_behaviour("localStorage", "5812947306"));
  EXPECT_FALSE(is_tracker_by_behaviour("localStorage", "581294730"));
  EXPECT_FALSE(is_tracker_by_behaviour("sessionStorage", kRandomId));
  EXPECT_FALSE(is_tracker_by_behaviour("localStorage", "dark"));
}

TEST(ThirdPartySetter, AFirstPartyCookieOfSomebodyElsesScriptIsMarked) {
  World w;
  w.cookie({.name = "a", .host = "shop.example", .script_host = "cdn.trackr.example"})
      .cookie({.name = "b", .host = "shop.example", .script_host = "static.shop.example"})
      .cookie({.name = "c", .host = "shop.example"});
  const detect::Facts facts = detect::detect(std::move(w.seen), test::sites());
  for (const auto& cookie : facts.cookies)
    EXPECT_EQ(cookie.by_third_party_script, cookie.story.name == "a") << cookie.story.name;
  EXPECT_THAT(facts.cookies, SizeIs(3));
}

}  // namespace
}  // namespace affiant
