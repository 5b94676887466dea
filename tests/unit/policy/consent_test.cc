// Consent before something is set, consent taken for granted, and sentences that only mention it.
#include "read.h"

namespace affiant::policy {
namespace {

using test::kinds;
using testing::Contains;
using testing::Not;

TEST(ConsentForms, SomethingWaitsForIt) {
  for (const char* text :
       {"Analytics cookies are only set after you explicitly accept them in the banner.",
        "The statistics script is not loaded unless you enable this category.",
        "We request your consent before storing cookies on your device.",
        "Non-essential cookies are placed only once you have given consent.",
        "No trackers are loaded until you opt in.",
        "We use Hotjar cookies on the basis of consent.",
        "Analytics are loaded only after you click Accept.",
        "Analytics tools stay switched off until you consent."})
    EXPECT_THAT(kinds(text), Contains("consent")) << text;
}

TEST(ConsentForms, WhatTheSectionIsAboutNeedsNoNameInTheSentence) {
  EXPECT_THAT(kinds("## Analytics cookies\n\nThese are only set after you have given consent.\n"),
              Contains("consent"));
  EXPECT_THAT(kinds("## Newsletters\n\nThese are only sent after you have given consent.\n"),
              Not(Contains("consent")));
}

TEST(ConsentForms, ItIsTakenForGranted) {
  for (const char* text : {"By accepting, you consent to our use of cookies.",
                           "By staying on this site you agree to the use of cookies."})
    EXPECT_THAT(kinds(text), Contains("consent")) << text;
}

TEST(ConsentForms, MentioningItAsksForNothing) {
  for (const char* text :
       {"You cannot sign in unless you enable cookies.", "We use cookies without asking you.",
        "As we use only essential cookies, we do not require your consent.",
        "The session cookie is set only when you sign in.",
        "If you do not accept our cookies, we set none.",
        "We keep your e-mail address only with the consent of your parents."})
    EXPECT_THAT(kinds(text), Not(Contains("consent"))) << text;
}

TEST(SignalForms, WhatIsOnlyAnnouncedIsNoAnswer) {
  for (const char* text : {"This section describes how we respond to Do Not Track signals.",
                           "We must disclose how we respond to DNT signals."})
    EXPECT_THAT(kinds(text), Not(Contains("signal"))) << text;
}

TEST(SignalForms, WhatIsDoneRegardlessInAnotherItemTurnsNothingRound) {
  const auto said = kinds(
      "The shop respects Do Not Track signals:\n\n* statistics are switched off\n\n* nothing is "
      "sold, "
      "regardless of your setting\n");
  EXPECT_THAT(said, Contains("signal"));
  EXPECT_THAT(said, Not(Contains("signal!")));
  EXPECT_THAT(kinds("Respects Do Not Track headers"), Contains("signal"));
}

TEST(SignalForms, OptingOutAndTurningOffHonourIt) {
  for (const char* text :
       {"If your browser sends a GPC signal, we will automatically opt you out of sales.",
        "When we detect a GPC signal, we turn off analytics cookies."})
    EXPECT_THAT(kinds(text), Contains("signal")) << text;
  EXPECT_THAT(kinds("A Do Not Track signal does not change how our site works."),
              Contains("signal!"));
}

TEST(SignalForms, EachSignalHasItsOwnAnswer) {
  std::vector<std::string> answers;
  for (const Statement& s :
       test::read("We do not respond to Do Not Track signals because there is no standard, but we "
                  "honor Global Privacy Control.")
           .statements)
    if (s.type == "signal") answers.push_back(s.data.at(0) + " " + s.polarity);
  EXPECT_THAT(answers, testing::ElementsAre("dnt does-not", "gpc does"));
}

TEST(SignalForms, WhatBrowsersSupportAndWhatMayComeIsNoAnswer) {
  for (const char* text :
       {"Most browsers support a Do Not Track setting.",
        "We will monitor developments regarding Do Not Track and may adjust our practices."})
    EXPECT_THAT(kinds(text), Not(Contains("signal"))) << text;
  EXPECT_EQ(test::only("Our pages work the same whether or not your browser sends a Do Not Track "
                       "signal.",
                       "signal")
                .polarity,
            "does-not");
}

TEST(SignalForms, WhatOthersHonourIsNotTheSitesAnswer) {
  EXPECT_THAT(kinds("Do Not Track signals are respected by our partners."),
              Not(Contains("signal")));
  EXPECT_THAT(kinds("Do Not Track signals are respected by our shop."), Contains("signal"));
}

TEST(SignalForms, AReasonInFrontIsNotTheAnswer) {
  EXPECT_EQ(test::only("Because there is no common standard for these signals, the shop does not "
                       "respond to Do Not Track signals.",
                       "signal")
                .polarity,
            "does-not");
}

TEST(ConsentForms, TheVisitorIsAsked) {
  for (const char* text : {"We will ask you to consent to our cookies on your first visit.",
                           "On arrival a banner asks whether you accept our statistics cookies.",
                           "You will be asked to agree to the use of cookies.",
                           "A pop-up asks you for permission to set cookies."})
    EXPECT_THAT(kinds(text), Contains("consent")) << text;
  for (const char* text :
       {"We may ask you to accept cookies.", "We do not ask you to accept cookies.",
        "Set your browser so that it asks whether you accept a cookie.",
        "We ask you to agree to our terms and our cookie policy when you register."})
    EXPECT_THAT(kinds(text), Not(Contains("consent"))) << text;
}

TEST(ConsentForms, UseIsTakenAsAcceptanceOfCookiesOnly) {
  const Statement s = test::only(
      "We take your continued use of the shop as acceptance of our cookie policy.", "consent");
  EXPECT_EQ(s.subject, "user");
  EXPECT_EQ(
      test::only("Your use of our shop means that you accept our cookies.", "consent").subject,
      "user");
  for (const char* text :
       {"By using our shop you consent to the transfer of your data to our offices abroad.",
        "Your continued use of the shop means acceptance of our prices."})
    EXPECT_THAT(kinds(text), Not(Contains("consent"))) << text;
}

}  // namespace
}  // namespace affiant::policy
