// The forms that denials take in policies of every kind: lists of qualities, fragments, reasons,
// words that point back; and what stands beside each and denies less or nothing.
#include "read.h"

namespace affiant::policy {
namespace {

using test::denials;
using test::kinds;
using test::only;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::Not;

TEST(DenialForms, AdvertisingThatQualifiesAnotherThingIsNotDenied) {
  for (const char* text : {"We do not use third-party advertising or analytics cookies.",
                           "The shop does not use analytics, advertising, or tracking services.",
                           "We set no advertising or statistics cookies of our own."})
    EXPECT_THAT(kinds(text), Not(Contains("advertising!"))) << text;
  EXPECT_THAT(kinds("We do not use advertising or trackers."), Contains("advertising!"));
  EXPECT_THAT(kinds("We do not show ads, pop-ups or banners."), Contains("advertising!"));
}

TEST(DenialForms, QualitiesInAListBelongToTheThingBehindThem) {
  EXPECT_THAT(
      only("We do not use analytics, advertising, or preference cookies.", "cookie-category")
          .purposes,
      testing::UnorderedElementsAre("analytics", "advertising", "functional"));
  EXPECT_THAT(only("We never set third-party advertising cookies.", "third-party-denial").purposes,
              ElementsAre("advertising"));
  EXPECT_THAT(kinds("We do not use tracking pixels or cookies."), Contains("no-cookies!"));
}

TEST(DenialForms, TrackingCookiesInAListAreCookiesOfAKind) {
  for (const char* text :
       {"We do not use any advertising or tracking cookies.",
        "We do not use advertising, retargeting, or behavioral tracking cookies.",
        "We do not use any advertising, analytics or tracking cookies."})
    EXPECT_THAT(kinds(text), ElementsAre("cookie-category!")) << text;
  EXPECT_THAT(kinds("We do not use any advertising, analytics, or third-party tracking cookies."),
              testing::UnorderedElementsAre("cookie-category!", "third-party-denial!"));
}

TEST(DenialForms, APurposeBehindForBoundsTheDenial) {
  for (const char* text :
       {"We do not use cookies for tracking, advertising, or any other purpose.",
        "We do not use cookies for profiling.", "We do not use cookies for:\n\n* advertising\n"})
    EXPECT_THAT(kinds(text), Not(Contains("no-cookies!"))) << text;
  EXPECT_THAT(kinds("We do not use cookies for now."), Contains("no-cookies!"));
}

TEST(DenialForms, NonEssentialCookiesWithConsentAreNotOnlyNecessaryOnes) {
  EXPECT_THAT(kinds("We only set non-essential cookies with your consent."),
              Not(Contains("only-necessary")));
  EXPECT_THAT(kinds("We use only strictly necessary cookies to operate the shop."),
              Contains("only-necessary"));
}

TEST(DenialForms, WhatOthersMayDoBehindTheDenialIsNotDenied) {
  EXPECT_THAT(kinds("While we do not set cookies, some third-party services may set theirs."),
              Not(Contains("third-party-denial!")));
  EXPECT_THAT(denials("We do not permit advertisers to use any data of our visitors to target "
                      "content elsewhere."),
              IsEmpty());
  EXPECT_THAT(kinds("There are no ads on these pages, and no cookies."),
              IsSupersetOf({"advertising!", "no-cookies!"}));
}

TEST(DenialForms, CookieDataAndWhatEmbedsWouldSetAreNoCookiesOfTheSite) {
  EXPECT_THAT(kinds("We do not serve ads or share cookie data with anybody."),
              Not(Contains("no-cookies!")));
  EXPECT_THAT(kinds("We do not embed third-party content (such as maps) that would set cookies."),
              Not(Contains("no-cookies!")));
}

TEST(DenialForms, ItAfterASentenceAboutTheSiteIsTheSite) {
  EXPECT_THAT(kinds("This website is a static one. It does not load third-party scripts."),
              Contains("third-party-denial!"));
  EXPECT_THAT(kinds("This website uses Plausible. It does not set cookies."),
              Not(Contains("no-cookies!")));
}

TEST(DenialForms, ThirdPartyAnalyticsNeedNoNounBehindThem) {
  EXPECT_THAT(only("We do not use third-party analytics.", "third-party-denial").purposes,
              ElementsAre("analytics"));
  EXPECT_THAT(kinds("We do not use any third-party services on these pages."),
              ElementsAre("third-party-denial!"));
  EXPECT_THAT(denials("We do not offer third-party services or products."), IsEmpty());
  EXPECT_THAT(kinds("We do not load third-party scripts or cookies."), Not(Contains("no-cookies!")))
      << "the cookies may be those of third parties";
}

TEST(DenialForms, CookiesOfAKindThatIsNotKnownAreNotAllCookies) {
  for (const char* text : {"There is no account cookie.", "We do not set the following cookies.",
                           "We do not use Hotjar cookies."})
    EXPECT_THAT(kinds(text), Not(Contains("no-cookies!"))) << text;
  EXPECT_THAT(kinds("We do not use browser cookies."), Contains("no-cookies!"));
}

TEST(DenialForms, AFragmentDeniesWithoutAVerb) {
  EXPECT_THAT(kinds("We respect you. No cookies. No third-party trackers, no ads."),
              IsSupersetOf({"no-cookies!", "third-party-denial!", "advertising!"}));
  EXPECT_THAT(kinds("* No cross-site tracking\n* No fingerprinting\n"),
              ElementsAre("behavioural-tracking!", "beacon-or-fingerprint!"));
  EXPECT_THAT(kinds("Privacy: no tracking."), Contains("behavioural-tracking!"));
  for (const char* text :
       {"No cookie policy can foresee everything.", "No cookies without your consent!",
        "No, thank you.", "No third-party links are checked by us.",
        "No cookies may be deleted by you.", "No advertiser pays for a review."})
    EXPECT_THAT(denials(text), IsEmpty()) << text;
}

TEST(DenialForms, ItemsThatAreStatementsAreReadAsSuch) {
  EXPECT_THAT(
      kinds("What you will not find here:\n\n* No tracking pixels\n* We do not display ads\n"),
      IsSupersetOf({"beacon-or-fingerprint!", "advertising!"}));
}

TEST(DenialForms, AReasonIsNotTheClaimButItsOwnSubjectIs) {
  EXPECT_THAT(kinds("No banner is needed, as we use only essential cookies."),
              Contains("only-necessary"));
  EXPECT_THAT(kinds("We note that we do not use cookies."), Contains("no-cookies!"));
  EXPECT_THAT(kinds("It is important to know that this site does not use cookies."),
              Contains("no-cookies!"));
  EXPECT_THAT(denials("We cannot tell, because there are no cookies on your device."), IsEmpty());
}

TEST(DenialForms, ItStandsForTheSiteOrForTheCookiesBeforeIt) {
  EXPECT_THAT(kinds("The shop is quiet; it does not use cookies."), Contains("no-cookies!"));
  EXPECT_THAT(kinds("We rely on Plausible; it does not use cookies."),
              Not(Contains("no-cookies!")));
  EXPECT_THAT(kinds("We use local storage for your basket. It is not used to track you across "
                    "other websites."),
              Contains("behavioural-tracking!"));
  EXPECT_THAT(denials("We like apples. It is not used to track you."), IsEmpty());
}

TEST(DenialForms, FollowingWhatYouDoElsewhereIsBehaviouralTracking) {
  EXPECT_THAT(kinds("We do not track your activity across other websites."),
              ElementsAre("behavioural-tracking!"));
  EXPECT_THAT(denials("We do not track your parcel."), IsEmpty());
}

TEST(DenialForms, WhatCannotBeIsNoPromise) {
  EXPECT_THAT(denials("Such a cookie cannot be used by anyone other than the provider."),
              IsEmpty());
}

TEST(DenialForms, EssentialCookiesOnlyMayHaveTheirOnlyBehindThem) {
  EXPECT_THAT(kinds("The shop uses essential cookies only."), ElementsAre("only-necessary"));
  EXPECT_THAT(kinds("The shop uses essential cookies only on the checkout page."),
              Not(Contains("only-necessary")));
}

TEST(DenialForms, ALabelWithTheSignalsNameIsNotAboutTheSignal) {
  EXPECT_THAT(kinds("Do Not Track: we do not track you across other websites."),
              ElementsAre("behavioural-tracking!"));
  EXPECT_THAT(kinds("Do Not Track: we do not respond to it."), Not(Contains("no-cookies!")));
}

}  // namespace
}  // namespace affiant::policy
