// What two engines show of one site, side by side: their reports, and what the two recordings
// disagree on (affiant.engines/1, docs/engines.schema.json). Pure: no clock, no network.
#pragma once

#include <string>
#include <vector>

#include "report/report.h"

namespace affiant::report {

// What one recording says of a thing, for people, and the log entries that show it: none where it
// was not seen.
struct Side {
  std::string words;
  std::vector<observe::Leaf> entries;  // Ascending, each once.
};

struct Disagreement {
  std::string kind;  // One of docs/engines.schema.json.
  std::string what;  // The thing, e.g. "cookie uid of .ads.example, path /".
  Side left, right;
};

struct Comparison {
  // False: the two cannot be held against each other, `limits` says why, and the empty list of
  // disagreements means nothing.
  bool compared = false;
  std::vector<std::string> limits;  // What narrows the comparison, one sentence each.
  std::vector<Disagreement> disagreements;
};

// What one recording shows and the other does not, or shows otherwise: how third-party cookies are
// treated, pages, cookies (by name, domain and path; partitions are told, not matched by), storage
// keys, third-party hosts, techniques (by the script's host), the last word on consent, findings.
// In this order, then by name; the same reports give the same
// list, and exchanging them exchanges its sides.
// - Values are never compared (they differ from run to run), nor how often or when.
// - "Not seen" claims no more than that. Where a recording lost events or was cut short, its
//   silence is no disagreement: such things are left out, and `limits` counts them.
Comparison compare_engines(const Report& left, const Report& right);

struct EngineReport {
  std::string engine;     // "chromium", "firefox".
  std::string case_name;  // What to type after `affiant report`.
  Report report;
};
struct MissingEngine {
  std::string engine, why;
};

// A case set as it is reported: at most one member an engine.
struct EnginesReport {
  std::string generated_at;  // As Report::generated_at.
  std::vector<EngineReport> engines;
  std::vector<MissingEngine> missing;  // Asked for, or part of a whole set, and not there.
};

// Of two members, compare_engines(); of fewer, not compared, with the reason.
Comparison compare_members(const EnginesReport& set);

// One object, pretty, ends in a newline; validates against docs/engines.schema.json.
std::string render_json(const EnginesReport& set);
// The comparison, the findings that both make, and the members. Where nothing can be compared, the
// reports of the members that observed the site follow in full. `options.case_name` names the set.
std::string render_text(const EnginesReport& set, const TextOptions& options);
// As of a Report: the comparison, and each member's own report behind it.
std::string render_html(const EnginesReport& set);

}  // namespace affiant::report
