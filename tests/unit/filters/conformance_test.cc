// Pairs of rule and request that belong together, gathered by others from real pages.
#include <algorithm>
#include <map>

#include "ask.h"
#include "json/json.h"
#include "shared_data.h"

namespace affiant::filters::test {
namespace {

TEST(Conformance, EveryRuleMatchesTheRequestItBelongsTo) {
  AFFIANT_NEEDS_SHARED("filter-conformance.json");
  const auto cases =
      json::parse(affiant::test::read_file(affiant::test::shared_data("filter-conformance.json")),
                  "conformance");
  ASSERT_TRUE(cases.has_value()) << cases.error().message;
  std::size_t pairs = 0;
  for (const json::Value& c : *cases) {
    const auto url = c["url"].get<std::string>();
    const Page page(c["sourceUrl"].get<std::string>(), sites());
    const auto request = Request::create(url, page, c["type"].get<std::string>(), sites());
    std::vector<std::string> rules = c["filters"];
    for (const std::string& rule : rules) {
      ASSERT_TRUE(request.has_value()) << url;
      ++pairs;
      // An exception shows only against a rule: one for every URL.
      const bool exception = rule.starts_with("@@");
      const Engine one = engine(exception ? rule + "\n|http\n|ws\n" : rule);
      const Match match = one.match(*request);
      const auto& hit = exception ? match.exception : match.rule;
      EXPECT_TRUE(hit && hit->rule == rule) << rule << " on " << url << " from " << page.host();
    }
    // In one list they give the same: something matches.
    if (rules.empty()) continue;
    std::string all = "|http\n|ws\n";
    for (const std::string& rule : rules) all += rule + "\n";
    EXPECT_TRUE(engine(all).match(*request).rule.has_value()) << url;
  }
  EXPECT_GE(pairs, 9'000U);
}

}  // namespace
}  // namespace affiant::filters::test
