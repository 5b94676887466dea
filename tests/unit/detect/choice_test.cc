#include "detect/choice.h"

#include <gtest/gtest.h>

#include "unit/detect/world.h"

namespace affiant {
namespace {

using detect::Choices;
using detect::consents_to_any_purpose;
using test::World;

// Core segments made for this test: version 2, all else nought but, in the second, purpose 1.
const std::string kRefused = "C" + std::string(29, 'A');
const std::string kAgreed = "C" + std::string(24, 'A') + "I" + std::string(4, 'A');

TEST(TcString, TellsWhetherAnyPurposeIsConsentedTo) {
  EXPECT_EQ(consents_to_any_purpose(kRefused), false);
  EXPECT_EQ(consents_to_any_purpose(kAgreed), true);
  EXPECT_EQ(consents_to_any_purpose(kAgreed + ".YAAA"), true) << "further segments";
  for (std::size_t at = 0; at < kRefused.size(); ++at) {
    std::string changed = kRefused;
    changed[at] = '_';
    const bool holds_purposes = at >= 25 && at <= 29;
    if (at > 0) {
      EXPECT_EQ(consents_to_any_purpose(changed), holds_purposes) << at;
    }
  }
}

TEST(TcString, WhatIsNoneSaysNothing) {
  for (const std::string& text :
       {std::string(), std::string("gdpr-does-not-apply"), kRefused.substr(0, 29),
        "B" + kRefused.substr(1), kRefused.substr(0, 29) + "*"})
    EXPECT_EQ(consents_to_any_purpose(text), std::nullopt) << text;
}

TEST(Choice, ThePhaseAloneShowsNone) {
  World w;
  w.session("reject").request("shop.example");
  EXPECT_EQ(Choices(w.seen).of(2), nullptr);
  w.consent("tcf", "cmpuishown", kRefused).consent("google-consent-mode", "update", "{}");
  EXPECT_EQ(Choices(w.seen).of(2), nullptr) << "nobody has acted yet";
}

TEST(Choice, IsShownByTheNoteOfTheClickInItsSession) {
  World w;
  w.note("choice-made", "reject").session("reject").note("choice-made", "reject, by #no");
  const Choices choices(w.seen);
  EXPECT_EQ(choices.of(1), nullptr) << "a session without a choice to make";
  ASSERT_NE(choices.of(2), nullptr);
  EXPECT_EQ(choices.of(2)->entry, w.seen.notes.back().first);
  EXPECT_EQ(choices.of(2)->choice, "reject");
  World other;
  other.session("reject").note("choice-made", "accept");
  EXPECT_EQ(Choices(other.seen).of(2), nullptr) << "another choice than the session's";
}

TEST(Choice, WhatTheRecorderToldOfMakingItIsKeptAlsoWhenItWasNotMade) {
  World w;
  w.session("reject").note("choice-failed", "reject: no consent banner was found");
  const Choices choices(w.seen);
  EXPECT_EQ(choices.of(2), nullptr);
  ASSERT_NE(choices.told(2), nullptr);
  EXPECT_EQ(choices.told(2)->second, "reject: no consent banner was found");
  EXPECT_EQ(choices.told(1), nullptr);
}

TEST(Choice, IsShownByTheInterfaceAndTakenBackByALaterWordToTheContrary) {
  World w;
  w.session("reject").consent("tcf", "tcloaded", kAgreed);
  EXPECT_EQ(Choices(w.seen).of(2), nullptr);
  w.consent("tcf", "useractioncomplete", kRefused);
  ASSERT_NE(Choices(w.seen).of(2), nullptr);
  EXPECT_EQ(Choices(w.seen).of(2)->entry, w.seen.consent.back().entry);
  w.consent("tcf", "tcloaded", kAgreed);
  EXPECT_EQ(Choices(w.seen).of(2), nullptr);
  World accept;
  accept.session("accept").consent("tcf", "useractioncomplete", kAgreed);
  EXPECT_NE(Choices(accept.seen).of(2), nullptr);
}

TEST(Choice, WhatWasUnderWayIsAfterItButNotSettled) {
  World w;
  w.session("reject").request("shop.example").note("choice-made", "reject").request("a.example");
  const auto settled = [&](const observe::Request& r) {
    return Choices(w.seen).settled(r.place.session, r.entry, r.place.time_ms);
  };
  EXPECT_TRUE(Choices(w.seen).after(2, w.seen.requests.back().entry));
  EXPECT_FALSE(settled(w.seen.requests.back()));
  w.wait(detect::kChoiceSettlesMs).request("b.example");
  EXPECT_TRUE(settled(w.seen.requests.back()));
  EXPECT_FALSE(Choices(w.seen).after(2, w.seen.requests.front().entry));
  World page;
  page.session("reject").note("choice-made", "reject").page("/next");
  const observe::Request& r = page.seen.requests.back();
  EXPECT_TRUE(Choices(page.seen).settled(2, r.entry, r.place.time_ms)) << "a page begun after it";
}

}  // namespace
}  // namespace affiant
