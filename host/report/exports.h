// Reports for other programs: pipelines, code hosts, spreadsheets, comments (docs/gate.md). Of a
// case set, several reports go into one file. Pure; every word that a site gave is text in each of
// them, whatever it holds.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/report.h"

namespace affiant::report {

struct Part {
  const Report* report = nullptr;
  std::string case_name;  // What to type after `affiant report`.
};
using Parts = std::vector<Part>;

// SARIF 2.1.0: a run for each part, a result for each finding. What is expected is a suppression
// with its reason; fingerprints stay the same for as long as a finding is about the same thing.
std::string render_sarif(const Parts& parts);

// JUnit's XML: a suite for each part, a test case for each rule and one for having observed the
// site at all. `fail_on` as --fail-on; "never" marks what "undeclared" would.
std::string render_junit(const Parts& parts, std::string_view fail_on);

// RFC 4180, UTF-8, a header row. "findings", "cookies", "third-parties", "requests", "storage".
std::string render_csv(const Parts& parts, std::string_view table);

// GitHub's and GitLab's Markdown, short enough for a comment on a change.
std::string render_markdown(const Parts& parts, std::string_view fail_on);

}  // namespace affiant::report
