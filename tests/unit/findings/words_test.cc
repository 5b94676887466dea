// How findings put words together.
#include "findings/words.h"

#include <gtest/gtest.h>

namespace affiant::findings {
namespace {

TEST(Words, AQuotedSentenceKeepsItsOwnEnd) {
  EXPECT_EQ(sentence(quotation("We set no cookies.")), "\"We set no cookies.\"");
  EXPECT_EQ(sentence(quotation("No cookies!")), "\"No cookies!\"");
  EXPECT_EQ(sentence(quotation("no cookies")), "\"no cookies\".");
  EXPECT_EQ(sentence(quotation("")), "\"\".");
  EXPECT_EQ(sentence(quotation("We set no cookies at all.", 12)), "\"We set no …\".");
}

}  // namespace
}  // namespace affiant::findings
