// What is claimed in the five languages that are read by their tables, and what only looks like it:
// comparisons, lists of which one item waits for consent, explanations of what cookies are.
#include "in_language.h"

namespace affiant::policy {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

using Texts = std::vector<std::pair<std::string_view, std::string_view>>;

std::vector<Statement> of_type(const Declaration& d, std::string_view type) {
  std::vector<Statement> out;
  for (const Statement& s : d.statements)
    if (s.type == type) out.push_back(s);
  return out;
}

TEST(LanguageClaims, WhoIsComparedWithTakesNoPart) {
  for (const auto& [language, text] :
       Texts{{"de", "Wir setzen Blütenzähler als Alternative zu Google Analytics ein."},
             {"de", "Statt Google Analytics verwenden wir ein eigenes Skript."},
             {"de", "Im Gegensatz zu Google Analytics speichert unser Skript keine Cookies."},
             {"fr", "Nous utilisons un script maison comme alternative à Google Analytics."},
             {"fr", "Contrairement à Google Analytics, notre script ne dépose pas de cookies."},
             {"es", "Utilizamos un script propio en lugar de Google Analytics."},
             {"it", "Utilizziamo uno script nostro invece di Google Analytics o Hotjar."},
             {"nl", "Wij gebruiken een eigen script in plaats van Google Analytics."}})
    EXPECT_THAT(kinds_in(language, text), Not(Contains("named-third-party"))) << text;
  for (const std::string_view text :
       {"We use a script of our own as an alternative to Google Analytics.",
        "Instead of using Google Analytics, we count visits on our server.",
        "Unlike Google Analytics or Hotjar, our counter stores nothing."})
    EXPECT_THAT(test::kinds(text), Not(Contains("named-third-party"))) << text;
}

TEST(LanguageClaims, WhatIsReplacedIsNotUsed) {
  for (const auto& [language, text] :
       Texts{{"de", "Statt Cookies verwenden wir den lokalen Speicher."},
             {"fr", "Au lieu de cookies, nous utilisons le stockage local."},
             {"es", "En lugar de cookies usamos almacenamiento local."},
             {"it", "Invece di cookie usiamo il local storage."},
             {"nl", "In plaats van cookies gebruiken wij lokale opslag."}}) {
    EXPECT_THAT(kinds_in(language, text), Not(Contains("uses-cookies"))) << text;
    EXPECT_THAT(kinds_in(language, text), Contains("other-storage")) << text;
  }
}

TEST(LanguageClaims, WhoIsUsedInsteadTakesPart) {
  EXPECT_THAT(first_in("de", "Statt Google Analytics verwenden wir Matomo.").parties,
              ElementsAre("Matomo"));
  EXPECT_THAT(first_in("nl", "In plaats van Google Analytics gebruiken wij Matomo.").parties,
              ElementsAre("Matomo"));
  for (const Statement& s : test::read("Instead of Google Analytics we use Matomo.").statements)
    EXPECT_THAT(s.parties, ElementsAre("Matomo"));
}

TEST(LanguageClaims, NoCookiesOfANameDenyNotTheName) {
  for (const auto& [language, text] :
       Texts{{"de", "Es werden keine Google-Analytics- oder Google-Ads-Cookies gesetzt."},
             {"de", "Wir binden keine Facebook-Plugins ein."},
             {"nl", "Er worden geen Google Analytics-cookies geplaatst."}})
    for (const Statement& s : denied_in(language, text))
      EXPECT_NE(s.type, "named-third-party") << text;
  EXPECT_THAT(kinds_in("de", "Wir setzen kein Google-Analytics ein."),
              Contains("named-third-party!"));
}

TEST(LanguageClaims, OneItemOfAListAsksForItselfAlone) {
  const Declaration d = read_in("de",
                                "Wir verwenden Cookies zu diesen Zwecken:\n\n"
                                "- Komfort: damit die Seite Ihre Sprache kennt\n"
                                "- Statistik: um Besuche zu zählen\n"
                                "- Marketing: für passende Werbung (nur mit Ihrer Einwilligung)\n");
  const std::vector<Statement> asked = of_type(d, "consent");
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_THAT(asked[0].purposes, ElementsAre("advertising"));
  EXPECT_THAT(asked[0].quote, HasSubstr("passende Werbung"));
  EXPECT_THAT(asked[0].quote, Not(HasSubstr("Statistik")));
  for (const Statement& s : of_type(d, "uses-cookies")) EXPECT_EQ(s.modality, "does");
}

TEST(LanguageClaims, WhatAListWaitsForAsAWholeHoldsForAllOfIt) {
  const auto asked = of_type(read_in("nl",
                                     "Met uw toestemming plaatsen wij cookies voor:\n\n"
                                     "- statistieken\n- marketing\n"),
                             "consent");
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_THAT(asked[0].quote, HasSubstr("marketing"));
}

TEST(LanguageClaims, AClickOnSomethingElseIsNoConsent) {
  for (const auto& [language, text] :
       Texts{{"fr", "Aucun cookie n'est posé tant que vous n'avez pas lancé la carte."},
             {"fr", "Le lecteur limite les cookies avant que vous ayez démarré la vidéo."},
             {"es", "No se instalan cookies hasta que usted pulse el mapa."},
             {"it", "Il sito non installa cookie prima che l'utente apra la mappa."}})
    EXPECT_THAT(kinds_in(language, text), Not(Contains("consent"))) << text;
}

TEST(LanguageClaims, ConsentThatIsTakenForGrantedIsTheUsers) {
  for (const auto& [language, text] : Texts{
           {"de", "Durch die weitere Nutzung der Seite stimmen Sie der Verwendung von Cookies zu."},
           {"fr", "En poursuivant votre navigation, vous acceptez l'usage de cookies."},
           {"es", "Si el usuario navega sin cambiar nada, se entiende que acepta las cookies."},
           {"it", "Proseguendo la navigazione acconsenti all'uso dei cookie."},
           {"nl", "Door verder te surfen gaat u akkoord met onze cookies."}}) {
    const auto asked = of_type(read_in(language, text), "consent");
    ASSERT_EQ(asked.size(), 1U) << text;
    EXPECT_EQ(asked[0].subject, "user") << text;
  }
}

TEST(LanguageClaims, WhatCookiesDoEverywhereIsNoPractice) {
  for (const auto& [language, text] :
       Texts{{"nl",
              "## Wat zijn cookies?\n\nCookies zijn kleine bestanden op uw computer. Ze worden "
              "gebruikt om het bezoek te analyseren en u op andere websites te volgen.\n"},
             {"de",
              "## Was sind Cookies?\n\nCookies sind Dateien im Browser. Sie werden gesetzt, um "
              "Besucher über verschiedene Websites hinweg zu verfolgen.\n"},
             {"fr",
              "## Qu'est-ce qu'un traceur ?\n\nUn traceur est un fichier minuscule. Il est déposé "
              "par "
              "un site et permet de suivre l'internaute sur d'autres sites.\n"},
             {"es",
              "Una baliza web es un pequeño fragmento de imagen. Para ello se guardan datos "
              "sobre la visita mediante estas balizas.\n"}})
    EXPECT_THAT(kinds_in(language, text), IsEmpty()) << text;
  expect_all({{"nl", "## Wat zijn cookies?\n\nOnze website plaatst cookies.\n", "uses-cookies"},
              {"de", "## Was sind Cookies?\n\nCookies werden von Google Analytics gesetzt.\n",
               "named-third-party"},
              {"de", "## Welche Cookies werden verwendet?\n\nEs werden Cookies gesetzt.\n",
               "uses-cookies"}});
}

TEST(LanguageClaims, WhatWaitsForConsentIsUsedOnlyThen) {
  for (const auto& [language, text] :
       Texts{{"nl", "Deze cookies worden pas na uw toestemming geplaatst."},
             {"de", "Diese Cookies werden erst nach Ihrer Einwilligung gesetzt."},
             {"es", "Estas cookies se instalan tras su consentimiento."},
             {"it", "Questi cookie vengono installati previo consenso."}})
    for (const Statement& s : of_type(read_in(language, text), "uses-cookies"))
      EXPECT_EQ(s.modality, "if") << text;
}

TEST(LanguageClaims, ByHabitIsNoCondition) {
  for (const Statement& s :
       read_in("fr", "Nous affichons des annonces en fonction de vos habitudes.").statements)
    EXPECT_EQ(s.condition, "");
  EXPECT_EQ(first_in("fr", "Nous déposons des cookies selon vos choix.").condition,
            "selon vos choix");
}

TEST(LanguageClaims, TheVerbsParticleIsNoPartOfThePurpose) {
  for (const Statement& s : denied_in("de",
                                      "Wir setzen keine Cookies von Dritten zu "
                                      "Werbezwecken ein."))
    EXPECT_THAT(s.scope, Not(HasSubstr(" ein")));
}

TEST(LanguageClaims, TheSitesOwnNameIsTheSite) {
  for (const auto& [language, text] :
       Texts{{"fr",
              "# Jardin Lunaire\n\nLe site Jardin Lunaire ne dépose aucun cookie publicitaire."},
             {"it", "# Campo Fiorito\n\nCampo Fiorito non utilizza cookie di profilazione."},
             {"es", "# Huerta Celeste\n\nHuerta Celeste no utiliza cookies de publicidad."},
             {"nl", "# Molenwerf\n\nMolenwerf gebruikt geen tracking cookies."}})
    EXPECT_THAT(kinds_in(language, text), Contains("cookie-category!")) << text;
  expect_no_denial(
      {{"it", "# Campo Fiorito\n\nPrato Verde Widget non utilizza cookie."},
       {"nl", "# Molenwerf\n\nGrachtenteller gebruikt geen cookies."},
       {"fr", "# Jardin Lunaire\n\nLes voisins de Lunaire ne déposent pas de cookies."},
       {"it", "# Campo Fiorito\n\nI partner di Fiorito non installano cookie."}});
  EXPECT_EQ(first_in("fr", "Notre app mobile n'utilise pas de cookies tiers.").scope, "app");
}

TEST(LanguageClaims, AnItemOfItsOwnTakesNothingFromTheOthers) {
  expect_all(
      {{"nl", "De website heeft geen accounts, geen prikbord en geen volgsoftware.",
        "third-party-denial!"},
       {"de", "Es gibt keine Zählpixel, keine Konten und keine Analysewerkzeuge.",
        "beacon-or-fingerprint!"},
       {"de", "Es gibt keine Einbindung sozialer Netzwerke.", "third-party-denial!"},
       {"de", "Wir nutzen keine Dienste wie Google Analytics oder vergleichbare Tracking-Tools.",
        "named-third-party!"}});
  expect_no_denial({{"de", "Wir verwenden keine fliederfarbenen, technischen Cookies."},
                    {"nl", "Wij gebruiken geen paarse, eigen cookies."}});
}

TEST(LanguageClaims, OfOneKindOrOfAnyIsAny) {
  const Statement s = first_in("de", "Wir nutzen keine Analyse- oder Tracking-Dienste.");
  EXPECT_EQ(s.type, "third-party-denial");
  EXPECT_THAT(s.purposes, IsEmpty());
  EXPECT_THAT(first_in("de", "Wir nutzen keine Analyse- oder Werbedienste.").purposes,
              testing::UnorderedElementsAre("analytics", "advertising"));
  expect_all({{"nl", "Er zijn geen cookies van derden, en zelfs geen eigen cookies.",
               "third-party-denial!"}});
}

TEST(LanguageClaims, ForNowIsAHedge) {
  const Statement s =
      first_in("de", "Diese Website setzt nach aktuellem Stand keine Werbe-Cookies.");
  EXPECT_EQ(s.type, "cookie-category");
  EXPECT_EQ(s.polarity, "does-not");
  EXPECT_TRUE(s.hedged);
}

TEST(LanguageClaims, NotFollowingYouAcrossSitesIsNoTracking) {
  expect_all(
      {{"it", "Non tracciamo le tue visite tra siti diversi.", "behavioural-tracking!"},
       {"fr", "Nous ne suivons pas l'utilisateur d'un site à l'autre.", "behavioural-tracking!"}});
}

TEST(LanguageClaims, BannersAndClicksAskForConsent) {
  expect_all(
      {{"de",
        "Beim ersten Aufruf zeigen wir ein Cookie-Banner, in dem Sie der Nutzung von Cookies "
        "zustimmen.",
        "consent"},
       {"fr", "Ces deux cookies ne sont posés que si vous cliquez sur « J'accepte ».", "consent"},
       {"fr", "Une bannière de cookies vous permet d'accepter ou de régler les cookies.",
        "consent"},
       {"nl", "Via de cookiebanner vragen wij of u de analytische cookies wilt accepteren.",
        "consent"},
       {"nl", "Deze cookies worden geplaatst nadat u daar uitdrukkelijk toestemming voor gaf.",
        "consent"},
       {"es", "Te pedimos tu permiso para instalar cookies de estadística.", "consent"},
       {"es", "Las cookies se instalan únicamente tras el consentimiento del visitante.",
        "consent"},
       {"it", "Usiamo cookie statistici (solo con il tuo previo consenso).", "consent"}});
  for (const auto& [language, text] :
       Texts{{"de", "Im Cookie-Banner können Sie Ihre Einwilligung jederzeit widerrufen."},
             {"nl", "Onze cookiebanner vraagt geen toestemming."}})
    EXPECT_THAT(kinds_in(language, text), Not(Contains("consent"))) << text;
}

TEST(LanguageClaims, WhatWasSpokenOfWaitsForConsentToo) {
  EXPECT_THAT(kinds_in("nl",
                       "## Cookies\n\nWij gebruiken analytische cookies. Zonder je toestemming "
                       "zetten we die niet.\n"),
              Contains("consent"));
}

TEST(LanguageClaims, DataThatWaitForConsentAreNoCookies) {
  for (const auto& [language, text] :
       Texts{{"de",
              "## Cookies\n\nWir verwenden Cookies. Diese Angaben speichern wir nur mit Ihrer "
              "Einwilligung.\n"},
             {"fr",
              "## Cookies\n\nNous déposons des cookies. Ces données sont conservées avec votre "
              "accord.\n"}})
    EXPECT_THAT(kinds_in(language, text), Not(Contains("consent"))) << text;
}

TEST(LanguageClaims, AdvertisingByMailWaitsForAConsentThatIsNotOfTheSite) {
  for (const auto& [language, text] :
       Texts{{"de", "Mit Ihrer Einwilligung senden wir Ihnen Werbung per E-Mail."},
             {"fr", "Avec votre accord, nous vous enverrons de la publicité."},
             {"es", "Solo con su consentimiento le enviaremos publicidad."},
             {"it", "Con il tuo consenso ti invieremo pubblicità."},
             {"nl", "Met uw toestemming sturen wij u reclame."}})
    EXPECT_THAT(kinds_in(language, text), Not(Contains("consent"))) << text;
  expect_all({{"de", "Mit Ihrer Einwilligung zeigen wir personalisierte Werbung.", "consent"},
              {"fr", "Avec votre accord, nous affichons des publicités ciblées.", "consent"}});
}

TEST(LanguageClaims, OneWhoSpeaksForHimselfHonoursASignal) {
  expect_all({{"de", "Wir halten uns an Do Not Track.", "signal"},
              {"nl", "Ik respecteer het Do Not Track-signaal van je browser.", "signal"},
              {"de", "Ich nutze Matomo auf meiner Website.", "named-third-party"},
              {"fr", "Je n'utilise pas de cookies.", "no-cookies!"}});
}

TEST(LanguageClaims, AReasonThatWeGiveIsAStatement) {
  expect_all(
      {{"de", "Ein Banner zeigen wir nicht, weil wir keine Cookies setzen.", "no-cookies!"},
       {"fr", "Il n'y a pas de bandeau, car nous n'utilisons pas de cookies.", "no-cookies!"},
       {"es", "No hay aviso porque no utilizamos cookies de terceros.", "third-party-denial!"},
       {"it", "Non serve un avviso, perché non utilizziamo cookie di profilazione.",
        "cookie-category!"},
       {"nl", "Er is geen melding, omdat wij geen cookies van derden plaatsen.",
        "third-party-denial!"}});
  expect_no_denial(
      {{"de", "Wir nutzen Plausible, weil es keine Cookies setzt."},
       {"es", "Usamos Plausible porque no utiliza cookies."},
       {"it", "Usiamo Plausible perché non usa cookie."},
       {"de", "Wir prüfen, ob wir keine Cookies setzen."},
       {"de", "Wenn Sie ablehnen, fehlt die Karte, weil wir keine Cookies setzen."},
       {"nl", "Zonder akkoord werkt de kaart niet, omdat wij dan geen cookies plaatsen."}});
}

TEST(LanguageClaims, ABannerNeedNotAdvertise) {
  for (const auto& [language, text] : Texts{{"it", "Non mostriamo alcun banner."},
                                            {"nl", "Er is geen banner."},
                                            {"es", "No mostramos ningún banner."}})
    EXPECT_THAT(kinds_in(language, text), Not(Contains("advertising!"))) << text;
  expect_all({{"it", "Non mostriamo banner pubblicitari.", "advertising!"}});
}

TEST(LanguageClaims, AdvertisingThatIsNotSentMayBeShown) {
  expect_no_denial({{"nl", "Wij sturen geen reclame."},
                    {"de", "Es wird keine Werbung gesendet."},
                    {"es", "La web no envía publicidad."},
                    {"it", "Il sito non invia pubblicità."}});
  expect_all({{"nl", "Wij plaatsen geen reclame op onze site.", "advertising!"}});
}

TEST(LanguageClaims, HoldingASignalForUselessHonoursNothing) {
  EXPECT_THAT(kinds_in("de", "Wir halten Do Not Track für wirkungslos."), Not(Contains("signal")));
}

TEST(LanguageClaims, NotAlwaysAndNotByItselfIsNoDenial) {
  expect_no_denial({{"fr", "Les cookies ne sont pas déposés automatiquement."},
                    {"es", "Las cookies no se instalan automáticamente."},
                    {"it", "I cookie non vengono installati sempre."},
                    {"nl", "Cookies worden niet automatisch geplaatst."},
                    {"de", "Wir setzen Cookies nicht immer."},
                    {"de", "Cookies werden nicht sofort gesetzt."},
                    {"de", "Wir lesen keine Cookies anderer Websites aus."}});
  expect_all({{"de", "Es werden keine Cookies gesetzt oder ausgelesen.", "no-cookies!"}});
  for (const auto& [language, text] : Texts{{"de", "Wir selbst setzen keine Cookies."},
                                            {"fr", "Par défaut, aucun cookie n'est déposé."},
                                            {"es", "Por defecto no se instalan cookies."},
                                            {"it", "Di default non vengono installati cookie."},
                                            {"nl", "Er worden standaard geen cookies geplaatst."}})
    EXPECT_TRUE(first_in(language, text).hedged) << text;
  EXPECT_EQ(first_in("fr", "Nous ne déposons pas de cookies à votre insu.").scope, "à votre insu");
}

TEST(LanguageClaims, NoCookiesThatNeedConsentAskForNone) {
  for (const auto& [language, text] :
       Texts{{"fr", "Ce site n'utilise pas de cookies nécessitant votre consentement."},
             {"es", "No usamos cookies que requieren su consentimiento."},
             {"it", "Non vengono usati cookie che richiedono il consenso."}})
    EXPECT_THAT(kinds_in(language, text), Not(Contains("consent"))) << text;
  expect_all({{"it", "I cookie statistici richiedono il consenso.", "consent"}});
}

}  // namespace
}  // namespace affiant::policy
