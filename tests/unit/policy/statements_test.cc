// What is affirmed: types, parties, purposes, signals, consent; and what claims nothing.
#include "read.h"

namespace affiant::policy {
namespace {

using test::kinds;
using test::only;
using test::read;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(Statements, CookiesWithTheirPurposesAndKinds) {
  EXPECT_THAT(only("We use cookies to measure our traffic.", "uses-cookies").purposes,
              Contains("analytics"));
  EXPECT_THAT(only("We may set advertising cookies.", "cookie-category").purposes,
              ElementsAre("advertising"));
  EXPECT_EQ(only("We may set advertising cookies.", "cookie-category").modality, "may");
  EXPECT_EQ(only("Our partners place cookies on your device.", "uses-cookies").subject,
            "third-party");
  EXPECT_THAT(kinds("This website uses only strictly necessary cookies."),
              ElementsAre("only-necessary"));
  EXPECT_THAT(kinds("We only use essential cookies."), ElementsAre("only-necessary"));
  EXPECT_THAT(kinds("We save your basket in local storage."), Contains("other-storage"));
  EXPECT_THAT(kinds("Our emails and pages contain web beacons."),
              Contains("beacon-or-fingerprint"));
  EXPECT_THAT(kinds("All our cookies expire after two years."), Contains("lifetime"));
  EXPECT_THAT(kinds("## Cookies\n\nThis is a complete list of the cookies we use.\n"),
              Contains("closed-list"));
}

TEST(Statements, PartiesByNameAndByCategory) {
  const Statement named =
      only("We use Google Analytics and Hotjar to understand our visitors.", "named-third-party");
  EXPECT_THAT(named.parties, ElementsAre("Google Analytics", "Hotjar"));
  EXPECT_TRUE(only("You can sign in; we work with services such as Facebook.", "named-third-party")
                  .open_list);
  EXPECT_THAT(
      only("Payments are handled by a payment processor that we use.", "third-party-category")
          .purposes,
      Contains("payment"));
  EXPECT_THAT(
      only("Advertising networks may set cookies on our pages.", "third-party-category").purposes,
      Contains("advertising"));
  EXPECT_THAT(kinds("Third parties are allowed to track you across websites."),
              Contains("behavioural-tracking"));
  EXPECT_THAT(kinds("We show advertisements on our pages."), Contains("advertising"));
}

TEST(Statements, SignalsAreHonouredOrIgnored) {
  const auto polarity = [](std::string_view text) { return only(text, "signal").polarity; };
  EXPECT_EQ(polarity("We honor Do Not Track signals."), "does");
  EXPECT_EQ(polarity("We do not respond to Do Not Track signals."), "does-not");
  EXPECT_EQ(polarity("Our site does not currently recognise DNT requests."), "does-not");
  EXPECT_EQ(polarity("We treat Global Privacy Control as a request to opt out."), "does");
  EXPECT_EQ(polarity("If your browser sends a DNT signal, we will not set analytics cookies."),
            "does");
  EXPECT_EQ(polarity("We do not change our practices when we receive a Do Not Track signal."),
            "does-not");
  EXPECT_EQ(
      polarity("The shop works the same and we collect data regardless of Do Not Track signals."),
      "does-not");
  EXPECT_EQ(polarity("Our systems are not set up to respond to Do Not Track signals."), "does-not");
  EXPECT_EQ(
      polarity("As a result, our pages are not yet set up to interpret Do Not Track signals."),
      "does-not");
  EXPECT_EQ(
      polarity("Our technology is designed to recognize and honor opt-out preference signals."),
      "does");
  EXPECT_EQ(polarity("Please note that Orchardly does not honor Do Not Track signals."),
            "does-not");
  EXPECT_EQ(polarity("## Do Not Track\n\nBrowsers may send Do Not Track signals. We take no action "
                     "on such signals.\n"),
            "does-not");
}

TEST(Statements, ABrokenGeneratorSentenceHonours) {
  const std::string_view text =
      "We honour do not track signals and do not track, set cookies, or use advertising when a do "
      "not track mechanism is in place.";
  EXPECT_THAT(kinds(text), ElementsAre("signal"));
  EXPECT_EQ(only(text, "signal").polarity, "does");
}

TEST(Statements, AboutSignalsThatAnswerNothingAreNone) {
  EXPECT_THAT(kinds("Do Not Track is a preference you can set in your browser."), IsEmpty());
  EXPECT_THAT(kinds("There is no common standard for Do Not Track signals."), IsEmpty());
}

TEST(Statements, ConsentIsAskedOrTakenForGranted) {
  EXPECT_THAT(kinds("We only set analytics cookies with your consent."), Contains("consent"));
  EXPECT_EQ(
      only("By continuing to browse this site you agree to our use of cookies.", "consent").subject,
      "user");
  EXPECT_THAT(kinds("You can opt out at https://optout.example/ at any time."),
              Contains("opt-out-link"));
}

class NonClaim : public testing::TestWithParam<const char*> {};
TEST_P(NonClaim, YieldsNothing) { EXPECT_THAT(kinds(GetParam()), IsEmpty()) << GetParam(); }
INSTANTIATE_TEST_SUITE_P(
    Statements, NonClaim,
    testing::Values("A cookie is a small text file that a website stores.",
                    "Web beacons are tiny images.", "What are cookies?", "## How we use cookies\n",
                    "You can delete cookies in your browser settings.",
                    "Most browsers let you refuse cookies.",
                    "If you block cookies, some features will not work.",
                    "The law requires websites to publish a privacy policy.",
                    "You have the right to access your data.",
                    "We do not knowingly offer the shop to children under 13."));

TEST(Statements, AQuotedPrefaceIsNotTheSitesWords) {
  EXPECT_THAT(kinds("> *We use cookies, says the archive.*\n\n# Privacy\n\nHello.\n"), IsEmpty());
}

TEST(Statements, UnitsThatABrowserCannotCheckAreCounted) {
  EXPECT_EQ(read("We use cookies. We like apples very much. Our office has plants.").not_observable,
            2);
  EXPECT_EQ(read("## Contact\n\nCall us\n").not_observable, 0) << "labels are no units";
  EXPECT_EQ(read("We like these fruits:\n\n* apples\n* pears\n").not_observable, 1)
      << "a list and its lead-in are one unit";
  EXPECT_EQ(read("## Is anything tracked here?\n").not_observable, 1)
      << "a question that yes or no answers";
  EXPECT_EQ(read("## What is tracked here?\n").not_observable, 0);
}

TEST(Statements, OtherLanguagesAreNamedAndNotGuessed) {
  const Declaration r = read(
      "Na naszej stronie nie używamy plików cookie. Twoje dane nie są przez nas sprzedawane i "
      "chronimy je z należytą starannością, jak tylko jest to możliwe.");
  EXPECT_EQ(r.sources.at(0).language, "pl");
  EXPECT_THAT(r.statements, IsEmpty());
  EXPECT_THAT(r.unread, ElementsAre(testing::HasSubstr("Polish")));
}

TEST(IsPolicy, ErrorPagesWallsAndShellsAreNone) {
  EXPECT_FALSE(read("# 404\n\nThe page was not found. Go back to the home page.\n").is_policy);
  EXPECT_FALSE(read("We use cookies. Accept all cookies or manage preferences. Our privacy policy "
                    "tells more about cookies and consent and how we collect data.")
                   .is_policy);
  EXPECT_FALSE(read("You need to enable JavaScript to run this app.\n").is_policy);
  EXPECT_FALSE(read("").is_policy);
}

TEST(IsPolicy, AShortPolicyIsOne) {
  EXPECT_TRUE(read("# Privacy policy\n\nWe use cookies to keep you signed in. We collect your "
                   "email address when you register. "
                   "We do not share your personal data with third parties. We use Matomo for "
                   "analytics. You can write to us at any time.\n")
                  .is_policy);
}

TEST(IsPolicy, AShortOneMaySpeakOfCookiesAlone) {
  const std::string text =
      "This shop sets one cookie, which keeps you signed in while you look around. There are no "
      "advertising cookies and no analytics cookies. You can delete the cookie whenever you leave, "
      "and nothing will break. It holds a number and nothing else. Nobody but the shop reads it, "
      "and the shop reads it only to find your basket again. When you sign out, the cookie goes "
      "away by itself, and the next time you come a new one is made. Ask us if anything about this "
      "is unclear, and we will gladly explain it to you in more words than these, by letter or by "
      "telephone, on any day of the week, whatever the weather and whatever the hour.\n";
  EXPECT_TRUE(read("# Cookies\n\n" + text).is_policy);
  EXPECT_TRUE(read("---\ntitle: Cookie policy\n---\n" + text).is_policy);
  EXPECT_FALSE(read("# Oats\n\n" + text).is_policy);
}

TEST(Merge, RenumbersStatementsAndSources) {
  const Declaration all = merge({read("We use cookies."), read("We do not use web beacons.")});
  ASSERT_EQ(all.statements.size(), 2U);
  EXPECT_EQ(all.statements[1].id, "S2");
  EXPECT_EQ(all.statements[1].source, 2);
  EXPECT_EQ(all.sources[1].id, 2);
}

TEST(Parties, ACompanyIsKnownByItsLegalFormAndNamedWithoutIt) {
  EXPECT_THAT(
      only("Our payments are processed by Pear Tree Clearing GmbH, Berlin.", "named-third-party")
          .parties,
      ElementsAre("Pear Tree Clearing"));
  EXPECT_THAT(
      only("We use services of Quince, Inc. and Medlar Data B.V.", "named-third-party").parties,
      ElementsAre("Quince", "Medlar Data"));
  EXPECT_THAT(
      only("We use Google Analytics, a service of Google Inc.", "named-third-party").parties,
      ElementsAre("Google Analytics", "Google"));
}

TEST(Parties, TheSitesOwnCompanyIsNoThirdParty) {
  for (const char* text : {
           "# Privacy at Quince\n\nQuince Ltd uses cookies.",
           "Orchard Ltd (\"we\", \"us\") runs this shop. Orchard Ltd uses cookies.",
           "This website is operated by Orchard Ltd. Orchard Ltd uses cookies.",
           "The controller is Orchard Ltd, 1 Apple Road. You can contact us there.",
       })
    EXPECT_THAT(test::kinds(text), testing::Not(testing::Contains("named-third-party"))) << text;
}

TEST(Parties, WhatAPolicyIsCalledTellsWhoseItIs) {
  const Document document = test::document("XING sets cookies. XING works with Quince Inc.");
  Source source;
  source.url = "https://privacy.xing.com/en/cookies";
  for (const bool file : {false, true}) {
    if (file) {
      source.url.clear();
      source.called = "xing_cookie_policy.md";
    }
    for (const Statement& s : read_policy(document, source).statements) {
      if (s.type != "named-third-party") continue;
      EXPECT_THAT(s.parties, ElementsAre("Quince"));
    }
  }
}

TEST(Consent, ItsConditionMayStandBehindTheVerb) {
  EXPECT_THAT(kinds("We set analytics cookies only if you agree."), testing::Contains("consent"));
  EXPECT_THAT(kinds("Cookies are placed after you have accepted them."),
              testing::Contains("consent"));
}

TEST(Uses, TheOnlyCookiesMayBeCalledNecessaryBehindTheVerb) {
  EXPECT_THAT(kinds("The only cookies we use are essential for the operation of the shop."),
              ElementsAre("only-necessary"));
  EXPECT_THAT(kinds("The only cookies we use are not essential."),
              testing::Not(testing::Contains("only-necessary")));
}

TEST(Uses, WhatCookiesAreAndDoEverywhereIsNotWhatThisSiteDoes) {
  for (const char* general :
       {"Cookies are sent to your browser by the website you are visiting.",
        "Cookies can be used to recognise those who come back.",
        "Persistent cookies let a website know what you chose the last time.",
        "Local storage is often used to keep what a user has chosen in an application."})
    EXPECT_THAT(kinds(general), IsEmpty()) << general;
  for (const char* own :
       {"Cookies are used to keep you logged in.", "These cookies are stored in your web browser."})
    EXPECT_THAT(kinds(own), testing::Contains("uses-cookies")) << own;
}

TEST(Uses, WhatIsDoneWithoutCookiesUsesNone) {
  EXPECT_THAT(kinds("Our shop keeps sessions without using cookies (or web storage)."),
              testing::Not(testing::AnyOf(testing::Contains("uses-cookies"),
                                          testing::Contains("other-storage"))));
  EXPECT_THAT(kinds("We run cookie-free hosts."), testing::Not(testing::Contains("uses-cookies")));
}

TEST(Uses, TheseCookiesAreThoseThatWereToldOf) {
  EXPECT_THAT(kinds("These cookies are necessary for the shop to work."),
              ElementsAre("cookie-category"));
  EXPECT_THAT(kinds("We set analytics cookies. They help us to see which pages are read."),
              ElementsAre("uses-cookies", "cookie-category", "uses-cookies"));
}

TEST(Parties, WhoGivesDataOrIsOnlyLinkedToTakesNoPart) {
  for (const char* none :
       {"We may receive information about you from third parties.",
        "Our pages contain links to other sites or partners.",
        "When you sign in with a third-party account, we collect your name.",
        "Your address is given by your Internet Service Provider, which we collect.",
        "These third parties use your data for that alone and are bound to confidentiality."})
    EXPECT_THAT(kinds(none), testing::Not(testing::Contains("third-party-category"))) << none;
  EXPECT_THAT(kinds("We share usage data with third-party advertisers."),
              testing::Contains("third-party-category"));
}

}  // namespace
}  // namespace affiant::policy
