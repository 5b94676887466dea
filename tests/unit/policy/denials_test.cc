// What is denied, how far the words reach, and what only looks like a denial.
#include "read.h"

namespace affiant::policy {
namespace {

using test::denials;
using test::kinds;
using test::only;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

TEST(Denials, PlainOnesOfEveryTypeAreRead) {
  EXPECT_THAT(kinds("We do not use cookies."), ElementsAre("no-cookies!"));
  EXPECT_THAT(kinds("No cookies are set on this site."), ElementsAre("no-cookies!"));
  EXPECT_THAT(kinds("Our website uses no cookies at all."), ElementsAre("no-cookies!"));
  EXPECT_THAT(kinds("There are no cookies on these pages."), ElementsAre("no-cookies!"));
  EXPECT_THAT(kinds("This shop never sets third-party cookies."),
              ElementsAre("third-party-denial!"));
  EXPECT_THAT(kinds("We don’t load any third-party scripts."), ElementsAre("third-party-denial!"));
  EXPECT_THAT(kinds("Third-party fonts and scripts are never loaded."),
              Contains("third-party-denial!"));
  EXPECT_THAT(kinds("We do not use any trackers."), ElementsAre("third-party-denial!"));
  EXPECT_THAT(kinds("We do not allow third-party behavioral tracking."),
              ElementsAre("behavioural-tracking!"));
  EXPECT_THAT(kinds("We do not track you across websites."), ElementsAre("behavioural-tracking!"));
  EXPECT_THAT(kinds("We do not show any advertisements."), ElementsAre("advertising!"));
  EXPECT_THAT(kinds("We do not use web beacons or browser fingerprinting."),
              Contains("beacon-or-fingerprint!"));
  EXPECT_THAT(kinds("The shop does not use Google Analytics."), ElementsAre("named-third-party!"));
  EXPECT_THAT(kinds("We do not use local storage."), ElementsAre("other-storage!"));
  EXPECT_THAT(kinds("Our cookies do not contain any personal information."),
              ElementsAre("cookie-content!"));
  EXPECT_THAT(kinds("We never use advertising cookies."), ElementsAre("cookie-category!"));
}

TEST(Denials, WithoutAVerbThatDoesTheyAreReadToo) {
  EXPECT_THAT(kinds("This site is free of advertising and trackers."),
              ElementsAre("advertising!", "third-party-denial!"));
  EXPECT_THAT(kinds("The website works entirely without cookies."), ElementsAre("no-cookies!"));
  EXPECT_THAT(kinds("Orchardly is ad-free and tracker-free."),
              ElementsAre("advertising!", "behavioural-tracking!"));
  EXPECT_THAT(kinds("You will not be tracked across the web."),
              ElementsAre("behavioural-tracking!"));
  EXPECT_THAT(kinds("We use neither cookies nor similar technologies."), Contains("no-cookies!"));
  EXPECT_THAT(denials("The shop is not ad-free."), IsEmpty());
  EXPECT_THAT(denials("Without cookies the shop does not remember you."), IsEmpty());
  EXPECT_THAT(denials("You will not be tracked if you opt out."), IsEmpty());
}

TEST(Denials, OfWhatWasTakenAwayAreNoUses) {
  EXPECT_THAT(kinds("We have disabled all third-party trackers."), IsEmpty());
  EXPECT_THAT(kinds("We have not installed any trackers."), ElementsAre("third-party-denial!"));
  EXPECT_THAT(kinds("We have installed Google Analytics."), ElementsAre("named-third-party"));
}

TEST(Denials, OfAnotherInARelativeClauseSayNothingOfTheSite) {
  EXPECT_THAT(kinds("We use Plausible Analytics, which does not use cookies."),
              ElementsAre("named-third-party"));
}

TEST(Denials, OfToolsThatCollectPersonalDataDenyNoTools) {
  EXPECT_THAT(denials("We do not use third-party analytics tools to collect any personally "
                      "identifiable information."),
              IsEmpty());
}

TEST(Denials, OfOtherCookiesThanThoseListedSayThatTheListIsWhole) {
  EXPECT_THAT(kinds("We do not use cookies other than the ones listed below."),
              ElementsAre("closed-list"));
  EXPECT_THAT(kinds("We do not set cookies other than a login cookie."),
              ElementsAre("no-cookies!"));
}

TEST(Denials, OfUnnecessaryCookiesUntilConsentAreConsent) {
  EXPECT_THAT(kinds("Non-essential cookies are not set until you give your consent."),
              ElementsAre("consent"));
}

TEST(Denials, ANameOfTheSiteItselfIsItsSubject) {
  EXPECT_THAT(kinds("Orchardly does not use tracking pixels."),
              ElementsAre("beacon-or-fingerprint!"));
  EXPECT_THAT(kinds("The Museum never uses cookies."), ElementsAre("no-cookies!"));
}

TEST(Denials, PersistentCookiesAreDeniedAsSuch) {
  EXPECT_THAT(only("We do not use persistent cookies.", "no-cookies").data,
              ElementsAre("persistent-cookies"));
}

TEST(Denials, ExceptionsBeforeAndAfterAreKept) {
  EXPECT_EQ(only("Except on the checkout page, we do not set cookies.", "no-cookies").exception,
            "Except on the checkout page");
  EXPECT_EQ(only("We do not set cookies other than a login cookie.", "no-cookies").exception,
            "other than a login cookie");
  const Statement s =
      only("We never load third-party scripts unless you press play.", "third-party-denial");
  EXPECT_EQ(s.exception, "unless you press play");
  EXPECT_EQ(s.modality, "unless");
  EXPECT_THAT(
      only("We do not use cookies, with the exception of strictly necessary ones.", "no-cookies")
          .exception,
      testing::HasSubstr("strictly necessary"));
}

TEST(Denials, ANextSentenceThatBeginsWithHoweverIsAnException) {
  const auto found = denials(
      "Typically, we do not use cookies on these pages. However, the ticket office does use "
      "cookies.");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].hedged);
  EXPECT_THAT(found[0].exception, testing::HasSubstr("ticket office"));
}

TEST(Denials, HedgesConditionsAndScopesAreKept) {
  EXPECT_TRUE(only("Most of our pages do not use cookies.", "no-cookies").hedged);
  EXPECT_TRUE(only("We generally do not use cookies.", "no-cookies").hedged);
  EXPECT_EQ(only("We do not use cookies in our newsletter.", "no-cookies").scope,
            "in our newsletter");
  EXPECT_EQ(only("If you are not logged in, we do not set cookies.", "no-cookies").modality, "if");
  EXPECT_EQ(only("We do not use cookies on docs.shop.example.", "no-cookies").scope,
            "on docs.shop.example");
}

TEST(Denials, OfOnePurposeDenyOnlyThatPurpose) {
  EXPECT_THAT(kinds("The shop never uses persistent cookies to collect personal information."),
              ElementsAre("cookie-content!"));
  const Statement s = only("We do not use cookies for advertising purposes.", "cookie-category");
  EXPECT_EQ(s.polarity, "does-not");
  EXPECT_THAT(s.purposes, ElementsAre("advertising"));
  EXPECT_THAT(denials("We do not use cookies to do this."), IsEmpty());
  EXPECT_THAT(denials("We do not use cookies for this."), IsEmpty());
  EXPECT_THAT(denials("We do not use cookies to make coffee."), IsEmpty());
  EXPECT_THAT(kinds("We do not use cookies to track you across other websites."),
              Not(Contains("no-cookies!")));
}

TEST(Denials, AShortAnswerBelowAQuestionIsOne) {
  EXPECT_THAT(kinds("## Do we use cookies?\n\nNo!\n"), ElementsAre("no-cookies!"));
  EXPECT_THAT(kinds("## Do you need third-party cookies?\n\nNever.\n"), IsEmpty())
      << "asks about the reader, not the site";
  EXPECT_THAT(kinds("## Are third-party scripts loaded?\n\nNo.\n"),
              ElementsAre("third-party-denial!"));
  EXPECT_THAT(denials("## Do we use cookies?\n\nYes.\n"), IsEmpty());
  EXPECT_THAT(kinds("## Do we use cookies?\n\nYes.\n"), ElementsAre("uses-cookies"));
  EXPECT_THAT(denials("## How do we use cookies?\n\nNo details yet.\n"), IsEmpty());
}

TEST(Denials, AQuotationIsTheExactText) {
  const Document d = test::document("Intro.\n\nWe ﬁrmly do **not** use cookies – ever.\n");
  const Declaration r = read_policy(d, {});
  for (const Statement& s : r.statements)
    EXPECT_EQ(s.quote, d.text.substr(s.start, s.end - s.start));
  EXPECT_EQ(r.statements.size(), 1U);
}

TEST(Denials, LegalTermsAndServersAreNotForABrowser) {
  const Statement s =
      only("We do not sell your personal information as defined by state law.", "sale-or-sharing");
  EXPECT_EQ(s.polarity, "does-not");
  EXPECT_EQ(s.observable, "no");
  EXPECT_EQ(only("Your data is never shared with third parties.", "sale-or-sharing").observable,
            "no");
}

TEST(Denials, CoordinatedByAndLeavesTheSecondVerbOpen) {
  EXPECT_THAT(kinds("We do not sell your data and use cookies to keep you signed in."),
              Not(Contains("no-cookies!")));
  EXPECT_THAT(kinds("We do not sell your data, and we use cookies."), Contains("uses-cookies"));
  EXPECT_THAT(kinds("We do not sell your personal data or set third-party cookies."),
              Contains("third-party-denial!"));
}

TEST(Denials, ListsBelowALeadInAreDenied) {
  EXPECT_THAT(kinds("We do not:\n\n* use third-party cookies\n* show advertisements\n"),
              testing::AllOf(Contains("third-party-denial!"), Contains("advertising!")));
}

// Each looks like a denial of tracking to a reader of words alone.
class Trap : public testing::TestWithParam<const char*> {};

TEST_P(Trap, YieldsNoDenial) { EXPECT_THAT(denials(GetParam()), IsEmpty()) << GetParam(); }

INSTANTIATE_TEST_SUITE_P(
    Denials, Trap,
    testing::Values("We do not scan our servers for weaknesses.",
                    "If you do not accept cookies, parts of the shop may not work.",
                    "If you disable cookies, you cannot use the basket.",
                    "We have no control over the cookies of our partners.",
                    "We are not responsible for cookies set by other websites.",
                    "This policy does not cover cookies set by advertisers.",
                    "The privacy practices of these third parties are not supervised by us.",
                    "Cookies are small files that do not harm your computer.",
                    "Cookies cannot read data from your hard disk.",
                    "You may not be able to use third-party features without cookies.",
                    "You can set your browser not to accept cookies.",
                    "We do not only use our own cookies.",
                    "We use cookies not only for security but also for advertising.",
                    "Cookies include, but are not limited to, session cookies.",
                    "We cannot use cookies to guess your password, and we do not want to.",
                    "No cookie policy can foresee everything.",
                    "The cookie banner will no longer be shown after your choice.",
                    "You do not have to allow cookies.", "Please do not block our cookies.",
                    "The law does not allow third parties to track you without consent.",
                    "We do not know which cookies our partners set.",
                    "Whether or not you accept cookies, the shop works.",
                    "Opting out does not mean that you will no longer see advertisements.",
                    "We do not delete cookies that were set before you withdrew your consent.",
                    "Do you not want third-party cookies? Then change your settings.",
                    "Information about advertisements you clicked is not stored on our servers.",
                    "We do not collect personal information through cookies without your consent.",
                    "Mobile applications of other companies do not use our cookies."));

}  // namespace
}  // namespace affiant::policy
