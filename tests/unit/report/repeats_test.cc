// Several runs of one site in one case: what was seen in how many of them.
#include "report/repeats.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "detect/facts.h"
#include "report/diff.h"
#include "schema_check.h"
#include "shop_report.h"

namespace affiant {
namespace {

using report::Report;

const site::SiteTable& sites() {
  static const auto table = site::SiteTable::built_in();
  return *table;
}

constexpr int kRuns = 3;

// The shop visited three times: stats.example answers each time, ads.example the first two times.
// In the first run its policy page loads something more.
Report three_runs() {
  const Report once = test::shop_report();
  observe::Observations seen = once.facts.seen;
  const auto sessions = seen.sessions;
  const auto requests = seen.requests;
  seen.sessions.clear();
  seen.pages.clear();
  seen.requests.clear();
  seen.storage.clear();
  seen.consent.clear();
  seen.verdict.sessions.clear();
  for (std::uint64_t run = 1; run <= kRuns; ++run) {
    observe::Session session = sessions[0];
    session.id = run;
    session.profile = static_cast<std::int64_t>(run);
    session.purpose = "audit";
    session.close_reason = "plan-done";
    seen.sessions.push_back(session);
    seen.verdict.sessions.push_back({run, 26, 26, 0, true, true, 0});
    observe::Page page = once.facts.seen.pages[0];
    page.session = run;
    page.entries = {run * 100 + 1, run * 100 + 50};
    seen.pages.push_back(page);
    for (const std::size_t i : {0U, 1U, 2U}) {
      if (i == 2 && run == 3) continue;
      observe::Request r = requests[i];
      r.place.session = run;
      r.entry = run * 100 + 2 + i;
      r.redirect.reset();
      seen.requests.push_back(r);
    }
  }
  observe::Page policy = once.facts.seen.pages[1];
  policy.entries = {160, 170};
  seen.pages.push_back(policy);
  observe::Request lawyer = requests[1];
  lawyer.entry = 165;
  lawyer.host = "lawyer.example";
  lawyer.url = "https://lawyer.example/seal.png";
  seen.requests.push_back(lawyer);
  seen.policies.clear();
  Report r;
  r.generated_at = once.generated_at;
  r.case_id = once.case_id;
  r.declaration = once.declaration;
  r.facts = detect::detect(std::move(seen), sites());
  r.findings = findings::compare(r.declaration, r.facts, sites());
  r.repeats = report::count_repeats(r, sites(), nullptr);
  return r;
}

std::string told(const report::SeenIn& seen) {
  return std::to_string(seen.runs) + "/" + std::to_string(seen.of);
}

TEST(Repeats, ThirdPartiesAreCountedByTheRunsThatSawThem) {
  const Report r = three_runs();
  ASSERT_EQ(r.repeats.third_parties.size(), 3U);
  EXPECT_EQ(told(r.repeats.third_parties.at("stats.example")), "3/3");
  EXPECT_EQ(told(r.repeats.third_parties.at("ads.example")), "2/3");
}

TEST(Repeats, WhatOnlyThePolicyPageShowsCouldNotRepeat) {
  EXPECT_EQ(told(three_runs().repeats.third_parties.at("lawyer.example")), "1/1");
}

TEST(Repeats, AFindingThatOneRunDoesNotMakeFailsNoBuild) {
  const Report r = three_runs();
  bool stats = false, ads = false, lawyer = false;
  for (std::size_t i = 0; i < r.findings.size(); ++i) {
    const findings::Finding& f = r.findings[i];
    if (f.rule != "undeclared-third-party") continue;
    const bool fails = report::fails_build(r, i, "note");
    if (f.title.find("stats.example") != f.title.npos) stats = fails;
    if (f.title.find("lawyer.example") != f.title.npos) lawyer = fails;
    if (f.title.find("ads.example") == f.title.npos) continue;
    ads = true;
    EXPECT_EQ(told(report::seen_in(r, i)), "2/3");
    EXPECT_FALSE(fails);
  }
  EXPECT_TRUE(stats);
  EXPECT_TRUE(lawyer);
  EXPECT_TRUE(ads) << "there is a finding on it all the same";
}

TEST(Repeats, OneRunSaysNothingOfRepeating) {
  Report r = test::shop_report();
  r.repeats = report::count_repeats(r, sites(), nullptr);
  EXPECT_TRUE(r.repeats.findings.empty());
  EXPECT_TRUE(report::seen_in(r, 0).in_all());
  EXPECT_EQ(report::render_json(r).find("seen_in"), std::string::npos);
}

TEST(Repeats, TheReportSaysSoAndIsValid) {
  const Report r = three_runs();
  const std::string json = report::render_json(r);
  EXPECT_EQ(test::schema_problems(json), "");
  EXPECT_NE(json.find("\"party_seen_in\""), std::string::npos);
  const std::string text = report::render_text(r, {});
  EXPECT_NE(text.find("seen in 2 of 3 runs"), std::string::npos) << text;
}

TEST(Repeats, ADifferenceThatDoesNotRepeatIsNoNews) {
  const Report before = three_runs();
  Report after = three_runs();
  Report less = three_runs();
  less.findings.clear();
  less.repeats.findings.clear();
  auto& requests = less.facts.requests;
  std::erase_if(requests, [](const detect::RequestFact& f) { return f.site == "ads.example"; });
  const auto flaky = report::diff_reports(less, after);
  ASSERT_TRUE(flaky) << flaky.error().to_string();
  bool told_of = false;
  for (const report::Difference& d : flaky->done)
    if (d.what.find("ads.example") != d.what.npos) {
      told_of = true;
      EXPECT_FALSE(d.is_news());
    }
  EXPECT_TRUE(told_of);
  std::erase_if(requests, [](const detect::RequestFact& f) { return f.site == "stats.example"; });
  const auto steady = report::diff_reports(less, after);
  ASSERT_TRUE(steady);
  EXPECT_GT(steady->news(), 0U);
  const auto same = report::diff_reports(before, after);
  ASSERT_TRUE(same);
  EXPECT_EQ(same->news(), 0U);
}

}  // namespace
}  // namespace affiant
