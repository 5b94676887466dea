#include "knowledge/knowledge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace affiant::knowledge {
namespace {

using ::testing::Contains;
using ::testing::Not;

std::string product(std::string_view host) {
  const Vendor* vendor = find_vendor(host);
  return vendor == nullptr ? "" : std::string(vendor->product);
}

TEST(FindVendor, LongestHostSuffixWins) {
  EXPECT_EQ(product("accounts.google.com"), "Google Sign-In");
  EXPECT_EQ(product("www.google.com"), "Google");
  EXPECT_EQ(product("fonts.googleapis.com"), "Google Fonts");
  EXPECT_EQ(product("bat.bing.com"), "Bing Universal Event Tracking");
  EXPECT_EQ(product("www.bing.com"), "Bing");
}

TEST(FindVendor, MatchesWholeLabelsOnly) {
  EXPECT_EQ(product("notgoogle-analytics.com"), "");
  EXPECT_EQ(product("google-analytics.com.evil.example"), "");
  EXPECT_EQ(product("com"), "");
  EXPECT_EQ(product(""), "");
  EXPECT_EQ(product("..."), "");
}

TEST(FindVendor, UnderstandsCaseAndDots) {
  EXPECT_EQ(product("WWW.Google-Analytics.COM."), "Google Analytics");
  EXPECT_EQ(product(".doubleclick.net"), product("ad.doubleclick.net"));
}

// Every host that the page of the development policy contacted.
TEST(FindVendor, KnowsThePartiesOfTheEmasteredPage) {
  EXPECT_EQ(product("www.google-analytics.com"), "Google Analytics");
  EXPECT_EQ(product("www.googletagmanager.com"), "Google Tag Manager");
  EXPECT_EQ(find_vendor("connect.facebook.net")->owner, "Meta");
  EXPECT_EQ(product("www.facebook.com"), "Facebook Pixel");
  EXPECT_EQ(product("cdn.mxpnl.com"), "Mixpanel");
  EXPECT_EQ(product("api.mixpanel.com"), "Mixpanel");
  EXPECT_EQ(product("apis.google.com"), "Google Sign-In");
  EXPECT_EQ(product("p.typekit.net"), product("use.typekit.net"));
  EXPECT_EQ(find_vendor("use.typekit.net")->owner, "Adobe");
  EXPECT_EQ(product("fonts.gstatic.com"), "Google Fonts");
  EXPECT_EQ(product("js.braintreegateway.com"), "Braintree");
  EXPECT_EQ(product("api-iam.intercom.io"), product("js.intercomcdn.com"));
  EXPECT_EQ(find_vendor("d1q4z6c1vnlqgs.cloudfront.net")->category, "cdn");
}

TEST(FindVendor, KnowsWhoIsBehindWhatTheWebLoadsMost) {
  EXPECT_EQ(product("sync.a-mo.net"), "AMX RTB");
  EXPECT_EQ(product("t.adx.opera.com"), "Opera Ads");
  EXPECT_EQ(product("www.merchant-center-analytics.goog"), "Google Merchant Center");
  EXPECT_EQ(find_vendor("lb.eu-1-id5-sync.com")->owner, "ID5");
  EXPECT_EQ(find_vendor("prebid.pixad.com.tr")->owner, "AdMatic");
  EXPECT_EQ(find_vendor("top-fwz1.mail.ru")->owner, "VK");
  EXPECT_EQ(find_vendor("ad.mail.ru")->category, "advertising");
  EXPECT_EQ(find_vendor("csp.secureserver.net")->category, "analytics");
  EXPECT_EQ(find_vendor("img1.secureserver.net")->category, "cdn");
}

// By what they say they do themselves; third-party-web has all of these otherwise.
TEST(FindVendor, CategoriesOfOursStandAboveThePackages) {
  for (const char* host : {"pubmatic-match.dotomi.com", "secure.cdn.fastclick.net",
                           "user-sync.fwmrm.net", "cs.admanmedia.com", "sync.aniview.com"})
    EXPECT_EQ(find_vendor(host)->category, "advertising") << host;
  EXPECT_EQ(find_vendor("d2wy8f7a9ursnm.cloudfront.net")->owner, "SmartBear");
  EXPECT_EQ(find_vendor("panorama.wixapps.net")->category, "analytics");
}

TEST(Names, AnOwnerCoversItsProducts) {
  EXPECT_THAT(names_of(*find_vendor("ad.doubleclick.net")), Contains("google"));
  EXPECT_THAT(names_of(*find_vendor("www.youtube.com")), Contains("google"));
  EXPECT_THAT(names_of(*find_vendor("connect.facebook.net")), Contains("facebook"));
  EXPECT_THAT(names_of(*find_vendor("connect.facebook.net")), Contains("meta"));
  EXPECT_THAT(names_of(*find_vendor("www.instagram.com")), Contains("meta"));
  EXPECT_THAT(names_of(*find_vendor("px.ads.linkedin.com")), Contains("microsoft"));
}

TEST(Names, AProductDoesNotCoverItsSiblings) {
  EXPECT_THAT(names_of(*find_vendor("www.google-analytics.com")), Not(Contains("youtube")));
  EXPECT_THAT(names_of(*find_vendor("bat.bing.com")), Not(Contains("linkedin")));
  EXPECT_THAT(product_names_of(*find_vendor("www.google-analytics.com")), Not(Contains("google")));
}

TEST(VendorByName, ReadsNamesAsAPolicyWritesThem) {
  ASSERT_NE(vendor_by_name("Google Analytics"), nullptr);
  EXPECT_EQ(vendor_by_name("Google Analytics")->product, "Google Analytics");
  EXPECT_EQ(vendor_by_name("FACEBOOK")->owner, "Meta");
  EXPECT_EQ(vendor_by_name("Google Inc.")->owner, "Google");
  EXPECT_EQ(vendor_by_name("DoubleClick")->owner, "Google");
  EXPECT_EQ(vendor_by_name("Typekit")->owner, "Adobe");
  EXPECT_EQ(vendor_by_name("Nobody In Particular"), nullptr);
  EXPECT_EQ(vendor_by_name(""), nullptr);
}

TEST(FindCookie, MasksMatchWholeNamesAndTheMostSpecificWins) {
  EXPECT_EQ(find_cookie("_ga_AB12CD34", "shop.example")->pattern, "_ga_*");
  EXPECT_EQ(find_cookie("_ga", "shop.example")->pattern, "_ga");
  EXPECT_EQ(find_cookie("AMP_MKTG_0123", "shop.example")->pattern, "AMP_MKTG_*");
  EXPECT_EQ(find_cookie("mp_1a2b_mixpanel", "shop.example")->owner, "Mixpanel");
  EXPECT_EQ(find_cookie("mp_1a2b_other", "shop.example"), nullptr);
  EXPECT_EQ(find_cookie("_GA", "shop.example"), nullptr) << "cookie names have case";
  EXPECT_EQ(find_cookie("", "shop.example"), nullptr);
}

TEST(FindCookie, AMeaningConfinedToADomainHoldsOnlyThere) {
  EXPECT_NE(find_cookie("fr", ".facebook.com"), nullptr);
  EXPECT_EQ(find_cookie("fr", "boutique.fr"), nullptr) << "a language cookie of a French shop";
  EXPECT_NE(find_cookie("fr"), nullptr) << "a look-up by hand knows no domain";
  EXPECT_NE(find_cookie("NID", ".google.de"), nullptr);
  EXPECT_NE(find_cookie("NID", ".google.co.uk"), nullptr);
  EXPECT_EQ(find_cookie("NID", ".google.evil.example"), nullptr);
  EXPECT_EQ(find_cookie("NID", "notgoogle.de"), nullptr);
  EXPECT_EQ(find_cookie("IDE", "xdoubleclick.net"), nullptr);
}

TEST(FindCookie, LifetimesAreSecondsZeroForASessionAndMinusOneWhenNotDocumented) {
  EXPECT_EQ(find_cookie("_ga")->lifetime_s, 2 * 365 * 86'400);
  EXPECT_EQ(find_cookie("_gid")->lifetime_s, 86'400);
  EXPECT_EQ(find_cookie("PHPSESSID")->lifetime_s, 0);
  EXPECT_EQ(find_cookie("IDE")->lifetime_s, -1);
}

TEST(FindCookie, ManyStarsAgainstALongNameEndAtOnce) {
  const std::string name(4'096, 'm');
  EXPECT_EQ(find_cookie(name), nullptr);
}

TEST(Provenance, NamesEveryTableWithItsDigest) {
  std::vector<Provenance> all = provenance();
  ASSERT_GE(all.size(), 3U);
  for (const Provenance& p : all) {
    EXPECT_EQ(p.sha256.size(), 64U);
    EXPECT_EQ(p.licence, p.source.starts_with("affiant ") ? "Apache-2.0" : "MIT");
    EXPECT_FALSE(p.version.empty());
  }
}

// An offline build has our own tables alone.
#define SKIP_WITHOUT_PACKAGE() \
  if (provenance().size() < 4) \
  GTEST_SKIP() << "NOT TESTED: built without third-party-web (see the build's warning)"

TEST(Package, NamesOwnersThatOurTableDoesNotUnderTheNamesThatOursHas) {
  SKIP_WITHOUT_PACKAGE();
  EXPECT_EQ(provenance().back().source, "npm third-party-web");
  EXPECT_EQ(provenance().back().version, "0.30.0");
  const Vendor* vendor = find_vendor("www.readspeaker.com");
  ASSERT_NE(vendor, nullptr);
  EXPECT_EQ(vendor->owner, "ReadSpeaker");
  // "Facebook" in the package.
  for (const char* host : {"connect.facebook.net", "www.fbsbx.com", "cdn.liverail.com"}) {
    ASSERT_NE(find_vendor(host), nullptr) << host;
  }
  EXPECT_EQ(find_vendor("www.fbsbx.com")->owner, find_vendor("www.facebook.com")->owner);
}

TEST(Package, OurTableWinsWhereItSaysMore) {
  SKIP_WITHOUT_PACKAGE();
  EXPECT_EQ(find_vendor("stripe.com")->category, "payment");
  EXPECT_EQ(find_vendor("cdn.hotjar.com")->category, "session-replay");
}

TEST(Package, ANameThatMayBeAWordProvesNothingInRunningText) {
  SKIP_WITHOUT_PACKAGE();
  const Vendor* vendor = find_vendor("primefuse.com");
  ASSERT_NE(vendor, nullptr);
  EXPECT_FALSE(is_common_word(vendor->product));  // "15gifts": a figure in it.
  EXPECT_TRUE(is_common_word("Ada"));
  EXPECT_FALSE(is_common_word("Hotjar"));  // Ours are looked at one by one.
}

TEST(CommonWords, ProveNothingInRunningText) {
  EXPECT_TRUE(is_common_word("Segment"));
  EXPECT_TRUE(is_common_word("meta"));
  EXPECT_TRUE(is_common_word("Opera")) << "policies name browsers";
  EXPECT_TRUE(is_common_word("AdOpt"));
  EXPECT_TRUE(is_common_word("Digital Audience"));
  EXPECT_FALSE(is_common_word("audience"));
  EXPECT_FALSE(is_common_word("Opera Ads"));
  EXPECT_FALSE(is_common_word(""));
  EXPECT_FALSE(is_common_word("adjust|adopt"));
  EXPECT_FALSE(is_common_word("Google Analytics"));
  EXPECT_FALSE(is_common_word("Hotjar"));
}

}  // namespace
}  // namespace affiant::knowledge
