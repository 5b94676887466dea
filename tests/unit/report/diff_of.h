// Two recordings and what differs between them: what the tests of diff begin with.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "engine_pair.h"
#include "report/diff.h"

namespace affiant::test {

// A recording that is whole, with a policy that was read whole.
inline report::Report recording() {
  report::Report r = engine_report("chromium");
  r.facts.seen.policies.clear();
  r.findings.pop_back();  // On the policy page that could not be read.
  r.facts.seen.techniques.resize(1);
  r.facts.seen.techniques[0].entry = 18;
  r.facts.seen.techniques[0].place.session = 1;
  return r;
}

inline std::string lines(const std::vector<report::Difference>& all) {
  std::string out;
  for (const report::Difference& d : all)
    out += std::string(report::change_name(d.change)) + " " + d.kind + "|" + d.what + "|" +
           d.before.words + "|" + d.after.words + "\n";
  return out;
}

class DiffOf : public ::testing::Test {
 protected:
  report::Diff diff() const {
    auto made = report::diff_reports(before_, after_);
    EXPECT_TRUE(made) << made.error().to_string();
    return made ? std::move(*made) : report::Diff();
  }
  policy::Statement& denial() { return after_.declaration.statements[0]; }
  policy::DeclaredCookie& row() { return after_.declaration.cookies[0]; }
  // A file of expectations that so far expects nothing of the second recording.
  report::Gate& gate() {
    if (!after_.gate) {
      report::Gate none;
      none.file = "affiant.toml";
      none.expectations = {{"ignore", "it", "known", "2026-12-31", 4, false, true, ""}};
      none.findings.resize(after_.findings.size());
      none.cookies.resize(after_.facts.cookies.size());
      none.requests.resize(after_.facts.requests.size());
      after_.gate = none;
    }
    return *after_.gate;
  }
  report::Report before_ = recording(), after_ = recording();
};

}  // namespace affiant::test
