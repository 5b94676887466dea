// F15: named for when the visitor does something.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/findings/declare.h"

namespace affiant {
namespace {

using findings::Strength;
using test::compare;
using test::lines;
using test::of;
using test::Said;
using test::strength_of_only;
using test::World;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr auto kF15 = "condition-exceeded";

Said intercom(const std::string& condition, const std::string& quote = "") {
  Said said;
  policy::Statement& s = said.statement(
      "named-third-party", "does", quote.empty() ? "We use Intercom " + condition + "." : quote);
  s.parties = {"Intercom"};
  s.condition = condition;
  s.modality = "if";
  return said;
}

World chat_loaded() {
  World w;
  w.request("widget.intercom.io");
  return w;
}

TEST(ConditionExceeded, APartyThatIsContactedThoughNobodyDidWhatItIsNamedFor) {
  for (const char* condition :
       {"only after you open the chat", "when you sign in", "if you make a purchase",
        "once you click the button", "if you fill in the contact form", "with your consent"}) {
    const auto all = compare(intercom(condition), chat_loaded());
    const auto found = of(all, kF15);
    ASSERT_THAT(found, SizeIs(1)) << condition << "\n" << lines(all);
    EXPECT_EQ(found[0].strength, Strength::kUndeclared) << condition;
    EXPECT_EQ(found[0].id, "F15-1");
    EXPECT_THAT(found[0].statements, ElementsAre("S1"));
    EXPECT_EQ(found[0].entries.size(), 1U);
  }
}

TEST(ConditionExceeded, ConditionsThatARecordingCannotExcludeAreNone) {
  for (const char* condition :
       {"where applicable", "if you visit our pages", "unless you sign in", "before you sign in",
        "if you do not sign in", "by using this site you agree", ""}) {
    EXPECT_THAT(of(compare(intercom(condition), chat_loaded()), kF15), IsEmpty()) << condition;
  }
}

TEST(ConditionExceeded, AVisitorMayHaveDoneIt) {
  World visit = chat_loaded();
  visit.seen.sessions[0].purpose = "visit";
  EXPECT_THAT(of(compare(intercom("when you open the chat"), visit), kF15), IsEmpty());
}

TEST(ConditionExceeded, ConsentIsNoConditionOnceItWasAskedFor) {
  World w;
  w.session("accept").request("widget.intercom.io");
  EXPECT_THAT(of(compare(intercom("with your consent"), w), kF15), IsEmpty());
  EXPECT_THAT(of(compare(intercom("when you open the chat"), w), kF15), SizeIs(1));
}

TEST(ConditionExceeded, OnThePageThatIsThereForItThePartyIsInItsPlace) {
  World w;
  w.page("/support/chat").request("widget.intercom.io");
  EXPECT_THAT(of(compare(intercom("when you open the chat"), w), kF15), IsEmpty());
  w.page("/about").request("widget.intercom.io");
  const auto found = of(compare(intercom("when you open the chat"), w), kF15);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].entries, ElementsAre(w.seen.requests.back().entry));
  World withheld = chat_loaded();
  withheld.seen.requests.back().place.top_url.reset();
  EXPECT_THAT(of(compare(intercom("when you open the chat"), withheld), kF15), IsEmpty())
      << "which page it was is not known";
}

TEST(ConditionExceeded, NamedElsewhereWithoutItThePartyIsCovered) {
  Said said = intercom("when you open the chat");
  said.statement("named-third-party", "does", "Support runs on Intercom.").parties = {"Intercom"};
  EXPECT_THAT(of(compare(said, chat_loaded()), kF15), IsEmpty());
}

TEST(ConditionExceeded, GeneralWordsOrItsNameElsewhereMakeItANote) {
  Said general = intercom("when you open the chat");
  auto& s = general.statement("third-party-category", "does", "A third party gives support.");
  s.purposes = {"support"};
  s.subject = "third-party";
  EXPECT_EQ(strength_of_only(compare(general, chat_loaded()), kF15), Strength::kNote);
  Said text = intercom("when you open the chat");
  const std::string sentence = text.declaration.statements[0].quote;
  text.declaration.sources[0].text = sentence;
  EXPECT_EQ(strength_of_only(compare(text, chat_loaded()), kF15), Strength::kUndeclared);
  text.declaration.sources[0].text = sentence + " See the policy of Intercom.";
  EXPECT_EQ(strength_of_only(compare(text, chat_loaded()), kF15), Strength::kNote);
  Said hedged = intercom("when you open the chat");
  hedged.declaration.statements[0].hedged = true;
  EXPECT_EQ(strength_of_only(compare(hedged, chat_loaded()), kF15), Strength::kNote);
}

TEST(ConditionExceeded, ConcernsThePartyThatIsNamed) {
  World other;
  other.request("static.criteo.net");
  EXPECT_THAT(of(compare(intercom("when you open the chat"), other), kF15), IsEmpty());
  World failed;
  failed.request("widget.intercom.io", "script", "/x", "net::ERR_ABORTED");
  EXPECT_THAT(of(compare(intercom("when you open the chat"), failed), kF15), IsEmpty());
}

TEST(ConditionExceeded, SaysWhatWasNotDone) {
  const auto found = of(compare(intercom("when you open the chat"), chat_loaded()), kF15);
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0].title, HasSubstr("Intercom is contacted"));
  EXPECT_THAT(found[0].explanation, HasSubstr("nobody opened a chat"));
}

}  // namespace
}  // namespace affiant
