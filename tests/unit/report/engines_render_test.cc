// How a case set is told: golden files, the schema, and what must hold whatever a site says.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "base/bytes.h"
#include "engine_pair.h"
#include "random_report.h"
#include "report/text_layout.h"
#include "schema_check.h"
#include "shop_report.h"

namespace affiant {
namespace {

using Json = nlohmann::json;
using report::EnginesReport;
using report::Report;
using test::cookie_named;
using test::engine_report;
using test::engines_schema_problems;
using testing::HasSubstr;
using testing::Not;

report::TextOptions named() {
  report::TextOptions options;
  options.case_name = "20260921-141320-000-shop.example";
  return options;
}

// Chromium blocks third-party cookies, Firefox keeps them apart; one host and one finding besides.
EnginesReport disagreeing() {
  Report left = engine_report("chromium");
  Report right = engine_report("firefox");
  left.facts.seen.sessions[0].third_party_cookies = "blocked";
  observe::CookieStory& uid = cookie_named(&right, "uid").story;
  uid.outcome = "stored";
  uid.reason.clear();
  uid.partition_key = "https://shop.example";
  uid.entries = {10, 19};
  right.facts.requests.erase(right.facts.requests.begin() + 3);
  left.findings.erase(left.findings.begin() + 3);
  return test::set_of(std::move(left), std::move(right));
}

EnginesReport half() {
  EnginesReport set = disagreeing();
  set.engines.pop_back();
  set.missing = {{"firefox", "it could not be recorded: the browser ended"}};
  return set;
}

TEST(EnginesText, ReadsAsItShould) {
  test::expect_golden("engines_shop.txt", report::render_text(disagreeing(), named()));
}

TEST(EnginesText, AgreementSaysWhatItLeavesOpen) {
  const std::string text = report::render_text(
      test::set_of(engine_report("chromium"), engine_report("firefox")), named());
  EXPECT_THAT(text, HasSubstr("No disagreement: "));
  EXPECT_THAT(text, HasSubstr("WHAT THIS COMPARISON DOES NOT SHOW"));
  EXPECT_THAT(text, Not(HasSubstr("DISAGREE ON")));
  EXPECT_THAT(text, HasSubstr("FINDINGS IN BOTH (4)"));
}

TEST(EnginesText, WithoutTheOtherEngineTheReportOfTheOneFollowsInFull) {
  const EnginesReport set = half();
  const std::string text = report::render_text(set, named());
  EXPECT_THAT(text, HasSubstr("NOT COMPARED"));
  EXPECT_THAT(text, HasSubstr("  - There is no usable recording by firefox: it could not be"));
  report::TextOptions own = named();
  own.case_name += "/chromium";
  EXPECT_THAT(text, testing::EndsWith(report::render_text(set.engines[0].report, own)));
  EXPECT_THAT(text, Not(HasSubstr("No disagreement")));
}

TEST(EnginesText, AnEngineThatObservedNothingIsNeverToldAsAgreeing) {
  EnginesReport set = disagreeing();
  for (observe::Page& page : set.engines[1].report.facts.seen.pages) page.result = "failed";
  const std::string text = report::render_text(set, named());
  EXPECT_THAT(text, HasSubstr("firefox   NOT OBSERVED"));
  EXPECT_THAT(text, HasSubstr("NOT COMPARED"));
  EXPECT_THAT(text, HasSubstr("with chromium 156.0.1, before any consent choice"))
      << "the report of the other one";
  EXPECT_THAT(text, Not(HasSubstr("with firefox 153.7.0, before any consent choice")));
}

TEST(EnginesJson, IsAsItsSchemaSays) {
  const std::string text = report::render_json(disagreeing());
  EXPECT_EQ(engines_schema_problems(text), "");
  const auto json = nlohmann::ordered_json::parse(text);
  std::string names;
  for (const auto& [name, value] : json.items()) names += name + " ";
  EXPECT_EQ(names, "schema site generated_at engines missing disagreements limits ");
  EXPECT_EQ(json["engines"][0]["case"], "20260921-141320-000-shop.example/chromium");
  EXPECT_EQ(json["engines"][1]["report"]["schema"], "affiant.report/1");
  const auto& outcome = json["disagreements"][1];
  EXPECT_EQ(outcome["kind"], "cookie-outcome");
  EXPECT_EQ(outcome["chromium"], "blocked: third-party cookies are blocked");
  EXPECT_EQ(outcome["entries"]["firefox"], Json::array({10, 19}));
}

TEST(EnginesJson, WhatWasNotComparedIsNullAndNoEmptyList) {
  const std::string text = report::render_json(half());
  EXPECT_EQ(engines_schema_problems(text), "");
  const Json json = Json::parse(text);
  EXPECT_TRUE(json["disagreements"].is_null());
  EXPECT_EQ(json["missing"][0]["browser"], "firefox");
  EXPECT_FALSE(json["limits"].empty());
  const Json agreed = Json::parse(
      report::render_json(test::set_of(engine_report("chromium"), engine_report("firefox"))));
  EXPECT_EQ(agreed["disagreements"], Json::array());
}

TEST(EnginesJson, TheSchemaRefusesWhatItDoesNotDescribe) {
  const Json good = Json::parse(report::render_json(disagreeing()));
  const auto refused = [&](const std::string& pointer, const Json& value) {
    Json bad = good;
    bad[Json::json_pointer(pointer)] = value;
    EXPECT_NE(engines_schema_problems(bad), "") << pointer << " = " << value;
  };
  refused("/schema", "affiant.report/1");
  refused("/engines", Json::array());
  refused("/engines/0/browser", "lynx");
  refused("/engines/0/report/schema", "affiant.report/2");
  refused("/disagreements/0/kind", "made-up");
  refused("/disagreements/0/entries/firefox", Json::array({-1}));
  refused("/disagreements/0/undescribed", true);
  refused("/undescribed", true);
  for (const auto& [name, value] : good.items()) {
    Json bad = good;
    bad.erase(name);
    EXPECT_NE(engines_schema_problems(bad), "") << "without " << name;
  }
}

TEST(EnginesProperty, WhateverASiteSaysTheJsonIsValidAndTheTextFitsAndIsSafe) {
  std::mt19937 engine(20260924);
  for (int i = 0; i < 200; ++i) {
    std::string bytes(8'000, '\0');
    for (char& b : bytes) b = static_cast<char>(engine() & 0xFFU);
    test::Choices choices(bytes);
    Report left = test::random_report(choices);
    Report right = test::random_report(choices);
    left.facts.site_host = right.facts.site_host;
    for (Report* r : {&left, &right}) {
      if (r->facts.seen.pages.empty()) r->facts.seen.pages.resize(1);
      r->facts.seen.pages[0].role = "site";
      r->facts.seen.pages[0].result = "loaded";
      r->facts.seen.gaps.clear();
      for (observe::Session& s : r->facts.seen.sessions) s.close_reason = "plan-done";
      r->facts.seen.verdict.complete = evidence::Completeness::kComplete;
      r->facts.seen.withheld_fields = 0;
    }
    const auto once = report::compare_engines(left, right);
    ASSERT_TRUE(once.compared);
    ASSERT_EQ(once.disagreements.size(), report::compare_engines(right, left).disagreements.size());
    ASSERT_EQ(test::told(report::compare_engines(left, left)), "") << "round " << i;
    const EnginesReport set = test::set_of(std::move(left), std::move(right));
    const std::string json = report::render_json(set);
    ASSERT_EQ(engines_schema_problems(json), "") << "round " << i << "\n" << json;
    report::TextOptions options;
    options.columns = 60 + i % 60;
    options.case_name = choices.text();
    std::istringstream lines(report::render_text(set, options));
    for (std::string line; std::getline(lines, line);) {
      ASSERT_EQ(printable(line, 100'000), line) << "round " << i;
      ASSERT_LE(report::display_width(line), static_cast<std::size_t>(options.columns))
          << "round " << i << ": " << line;
    }
  }
}

TEST(EnginesPage, HoldsTheJsonAndOfEachMemberItsTextsAndProofs) {
  const EnginesReport set = disagreeing();
  const std::string html = report::render_html(set);
  const auto part = [&](const std::string& id) {
    const std::string open = "id=\"" + id + "\">";
    const std::size_t at = html.find(open) + open.size();
    return Json::parse(html.substr(at, html.find("</script>", at) - at));
  };
  EXPECT_EQ(part("report"), Json::parse(report::render_json(set)));
  EXPECT_EQ(part("texts").size(), 2U);
  EXPECT_EQ(part("proofs"), Json::array({nullptr, nullptr})) << "nobody asked for the log";
}

}  // namespace
}  // namespace affiant
