// Lists of cookies without a table, in the shapes that sites give them; and how much is read.
#include "base/limits.h"
#include "listed_cookies.h"
#include "policy/cookie_names.h"

namespace affiant::policy {
namespace {

using test::read;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr std::int64_t kDay = 86'400;

TEST(Lists, LabelledFieldsBelowEachOther) {
  const auto found = cookies(
      "## Cookies\n\nName: a_1\n\nProvider: Fox\n\nPurpose: Counts\n\nExpiry: 2 years\n\n"
      "Name: a_2\n\nPurpose: Keeps\n\nExpiry: Session\n");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].pattern, "a_1");
  EXPECT_EQ(found[0].provider, "Fox");
  EXPECT_EQ(found[0].lifetime_s, 730 * kDay);
  EXPECT_EQ(found[1].purpose, "Keeps");
  EXPECT_TRUE(found[1].session_cookie);
}

TEST(Lists, LabelsAsHeadingsAboveTheirValues) {
  EXPECT_THAT(
      rows("## Statistics\n\n#### Cookie name\n\n_ab_1\n\n#### Expiration\n\n2 years\n\n#### "
           "Function\n\nCounts pages\n"),
      ElementsAre("_ab_1 analytics 63072000"));
}

TEST(Lists, ABlockOfAServiceWithItsCookies) {
  EXPECT_THAT(rows("## Cookies\n\nName: Zebra Analytics<br>Anbieter: Zebra Ltd<br>Zweck: "
                   "Zählt<br>Cookie Name: "
                   "_z, _zid<br>Cookie Laufzeit: 2 Jahre\n"),
              ElementsAre("_z unclassified 63072000", "_zid unclassified 63072000"));
}

TEST(Lists, NamesAtTheBeginningOfALine) {
  EXPECT_THAT(
      rows(
          "## Cookies\n\n* `_ab` – expires after 2 years – counts\n* `_ac` (1 day): counts\n* _ad: "
          "counts the last 30 days\n* _ae, _af - session\n* IDX (13 months)\n"),
      ElementsAre("_ab unclassified 63072000", "_ac unclassified 86400", "_ad unclassified -",
                  "_ae unclassified session", "_af unclassified session",
                  "IDX unclassified 33696000"));
}

TEST(Lists, NamesAloneAndWhatIsSaidBelowThem) {
  const auto found = cookies(
      "## Cookies\n\n_ab_room\n\n(Fox)\n\nLets you wait\nin a room.\n\n30 "
      "minutes\n\n_ac_pass\n\nSession\n");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].provider, "Fox");
  EXPECT_EQ(found[0].lifetime_s, 1'800);
  EXPECT_TRUE(found[1].session_cookie);
}

TEST(Lists, NamesWithinSentences) {
  EXPECT_THAT(rows("Some cookies keep a language, like “tt_lang” cookies (retained for 1 year). "
                   "Others, like "
                   "“locale” cookies (retained for 2 months), keep a country.\n"),
              ElementsAre("tt_lang unclassified 31536000", "locale unclassified 5184000"));
  EXPECT_THAT(rows("Fox Analytics sets fox_a and fox_b (2 years).\n"),
              ElementsAre("fox_a unclassified 63072000", "fox_b unclassified 63072000"));
  EXPECT_THAT(names("Fox Ads sets cookies (e.g. “fox_ad”) for campaigns.\n"),
              ElementsAre("fox_ad"));
  EXPECT_THAT(names("We set cookies named “fox_a” and “foxb”.\n"), ElementsAre("fox_a", "foxb"));
  EXPECT_THAT(
      names("Nous utilisons le cookie « ttx », dont la durée de conservation est d'un an.\n"),
      ElementsAre("ttx"));
}

TEST(Shapes, AProviderIsNotTheService) {
  EXPECT_EQ(cookies("| Service | Provider | Cookies |\n|---|---|---|\n| Maps | Fox Ltd | f_x |\n")
                .at(0)
                .provider,
            "Fox Ltd");
}

TEST(Lists, FieldsInLinesOfOneItem) {
  EXPECT_THAT(rows("Our cookies:\n\n- Name: fox_a, fox_b\n  Domain: .shop.example\n  Purpose: "
                   "Marketing\n  Expiry: 2 days\n"),
              ElementsAre("fox_a advertising 172800", "fox_b advertising 172800"));
}

TEST(Shapes, AnHtmlTableInMarkdown) {
  EXPECT_THAT(rows("# Cookies\n\n<table><tr><th>Name</th><th>Expiry</th></tr>\n<tr><td>fox_a</td>"
                   "<td>2 days</td></tr>\n<tr><td>seen_message</td><td>1 year</td></tr></table>\n\n"
                   "Bye.\n"),
              ElementsAre("fox_a unclassified 172800", "seen_message unclassified 31536000"));
}

TEST(Lists, SentencesThatNameNone) {
  for (const char* text : {"This policy says how {{COMPANY_NAME}} (“Quince”, “we”) uses cookies.\n",
                           "So-called “session cookies” are kept until the browser is closed.\n",
                           "We use “persistent” cookies (kept for up to 2 years).\n",
                           "We do not set the _ga cookie.\n",
                           "Google Analytics uses cookies with the extension “_anonymizeIp()”.\n",
                           "Write to data_officer@shop.example about cookies.\n",
                           "“Cookies” are small files. We call them “cookies” for 2 years.\n"}) {
    EXPECT_THAT(names(text), IsEmpty()) << text;
  }
}

TEST(Lists, AMentionDoesNotDeclareAgain) {
  EXPECT_THAT(
      names("| Cookie | Duration |\n|---|---|\n| fox_a | 1 day |\n\nThe fox_a cookie counts.\n"),
      ElementsAre("fox_a"));
}

// Costs grow with the text, and are bounded.
TEST(Limits, ATableOfTenThousandRows) {
  std::string text = "| Cookie | Provider | Duration |\n|---|---|---|\n";
  for (int i = 0; i < 10'000; ++i) text += "| c_" + std::to_string(i) + " | Fox | 1 day |\n";
  EXPECT_EQ(cookies(text).size(), 10'000U);
}

TEST(Limits, ACellOfAHundredThousandNames) {
  std::string text = "| Cookie | Duration |\n|---|---|\n| ";
  for (int i = 0; i < 100'000; ++i) text += "c_" + std::to_string(i) + ", ";
  const Declaration r = read(text + " | 1 day |\n");
  EXPECT_EQ(r.cookies.size(), limits::kNamesPerCell);
  EXPECT_THAT(r.unread, testing::Contains(testing::HasSubstr("names in a cell")));
  EXPECT_EQ(r.cookies[7].quote, "c_7");
}

TEST(Prose, WordsThatBearASignOfANoteOrOfEmphasisAreNoNames) {
  for (const char* text : {"# Cookies\n\n^Our cookies tell nobody who you are.^\n",
                           "# Cookies\n\n\\*Third-party cookies are set by others.\n",
                           "# Cookies\n\nSession* cookies are gone when you leave.\n",
                           "# Cookies\n\n#Our cookies keep the basket.\n"})
    EXPECT_THAT(names(text), IsEmpty()) << text;
  EXPECT_THAT(names("COOKIES\n\n_Strictly necessary cookies_ keep you signed in.\n", Format::kText),
              IsEmpty());
  EXPECT_THAT(names("# Cookies\n\n_quince: counts visits\n\n^_medlar_.*$: counts clicks\n"),
              UnorderedElementsAre("_quince", "_medlar_*"));
}

TEST(Prose, KindsOfCookiesSettingsAndTagsOfAGeneratorAreNoNames) {
  for (const char* text :
       {"# Cookies\n\nThird-party cookies (1 year) are set by others.\n",
        "# Cookies\n\n* third-party cookies (1 year)\n* Opt-out cookies: 2 years\n",
        "# Cookies\n\n1.Our cookies (1 year) keep the basket.\n",
        "# Cookies\n\nlast_seen: 2024-01-01\n", "# Cookies\n\nwith_banner: true\n",
        "# Cookies\n\n{% include cookie_box.html %}\n", "# Cookies\n\n{{< cookie_rows >}}\n",
        "# Cookies\n\n:::note_box\nWe use few.\n:::\n"})
    EXPECT_THAT(names(text), IsEmpty()) << text;
  EXPECT_THAT(names("# Cookies\n\nshop-basket cookie (1 year): keeps the basket\n"),
              ElementsAre("shop-basket"));
}

TEST(Prose, WhatIsNotSetIsNotDeclaredHoweverItIsWritten) {
  EXPECT_THAT(names("Our shop doesn't set the `shop_theme` cookie."), IsEmpty());
  EXPECT_THAT(names("Our shop doesn’t set the `shop_theme` cookie."), IsEmpty());
  EXPECT_THAT(names("Our shop sets the `shop_theme` cookie."), ElementsAre("shop_theme"));
}

TEST(FrontMatter, IsNoPartOfThePolicy) {
  const char* text =
      "---\nlayout: page\ntitle: \"Cookies of Quince\"\nmoved_from:\n  - /old\nog_image: a.png\n"
      "---\n\nWe use cookies to keep the basket.\n";
  EXPECT_THAT(names(text), IsEmpty());
  const Document d = test::document(text);
  EXPECT_EQ(d.title, "Cookies of Quince");
  EXPECT_EQ(d.text, "We use cookies to keep the basket.");
  EXPECT_EQ(test::document("+++\ntitle = 'Privacy'\ndraft = false\n+++\nWe use cookies.\n").text,
            "We use cookies.");
}

TEST(FrontMatter, LinesBetweenRulesThatAreSentencesAreText) {
  for (const char* text :
       {"---\nWe use no cookies here.\n\n---\n\nWrite to us.\n", "---\nlayout: page\n\nNo end.\n",
        "---\n\n---\n\nWe use no cookies here.\n", "We use cookies.\n\n---\ntitle: x\n---\n"})
    EXPECT_THAT(test::document(text).text,
                testing::AnyOf(HasSubstr("cookies"), HasSubstr("No end")))
        << text;
}

TEST(Tables, ADelimiterRowOfFewerCellsThanTheHeadIsOne) {
  EXPECT_THAT(rows("Name | Purpose | Expires\n-|-\n_quince | Counts visits | 2 days\nshop_note | "
                   "Keeps a note | 1 day\n"),
              UnorderedElementsAre("_quince unclassified 172800", "shop_note unclassified 86400"));
}

TEST(Lists, AKindOfCookiesIsNoName) {
  EXPECT_THAT(names("## Cookies\n\nWir setzen Cookies.\n\n- **Kurzzeit-Cookies:** Sind gelöscht, "
                    "sobald Sie den Browser schließen.\n"),
              IsEmpty());
}

TEST(Lists, TheWordCookieJoinedToANameIsNoPartOfIt) {
  EXPECT_THAT(names("## Cookies\n\nVerwijder de *ab_choice*-cookie om opnieuw te kiezen.\n"),
              ElementsAre("ab_choice"));
  EXPECT_THAT(names("## Cookies\n\nDabei wird ein Opt-out-Cookie („ab_ignore“) gesetzt.\n"),
              ElementsAre("ab_ignore"));
}

TEST(Lists, UntilTheTabIsClosedIsASession) {
  EXPECT_THAT(rows("## Cookie\n\n| Nome | Finalità | Durata |\n|---|---|---|\n| ab_tema | Tema | "
                   "Fino alla chiusura della scheda |\n"),
              ElementsAre("ab_tema unclassified session"));
}

}  // namespace
}  // namespace affiant::policy
