#include "engine_pair.h"

#include <gtest/gtest.h>

#include "shop_report.h"

namespace affiant::test {

report::Report engine_report(const std::string& engine) {
  report::Report r = shop_report();
  r.case_id = "20260921-141320-000-shop.example/" + engine;
  observe::Session& session = r.facts.seen.sessions.front();
  session.browser = engine;
  session.browser_version = engine == "firefox" ? "153.7.0" : "156.0.1";
  session.close_reason = "plan-done";
  return r;
}

std::string told(const report::Comparison& comparison) {
  std::string out = comparison.compared ? "" : "not compared\n";
  for (const report::Disagreement& d : comparison.disagreements)
    out += d.kind + "|" + d.what + "|" + d.left.words + "|" + d.right.words + "\n";
  return out;
}

detect::CookieFact& cookie_named(report::Report* report, const std::string& name) {
  for (detect::CookieFact& fact : report->facts.cookies)
    if (fact.story.name == name) return fact;
  ADD_FAILURE() << "no cookie " << name;
  return report->facts.cookies.front();
}

report::EnginesReport set_of(report::Report left, report::Report right) {
  report::EnginesReport set;
  set.generated_at = "2026-09-21T15:00:00Z";
  const std::string name = "20260921-141320-000-shop.example/";
  set.engines.push_back({"chromium", name + "chromium", std::move(left)});
  set.engines.push_back({"firefox", name + "firefox", std::move(right)});
  return set;
}

}  // namespace affiant::test
