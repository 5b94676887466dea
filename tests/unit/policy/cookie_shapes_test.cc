// Tables of cookies in the shapes that sites give them, in six languages.
#include "listed_cookies.h"
#include "policy/cookie_names.h"

namespace affiant::policy {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::int64_t kDay = 86'400;

// Tables in each language: labels, categories, units.
TEST(Shapes, English) {
  EXPECT_THAT(rows("| Cookie | Set by | What it does | Kept for | Class |\n|---|---|---|---|---|\n"
                   "| cart_key | Shop | Holds the cart | one week | Essential |\n"
                   "| visit_no | Shop | Counts | 13 months | Performance |\n"
                   "| dsp_sync | Fox Ads | Bids | up to 2 years | Targeting |\n"),
              ElementsAre("cart_key necessary 604800", "visit_no analytics 33696000",
                          "dsp_sync advertising 63072000"));
}

TEST(Shapes, German) {
  const auto found = cookies(
      "## Cookies\n\n| Name | Anbieter | Zweck | Speicherdauer | Kategorie "
      "|\n|---|---|---|---|---|\n"
      "| korb_id | Laden GmbH | Hält den Warenkorb | Sitzungsende | Notwendig |\n"
      "| _zaehl | Fuchs | Zählt Besuche | zwei Jahre | Statistik |\n"
      "| _werb_* | Fuchs | Zeigt Anzeigen | 90 Tage | Werbung |\n"
      "| farbe_1 | Laden GmbH | Merkt Farben | unbegrenzt | Präferenzen |\n");
  ASSERT_EQ(found.size(), 4U);
  EXPECT_TRUE(found[0].session_cookie);
  EXPECT_EQ(found[0].category, "necessary");
  EXPECT_EQ(found[0].provider, "Laden GmbH");
  EXPECT_EQ(found[0].purpose, "Hält den Warenkorb");
  EXPECT_EQ(found[1].lifetime_s, 730 * kDay);
  EXPECT_EQ(found[1].category, "analytics");
  EXPECT_EQ(found[2].pattern, "_werb_*");
  EXPECT_EQ(found[2].category, "advertising");
  EXPECT_FALSE(found[3].lifetime_s);
  EXPECT_FALSE(found[3].session_cookie);
  EXPECT_EQ(found[3].category, "functional");
}

TEST(Shapes, French) {
  EXPECT_THAT(
      rows("| NOM DU COOKIE | ÉMETTEUR | FINALITÉ | DURÉE | CATÉGORIE |\n|---|---|---|---|---|\n"
           "| panier_no | Boutique | Garder le panier | un an | Strictement nécessaires |\n"
           "| _compte | Renard | Compter | vingt-quatre heures | Mesure d’audience |\n"
           "| _pub_x1 | Renard | Cibler | Fermeture du navigateur | Publicité |\n"),
      ElementsAre("panier_no necessary 31536000", "_compte analytics 86400",
                  "_pub_x1 advertising session"));
}

TEST(Shapes, Spanish) {
  EXPECT_THAT(rows("| Nombre de la cookie | Proveedor | Finalidad | Caducidad | Tipo "
                   "|\n|---|---|---|---|---|\n"
                   "| cesta_id | Tienda | Guarda la cesta | Sesión | Técnica |\n"
                   "| _cuenta | Zorro | Cuenta visitas | 2 años | Analítica |\n"
                   "| _anuncio | Zorro | Muestra anuncios | seis meses | Publicitaria |\n"),
              ElementsAre("cesta_id necessary session", "_cuenta analytics 63072000",
                          "_anuncio advertising 15552000"));
}

TEST(Shapes, Italian) {
  EXPECT_THAT(
      rows("| Nome del cookie | Fornitore | Scopo | Scadenza | Categoria |\n|---|---|---|---|---|\n"
           "| carrello_id | Negozio | Tiene il carrello | sessione | Necessari |\n"
           "| _conta | Volpe | Conta le visite | 13 mesi | Statistici |\n"
           "| _annuncio | Volpe | Mostra annunci | un anno | Profilazione |\n"),
      ElementsAre("carrello_id necessary session", "_conta analytics 33696000",
                  "_annuncio advertising 31536000"));
}

TEST(Shapes, Dutch) {
  EXPECT_THAT(rows("| Naam | Aanbieder | Doel | Bewaartermijn | Soort |\n|---|---|---|---|---|\n"
                   "| mand_id | Winkel | Houdt de mand vast | Sessie | Noodzakelijke cookies |\n"
                   "| _teller | Vos | Telt bezoeken | 2 jaar | Analytische cookies |\n"
                   "| _reclame | Vos | Toont reclame | 3 maanden | Marketing cookies |\n"),
              ElementsAre("mand_id necessary session", "_teller analytics 63072000",
                          "_reclame advertising 7776000"));
}

TEST(Shapes, SeveralNamesInACellInEveryWay) {
  for (const char* cell :
       {"x_a, x_b", "x_a<br>x_b", "x_a / x_b", "x_a/x_b", "x_a and x_b", "x_a und x_b", "x_a; x_b",
        "x_a x_b", "`x_a`, `x_b`", "“x_a”, “x_b”", "• x_a<br>• x_b", "x_a & x_b", "x_a et x_b",
        "Zebra: x_a, x_b (Zebra)", "x_a,<br>x_b", "Zebra cookies e.g. x_a, x_b"}) {
    EXPECT_THAT(names(std::string("| Cookie | Purpose |\n|---|---|\n| ") + cell + " | Counts |\n"),
                ElementsAre("x_a", "x_b"))
        << cell;
  }
}

TEST(Shapes, MasksOfAllKinds) {
  const std::vector<std::pair<const char*, const char*>> kMasks = {
      {"_ga_<container-id>", "_ga_*"},
      {"_ga_XXXXXXXX", "_ga_*"},
      {"_gat_UA-XXXXXX-X", "_gat_UA-*"},
      {"_gat_UA-*", "_gat_UA-*"},
      {"_hjSession_{site_id}", "_hjSession_*"},
      {"_pk_id.*", "_pk_id.*"},
      {"_pk_ses.#", "_pk_ses.*"},
      {"wp_[hash]_x", "wp_*_x"},
      {"sess-...", "sess-*"},
      {"sess_…", "sess_*"},
      {"_BEAM_ID_{product ID}", "_BEAM_ID_*"},
      {"^_ga_[A-Z0-9]+$", "_ga_*"},
      {"^_dc_gtm_.*", "_dc_gtm_*"},
      {"_ga_container-id", "_ga_*"},
      {"_gat[_customname]", "_gat*"},
      {"tv_(user id)", "tv_*"}};
  for (const auto& [mask, pattern] : kMasks) {
    EXPECT_THAT(
        names(std::string("| Cookie name | Purpose |\n|---|---|\n| ") + mask + " | Counts |\n"),
        ElementsAre(pattern))
        << mask;
  }
}

TEST(Shapes, UnderscoresBeforeMasksAreNoEmphasis) {
  EXPECT_THAT(names("| Cookie name | Purpose |\n|---|---|\n| _FOX_VISIT_{product ID} | Counts |\n| "
                    "_fox_<container-id> | Counts |\n"),
              ElementsAre("_FOX_VISIT_*", "_fox_*"));
}

TEST(Shapes, ACategoryInFrontOfThePurpose) {
  EXPECT_THAT(rows("| Cookie name | Purpose |\n|---|---|\n"
                   "| a_1 | Necessary: keeps you signed in |\n"
                   "| a_2 | Marketing - shows what you like |\n"
                   "| a_3 | Analytics (counting pages) |\n"
                   "| a_4 | Functional<br>Keeps the language |\n"
                   "| a_5 | Advertising cookie used by Zebra |\n"
                   "| a_6 | Keeps you signed in: necessary for the account |\n"),
              ElementsAre("a_1 necessary -", "a_2 advertising -", "a_3 analytics -",
                          "a_4 functional -", "a_5 advertising -", "a_6 unclassified -"));
}

TEST(Shapes, ACategoryAsATitleOrARowAcrossTheTable) {
  EXPECT_THAT(
      rows("|  |  |\n|---|---|\n| **Examples of analytics cookies** |  |\n| Cookie ID | Aim |\n"
           "| a_1 | Counts |\n| **Marketing** |  |\n| a_2 | Shows |\n"),
      ElementsAre("a_1 analytics -", "a_2 advertising -"));
  EXPECT_THAT(
      rows("<h3>Cookies</h3><table><tr><th>Name</th><th>Duration</th></tr>"
           "<tr><td colspan=2>Strictly necessary</td></tr><tr><td>a_1</td><td>1 day</td></tr>"
           "<tr><td colspan=2>Statistics</td></tr><tr><td>a_2</td><td>1 h</td></tr></table>",
           Format::kHtml),
      ElementsAre("a_1 necessary 86400", "a_2 analytics 3600"));
}

TEST(Shapes, AHeadingCountsForAllTablesUnderIt) {
  EXPECT_THAT(
      rows("## Functional cookies\n\n### Zebra\n\n| Name | Purpose |\n|---|---|\n| a_1 | x |\n\n"
           "### Fox\n\n| Name | Purpose |\n|---|---|\n| a_2 | x |\n\n"
           "| Name | Purpose |\n|---|---|\n| a_3 | x |\n\n"
           "## Our partners\n\n| Name | Purpose |\n|---|---|\n| a_4 | x |\n"),
      ElementsAre("a_1 functional -", "a_2 functional -", "a_3 functional -",
                  "a_4 unclassified -"));
}

TEST(Shapes, WordsThatMeanTheRowAbove) {
  for (const char* same : {"same as above", "idem", "siehe oben", "ditto", "\"", "come sopra",
                           "zie boven", "voir ci-dessus", "igual que arriba"}) {
    EXPECT_THAT(
        rows(std::string("| Cookie | Provider | Duration |\n|---|---|---|\n| a_1 | Fox | 2 weeks "
                         "|\n| a_2 | ") +
             same + " | " + same + " |\n"),
        ElementsAre("a_1 unclassified 1209600", "a_2 unclassified 1209600"))
        << same;
  }
}

TEST(Shapes, ParallelListsKeepTheirPlaces) {
  EXPECT_THAT(
      rows("| Cookie | Duration |\n|---|---|\n| a_x, a_y, a_x | 1 day, Session, 2 days |\n"
           "| b_x<br>b_y | 1 hour<br>2 hours |\n| c_x, c_y | c_x: 1 day, c_y: 2 days |\n"
           "| d_x (1 day), d_y (session) |  |\n| e_x, e_y | 1,5 hours |\n"
           "| f_x: 1 day<br>f_y - 2 days | |\n"),
      ElementsAre("a_x unclassified 86400", "a_y unclassified session", "a_x unclassified 172800",
                  "b_x unclassified 3600", "b_y unclassified 7200", "c_x unclassified 86400",
                  "c_y unclassified 172800", "d_x unclassified 86400", "d_y unclassified session",
                  "e_x unclassified 5400", "e_y unclassified 5400", "f_x unclassified 86400",
                  "f_y unclassified 172800"));
}

TEST(Shapes, OnTheirSideWithSeveralCookies) {
  EXPECT_THAT(rows("## Cookies\n\n|  |  |  |\n|---|---|---|\n| Name | a_1 | a_2 |\n| Purpose | "
                   "Necessary: x | y |\n"
                   "| Expiry | 1 day | Session |\n"),
              ElementsAre("a_1 necessary 86400", "a_2 unclassified session"));
  const auto found = cookies(
      "|  |  |\n|---|---|\n| Name | Zebra Analytics |\n| Provider | Zebra Ltd |\n| Purpose | "
      "Counts |\n"
      "| Privacy policy | https://zebra.example/p |\n| Cookie name | _z,_zid |\n| Cookie expiry | "
      "2 years |\n");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[1].pattern, "_zid");
  EXPECT_EQ(found[1].provider, "Zebra Ltd");
  EXPECT_EQ(found[1].lifetime_s, 730 * kDay);
}

TEST(Shapes, NameAndHostInOneCell) {
  for (const char* cell : {"x_a (.fox.example)", "x_a<br>.fox.example", "x_a / www.fox.example"}) {
    const auto found =
        cookies(std::string("| Cookie | Duration |\n|---|---|\n| ") + cell + " | 1 day |\n");
    ASSERT_EQ(found.size(), 1U) << cell;
    EXPECT_EQ(found[0].pattern, "x_a") << cell;
    EXPECT_NE(found[0].provider.find("fox.example"), std::string::npos) << cell;
  }
}

TEST(Shapes, KindsOfStorage) {
  const auto kind = [](const std::string& type) {
    const auto found =
        cookies("| Name | Purpose | Expiry | Type |\n|---|---|---|---|\n| a_1 | x | 1 day | " +
                type + " |\n");
    return found.empty() ? std::string() : found[0].storage;
  };
  EXPECT_EQ(kind("HTTP Cookie"), "cookie");
  EXPECT_EQ(kind("HTTP"), "cookie");
  EXPECT_EQ(kind("HTML Local Storage"), "localStorage");
  EXPECT_EQ(kind("HTML"), "localStorage");
  EXPECT_EQ(kind("Session Storage"), "sessionStorage");
  EXPECT_EQ(kind("IndexedDB"), "indexedDB");
  EXPECT_EQ(kind("Pixel Tracker"), "pixel");
  EXPECT_EQ(kind("Beacon and Cookie"), "cookie");
  EXPECT_EQ(kind("Lokaler HTML-Speicher"), "localStorage");
  EXPECT_EQ(
      cookies("| Cookie | Duration |\n|---|---|\n| a_1 (localStorage) | None |\n").at(0).storage,
      "localStorage");
}

TEST(Shapes, ColumnsInAnotherOrderFurtherDown) {
  EXPECT_THAT(rows("| Cookie | Duration | Purpose |\n|---|---|---|\n| a_1 | 1 day | x |\n"
                   "| Purpose | Cookie | Duration |\n| y | a_2 | 2 days |\n"),
              ElementsAre("a_1 unclassified 86400", "a_2 unclassified 172800"));
}

TEST(Shapes, WithoutLabels) {
  EXPECT_THAT(
      rows("## Cookies we set\n\n| a_1 | 1 day | Keeps the basket of the visitor |\n|---|---|---|\n"
           "| a_2 | Session | Keeps the language of the visitor |\n"),
      ElementsAre("a_1 unclassified 86400", "a_2 unclassified session"));
}

TEST(Shapes, GluedLabels) {
  const auto found = cookies(
      "|  |  |\n|---|---|\n| Cookie name | Duration |\n| Cookie namea_1 | Duration1 day |\n| "
      "Cookie "
      "namea_2 | Duration2 days |\n");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].pattern, "a_1");
  EXPECT_EQ(found[1].lifetime_s, 2 * kDay);
}

TEST(Shapes, NoFigureIsMadeUp) {
  for (const char* life :
       {"31 Dec 2030", "2030-12-31", "n/a", "varies", "see below", "Persistent", "never",
        "a few seconds", "as long as needed", "immediately", "until you log out"}) {
    EXPECT_THAT(rows(std::string("| Cookie | Duration |\n|---|---|\n| a_1 | ") + life + " |\n"),
                ElementsAre("a_1 unclassified -"))
        << life;
  }
}

TEST(Shapes, ALifetimeInThePurposeWhereNoColumnStatesOne) {
  EXPECT_THAT(
      rows("| Cookie | Purpose |\n|---|---|\n| a_1 | Counts visits. Expires after 2 years. |\n"
           "| a_2 | Counts the visits of the last 30 days |\n"),
      ElementsAre("a_1 unclassified 63072000", "a_2 unclassified -"));
}

// What is no table of cookies.
TEST(Shapes, OtherTablesDeclareNoCookies) {
  for (const char* text :
       {"## Cookies\n\n| Tracker name | Company | Purpose |\n|---|---|---|\n| Zendesk | Zendesk | "
        "Support "
        "|\n| MapKit | Fox | Maps |\n| Zebra Login | Zebra | Sign-in |\n",
        "## Cookies\n\n| Name | Purpose | Privacy policy |\n|---|---|---|\n| LinkedIn | Ads | link "
        "|\n| "
        "YouTube | Videos | link |\n| Facebook | Ads | link |\n",
        "## Cookies\n\n| Type of cookie | Purpose |\n|---|---|\n| Necessary | Run the site |\n| "
        "Marketing | Show ads |\n",
        "## Cookies\n\n| Cookie | Purpose |\n|---|---|\n| Necessary | Run the site |\n| Marketing "
        "| "
        "Show ads |\n",
        "| Purpose | Categories of personal data | Legal basis | Retention period "
        "|\n|---|---|---|---|\n| "
        "Support | Name, e-mail | Contract | 2 years |\n",
        "| Type of data | Examples | Kept for |\n|---|---|---|\n| Identifiers | user ID, cookie ID "
        "| 1 "
        "year |\n",
        "| Recipient | Country | Safeguard |\n|---|---|---|\n| Zebra Inc. | US | SCC |\n",
        "| Right | How |\n|---|---|\n| Access | e-mail |\n| Erasure | e-mail |\n",
        "| Vendor | Cookie policy |\n|---|---|\n| Zebra | https://zebra.example |\n| Fox | "
        "https://fox.example |\n",
        "| Name | Role | Phone |\n|---|---|---|\n| Jane Roe | DPO | 1 23 |\n",
        "| Name | Purpose | Retention |\n|---|---|---|\n| first_name | contract | 10 years |\n| "
        "email | "
        "contract | 10 years |\n",
        "| Datenkategorie | Zweck | Speicherdauer |\n|---|---|---|\n| Name | Vertrag | 10 Jahre "
        "|\n| Adresse "
        "| Vertrag | 10 Jahre |\n"}) {
    EXPECT_THAT(names(text), IsEmpty()) << text;
  }
}

}  // namespace
}  // namespace affiant::policy
