// How far a denial reaches: what a bracket takes back, whose it is, and which cookies it means.
// Found on policies that nothing here was written from.
#include "read.h"

namespace affiant::policy {
namespace {

using test::denials;
using test::kinds;
using test::only;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::IsSupersetOf;
using testing::Not;
using testing::UnorderedElementsAre;

TEST(DenialLimits, WhatIsLeftToSayOfTheCookiesMeansOnlySome) {
  for (const char* text :
       {"We do not use any cookies that require your consent.",
        "We do not use any cookies requiring consent.", "No cookies requiring consent are set.",
        "We do not use cookies of this type.", "This shop does not set any cookies of its own.",
        "We do not use any cookies in these categories.",
        "We do not use any cookies or similar technologies that need your consent."})
    EXPECT_THAT(kinds(text), Not(Contains("no-cookies!"))) << text;
  EXPECT_THAT(kinds("We do not use cookies of any kind."), ElementsAre("no-cookies!"));
  EXPECT_THAT(kinds("We do not use cookies or other similar technologies."),
              Contains("no-cookies!"));
}

TEST(DenialLimits, BracketsTakeBackAsCommasDo) {
  EXPECT_EQ(only("We do not use cookies (other than a login cookie).", "no-cookies").exception,
            "other than a login cookie");
  EXPECT_EQ(only("No cookies (except one for the basket).", "no-cookies").exception,
            "except one for the basket");
  EXPECT_THAT(only("We do not show ads (except on the free plan).", "advertising").exception,
              HasSubstr("free plan"));
  EXPECT_EQ(only("We do not use cookies (small files).", "no-cookies").exception, "");
}

TEST(DenialLimits, OfAListOfKindsOfCookiesEachIsOneKind) {
  const auto said =
      kinds("We do not use any tracking, analytics, advertising, or third-party cookies.");
  EXPECT_THAT(said, UnorderedElementsAre("cookie-category!", "third-party-denial!"));
  EXPECT_THAT(kinds("We do not use advertising or third-party trackers."),
              Contains("advertising!"));
}

TEST(DenialLimits, OfAToolOrAPartAreNotTheSites) {
  EXPECT_THAT(denials("Quincemetrics: We use a tool which is gentle and does not use cookies to "
                      "track visitors."),
              IsEmpty());
  EXPECT_THAT(denials("We use Plausible Analytics, a tool that sets no cookies and does not track "
                      "you."),
              IsEmpty());
  EXPECT_THAT(denials("Its statistics are cookie-free."), IsEmpty());
  EXPECT_EQ(only("Our mobile app does not use cookies.", "no-cookies").scope, "Our mobile app");
  EXPECT_EQ(only("Our payment page does not set cookies.", "no-cookies").scope, "Our payment page");
  EXPECT_EQ(only("The mobile app does not use advertising cookies.", "cookie-category").scope,
            "The mobile app");
  EXPECT_EQ(only("Our website does not use cookies.", "no-cookies").scope, "");
  EXPECT_EQ(only("Our online shop sets no cookies.", "no-cookies").scope, "");
}

TEST(DenialLimits, OfTheServiceJustNamedHoldForIt) {
  EXPECT_EQ(only("We use Plausible Analytics. No cookies are set.", "no-cookies").scope,
            "Plausible Analytics");
  EXPECT_EQ(
      only("# Privacy\n\n## Plausible Analytics\n\nNo cookies are set.\n", "no-cookies").scope,
      "Plausible Analytics");
  EXPECT_EQ(
      only("We use Plausible Analytics. No cookies are set on our website.", "no-cookies").scope,
      "on our website");
  EXPECT_EQ(only("We use Plausible Analytics. We set no cookies.", "no-cookies").scope, "");
}

TEST(DenialLimits, ANameThatTheTextBroughtInIsNotTheSite) {
  EXPECT_THAT(denials("We use Orchardmeter for statistics. Orchardmeter does not use cookies."),
              IsEmpty());
  EXPECT_THAT(kinds("We use a cookie while using Orchard Shop. Orchard Shop uses no trackers."),
              Contains("third-party-denial!"));
  EXPECT_THAT(kinds("Orchardly does not use cookies. We use Orchardmeter for statistics."),
              Contains("no-cookies!"));
}

TEST(DenialLimits, OfOneKindOfCookiesOrOneKindOfPeopleSaysSo) {
  EXPECT_EQ(only("Session cookies are not used to track you.", "behavioural-tracking").scope,
            "Session cookies");
  EXPECT_EQ(only("Analytics cookies are not used for advertising.", "cookie-category").scope,
            "Analytics cookies");
  EXPECT_EQ(only("We do not use advertising cookies for users under 18.", "cookie-category").scope,
            "for users under 18");
  EXPECT_EQ(only("Your visitors are not tracked.", "behavioural-tracking").scope, "Your visitors");
}

TEST(DenialLimits, WhatIsDeniedIsNotDoneInItsPurposeEither) {
  EXPECT_THAT(kinds("We do not use your data to show you ads."), Not(Contains("advertising")));
  EXPECT_THAT(kinds("We use Plausible Analytics, which does not track you across websites."),
              Not(Contains("behavioural-tracking")));
  EXPECT_THAT(kinds("We embed videos in no-cookie mode."), Not(Contains("uses-cookies")));
}

TEST(DenialLimits, AReasonOrANewSentenceBehindAndRestrictsNothing) {
  const Statement s =
      only("We don't use advertising cookies because there is nothing to sell.", "cookie-category");
  EXPECT_EQ(s.polarity, "does-not");
  EXPECT_EQ(s.scope, "");
  EXPECT_THAT(kinds("We don't use tracking cookies, and there is no banner to click away."),
              Contains("cookie-category!"));
}

TEST(DenialLimits, ListsNameAllThatIsDenied) {
  EXPECT_THAT(
      only("We do not use Google Analytics, Mixpanel or Hotjar.", "named-third-party").parties,
      ElementsAre("Google Analytics", "Mixpanel", "Hotjar"));
  EXPECT_THAT(only("The site uses no pixels and no fingerprinting.", "beacon-or-fingerprint").data,
              UnorderedElementsAre("pixels", "fingerprinting"));
  EXPECT_THAT(kinds("Our shop uses no local storage for tracking, no pixels and no cookies."),
              IsSupersetOf({"beacon-or-fingerprint!", "no-cookies!"}));
}

TEST(DenialLimits, ItemsThatExplainThemselvesAreDeniedLikeOthers) {
  const auto said = denials(
      "We do not use:\n\n* Advertising cookies — nothing is sold here\n\n* Session recording — we "
      "do "
      "not watch\n\n* Fingerprinting — it is rude\n");
  std::vector<std::string> types;
  for (const Statement& s : said) types.push_back(s.type);
  EXPECT_THAT(types, IsSupersetOf({"cookie-category", "beacon-or-fingerprint"}));
  for (const Statement& s : said) {
    if (s.type != "beacon-or-fingerprint") continue;
    EXPECT_THAT(s.data, UnorderedElementsAre("session-replay", "fingerprinting"));
  }
}

TEST(DenialLimits, AnalyticsNeedNoWordForWhatDoesThem) {
  for (const char* text : {"We do not use analytics.", "No analytics.",
                           "We do not use any analytics software.", "This site runs no analytics."})
    EXPECT_THAT(kinds(text), ElementsAre("third-party-denial!")) << text;
  EXPECT_THAT(kinds("We do not use analytics cookies."), ElementsAre("cookie-category!"));
}

TEST(DenialLimits, AHeadingThatIsASentenceSaysIt) {
  EXPECT_THAT(kinds("## We do not use cookies\n\nThere is little more to tell about that.\n"),
              Contains("no-cookies!"));
  EXPECT_THAT(kinds("## What we do not do\n\nThere is little more to tell about that.\n"),
              Not(Contains("no-cookies!")));
}

TEST(DenialLimits, WhoIsDeniedIsNotWhatIsUsed) {
  EXPECT_THAT(kinds("No external services set cookies through our site."),
              ElementsAre("third-party-denial!"));
  EXPECT_THAT(kinds("No, we do not currently use any cookies."), ElementsAre("no-cookies!"));
  EXPECT_THAT(kinds("We do not track your browsing history."),
              ElementsAre("behavioural-tracking!"));
  EXPECT_THAT(kinds("We do not allow Google to use our statistics."),
              Not(Contains("named-third-party!")));
  EXPECT_THAT(kinds("Google's terms apply, and your data is not used for training."),
              Not(Contains("named-third-party!")));
  EXPECT_THAT(
      kinds("We use Google Analytics with these measures:\n\n* No analytics cookies are set "
            "until you agree.\n"),
      Not(Contains("named-third-party!")));
  EXPECT_THAT(kinds("Google Analytics is not used."), ElementsAre("named-third-party!"));
}

TEST(DenialLimits, EachKindOfAListIsDenied) {
  EXPECT_THAT(only("The shop does not use advertising cookies, social media cookies, or analytics "
                   "cookies.",
                   "cookie-category")
                  .purposes,
              UnorderedElementsAre("advertising", "social", "analytics"));
  EXPECT_THAT(kinds("We do not use advertising or cross-site tracking cookies."),
              Not(Contains("advertising!")));
}

TEST(DenialLimits, AListThatStandsElsewhereIsNotClosedHere) {
  EXPECT_THAT(kinds("For the full list of cookies that we use, see our cookie list."),
              Not(Contains("closed-list")));
}

TEST(OnlyNecessary, IsSaidBehindTheWordCookiesToo) {
  for (const char* text : {"We only use cookies required for the website to function.",
                           "We only use cookies that are strictly necessary.",
                           "The shop uses only the cookies it needs to work.",
                           "The cookies we use are strictly necessary.",
                           "All our cookies are essential.", "Strictly necessary cookies only."})
    EXPECT_THAT(kinds(text), Contains("only-necessary")) << text;
  for (const char* text :
       {"We only use cookies required for the website to function or for which you gave consent.",
        "The cookies we use are strictly necessary or for analytics.",
        "We only use cookies needed to improve our marketing."})
    EXPECT_THAT(kinds(text), Not(Contains("only-necessary"))) << text;
}

TEST(OnlyFirstParty, DeniesTheCookiesOfOthers) {
  EXPECT_THAT(kinds("We use only first-party cookies."), Contains("third-party-denial!"));
  EXPECT_THAT(kinds("We use first-party cookies."), Not(Contains("third-party-denial!")));
}

TEST(DenialLimits, WhatPerhapsIsNotDoneOrIsAdvisedAgainstIsNotDenied) {
  for (const char* text : {"Our pages may not use ordinary cookies, but may use other means.",
                           "We may not always use cookies.", "Our site might not set cookies.",
                           "We recommend not sharing your personal information with the bot.",
                           "We advise you not to share personal data in the chat."})
    EXPECT_THAT(denials(text), IsEmpty()) << text;
  EXPECT_THAT(kinds("Our partners may not set cookies on our site."),
              Not(Contains("uses-cookies")));
}

TEST(DenialLimits, WhatWeDoNotGetIsNotWhatWeDoNotShare) {
  EXPECT_THAT(denials("Your notes and personal data are never transmitted to our servers."),
              IsEmpty());
  EXPECT_THAT(kinds("We never transmit your personal data to our partners."),
              ElementsAre("sale-or-sharing!"));
  EXPECT_THAT(kinds("This policy also covers personal data that our business partners share with "
                    "us."),
              Not(Contains("sale-or-sharing")));
  EXPECT_THAT(kinds("The IP address transmitted by your browser is not matched with other data by "
                    "Google."),
              Not(Contains("sale-or-sharing")));
}

TEST(DenialLimits, AHeadingThatNamesHostsOrAPartBoundsItsSection) {
  EXPECT_EQ(only("# Privacy\n\n## On docs.quince.example and quince.example\n\nQuince does not use "
                 "cookies.\n",
                 "no-cookies")
                .scope,
            "On docs.quince.example and quince.example");
  EXPECT_EQ(
      only("## In our mobile app\n\nWe use only essential cookies.\n", "only-necessary").scope,
      "In our mobile app");
  for (const char* text : {"## On cookies\n\nWe do not use cookies.\n",
                           "## 2.1 Cookies, e.g. ours\n\nWe do not use cookies.\n",
                           "## In short\n\nWe do not use cookies.\n"})
    EXPECT_EQ(only(text, "no-cookies").scope, "") << text;
}

TEST(DenialLimits, ATitleThatOnlyALineBreakEndsIsNoCondition) {
  const Statement s = only(
      "When and With Whom We Share What You Have Told Us  \nWe never sell your "
      "personal information to anybody.\n",
      "sale-or-sharing");
  EXPECT_EQ(s.condition, "");
  EXPECT_EQ(s.polarity, "does-not");
}

TEST(DenialLimits, OfAListThatEndsInAKindNobodyKnowsTheOthersAreDenied) {
  EXPECT_THAT(
      only("We do not use advertising, tracking, or any other curious cookies.", "cookie-category")
          .purposes,
      UnorderedElementsAre("advertising", "tracking"));
  EXPECT_THAT(denials("We do not use curious cookies."), IsEmpty());
}

TEST(DenialLimits, WhereItHoldsMayStandInFront) {
  EXPECT_EQ(only("On our blog we do not use cookies.", "no-cookies").scope, "On our blog");
  EXPECT_EQ(only("For members we show no ads.", "advertising").scope, "For members");
  EXPECT_EQ(only("In the EU, no tracking cookies are set.", "cookie-category").scope, "In the EU");
  EXPECT_EQ(only("Our self-hosted edition does not show ads.", "advertising").scope,
            "Our self-hosted edition");
  EXPECT_EQ(only("The forum does not use cookies.", "no-cookies").scope, "The forum");
  EXPECT_EQ(only("In the interest of our users, we do not use cookies.", "no-cookies").scope, "");
  EXPECT_EQ(only("At Quince, we do not use cookies.", "no-cookies").scope, "");
  EXPECT_EQ(only("In short, we do not use cookies.", "no-cookies").scope, "");
}

TEST(DenialLimits, WhatOthersDoAllTheSameIsItsException) {
  for (const char* text :
       {"We do not use cookies, but our partners do.", "We do not use cookies. Our partners do.",
        "We do not use cookies, but our partners may set cookies on our site.",
        "We do not set cookies; however, embedded videos do.",
        "We do not use cookies. Embedded videos may set cookies.",
        "We do not use cookies. There is one exception: the till.",
        "We do not use cookies (one is set when you sign in).", "We do not use cookies, save one."})
    EXPECT_NE(only(text, "no-cookies").exception, "") << text;
  for (const char* text :
       {"We do not use cookies. Our partners do not either.",
        "We do not use cookies, while other companies do.",
        "We do not use cookies. There is no exception.", "We do not use cookies. Write to us.",
        "We do not use cookies (small files that are kept by a browser)."})
    EXPECT_EQ(only(text, "no-cookies").exception, "") << text;
}

TEST(DenialLimits, HowManyIsNotNone) {
  for (const char* text : {"We use no more cookies than we need.", "Not every page sets cookies.",
                           "We don't always use cookies.", "We use no cookies but one."})
    EXPECT_THAT(denials(text), IsEmpty()) << text;
  EXPECT_THAT(kinds("We do not use cookies, just local storage."), ElementsAre("no-cookies!"));
}

TEST(OnlyNecessary, GoesNoFartherThanItSays) {
  for (const char* text :
       {"We only use essential cookies and Google Analytics.",
        "We only use necessary cookies and, with your consent, others.", "Essential cookies only"})
    EXPECT_THAT(kinds(text), Not(Contains("only-necessary"))) << text;
  EXPECT_TRUE(only("By default, we only use essential cookies.", "only-necessary").hedged);
  EXPECT_EQ(only("Our app only uses essential cookies.", "only-necessary").scope, "Our app");
  EXPECT_EQ(only("On the till page we only use essential cookies.", "only-necessary").scope,
            "On the till page");
  EXPECT_EQ(only("Our website only uses essential cookies.", "only-necessary").scope, "");
}

TEST(Hedges, BoundWhatTheyStandBeside) {
  EXPECT_TRUE(
      only("As a general rule, our site does not track you.", "behavioural-tracking").hedged);
  EXPECT_FALSE(
      only("Our shop respects the Do Not Track setting available in most browsers.", "signal")
          .hedged);
  EXPECT_FALSE(only("Unlike most websites, we do not use cookies.", "no-cookies").hedged);
  EXPECT_TRUE(only("Our shop mostly respects Do Not Track signals.", "signal").hedged);
  EXPECT_TRUE(only("We respect Do Not Track signals from most browsers.", "signal").hedged);
}

}  // namespace
}  // namespace affiant::policy
