// Which word of the page on consent was in force when something was recorded.
#include <gtest/gtest.h>

#include "report/views.h"

namespace affiant::report {
namespace {

using Leaves = std::vector<observe::Leaf>;

observe::ConsentState said(observe::Leaf entry, std::string source, std::string top_host,
                           std::int64_t frame = 0, std::uint64_t session = 1) {
  observe::ConsentState c;
  c.entry = entry;
  c.place.session = session;
  c.place.top_host = std::move(top_host);
  c.place.frame = frame;
  c.source = std::move(source);
  return c;
}

Report spoken() {
  Report report;
  report.facts.seen.consent = {said(5, "gpc", "shop.test"),     said(9, "tcf", "shop.test"),
                               said(20, "tcf", "shop.test"),    said(11, "tcf", "other.test"),
                               said(12, "gpp", "shop.test", 3), said(13, "gpp", "shop.test", 0, 2)};
  return report;
}

TEST(ConsentIndex, TheLastWordOfEachInterfaceBeforeItCounts) {
  const Report report = spoken();
  const ConsentIndex index(report);
  EXPECT_EQ(index.before({4}, 1, "shop.test"), Leaves{});
  EXPECT_EQ(index.before({6}, 1, "shop.test"), (Leaves{5}));
  EXPECT_EQ(index.before({15, 30}, 1, "shop.test"), (Leaves{5, 9})) << "its first entry counts";
  EXPECT_EQ(index.before({30}, 1, "shop.test"), (Leaves{5, 20}));
}

TEST(ConsentIndex, FramesOtherSitesAndOtherSessionsDoNotSpeakForThePage) {
  const Report report = spoken();
  const ConsentIndex index(report);
  EXPECT_EQ(index.before({30}, 1, "other.test"), (Leaves{11}));
  EXPECT_EQ(index.before({30}, 2, "shop.test"), (Leaves{13}));
  EXPECT_EQ(index.before({30}, 1, ""), Leaves{});
  EXPECT_EQ(index.before({}, 1, "shop.test"), Leaves{});
}

}  // namespace
}  // namespace affiant::report
