// Languages that are read by their table alone: what claims nothing, consent, signals, parties, and
// whole texts.
#include <map>
#include <string>
#include <vector>

#include "in_language.h"
#include "policy/grammar/grammar.h"

namespace affiant::policy {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(Languages, NonClaimsYieldNoDenial) {
  expect_no_denial({
      // Choices of a visitor.
      {"de", "Sie können Ihren Browser so einstellen, dass keine Cookies gespeichert werden."},
      {"fr", "Vous pouvez configurer votre navigateur pour qu'aucun cookie ne soit déposé."},
      {"es", "Puede configurar su navegador para no aceptar cookies."},
      {"it", "Puoi impostare il browser in modo che non vengano installati cookie."},
      {"nl", "U kunt uw browser zo instellen dat er geen cookies worden geplaatst."},
      // Definitions.
      {"de", "Cookies sind kleine Textdateien, die keine Viren enthalten."},
      {"fr", "Les cookies sont de petits fichiers qui ne contiennent pas de virus."},
      {"es", "Las cookies son pequeños archivos que no contienen virus."},
      {"it", "I cookie sono piccoli file che non contengono virus."},
      {"nl", "Cookies zijn kleine bestanden die geen virussen bevatten."},
      // Disclaimers of control.
      {"de", "Wir haben keinen Einfluss auf Cookies von Drittanbietern."},
      {"fr", "Nous n'avons aucun contrôle sur les cookies tiers."},
      {"es", "No tenemos control sobre las cookies de terceros."},
      {"it", "Non abbiamo alcun controllo sui cookie di terze parti."},
      {"nl", "Wij hebben geen invloed op cookies van derden."},
      {"fr", "Nous ne pouvons pas garantir que les tiers n'utilisent pas de cookies."},
      // Rights, others, questions, what is pointed at, what has no end.
      {"de", "Sie haben das Recht, nicht verfolgt zu werden."},
      {"de", "Unsere Partner setzen keine Cookies."},
      {"de", "Diese Cookies werden nicht gesetzt."},
      {"fr", "Ces cookies ne sont pas déposés."},
      {"de", "Werden keine Cookies eingesetzt?"},
      {"de", "Wir können nicht ausschließen, dass Dritte Cookies setzen."},
      {"de", "Ohne Cookies kann unsere Website nicht genutzt werden."},
      {"fr", "Sans cookies, le site ne fonctionne pas."},
      {"fr", "Vous n'êtes pas obligé d'accepter les cookies."},
  });
}

TEST(Languages, WhatIsNotUnderstoodDeniesNothing) {
  expect_no_denial({{"de", "Wir verwenden keine fliederfarbenen Cookies."},
                    {"fr", "Nous n'utilisons pas de cookies mirobolants."},
                    {"es", "No utilizamos cookies estrambóticas."},
                    {"it", "Non utilizziamo cookie strampalati."},
                    {"nl", "Wij gebruiken geen paarse cookies."}});
}

TEST(Languages, WhatHappensAfterARefusalIsNoDenial) {
  for (const auto& [language, text] : std::map<std::string_view, std::string_view>{
           {"de", "Wenn Sie ablehnen, werden keine Analyse-Cookies gesetzt."},
           {"fr", "Si vous refusez, aucun cookie publicitaire ne sera déposé."},
           {"es", "Si rechaza, no se instalarán cookies publicitarias."},
           {"it", "Se rifiuti, non vengono installati cookie pubblicitari."},
           {"nl", "Als u weigert, worden er geen analytische cookies geplaatst."}}) {
    EXPECT_THAT(kinds_in(language, text), ElementsAre("opt-out-effect")) << text;
  }
}

TEST(Languages, ConsentIsReadAsSuch) {
  expect_all({{"de", "Cookies werden nur mit Ihrer Einwilligung gesetzt.", "consent"},
              {"de", "Werbecookies werden erst nach Ihrer Einwilligung gesetzt.", "consent"},
              {"de", "Mit der Nutzung unserer Website stimmen Sie der Verwendung von Cookies zu.",
               "consent"},
              {"fr", "Les cookies ne sont déposés qu'avec votre consentement.", "consent"},
              {"fr", "En poursuivant votre navigation, vous acceptez les cookies.", "consent"},
              {"es", "Las cookies solo se instalan con su consentimiento.", "consent"},
              {"it", "I cookie vengono installati solo con il tuo consenso.", "consent"},
              {"nl", "Cookies worden alleen met uw toestemming geplaatst.", "consent"}});
  EXPECT_THAT(
      kinds_in("fr", "Votre consentement n'est pas nécessaire pour les cookies techniques."),
      Not(Contains("consent")));
  EXPECT_THAT(
      kinds_in("de", "Für technisch notwendige Cookies ist keine Einwilligung erforderlich."),
      Not(Contains("consent")));
}

TEST(Languages, SignalsAreReadWithTheirPolarity) {
  expect_all({{"de", "Wir respektieren Do Not Track.", "signal"},
              {"de", "Wir reagieren nicht auf Do-Not-Track-Signale.", "signal!"},
              {"de", "Wir ignorieren Do-Not-Track-Signale.", "signal!"},
              {"de", "Wenn Ihr Browser ein DNT-Signal sendet, setzen wir keine Tracking-Cookies.",
               "signal"},
              {"fr", "Nous respectons le signal Do Not Track.", "signal"},
              {"fr", "Nous ne répondons pas aux signaux Do Not Track.", "signal!"},
              {"es", "Respetamos la señal Do Not Track.", "signal"},
              {"es", "No respondemos a las señales Do Not Track.", "signal!"},
              {"it", "Rispettiamo il segnale Do Not Track.", "signal"},
              {"it", "Non rispondiamo ai segnali Do Not Track.", "signal!"},
              {"nl", "Wij respecteren Do Not Track.", "signal"},
              {"nl", "Wij reageren niet op Do Not Track-signalen.", "signal!"}});
  EXPECT_THAT(first_in("fr", "Nous respectons le signal Global Privacy Control.").data,
              ElementsAre("gpc"));
}

TEST(Languages, UsesAndPartiesAreRead) {
  expect_all(
      {{"de", "Wir verwenden Cookies, um unsere Website zu verbessern.", "uses-cookies"},
       {"de", "Wir setzen Analyse-Cookies ein.", "cookie-category"},
       {"de", "Die Cookies werden nach 30 Tagen gelöscht.", "lifetime"},
       {"de", "Wir verwenden Google Analytics mit anonymizeIp().", "analytics-setup"},
       {"de", "Unsere Website setzt Zählpixel ein.", "beacon-or-fingerprint"},
       {"de", "Wir speichern Ihre Auswahl im Local Storage.", "other-storage"},
       {"de", "Dies ist die vollständige Liste der Cookies.", "closed-list"},
       {"de", "Diese Datenschutzerklärung gilt für unsere Website.", "scope"},
       {"de", "Stand: 1. Mai 2024", "policy-itself"},
       {"de", "Unsere Website nutzt TLS.", "server-practice"},
       {"fr", "Les cookies ont une durée de vie de 13 mois.", "lifetime"},
       {"fr", "Nous autorisons des partenaires à déposer des cookies.", "third-party-category"},
       {"fr", "Nous affichons des publicités.", "advertising"},
       {"fr", "Nous transmettons vos données personnelles à nos prestataires.",
        "third-party-category"},
       {"es", "Utilizamos Google Analytics para medir el tráfico.", "named-third-party"},
       {"it", "Il sito utilizza Google Analytics.", "named-third-party"},
       {"nl", "Wij maken gebruik van Google Analytics.", "named-third-party"},
       {"nl", "Afmelden voor advertenties kan via www.youronlinechoices.eu.", "opt-out-link"}});
  const Statement s =
      first_in("fr", "Nous utilisons Matomo pour mesurer l'audience de notre site.");
  EXPECT_EQ(s.type, "named-third-party");
  EXPECT_THAT(s.parties, ElementsAre("Matomo"));
  EXPECT_THAT(s.purposes, ElementsAre("analytics"));
}

TEST(Languages, NamesInAListOfPartiesAreParties) {
  const Declaration d = read_in(
      "fr",
      "# Cookies\n\nCe site utilise des cookies.\n\nVoici comment et avec qui.\n\n"
      "## Nos partenaires tiers\n\nNos partenaires peuvent déposer des cookies sur notre site.\n\n"
      "Taboola : https://www.taboola.example/privacy\n\n"
      "Zorglub : https://www.zorglub.example/privacy\n\n"
      "Firefox : https://support.mozilla.example/cookies\n");
  std::vector<std::string> parties;
  for (const Statement& s : d.statements)
    if (s.type == "named-third-party")
      parties.insert(parties.end(), s.parties.begin(), s.parties.end());
  EXPECT_THAT(parties, ElementsAre("Taboola", "Zorglub"));
}

TEST(Languages, AWordUnderAQuestionAnswersIt) {
  for (const auto& [language, text] : std::map<std::string_view, std::string_view>{
           {"de", "## Verwenden wir Cookies?\n\nNein.\n"},
           {"fr", "## Utilisons-nous des cookies ?\n\nNon.\n"},
           {"es", "## ¿Utilizamos cookies?\n\nNo.\n"},
           {"it", "## Utilizziamo cookie?\n\nNo.\n"},
           {"nl", "## Gebruiken wij cookies?\n\nNee.\n"}})
    EXPECT_THAT(kinds_in(language, text), ElementsAre("no-cookies!")) << text;
  EXPECT_THAT(kinds_in("de", "## Verwenden wir Cookies?\n\nJa.\n"), ElementsAre("uses-cookies"));
  EXPECT_THAT(kinds_in("de", "## Verwenden Sie Cookies?\n\nNein.\n"), IsEmpty())
      << "asks about the reader";
  EXPECT_THAT(kinds_in("de", "## Welche Cookies verwenden wir?\n\nKeine.\n"), IsEmpty());
}

TEST(Languages, CapitalsBeyondAsciiAreFolded) {
  EXPECT_THAT(kinds_in("de", "WIR LADEN KEINE EXTERNEN SCHRIFTARTEN. ÜBERHAUPT NICHT."),
              Contains("third-party-denial!"));
  EXPECT_THAT(kinds_in("fr", "Évidemment, À CE JOUR, NOUS N'AFFICHONS AUCUNE PUBLICITÉ."),
              Not(Contains("advertising")));
  EXPECT_TRUE(first_in("fr", "À ce jour, nous n'affichons aucune publicité.").hedged);
}

TEST(Languages, ShortTextsAreToldByTheirWords) {
  for (const auto& [language, text] :
       std::map<std::string_view, std::string_view>{{"de", "Wir verwenden keine Cookies."},
                                                    {"fr", "Nous n’utilisons pas de cookies."},
                                                    {"es", "No utilizamos cookies."},
                                                    {"it", "Non utilizziamo cookie."},
                                                    {"nl", "Wij gebruiken geen cookies."}}) {
    const Declaration d = test::read(text);
    EXPECT_EQ(d.sources.at(0).language, language);
    EXPECT_EQ(d.statements.size(), 1U) << text;
  }
  EXPECT_EQ(test::read("We do not use cookies.").sources.at(0).language, "");
}

constexpr std::string_view kEnglishPart =
    "# Privacy\n\nWe do not use cookies on our website, and we do not share the data that you "
    "give us with any other company. You can write to us about this policy at any time and we "
    "will answer as soon as we can, for we like to be of help to you and to all of our visitors.\n";
constexpr std::string_view kGermanPart =
    "# Datenschutz\n\nWir verwenden auf unserer Website keine Cookies. Die Daten, die Sie uns im "
    "Formular mitteilen, werden nur für die Antwort verwendet und nach einem Monat gelöscht. Bei "
    "Fragen zu dieser Erklärung können Sie uns jederzeit schreiben, wir sind für Sie da und "
    "antworten auf jede Frage mit der gebotenen Sorgfalt.\n";
constexpr std::string_view kPolishPart =
    "# Prywatność\n\nNa naszej stronie nie używamy plików cookie i nie przekazujemy danych do "
    "innych firm. Jeśli masz pytania, które dotyczą tej strony, to można do nas napisać przez "
    "formularz, a my odpowiemy na nie w ciągu tygodnia, jak tylko jest to możliwe, nie później "
    "niż po dwóch tygodniach od dnia, w którym je otrzymamy.\n";

TEST(Languages, EachSectionIsReadInItsOwnLanguage) {
  const std::string both = std::string(kEnglishPart) + "\n" + std::string(kGermanPart);
  const Declaration d = test::read(both);
  int denials = 0;
  for (const Statement& s : d.statements) {
    if (s.type != "no-cookies") continue;
    ++denials;
    EXPECT_EQ(s.quote, d.sources.at(0).text.substr(s.start, s.end - s.start));
  }
  EXPECT_EQ(denials, 2);
  EXPECT_THAT(d.unread, IsEmpty());
}

TEST(Languages, APassageThatIsNotReadIsNamed) {
  const Declaration d = test::read(std::string(kEnglishPart) + "\n" + std::string(kPolishPart));
  EXPECT_THAT(d.unread, ElementsAre(HasSubstr("passages in Polish")));
  const Declaration whole = test::read(kPolishPart);
  EXPECT_THAT(whole.unread, ElementsAre(HasSubstr("Polish")));
  EXPECT_THAT(whole.statements, IsEmpty());
}

TEST(Languages, APolicyIsToldFromAWall) {
  EXPECT_TRUE(
      read_in("de",
              "# Datenschutz\n\nWir verwenden keine Cookies und kein Tracking. Ihre "
              "personenbezogenen Daten geben wir nicht an Dritte weiter. Wir speichern Ihre "
              "Daten nur, solange es nötig ist.")
          .is_policy);
  EXPECT_FALSE(read_in("de",
                       "Wir verwenden Cookies und geben Daten an Dritte weiter. Mit Ihrer "
                       "Einwilligung setzen wir Werbecookies. Alle akzeptieren. Einstellungen "
                       "verwalten. Mehr in der Datenschutzerklärung.")
                   .is_policy);
  EXPECT_FALSE(read_in("fr", "Cette page n'existe pas. Retournez à la page d'accueil.").is_policy);
}

TEST(Languages, LongNestedInputEnds) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += "wenn keine Cookies, die nicht und ";
  const Declaration long_one = read_in("de", text);
  EXPECT_THAT(long_one.statements, IsEmpty());
  EXPECT_THAT(long_one.unread, ElementsAre(HasSubstr("1 stretches of text")));
  std::string brackets(50'000, '(');
  EXPECT_THAT(denied_in("fr", brackets + " nous n'utilisons pas de cookies"), IsEmpty());
}

}  // namespace
}  // namespace affiant::policy
