// Which names in a sentence take part, and which are only mentioned.
#include "read.h"

namespace affiant::policy {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

std::vector<std::string> parties(std::string_view text) {
  std::vector<std::string> out;
  for (const Statement& s : test::read(text).statements)
    if (s.type == "named-third-party" && s.polarity == "does")
      out.insert(out.end(), s.parties.begin(), s.parties.end());
  return out;
}

TEST(PartyNames, OfAListAreTakenWithTheKnownOneBesideThem) {
  EXPECT_THAT(parties("Our pages load scripts of Hotjar, Quincemetrics and Medlar Insights."),
              UnorderedElementsAre("Hotjar", "Quincemetrics", "Medlar Insights"));
  EXPECT_THAT(parties("We share data with analytics providers such as Quincemetrics."),
              ElementsAre("Quincemetrics"));
  EXPECT_THAT(parties("We use Hotjar, Cookies and Local Storage."), ElementsAre("Hotjar"));
  EXPECT_THAT(parties("We use Hotjar in Germany, France and Spain."), ElementsAre("Hotjar"));
}

TEST(PartyNames, ATextMayBeginWithALegalForm) {
  EXPECT_THAT(parties("SE is a domain. AG is none."), IsEmpty());
}

TEST(PartyNames, OwnedThingsNameTheirOwner) {
  EXPECT_THAT(parties("Our clicks are recorded by Microsoft's network."), ElementsAre("Microsoft"));
  EXPECT_THAT(parties("We refer to Google's privacy policy."), IsEmpty());
}

TEST(PartyNames, LinksDenialsAndAdviceNameNobody) {
  EXPECT_THAT(parties("Our pages may contain links to Instagram and TikTok."), IsEmpty());
  EXPECT_THAT(parties("We do not use Google Analytics."), IsEmpty());
  EXPECT_THAT(parties("This shop:\n\n* processes your data here\n* does not use tools such as "
                      "Google Analytics\n"),
              IsEmpty());
}

TEST(PartyNames, ALabelInAListNamesItsCompany) {
  EXPECT_THAT(parties("We work with these companies:\n\n* Stripe (payments)\n\n* Hotjar. It shows "
                      "us where visitors click.\n"),
              UnorderedElementsAre("Stripe", "Hotjar"));
  EXPECT_THAT(parties("Hotjar privacy policy"), IsEmpty());
}

TEST(PartyNames, OfAnItemStandsWhateverTheOtherItemsDeny) {
  EXPECT_THAT(parties("We work with these companies:\n\n* Hotjar (your data is not stored)\n\n"
                      "* Stripe — payments\n\n* Mixpanel: analytics of user behaviour\n"),
              UnorderedElementsAre("Hotjar", "Stripe", "Mixpanel"));
}

TEST(PartyNames, AHeadingThatIsANameNamesIt) {
  EXPECT_THAT(
      parties("# Privacy of our shop\n\nOther services may set cookies of their own.\n\n### "
              "4.2 Google Analytics\n\nIt counts visits.\n"),
      testing::Contains("Google Analytics"));
}

TEST(PartyNames, AHeadingAboutACompanyMakesItNotTheSiteItself) {
  EXPECT_THAT(parties("# Privacy\n\n## Google Analytics and cookies\n\nWe use Google Analytics "
                      "to count visits.\n"),
              ElementsAre("Google Analytics"));
}

TEST(PartyNames, OfAnIntroducedListAreThoseWithADescriptionBehindADash) {
  EXPECT_THAT(parties("We rely on the following third-party providers:\n\n* Quincemail — delivery "
                      "of letters\n* Medlarbase (database)\n* Storage: in our cellar\n"),
              UnorderedElementsAre("Quincemail", "Medlarbase"));
}

TEST(PartyNames, InATableOfRecipientsEachCellOfTheColumnIsOne) {
  EXPECT_THAT(parties("Who gets data:\n\n| Provider | What for |\n| --- | --- |\n| Quincemail "
                      "GmbH | Letters |\n| Stripe | Payment |\n"),
              UnorderedElementsAre("Quincemail", "Stripe"));
  EXPECT_THAT(parties("What we keep:\n\n| Data | How long |\n| --- | --- |\n| Orders | Years |\n"),
              IsEmpty());
}

TEST(PartyNames, AListBelowTheTitleDoesNotTellWhoseThePolicyIs) {
  EXPECT_THAT(parties("# Privacy\n\n* We use Google Analytics\n\n* We use Hotjar\n"),
              UnorderedElementsAre("Google Analytics", "Hotjar"));
  EXPECT_THAT(parties("# Hotjar Privacy Policy\n\nHotjar sets cookies.\n"), IsEmpty());
}

TEST(PartyNames, ThatAreOrdinaryWordsNeedTheirCapital) {
  EXPECT_THAT(parties("We use Segment to bring our data together."), ElementsAre("Segment"));
  EXPECT_THAT(parties("We use a segment of our data."), IsEmpty());
}

TEST(PartyNames, OfSeveralInACellEachIsOne) {
  EXPECT_THAT(
      parties("These companies get some of your data from us:\n\n| Processor | What for |\n| --- | "
              "--- |\n| Quincemail, "
              "Stripe, Inc. | Letters |\n| Medlar AI / Sorb / Rowan | Checks |\n| N/A | - |\n"),
      UnorderedElementsAre("Quincemail", "Stripe", "Medlar AI", "Sorb", "Rowan"));
}

TEST(PartyNames, WhereACompanySitsAndNobodyAreNoNames) {
  EXPECT_THAT(
      parties("These companies get some of your data from us:\n\n| Provider | What for |\n| "
              "--- | --- |\n| Quincemail GmbH, Rowanstadt, Germany | Letters |\n| Stripe and "
              "PayPal | Payment |\n| None | Nothing |\n"),
      UnorderedElementsAre("Quincemail", "Stripe", "PayPal"));
}

TEST(PartyNames, ALabelAmongKnownNamesOrWithAPolicyOfItsOwnIsAName) {
  EXPECT_THAT(parties("We use the following third-party services:\n\n* Stripe: payments\n* "
                      "Quincevoice: spoken text\n* Database: on Hetzner\n"),
              UnorderedElementsAre("Stripe", "Quincevoice", "Hetzner"));
  EXPECT_THAT(parties("We use these third-party services:\n\n* Quincevoice: spoken text. [Privacy "
                      "policy](https://quince.example/p)\n* Storage: in our cellar. It is dry.\n"),
              ElementsAre("Quincevoice"));
}

TEST(PartyNames, AConditionOnThemIsNoAdvice) {
  EXPECT_THAT(parties("Google Analytics only loads if you accept — declining changes nothing."),
              ElementsAre("Google Analytics"));
}

TEST(PartyNames, WhatForIsNotGuessedOfToolsForManyThings) {
  EXPECT_THAT(test::only("Lexoffice: writes our invoices.", "named-third-party").purposes,
              testing::Not(testing::Contains("advertising")));
}

}  // namespace
}  // namespace affiant::policy
