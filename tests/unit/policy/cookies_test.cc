// Declared cookies: tables in the shapes they come in, lists of prose, lifetimes, masks.
#include "listed_cookies.h"
#include "policy/cookie_names.h"
#include "policy/cookie_words.h"

namespace affiant::policy {
namespace {

using test::read;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::int64_t kDay = 86'400;

TEST(Tables, PlainOneWithEveryColumn) {
  const Document d = test::document(
      "## Cookies\n\n| Cookie name | Provider | Purpose | Expiry | Type | Category |\n| --- | --- "
      "| --- | --- | --- | --- |\n"
      "| basket | Shop | Keeps the basket | 2 weeks | HTTP Cookie | Necessary |\n"
      "| theme | Shop | Remembers colours | Persistent | HTML Local Storage | Preferences |\n"
      "| sid | Shop | Sign-in | Session | HTTP Cookie | Necessary |\n");
  const Declaration r = read_policy(d, {});
  ASSERT_EQ(r.cookies.size(), 3U);
  EXPECT_EQ(r.cookies[0].pattern, "basket");
  EXPECT_EQ(r.cookies[0].provider, "Shop");
  EXPECT_EQ(r.cookies[0].purpose, "Keeps the basket");
  EXPECT_EQ(r.cookies[0].lifetime_s, 14 * kDay);
  EXPECT_EQ(r.cookies[0].category, "necessary");
  EXPECT_EQ(r.cookies[0].storage, "cookie");
  EXPECT_EQ(r.cookies[1].storage, "localStorage");
  EXPECT_EQ(r.cookies[1].category, "functional");
  EXPECT_FALSE(r.cookies[1].lifetime_s);
  EXPECT_TRUE(r.cookies[2].session_cookie);
  for (const DeclaredCookie& c : r.cookies)
    EXPECT_EQ(c.quote, d.text.substr(c.start, c.end - c.start));
  EXPECT_THAT(r.statements, IsEmpty()) << "rows are no sentences";
}

TEST(Tables, ABlankHeaderRowLeavesTheLabelsToTheFirstBodyRow) {
  EXPECT_THAT(names("|  |  |\n| --- | --- |\n| Cookie | Duration |\n| cart_id | 1 day |\n"),
              ElementsAre("cart_id"));
}

TEST(Tables, SeveralNamesACellWithParallelLifetimes) {
  const auto found = cookies(
      "| Cookie Subgroup | Cookies | Cookies used | Lifespan |\n| --- | --- | --- | --- |\n"
      "| shop.example | visit\\_id, cart\\_id , lang | First Party | 364 Days, Session, A few "
      "seconds |\n");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].lifetime_s, 364 * kDay);
  EXPECT_TRUE(found[1].session_cookie);
  EXPECT_FALSE(found[2].lifetime_s);
  EXPECT_FALSE(found[2].session_cookie);
  EXPECT_EQ(found[0].provider, "shop.example");
}

TEST(Tables, NamesOnLinesOfOneCell) {
  EXPECT_THAT(names("| Name | Purpose |\n| --- | --- |\n| \\_ab<br>\\_ac  <br>\\_ad\\_# | Counting "
                    "cookies |\n"),
              ElementsAre("_ab", "_ac", "_ad_*"));
}

TEST(Tables, LostRowspansMoveRowsLeftAndAreMovedBack) {
  const auto found = cookies(
      "| Cookie Category | Cookie Name | Purpose |\n| --- | --- | --- |\n"
      "| Strictly Necessary Cookies | siteCountry | Keeps the country of the visitor. |\n"
      "| siteLanguage | Keeps the language of the visitor. |\n"
      "| Targeting Cookies | \\_fox | Follows the fox. |\n");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[1].pattern, "siteLanguage");
  EXPECT_EQ(found[1].category, "necessary");
  EXPECT_EQ(found[1].purpose, "Keeps the language of the visitor.");
  EXPECT_EQ(found[2].category, "advertising");
}

TEST(Tables, ABlankOrDittoCellMeansTheOneAbove) {
  const auto found = cookies(
      "| Provider | Cookie name | Retention |\n| --- | --- | --- |\n| Zebra | z_a | 1 year |\n|  | "
      "z_b | Same as above |\n");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[1].provider, "Zebra");
  EXPECT_EQ(found[1].lifetime_s, 365 * kDay);
}

TEST(Tables, ACategoryGluedToThePurposeOrAboveTheTable) {
  EXPECT_EQ(
      cookies("| Cookie name | Purpose |\n| --- | --- |\n| a_b | FUNCTIONALKeeps your choice. |\n")
          .at(0)
          .category,
      "functional");
  EXPECT_EQ(cookies("| Cookie name | Purpose |\n| --- | --- |\n| a_b | MEASUREMENT Counts. |\n")
                .at(0)
                .category,
            "analytics");
  EXPECT_EQ(
      cookies("### Advertising cookies\n\n| Name | Purpose |\n| --- | --- |\n| a_b | Counts. |\n")
          .at(0)
          .category,
      "advertising");
}

TEST(Tables, LabelsRepeatedInCellsAreLeftOut) {
  const auto found = cookies(
      "| Name | Duration | Purpose |\n| --- | --- | --- |\n| Name<br><br>a_b | Duration<br><br>2 "
      "hours | Purpose<br><br>Cookie for x |\n");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].pattern, "a_b");
  EXPECT_EQ(found[0].lifetime_s, 7'200);
}

TEST(Tables, OnTheirSideOneCookieATable) {
  const auto found = cookies(
      "## Cookies\n\n|  |  |\n| --- | --- |\n| Name | login\\_state |\n| Type | Persistent |\n| "
      "Purpose | Sign-in |\n"
      "| Lifetime | 30 minutes |\n| Domain | .shop.example |\n");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].pattern, "login_state");
  EXPECT_EQ(found[0].lifetime_s, 1'800);
  EXPECT_EQ(found[0].provider, ".shop.example");
}

TEST(Tables, InHtmlWithRowspans) {
  const auto found = cookies(
      "<h2>Cookies</h2><table><tr><th>Provider</th><th>Cookie</th><th>Lifetime</th></tr>"
      "<tr><td rowspan=2>Zebra</td><td>z_a</td><td rowspan=2>3 "
      "months</td></tr><tr><td>z_b</td></tr></table>",
      Format::kHtml);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[1].pattern, "z_b");
  EXPECT_EQ(found[1].provider, "Zebra");
  EXPECT_EQ(found[1].lifetime_s, 90 * kDay);
}

TEST(Tables, OfOtherThingsAreNotCookieTables) {
  for (const char* text :
       {"| Category of data | Examples |\n| --- | --- |\n| Identifiers | Name, address, cookies "
        "|\n| Device | Model |\n",
        "| Purpose | Legal basis | Retention |\n| --- | --- | --- |\n| Newsletter | Consent | 2 "
        "years |\n",
        "| Name | Address |\n| --- | --- |\n| Shop Ltd | Main Street 1 |\n| Store GmbH | Side "
        "Street 2 |\n",
        "| Cookies | What they are |\n| --- | --- |\n| Session cookies | They end with the "
        "browser. |\n| Persistent cookies | They stay longer. |\n",
        "| Ad partner | Policy |\n| --- | --- |\n| Zebra | https://zebra.example/privacy |\n"}) {
    EXPECT_THAT(cookies(text), IsEmpty()) << text;
  }
}

TEST(Tables, InOtherLanguagesAreReadToo) {
  const auto found = cookies(
      "| Nom du cookie | Finalité | Durée |\n| --- | --- | --- |\n| panier_id | Garder le panier | "
      "13 mois |\n");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].lifetime_s, 390 * kDay);
}

TEST(Prose, ListsThatBeginWithAName) {
  const auto found = cookies(
      "## Cookies\n\nWe set these:\n\n* \\_\\_pay\\_sid (expires after 30 minutes) – is "
      "implemented by Payfox\n* `cart_id` - keeps the basket, session only\n");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].pattern, "__pay_sid");
  EXPECT_EQ(found[0].lifetime_s, 1'800);
  EXPECT_EQ(found[0].provider, "Payfox");
  EXPECT_TRUE(found[1].session_cookie);
}

TEST(Prose, OrdinaryListsNameNoCookies) {
  EXPECT_THAT(cookies("## Cookies\n\n* Advertising: we show some\n* e-mail: you may write\n"),
              IsEmpty());
}

TEST(Lifetimes, InEveryUnitAndManyWordings) {
  const auto seconds = [](std::string_view text) { return lifetime_of(text).seconds.value_or(-1); };
  EXPECT_EQ(seconds("90 seconds"), 90);
  EXPECT_EQ(seconds("30min"), 1'800);
  EXPECT_EQ(seconds("12 hrs"), 43'200);
  EXPECT_EQ(seconds("364 Days"), 364 * kDay);
  EXPECT_EQ(seconds("2 weeks"), 14 * kDay);
  EXPECT_EQ(seconds("13 months"), 390 * kDay);
  EXPECT_EQ(seconds("A year"), 365 * kDay);
  EXPECT_EQ(seconds("1 year 24 days"), 389 * kDay);
  EXPECT_EQ(seconds("1.5 hours"), 5'400);
  EXPECT_EQ(seconds("up to two years"), 730 * kDay);
  EXPECT_EQ(seconds("expires 24 hours after the visit, or 2 days at most"), 2 * kDay);
  EXPECT_EQ(seconds("13 mois"), 390 * kDay);
  EXPECT_EQ(seconds("2 Jahre"), 730 * kDay);
  EXPECT_EQ(seconds("1 año"), 365 * kDay);
  EXPECT_EQ(seconds("6 mesi"), 180 * kDay);
  EXPECT_EQ(seconds("1 jaar"), 365 * kDay);
  EXPECT_EQ(seconds("2914047 Days"), 2'914'047 * kDay);
  EXPECT_EQ(seconds("1,095 days"), 1'095 * kDay);
  EXPECT_EQ(seconds("24h"), kDay);
  EXPECT_EQ(seconds("365d"), 365 * kDay);
  EXPECT_EQ(seconds("1y"), 365 * kDay);
  EXPECT_EQ(seconds("6 mo."), 180 * kDay);
  EXPECT_EQ(seconds("2 yrs"), 730 * kDay);
  EXPECT_EQ(seconds("3 month(s)"), 90 * kDay);
  EXPECT_EQ(seconds("half a year"), 365 * kDay / 2);
  EXPECT_EQ(seconds("2.5 years"), 365 * kDay * 5 / 2);
  EXPECT_EQ(seconds("twenty-four hours"), kDay);
  EXPECT_EQ(seconds("eineinhalb Jahre"), 365 * kDay * 3 / 2);
  EXPECT_EQ(seconds("1 hour after last visit"), 3'600);
  EXPECT_EQ(seconds("Moins de 1 seconde"), 1);
}

TEST(Lifetimes, PartsAddUpAndAlternativesDoNot) {
  const auto seconds = [](std::string_view text) { return lifetime_of(text).seconds.value_or(-1); };
  EXPECT_EQ(seconds("1 year and 1 month"), 395 * kDay);
  EXPECT_EQ(seconds("1 year 1 month 4 days"), 399 * kDay);
  EXPECT_EQ(seconds("29 minutes 59 seconds"), 1'799);
  EXPECT_EQ(seconds("un an et un mois"), 395 * kDay);
  EXPECT_EQ(seconds("2 years (730 days)"), 730 * kDay);
  EXPECT_EQ(seconds("12 months / 1 year"), 365 * kDay);
  EXPECT_EQ(seconds("between 1 and 2 years"), 730 * kDay);
  EXPECT_EQ(seconds("1-2 Jahre"), 730 * kDay);
  EXPECT_EQ(seconds("1 year or 30 days"), 365 * kDay);
  EXPECT_EQ(seconds("a year and a half"), 365 * kDay * 3 / 2);
}

TEST(Lifetimes, FiguresThatAreNotReckonedWithAreLeftOut) {
  for (const char* text :
       {"three hundred days", "several years", "a few minutes", "31 Dec 2030",
        "2038-01-19T03:14:07Z", "Fri, 01 Jan 2038 00:00:00 GMT", "12 m", "0 days"}) {
    EXPECT_FALSE(lifetime_of(text).seconds) << text;
    EXPECT_FALSE(lifetime_of(text).session) << text;
  }
}

TEST(Lifetimes, AreToldFromOtherFiguresOfAText) {
  EXPECT_EQ(lifetime_said_in("Counts visits. Expires after 2 years.").seconds, 730 * kDay);
  EXPECT_EQ(lifetime_said_in("(30 minutes) keeps you in").seconds, 1'800);
  EXPECT_TRUE(lifetime_said_in("keeps the basket, session only").session);
  EXPECT_FALSE(lifetime_said_in("counts the visits of 30 days").stated);
  EXPECT_FALSE(lifetime_said_in("is a year old").seconds);
}

TEST(Lifetimes, SessionsAndWordsThatStateNoFigure) {
  EXPECT_TRUE(lifetime_of("Session").session);
  EXPECT_TRUE(lifetime_of("until the browser is closed").session);
  for (const char* text : {"Fin de la session", "Sitzungsende", "beim Schließen des Browsers",
                           "al cerrar el navegador", "alla chiusura del browser",
                           "bij het sluiten van de browser", "when the browser is closed",
                           "end of session", "Session-Cookie", "SESIÓN", "Sessione", "Sessie"})
    EXPECT_TRUE(lifetime_of(text).session) << text;
  EXPECT_FALSE(lifetime_of("Persistent").session);
  EXPECT_FALSE(lifetime_of("Persistent").seconds);
  EXPECT_FALSE(lifetime_of("A few seconds").seconds);
  EXPECT_FALSE(lifetime_of("see below").stated);
  EXPECT_FALSE(lifetime_of("99999999999999999999 years").seconds);
}

TEST(Categories, AreNormalised) {
  EXPECT_EQ(category_of("Strictly Necessary Cookies"), "necessary");
  EXPECT_EQ(category_of("Performance"), "analytics");
  EXPECT_EQ(category_of("Targeting"), "advertising");
  EXPECT_EQ(category_of("Preferences"), "functional");
  EXPECT_EQ(category_of("Social Media Cookies"), "social");
  EXPECT_EQ(category_of("Unclassified"), "unclassified");
  EXPECT_EQ(category_of("Non-essential analytics"), "analytics");
  EXPECT_EQ(category_of("Notwendig"), "necessary");
  EXPECT_EQ(category_of("weather"), "");
  EXPECT_EQ(category_of("Nicht notwendig"), "");
  EXPECT_EQ(category_of("No necesarias: publicidad"), "advertising");
  EXPECT_EQ(category_of("Other advertising"), "advertising");
  EXPECT_EQ(category_of("Réseaux sociaux"), "social");
  EXPECT_EQ(category_of("Estadísticas"), "analytics");
  EXPECT_EQ(category_of("Profilazione"), "advertising");
  EXPECT_EQ(category_of("Voorkeuren"), "functional");
}

TEST(Patterns, MasksBecomeStars) {
  EXPECT_EQ(pattern_of("_ga_<container-id>"), "_ga_*");
  EXPECT_EQ(pattern_of("_ga_#"), "_ga_*");
  EXPECT_EQ(pattern_of("_gat_xxxxxxxx"), "_gat_*");
  EXPECT_EQ(pattern_of("sess-{site_id}-x"), "sess-*-x");
  EXPECT_EQ(pattern_of("wp_[hash]"), "wp_*");
  EXPECT_EQ(pattern_of("_dc_gtm_..."), "_dc_gtm_*");
  EXPECT_EQ(pattern_of("doc.*"), "doc.*");
  EXPECT_EQ(pattern_of("xx_lang"), "xx_lang");
  EXPECT_EQ(pattern_of("maxxAge"), "maxxAge");
}

TEST(Patterns, MatchWithStarsAndCase) {
  EXPECT_TRUE(pattern_matches("_ga_*", "_ga_AB12"));
  EXPECT_TRUE(pattern_matches("_ga_*", "_ga_"));
  EXPECT_FALSE(pattern_matches("_ga_*", "_ga"));
  EXPECT_FALSE(pattern_matches("sid", "SID"));
  EXPECT_TRUE(pattern_matches("a*b*c", "a--b--bc"));
  EXPECT_FALSE(pattern_matches("a*b*c", "a--b--b"));
  EXPECT_TRUE(pattern_matches("*", ""));
  EXPECT_FALSE(pattern_matches("", "a"));
}

TEST(Patterns, AreNotExponential) {
  EXPECT_FALSE(pattern_matches("*a*a*a*a*a*a*a*a*a*a*b", std::string(4'000, 'a')));
}

}  // namespace
}  // namespace affiant::policy
