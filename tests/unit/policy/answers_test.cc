// Questions in headings and in cells, and what an answer of a few words makes of them.
#include "read.h"

namespace affiant::policy {
namespace {

using test::kinds;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

std::string in_table(std::string_view question, std::string_view answer) {
  return "| Question | Answer |\n| --- | --- |\n| " + std::string(question) + " | " +
         std::string(answer) + " |\n";
}

TEST(Answers, InACellAnswerTheCellBefore) {
  EXPECT_THAT(kinds(in_table("Do you use tracking cookies?", "No.")),
              ElementsAre("cookie-category!"));
  EXPECT_THAT(kinds(in_table("Do we show ads?", "**Never.**")), ElementsAre("advertising!"));
  EXPECT_THAT(kinds(in_table("Do you use cookies?", "Yes.")), ElementsAre("uses-cookies"));
  EXPECT_THAT(kinds("| Do you use cookies? | Yes | No |\n| --- | --- | --- |\n| a | b | c |\n"),
              Not(Contains("no-cookies!")))
      << "boxes to tick";
}

TEST(Answers, AVisitorAsksTheSite) {
  EXPECT_THAT(kinds("## Do you use cookies?\n\nNo.\n"), ElementsAre("no-cookies!"));
  EXPECT_THAT(kinds("## Do you have to accept cookies?\n\nNo.\n"), Not(Contains("no-cookies!")));
}

TEST(Answers, OnlyEssentialOnesMeansNoOthers) {
  for (const char* answer : {"Only essential cookies for signing in.", "Only necessary ones.",
                             "Yes, but only strictly necessary cookies."})
    EXPECT_THAT(kinds(in_table("Do you use tracking cookies?", answer)), Contains("only-necessary"))
        << answer;
  EXPECT_THAT(kinds("## Do you use cookies?\n\nOnly essential cookies.\n"),
              Contains("only-necessary"));
  for (const char* answer :
       {"Only essential cookies and analytics.", "Only essential and optional cookies.",
        "Only essential cookies unless you agree.", "Only some."})
    EXPECT_THAT(kinds(in_table("Do you use tracking cookies?", answer)),
                Not(Contains("only-necessary")))
        << answer;
  EXPECT_THAT(kinds("* Only essential cookies.\n"), Not(Contains("only-necessary")))
      << "a button of a banner";
}

}  // namespace
}  // namespace affiant::policy
