// What the five languages that are read by their tables say and do not say: found on texts that
// nothing here was written from.
#include "in_language.h"

namespace affiant::policy {
namespace {

using testing::Contains;
using testing::Not;

TEST(LanguageLimits, WhatIsSetWithoutConsentAsksForNone) {
  for (const auto& [language, text] : std::vector<std::pair<std::string_view, std::string_view>>{
           {"nl", "Deze cookies worden zonder toestemming geplaatst."},
           {"de", "Technisch notwendige Cookies werden ohne Ihre Einwilligung gesetzt."},
           {"fr", "Ces cookies peuvent être déposés sans votre consentement."},
           {"it", "Questi cookie possono essere installati senza il tuo consenso."},
           {"es", "Estas cookies se pueden instalar sin su consentimiento."},
           {"de", "Diese Cookies werden vor Ihrer Einwilligung gesetzt."},
           {"fr", "Ces cookies sont déposés avant que vous n'ayez donné votre consentement."},
           {"es", "Estas cookies se instalan antes de obtener su consentimiento."},
           {"it", "Questi cookie vengono installati prima del consenso."},
           {"nl", "Deze cookies worden geplaatst voordat u toestemming geeft."}})
    EXPECT_THAT(kinds_in(language, text), Not(Contains("consent"))) << text;
  EXPECT_THAT(test::kinds("We may place these cookies without your consent."),
              Not(Contains("consent")));
  expect_all({{"it", "Nessun cookie viene installato prima del consenso.", "consent"},
              {"nl", "Er worden geen cookies geplaatst voordat u toestemming geeft.", "consent"},
              {"nl", "Zonder uw toestemming plaatsen wij geen cookies.", "consent"},
              {"de", "Ohne Ihre Einwilligung werden keine Cookies gesetzt.", "consent"}});
}

TEST(LanguageLimits, AConditionBehindACommaBelongsToTheDenial) {
  for (const std::string_view text :
       {"Wir setzen keine Cookies, solange Sie nicht angemeldet sind.",
        "Wir setzen keine Cookies, wenn Sie nur lesen.",
        "Wir setzen keine Cookies, sofern Sie nicht zustimmen."})
    for (const Statement& s : read_in("de", text).statements) EXPECT_NE(s.modality, "does") << text;
}

TEST(LanguageLimits, ARelativeClauseBoundsTheDenial) {
  for (const auto& [language, text] : std::vector<std::pair<std::string_view, std::string_view>>{
           {"nl", "Wij gebruiken geen cookies die u volgen."},
           {"nl", "Wij gebruiken geen cookies die persoonsgegevens verzamelen."},
           {"nl", "Er worden geen cookies geplaatst die u volgen."},
           {"de", "Wir verwenden keine Cookies, die Sie auf anderen Websites verfolgen."},
           {"de", "Wir verwenden keine Cookies, die Daten an Dritte übermitteln."}})
    EXPECT_THAT(kinds_in(language, text), Not(Contains("no-cookies!"))) << text;
}

TEST(LanguageLimits, WhosesoeverTheyAreTheKindStaysTheKind) {
  for (const auto& [language, text] : std::vector<std::pair<std::string_view, std::string_view>>{
           {"it", "Il sito non utilizza cookie di profilazione, né propri né di terze parti."},
           {"es", "El sitio no utiliza cookies de publicidad, ni propias ni de terceros."}}) {
    const auto said = kinds_in(language, text);
    EXPECT_THAT(said, Not(Contains("no-cookies!"))) << text;
    EXPECT_THAT(said, Contains("cookie-category!")) << text;
  }
}

TEST(LanguageLimits, OneOfHoldsForAllKindsOfTheList) {
  for (const auto& [language, text] : std::vector<std::pair<std::string_view, std::string_view>>{
           {"es", "El sitio no utiliza cookies de analítica, publicidad o seguimiento."},
           {"es", "El sitio no utiliza cookies de seguimiento, publicidad ni analítica."},
           {"nl", "Wij plaatsen geen tracking- of marketingcookies."},
           {"de", "Wir setzen keine Tracking- oder Werbecookies."},
           {"it", "Il sito non utilizza cookie di analisi, pubblicità o tracciamento."},
           {"fr", "Le site n'utilise pas de cookies d'analyse, publicité ou suivi."}}) {
    const auto said = kinds_in(language, text);
    EXPECT_THAT(said, Contains("cookie-category!")) << text;
    EXPECT_THAT(said, Not(Contains("advertising!"))) << text;
    EXPECT_THAT(said, Not(Contains("behavioural-tracking!"))) << text;
  }
}

TEST(LanguageLimits, DenialsNeedNoVerb) {
  expect_all(
      {{"de", "Keine Cookies, kein Tracking.", "no-cookies!"},
       {"de", "Keine Werbe-Cookies und kein websiteübergreifendes Tracking.", "cookie-category!"},
       {"it", "Nessun cookie di profilazione.", "cookie-category!"},
       {"nl", "Geen cookies van derden.", "third-party-denial!"},
       {"fr", "Aucun cookie publicitaire.", "cookie-category!"}});
  expect_no_denial({{"de", "Keine Cookies ohne Ihre Zustimmung."}, {"de", "Keine Cookies?"}});
}

TEST(LanguageLimits, ThePurposeMayStandBeforeTheParticiple) {
  expect_all({{"de", "Es werden keine Cookies für Werbung gesetzt.", "cookie-category!"},
              {"nl", "Er worden geen cookies voor reclame geplaatst.", "cookie-category!"}});
}

TEST(LanguageLimits, TheDutchNameOfTheRegulationIsNoCompany) {
  EXPECT_THAT(kinds_in("nl", "Wij verwerken uw gegevens volgens de AVG."),
              Not(Contains("named-third-party")));
}

TEST(LanguageLimits, NoCookiesOfTheServiceJustNamedHoldForIt) {
  for (const auto& [language, text] : std::vector<std::pair<std::string_view, std::string_view>>{
           {"de", "Wir nutzen Plausible Analytics. Es werden keine Cookies gesetzt."},
           {"nl", "Wij gebruiken Plausible Analytics. Er worden geen cookies geplaatst."}})
    for (const Statement& s : denied_in(language, text))
      EXPECT_EQ(s.scope, "Plausible Analytics") << text;
  for (const Statement& s : denied_in("de", "Wir nutzen Matomo. Wir setzen keine Cookies."))
    EXPECT_EQ(s.scope, "");
}

TEST(LanguageLimits, ANameThatTheTextBroughtInIsNotTheSite) {
  expect_no_denial(
      {{"fr",
        "Nous utilisons Orchardmeter pour les statistiques. Orchardmeter n'utilise pas de "
        "cookies."},
       {"es", "Utilizamos Orchardmeter para las estadísticas. Orchardmeter no utiliza cookies."},
       {"it", "Utilizziamo Orchardmeter per le statistiche. Orchardmeter non utilizza cookie."}});
}

TEST(LanguageLimits, AServiceThatWaitsForConsentSaysSo) {
  expect_all({{"de", "Nur mit Ihrer Einwilligung nutzen wir Google Analytics.", "consent"}});
  for (const Statement& s :
       read_in("de", "Nur mit Ihrer Einwilligung nutzen wir Google Analytics.").statements)
    EXPECT_TRUE(s.type != "named-third-party" || s.modality == "if");
}

TEST(LanguageLimits, ConsentInTheWordsOfGenerators) {
  expect_all({{"de",
               "Sofern eine Einwilligung zur Speicherung von Cookies abgefragt wurde, erfolgt die "
               "Verarbeitung ausschließlich auf Grundlage dieser Einwilligung.",
               "consent"},
              {"nl", "We vragen jouw toestemming om statistiek cookies te plaatsen.", "consent"}});
  EXPECT_THAT(kinds_in("fr", "Certains cookies sont dispensés du recueil de votre consentement."),
              Not(Contains("consent")));
}

}  // namespace
}  // namespace affiant::policy
