// What changed between two recordings, as text and as JSON.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "base/bytes.h"
#include "diff_of.h"
#include "random_report.h"
#include "report/text_layout.h"
#include "schema_check.h"

namespace affiant {
namespace {

using Json = nlohmann::json;
using report::Change;
using report::Diff;
using report::diff_reports;
using report::Difference;
using report::Report;
using test::cookie_named;
using test::diff_schema_problems;
using testing::HasSubstr;
using testing::Not;

using DiffRendered = test::DiffOf;

report::DiffReport told(const Report& before, const Report& after) {
  report::DiffReport out;
  out.generated_at = "2026-10-01T12:00:00Z";
  out.before_name = "march";
  out.after_name = "last";
  out.before = &before;
  out.after = &after;
  out.diff = std::move(*diff_reports(before, after));
  return out;
}

TEST_F(DiffRendered, TheTextShowsBothVerdictsAndCitesWordsAndEntries) {
  denial().data.clear();
  cookie_named(&after_, "_st").story.name = "_su";
  after_.facts.seen.verdict.key = evidence::KeyVerdict::kPinned;
  const std::string text = report::render_text(told(before_, after_), {});
  EXPECT_THAT(text, HasSubstr("Before  2026-09-21 14:13 UTC with chromium 156.0.1; record intact, "
                              "unpinned,"));
  EXPECT_THAT(text, HasSubstr("record intact, pinned,"));
  EXPECT_THAT(text, HasSubstr("THE SITE NO LONGER SAYS (1)"));
  EXPECT_THAT(text, HasSubstr("\"No advertiser sets a cookie here.\""));
  EXPECT_THAT(text, HasSubstr("S1, https://shop.example/privacy, bytes 210 to 243"));
  EXPECT_THAT(text, HasSubstr("NO LONGER SEEN (1)"));
  EXPECT_THAT(text, HasSubstr("log entries 6, 7, 18"));
  EXPECT_THAT(text, HasSubstr("affiant verify march"));
  EXPECT_THAT(text, Not(HasSubstr("removed")));
  const std::string same = report::render_text(told(before_, before_), {});
  EXPECT_THAT(same, HasSubstr("Nothing changed: "));
  EXPECT_THAT(same, HasSubstr("WHAT THIS COMPARISON DOES NOT SHOW"));
}

TEST_F(DiffRendered, TheJsonIsAsItsSchemaSays) {
  denial().data.clear();
  row().lifetime_s.reset();
  after_.facts.cookies.pop_back();
  after_.findings.pop_back();
  const std::string text = report::render_json(told(before_, after_));
  EXPECT_EQ(diff_schema_problems(text), "");
  const Json good = Json::parse(text);
  EXPECT_EQ(good["changed"], true);
  EXPECT_EQ(good["before"]["case"]["verdict"]["integrity"], "intact");
  EXPECT_EQ(good["before"]["name"], "march");
  EXPECT_EQ(good["done"][0]["change"], "gone");
  EXPECT_EQ(good["done"][0]["before"]["entries"], Json::array({10}));
  const auto refused = [&](const std::string& pointer, const Json& value) {
    Json bad = good;
    bad[Json::json_pointer(pointer)] = value;
    EXPECT_NE(diff_schema_problems(bad), "") << pointer << " = " << value;
  };
  refused("/schema", "affiant.report/1");
  refused("/done/0/change", "removed");
  refused("/done/0/kind", "made-up");
  refused("/done/0/undescribed", true);
  refused("/said/0/before/quotes", Json::array({"words"}));
  refused("/before/case/verdict/integrity", "fine");
  refused("/undescribed", true);
  for (const auto& [name, value] : good.items()) {
    Json bad = good;
    bad.erase(name);
    EXPECT_NE(diff_schema_problems(bad), "") << "without " << name;
  }
  const Json same = Json::parse(report::render_json(told(before_, before_)));
  EXPECT_EQ(same["changed"], false);
}

TEST_F(DiffRendered, WhatIsExpectedStandsWithItsReason) {
  after_.findings[0].strength = findings::Strength::kUndeclared;
  gate().findings[0].expected_by = {0};
  const report::DiffReport whole = told(before_, after_);
  const std::string text = report::render_text(whole, {});
  EXPECT_THAT(text, HasSubstr("  expected  1 difference, by affiant.toml"));
  EXPECT_THAT(text, HasSubstr("    expected: known (until 2026-12-31, affiant.toml:4)"));
  const std::string json = report::render_json(whole);
  EXPECT_EQ(diff_schema_problems(json), "");
  const Json read = Json::parse(json);
  EXPECT_EQ(read["findings"][0]["expected"], "known (until 2026-12-31, affiant.toml:4)");
  EXPECT_EQ(read["news"], 0);
}

TEST_F(DiffRendered, ThePageHoldsTheSameJsonAndNothingThatASiteCouldEndItWith) {
  after_.declaration.cookies[0].pattern = "</script><script>alert(1)</script>";
  const report::DiffReport whole = told(before_, after_);
  const std::string html = report::render_html(whole);
  const std::string open = "id=\"report\">";
  const std::size_t at = html.find(open) + open.size();
  const std::string json = html.substr(at, html.find("</script>", at) - at);
  EXPECT_EQ(Json::parse(json), Json::parse(report::render_json(whole)));
  EXPECT_EQ(html.find("alert(1)</script>"), std::string::npos);
}

TEST(DiffProperty, WhateverASiteSaysTheJsonIsValidAndTheTextFitsAndIsSafe) {
  std::mt19937 engine(20261126);
  for (int i = 0; i < 200; ++i) {
    std::string bytes(8'000, '\0');
    for (char& b : bytes) b = static_cast<char>(engine() & 0xFFU);
    test::Choices choices(bytes);
    Report before = test::random_report(choices);
    Report after = test::random_report(choices);
    after.facts.site = before.facts.site;
    for (Report* r : {&before, &after}) {
      if (r->facts.seen.pages.empty()) r->facts.seen.pages.resize(1);
      r->facts.seen.pages[0].role = "site";
      r->facts.seen.pages[0].result = "loaded";
      r->declaration.is_policy = true;
      r->declaration.unread.clear();
      r->facts.seen.policies.clear();
      r->facts.seen.gaps.clear();
      for (observe::Session& s : r->facts.seen.sessions) s.close_reason = "plan-done";
      r->facts.seen.verdict.complete = evidence::Completeness::kComplete;
      r->facts.seen.withheld_fields = 0;
    }
    const auto once = diff_reports(before, after);
    const auto turned = diff_reports(after, before);
    ASSERT_TRUE(once && turned);
    const auto count = [](const Diff& d, Change change) {
      std::size_t n = 0;
      for (const auto* part : {&d.said, &d.done, &d.findings})
        for (const Difference& x : *part) n += x.change == change ? 1 : 0;
      return n;
    };
    ASSERT_EQ(count(*once, Change::kNew), count(*turned, Change::kGone)) << "round " << i;
    ASSERT_EQ(count(*once, Change::kChanged), count(*turned, Change::kChanged)) << "round " << i;
    ASSERT_TRUE(diff_reports(before, before)->empty()) << "round " << i;
    const report::DiffReport whole = told(before, after);
    const std::string json = report::render_json(whole);
    ASSERT_EQ(diff_schema_problems(json), "") << "round " << i << "\n" << json;
    report::TextOptions options;
    options.columns = 60 + i % 60;
    std::istringstream rendered(report::render_text(whole, options));
    for (std::string line; std::getline(rendered, line);) {
      ASSERT_EQ(printable(line, 100'000), line) << "round " << i;
      ASSERT_LE(report::display_width(line), static_cast<std::size_t>(options.columns))
          << "round " << i << ": " << line;
    }
  }
}

}  // namespace
}  // namespace affiant
