#include "knowledge/host_index.h"

#include <gtest/gtest.h>

#include <string>

namespace affiant::knowledge {
namespace {

TEST(HostIndex, TheLongestSuffixOfWholeLabelsWins) {
  HostIndex index(3);
  EXPECT_TRUE(index.add("trackr.example", 1));
  EXPECT_TRUE(index.add("maps.trackr.example", 2));
  EXPECT_TRUE(index.add("com", 3));
  EXPECT_EQ(index.find("trackr.example"), 1U);
  EXPECT_EQ(index.find("cdn.trackr.example"), 1U);
  EXPECT_EQ(index.find("a.b.maps.trackr.example"), 2U);
  EXPECT_EQ(index.find("xtrackr.example"), HostIndex::kNone);
  EXPECT_EQ(index.find("example"), HostIndex::kNone);
  EXPECT_EQ(index.find("shop.com"), HostIndex::kNone);  // A last label says nothing.
}

TEST(HostIndex, CaseAndOuterDotsDoNotMatter) {
  HostIndex index(1);
  index.add("trackr.example", 7);
  EXPECT_EQ(index.find(".CDN.Trackr.EXAMPLE."), 7U);
  EXPECT_EQ(index.find(""), HostIndex::kNone);
  EXPECT_EQ(index.find("..."), HostIndex::kNone);
}

TEST(HostIndex, OfOneHostTheFirstStaysAndNoneIsLostAmongMany) {
  std::vector<std::string> hosts;
  for (int i = 0; i < 5'000; ++i) hosts.push_back("h" + std::to_string(i) + ".example");
  HostIndex index(hosts.size());
  for (std::size_t i = 0; i < hosts.size(); ++i)
    EXPECT_TRUE(index.add(hosts[i], static_cast<std::uint32_t>(i)));
  EXPECT_FALSE(index.add(hosts[9], 1));
  for (std::size_t i = 0; i < hosts.size(); ++i)
    EXPECT_EQ(index.find("www." + hosts[i]), static_cast<std::uint32_t>(i));
}

TEST(HostIndex, AnEmptyOneKnowsNobody) {
  EXPECT_EQ(HostIndex(0).find("trackr.example"), HostIndex::kNone);
}

}  // namespace
}  // namespace affiant::knowledge
