// A report (contract: affiant.report/1), made from a verified case and rendered as JSON or as text
// for a terminal.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "detect/facts.h"
#include "findings/findings.h"
#include "policy/declaration.h"
#include "report/gate.h"
#include "report/log_excerpt.h"
#include "site/site.h"

namespace affiant::report {

struct Report {
  std::string case_id,
      generated_at;  // generated_at: RFC 3339, given by the caller (the read half has no clock).
  detect::Facts facts;
  policy::Declaration declaration;
  std::vector<findings::Finding> findings;
  std::string site_list;                     // Provenance of the Public Suffix List.
  std::vector<knowledge::Provenance> lists;  // Filter lists that trackers were told by.
  LogExcerpt log;                            // Filled in when BuildOptions::with_log asks for it.
  Repeats repeats;
  std::optional<Gate> gate;  // Nothing: no file of expectations was brought.
};

// Filter lists that trackers are told by, and where they come from.
struct ListsInUse {
  filters::Engine engine;
  std::vector<knowledge::Provenance> provenance;
};

struct BuildOptions {
  std::string generated_at;
  std::vector<std::filesystem::path>
      policy_files;  // `compare --policy FILE`: used instead of the captured policies.
  evidence::VerifyOptions verify;           // What the reader brings.
  std::string case_id;                      // Empty: the name of the case's folder.
  std::shared_ptr<const ListsInUse> lists;  // nullptr: none.
  bool with_log = false;  // Also the cited entries and their proofs, which the HTML report shows.
};

// Verifies and reads the case, reads its policy exhibits, detects, compares.
Result<Report> build_report(const std::filesystem::path& case_dir, const site::SiteTable& sites,
                            const BuildOptions& options);

// Whether the site itself was observed: some page of it loaded. False: nothing may be concluded,
// least of all "clean".
bool anything_observed(const Report& report);

std::string render_json(
    const Report& report);  // Pretty, ends in a newline; validates against docs/report.schema.json.
// One HTML file that needs no network and no other file (docs/html-report.md). Without Report::log
// it shows no entries.
std::string render_html(const Report& report);
struct TextOptions {
  bool colour = false;
  int columns = 80;
  std::string case_name;  // What to type after `affiant verify`; empty: the case id.
  std::string fail_on;    // The word of --fail-on; empty: nobody asks whether a build fails.
};
std::string render_text(const Report& report, const TextOptions& options);

}  // namespace affiant::report
