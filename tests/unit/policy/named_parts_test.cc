// What is said below the name of a service, where no sentence repeats the name.
#include "read.h"

namespace affiant::policy {
namespace {

using test::kinds;
using test::only;
using test::read;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

TEST(NamedParts, ALabelBelowAServiceTellsWhatTheServiceGets) {
  for (const char* text :
       {"## Statistics\n\n### Google Analytics (Google LLC)\n\nIt is a service of Google LLC.\n\n"
        "Personal Data processed: Cookies; IP address.\n",
        "* **Google Analytics**\n\n  It counts visits.\n\n  Personal Data collected: Cookies, IP "
        "address\n",
        "* Google Analytics - Personal data collected: cookies, IP address.\n"}) {
    bool told = false;
    for (const Statement& s : read(text).statements) {
      EXPECT_NE(s.type, "server-practice") << text;
      EXPECT_TRUE(s.type != "uses-cookies" || s.subject == "third-party") << text;
      if (s.type != "named-third-party" || s.data.empty()) continue;
      told = true;
      EXPECT_EQ(s.parties.front(), "Google Analytics");
      EXPECT_THAT(s.data, UnorderedElementsAre("cookies", "ip"));
    }
    EXPECT_TRUE(told) << text;
  }
}

TEST(NamedParts, AServiceOfNoTableIsKnownByTheSentenceThatIntroducesIt) {
  const Statement s = only(
      "### Quincemeter\n\nQuincemeter is a service that counts.\n\nPersonal data collected: IP "
      "address.\n",
      "named-third-party");
  EXPECT_THAT(s.parties, ElementsAre("Quincemeter"));
  EXPECT_THAT(s.data, ElementsAre("ip"));
}

TEST(NamedParts, ALabelBelowSomethingOfTheSiteTellsWhatTheSiteGets) {
  for (const char* text :
       {"### Contact form (this application)\n\nPersonal data processed: name; email address.\n",
        "### Registration\n\nTypes of personal data collected: name, email address.\n"})
    EXPECT_THAT(only(text, "server-practice").data, UnorderedElementsAre("name", "email")) << text;
}

TEST(NamedParts, ItemsThatBeginWithAVerbTellOfTheNameAboveThem) {
  const Statement s = only("**Stripe** (payments)\n\n- Stores your email address\n- Is quick\n",
                           "named-third-party");
  EXPECT_EQ(s.parties.front(), "Stripe");
  const Declaration said = read("**Stripe** (payments)\n\n- Stores your email address\n");
  EXPECT_THAT(said.statements.back().data, ElementsAre("email"));
  EXPECT_EQ(said.statements.back().subject, "third-party");
}

TEST(NamedParts, WhatIsDeniedIsNotTold) {
  for (const char* text :
       {"### What Stripe never gets\n\n- Stores your email address\n",
        "### Stripe\n\nThe following is not done:\n\n- Stores your email address\n",
        "### Stripe\n\nPersonal data collected: no name, no email address.\n"})
    for (const Statement& s : read(text).statements)
      EXPECT_TRUE(s.data.empty() || s.polarity == "does-not") << text << s.type;
}

TEST(NamedParts, OtherWebsitesAreNotThisOne) {
  for (const Statement& s :
       read("Content from other websites acts as if you had gone there. These websites may collect "
            "data about you, use cookies and watch what you do with it.")
           .statements)
    EXPECT_NE(s.subject, "we") << s.type;
  EXPECT_EQ(only("We run two shops. These websites use cookies.", "uses-cookies").subject, "we");
}

TEST(NamedParts, WhatADenialDoesNotIncludeIsDone) {
  const Declaration said = read(
      "We do not sell or pass on your IP address to outside parties. This does not include hosting "
      "partners who assist us.");
  ASSERT_FALSE(said.statements.empty());
  EXPECT_TRUE(said.statements.front().observable == "no" ||
              !said.statements.front().exception.empty());
  EXPECT_THAT(test::kinds_of(said), Contains("sale-or-sharing"));
}

TEST(NamedParts, WhereDataAreMovedTheyAreHad) {
  EXPECT_THAT(only("We transfer your name to Canada and process it there.", "server-practice").data,
              ElementsAre("name"));
  EXPECT_THAT(only("Under some circumstances we may be required to disclose your personal data if "
                   "required to do so by law.",
                   "sale-or-sharing")
                  .data,
              ElementsAre("personal-information"));
  EXPECT_THAT(kinds("We are not required to disclose your name."), IsEmpty());
}

TEST(NamedParts, WhoGivesAndWhatIsPromised) {
  EXPECT_THAT(
      only("If you sign up through Facebook, we receive your profile.", "named-third-party").data,
      IsEmpty());
  EXPECT_THAT(
      kinds("What you provide to us, such as your name and email address, will not be sold."),
      Not(Contains("server-practice")));
  EXPECT_THAT(only("We use vendors, including without limitation Google, to serve ads.",
                   "named-third-party")
                  .parties,
              ElementsAre("Google"));
}

}  // namespace
}  // namespace affiant::policy
