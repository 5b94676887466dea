// Languages that are read by their table alone: what each denies, and the traps of each.
#include <map>
#include <string>
#include <vector>

#include "in_language.h"
#include "policy/grammar/grammar.h"

namespace affiant::policy {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Languages, EveryTableIsWellFormed) {
  EXPECT_THAT(grammar_codes(), ElementsAre("de", "fr", "es", "it", "nl"));
  for (const std::string_view code : grammar_codes()) {
    const Result<Grammar>* grammar = grammar_of(code);
    ASSERT_NE(grammar, nullptr);
    EXPECT_TRUE(*grammar) << grammar->error().message;
  }
  EXPECT_EQ(grammar_of("en"), nullptr) << "English has rules of its own";
}

TEST(Languages, ABrokenRowIsAnErrorWithItsNumber) {
  const auto error = [](std::string_view table) {
    const Result<Grammar> grammar = Grammar::parse("xx", table, "");
    return grammar ? std::string() : grammar.error().message;
  };
  EXPECT_EQ(error("cookie\t\tcookie|*cookies\n"), "");
  EXPECT_THAT(error("# a comment\nbiscuit\t\tcookie\n"), HasSubstr("row 2"));
  EXPECT_THAT(error("cookie\tcookie\n"), HasSubstr("row 1"));
  EXPECT_THAT(error("cookie\t\t*ie\n"), HasSubstr("three behind"));
}

TEST(Languages, DenialsOfEveryTypeAreReadInGerman) {
  expect_all(
      {{"de", "Wir verwenden keine Cookies.", "no-cookies!"},
       {"de", "Auf unserer Website setzen wir keine Cookies ein.", "no-cookies!"},
       {"de", "Cookies werden von uns nicht verwendet.", "no-cookies!"},
       {"de", "Wir setzen weder Cookies noch Zählpixel ein.", "no-cookies!"},
       {"de", "Wir verzichten vollständig auf Cookies.", "no-cookies!"},
       {"de", "Diese Seite kommt ohne Cookies aus.", "no-cookies!"},
       {"de", "Es werden keine Cookies von Drittanbietern gesetzt.", "third-party-denial!"},
       {"de", "Wir laden keine externen Schriftarten.", "third-party-denial!"},
       {"de", "Wir binden keine Inhalte von Drittanbietern ein.", "third-party-denial!"},
       {"de", "Es kommen keine Analyse-Tools zum Einsatz.", "third-party-denial!"},
       {"de", "Es findet kein Tracking statt.", "behavioural-tracking!"},
       {"de", "Wir verfolgen Sie nicht.", "behavioural-tracking!"},
       {"de", "Wir zeigen keine Werbung an.", "advertising!"},
       {"de", "Diese Website ist werbefrei.", "advertising!"},
       {"de", "Wir nutzen kein Fingerprinting.", "beacon-or-fingerprint!"},
       {"de", "Wir nutzen keinen Local Storage.", "other-storage!"},
       {"de", "Werbecookies werden nicht gesetzt.", "cookie-category!"},
       {"de", "Google Analytics wird nicht verwendet.", "named-third-party!"},
       {"de", "Unsere Cookies enthalten keine personenbezogenen Daten.", "cookie-content!"},
       {"de", "Wir geben Ihre Daten nicht an Dritte weiter.", "sale-or-sharing!"},
       {"de", "Wir verwenden ausschließlich technisch notwendige Cookies.", "only-necessary"},
       {"de", "Es werden nur Cookies gesetzt, die technisch notwendig sind.", "only-necessary"},
       {"de", "Wir setzen keine nicht notwendigen Cookies.", "only-necessary!"}});
}

TEST(Languages, DenialsOfEveryTypeAreReadInFrench) {
  expect_all(
      {{"fr", "Nous n'utilisons pas de cookies.", "no-cookies!"},
       {"fr", "Aucun cookie n’est déposé sur votre appareil.", "no-cookies!"},
       {"fr", "Ce site ne dépose aucun cookie.", "no-cookies!"},
       {"fr", "Notre site fonctionne sans cookies.", "no-cookies!"},
       {"fr", "Notre site n'utilise ni cookies ni traceurs.", "third-party-denial!"},
       {"fr", "Nous n'intégrons aucun script tiers.", "third-party-denial!"},
       {"fr", "Nous n'autorisons pas les tiers à déposer des cookies.", "third-party-denial!"},
       {"fr", "Nous ne vous suivons pas.", "behavioural-tracking!"},
       {"fr", "Nous n'affichons aucune publicité.", "advertising!"},
       {"fr", "Il n'y a pas de publicité sur ce site.", "advertising!"},
       {"fr", "Notre site ne contient ni pixels espions ni balises web.", "beacon-or-fingerprint!"},
       {"fr", "Nous n'utilisons pas le stockage local.", "other-storage!"},
       {"fr", "Nous n'utilisons pas de cookies de mesure d'audience.", "cookie-category!"},
       {"fr", "Nous n'utilisons pas Google Analytics.", "named-third-party!"},
       {"fr", "Les cookies ne contiennent aucune donnée personnelle.", "cookie-content!"},
       {"fr", "Nous ne vendons pas vos données personnelles.", "sale-or-sharing!"},
       {"fr", "Nous n'utilisons que des cookies strictement nécessaires.", "only-necessary"},
       {"fr", "Seuls les cookies techniques sont déposés.", "only-necessary"},
       {"fr", "Nous n'utilisons pas de cookies non essentiels.", "only-necessary!"}});
}

TEST(Languages, DenialsOfEveryTypeAreReadInSpanish) {
  expect_all({{"es", "No utilizamos cookies.", "no-cookies!"},
              {"es", "Este sitio no utiliza cookies.", "no-cookies!"},
              {"es", "Ninguna cookie se instala en su dispositivo.", "no-cookies!"},
              {"es", "El sitio funciona sin cookies.", "no-cookies!"},
              {"es", "No se utilizan cookies de terceros.", "third-party-denial!"},
              {"es", "No cargamos scripts de terceros.", "third-party-denial!"},
              {"es", "No permitimos que terceros instalen cookies.", "third-party-denial!"},
              {"es", "No le rastreamos.", "behavioural-tracking!"},
              {"es", "Nuestra web no muestra publicidad.", "advertising!"},
              {"es", "Nuestra página está libre de publicidad.", "advertising!"},
              {"es", "No usamos píxeles de seguimiento.", "beacon-or-fingerprint!"},
              {"es", "No usamos almacenamiento local.", "other-storage!"},
              {"es", "No utilizamos cookies de publicidad.", "cookie-category!"},
              {"es", "No usamos Google Analytics.", "named-third-party!"},
              {"es", "Nuestras cookies no contienen datos personales.", "cookie-content!"},
              {"es", "No vendemos sus datos personales a terceros.", "sale-or-sharing!"},
              {"es", "Solo utilizamos cookies técnicas.", "only-necessary"},
              {"es", "No usamos cookies no esenciales.", "only-necessary!"}});
}

TEST(Languages, DenialsOfEveryTypeAreReadInItalian) {
  expect_all({{"it", "Non utilizziamo cookie.", "no-cookies!"},
              {"it", "Nessun cookie viene installato.", "no-cookies!"},
              {"it", "Il sito non fa uso di cookie.", "no-cookies!"},
              {"it", "Il sito funziona senza cookie.", "no-cookies!"},
              {"it", "Non utilizziamo né cookie né tracker.", "third-party-denial!"},
              {"it", "Non sono presenti cookie di terze parti.", "third-party-denial!"},
              {"it", "Non carichiamo script di terze parti.", "third-party-denial!"},
              {"it", "Non ti tracciamo.", "behavioural-tracking!"},
              {"it", "Non mostriamo pubblicità.", "advertising!"},
              {"it", "Non utilizziamo tecniche di fingerprinting.", "beacon-or-fingerprint!"},
              {"it", "Non utilizziamo il local storage.", "other-storage!"},
              {"it", "Non vengono utilizzati cookie di profilazione.", "cookie-category!"},
              {"it", "Non utilizziamo Google Analytics.", "named-third-party!"},
              {"it", "I cookie non contengono dati personali.", "cookie-content!"},
              {"it", "Non vendiamo i tuoi dati personali a terzi.", "sale-or-sharing!"},
              {"it", "Questo sito utilizza solo cookie tecnici.", "only-necessary"},
              {"it", "Non utilizziamo cookie non essenziali.", "only-necessary!"}});
}

TEST(Languages, DenialsOfEveryTypeAreReadInDutch) {
  expect_all({{"nl", "Wij gebruiken geen cookies.", "no-cookies!"},
              {"nl", "Onze website maakt geen gebruik van cookies.", "no-cookies!"},
              {"nl", "Cookies worden niet gebruikt.", "no-cookies!"},
              {"nl", "Onze website werkt zonder cookies.", "no-cookies!"},
              {"nl", "We gebruiken geen cookies van derden.", "third-party-denial!"},
              {"nl", "Wij laden geen scripts van derden.", "third-party-denial!"},
              {"nl", "Wij gebruiken geen cookies of trackingtools.", "third-party-denial!"},
              {"nl", "Wij volgen u niet.", "behavioural-tracking!"},
              {"nl", "Wij tonen geen advertenties.", "advertising!"},
              {"nl", "Onze site is vrij van reclame.", "advertising!"},
              {"nl", "Wij gebruiken geen fingerprinting.", "beacon-or-fingerprint!"},
              {"nl", "Wij gebruiken geen local storage.", "other-storage!"},
              {"nl", "Wij plaatsen geen trackingcookies.", "cookie-category!"},
              {"nl", "Wij gebruiken geen Google Analytics.", "named-third-party!"},
              {"nl", "Onze cookies bevatten geen persoonsgegevens.", "cookie-content!"},
              {"nl", "Wij verkopen uw persoonsgegevens niet aan derden.", "sale-or-sharing!"},
              {"nl", "Wij gebruiken uitsluitend noodzakelijke cookies.", "only-necessary"},
              {"nl", "Wij gebruiken geen niet-essentiële cookies.", "only-necessary!"}});
}

TEST(Languages, OneNegationReachesEveryThingOfItsList) {
  const auto kinds = kinds_in("de", "Wir verwenden keine Cookies, Zählpixel oder Tracker.");
  EXPECT_THAT(kinds, testing::UnorderedElementsAre("no-cookies!", "beacon-or-fingerprint!",
                                                   "third-party-denial!"));
  EXPECT_THAT(
      first_in("de", "Analyse-, Werbe- oder Tracking-Cookies werden nicht eingesetzt.").purposes,
      ElementsAre("analytics", "advertising", "tracking"));
  EXPECT_THAT(first_in("fr", "Ce site ne dépose aucun cookie de mesure d'audience ni de publicité.")
                  .purposes,
              ElementsAre("analytics", "advertising"));
  EXPECT_THAT(kinds_in("es", "Este sitio web no utiliza cookies propias ni de terceros."),
              ElementsAre("no-cookies!", "third-party-denial!"));
  EXPECT_THAT(kinds_in("it",
                       "Il sito non utilizza cookie di profilazione, non usa script di terze "
                       "parti."),
              ElementsAre("cookie-category!", "third-party-denial!"));
  EXPECT_THAT(kinds_in("nl", "Wij gebruiken geen trackers en tonen geen reclame."),
              ElementsAre("third-party-denial!", "advertising!"));
}

TEST(Languages, ANegationReachesNoFurtherThanItsClause) {
  EXPECT_THAT(kinds_in("fr", "Nous utilisons des cookies et nous n'affichons pas de publicité."),
              ElementsAre("advertising!", "uses-cookies"));
  EXPECT_THAT(denied_in("de", "Wir erheben keine Daten mit Cookies."), IsEmpty());
  EXPECT_THAT(denied_in("nl", "Bezoekers gebruiken geen cookies."), IsEmpty());
  EXPECT_THAT(denied_in("es", "Nuestros socios no utilizan cookies."), IsEmpty());
  EXPECT_THAT(denied_in("de", "Matomo verwendet keine Cookies."), IsEmpty());
}

TEST(Languages, NotOnlyIsNoDenial) {
  expect_no_denial({{"de", "Wir verwenden nicht nur notwendige Cookies."},
                    {"fr", "Nous n'utilisons pas seulement des cookies nécessaires."},
                    {"es", "No solo utilizamos cookies técnicas."},
                    {"it", "Non solo utilizziamo cookie tecnici."},
                    {"nl", "Wij gebruiken niet alleen noodzakelijke cookies."}});
}

TEST(Languages, ExceptionsBeforeAndAfterAreKept) {
  const std::vector<std::array<std::string_view, 3>> cases = {
      {"de", "Außer im Warenkorb verwenden wir keine Cookies.", "Außer im Warenkorb"},
      {"de", "Wir verwenden keine Cookies, außer im Warenkorb.", "außer im Warenkorb"},
      {"fr", "Sauf sur la page de paiement, nous n'utilisons pas de cookies.",
       "Sauf sur la page de paiement"},
      {"fr", "Le site n'utilise pas de cookies, à l'exception d'un cookie de session.",
       "à l'exception d'un cookie de session"},
      {"es", "Salvo en la página de pago, no utilizamos cookies.", "Salvo en la página de pago"},
      {"es", "No utilizamos cookies salvo en la página de pago.", "salvo en la página de pago"},
      {"it", "Salvo nella pagina di pagamento, non utilizziamo cookie.",
       "Salvo nella pagina di pagamento"},
      {"it", "Non utilizziamo cookie, salvo nella pagina di pagamento.",
       "salvo nella pagina di pagamento"},
      {"nl", "Behalve op de betaalpagina gebruiken wij geen cookies.",
       "Behalve op de betaalpagina"},
      {"nl", "Wij gebruiken geen cookies, behalve op de betaalpagina.",
       "behalve op de betaalpagina"}};
  for (const auto& [language, text, exception] : cases) {
    const Statement s = first_in(language, text);
    EXPECT_EQ(s.type, "no-cookies") << text;
    EXPECT_EQ(s.exception, exception) << text;
  }
  EXPECT_EQ(
      first_in("de", "Wir verwenden keine Cookies, es sei denn, Sie melden sich an.").modality,
      "unless");
}

TEST(Languages, ANextSentenceThatTakesBackIsAnException) {
  EXPECT_THAT(
      first_in("de", "Wir verwenden keine Cookies. Allerdings verwendet unser Shop Cookies.")
          .exception,
      HasSubstr("Shop"));
}

TEST(Languages, ConditionsAndHedgesAreKept) {
  const std::vector<std::array<std::string_view, 3>> conditions = {
      {"de", "Wenn Sie nicht angemeldet sind, setzen wir keine Cookies.",
       "Wenn Sie nicht angemeldet sind"},
      {"fr", "Si vous n'êtes pas connecté, nous ne déposons pas de cookies.",
       "Si vous n'êtes pas connecté"},
      {"es", "Si no ha iniciado sesión, no instalamos cookies.", "Si no ha iniciado sesión"},
      {"it", "Se non sei registrato, non installiamo cookie.", "Se non sei registrato"},
      {"nl", "Als u niet bent ingelogd, plaatsen wij geen cookies.", "Als u niet bent ingelogd"}};
  for (const auto& [language, text, condition] : conditions) {
    const Statement s = first_in(language, text);
    EXPECT_EQ(s.condition, condition) << text;
    EXPECT_EQ(s.modality, "if") << text;
  }
  for (const auto& [language, text] : std::map<std::string_view, std::string_view>{
           {"de", "Grundsätzlich verwenden wir keine Cookies."},
           {"fr", "En général, nous n'utilisons pas de cookies."},
           {"es", "En general no utilizamos cookies."},
           {"it", "In generale non utilizziamo cookie."},
           {"nl", "In principe gebruiken wij geen cookies."}})
    EXPECT_TRUE(first_in(language, text).hedged) << text;
}

TEST(Languages, ADenialOfOnePurposeDeniesOnlyThatPurpose) {
  EXPECT_THAT(kinds_in("de", "Wir setzen keine Cookies für Werbezwecke ein."),
              ElementsAre("cookie-category!"));
  EXPECT_THAT(kinds_in("de", "Wir verwenden keine Cookies, um Sie zu identifizieren."),
              ElementsAre("cookie-content!"));
  EXPECT_THAT(kinds_in("fr", "Les cookies ne sont pas utilisés à des fins publicitaires."),
              ElementsAre("cookie-category!"));
  EXPECT_THAT(kinds_in("es", "No utilizamos cookies para identificarle."),
              ElementsAre("cookie-content!"));
  EXPECT_THAT(kinds_in("nl", "Wij gebruiken geen cookies om je persoonlijk te volgen."),
              ElementsAre("behavioural-tracking!"));
  expect_no_denial({{"de", "Wir verwenden keine Cookies, um Ihnen Kaffee zu kochen."},
                    {"de", "Wir verwenden keine Cookies für diesen Zweck."},
                    {"fr", "Nous n'utilisons pas de cookies à cette fin."},
                    {"de", "Dabei werden keine Cookies gesetzt."},
                    {"fr", "Dans ce cas, aucun cookie n'est déposé."},
                    {"de", "Wir nutzen keine Cookies von Facebook."},
                    {"es", "No utilizamos cookies para este fin."},
                    {"nl", "Wij gebruiken geen cookies voor dit doel."}});
}

TEST(Languages, AScopeOtherThanTheSiteIsKept) {
  EXPECT_EQ(first_in("de", "In unserem Newsletter verwenden wir keine Zählpixel.").scope,
            "In unserem Newsletter");
  EXPECT_EQ(first_in("de", "In unserem Shop verwenden wir keine Cookies.").scope,
            "In unserem Shop");
  EXPECT_EQ(first_in("de", "Unsere App verwendet keine Cookies.").scope, "App");
  EXPECT_EQ(first_in("fr", "Notre application n'utilise pas de cookies.").scope, "application");
  EXPECT_EQ(first_in("es", "Este sitio no utiliza cookies.").scope, "");
  EXPECT_EQ(first_in("de", "Auf unserer Website verwenden wir keine Cookies.").scope, "");
  EXPECT_EQ(first_in("fr", "Nous n'utilisons pas de cookies dans notre newsletter.").scope,
            "dans notre newsletter");
}

}  // namespace
}  // namespace affiant::policy
