// What changed between two recordings of one site (affiant.diff/1, docs/diff.schema.json): what the
// site newly says or no longer says, beside what it newly does or is no longer seen to do. Pure: no
// clock, no network.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/report.h"

namespace affiant::report {

// Words of the site with their place.
struct Quote {
  std::string statement;     // "S3"; empty for a row of a list of cookies.
  int declared_cookie = -1;  // Index into Declaration::cookies; -1 for a statement.
  std::string text;          // Exact words.
  std::string source;        // URL of the document, or its kind where there is none.
  std::size_t start = 0, end = 0;
};

// One of the two recordings on a thing: in words, with what shows it. Of what was not there, the
// words alone.
struct DiffSide {
  std::string words;
  std::vector<Quote> quotes;
  std::vector<observe::Leaf> entries;               // Ascending, each once.
  SeenIn seen = {};                                 // Of a recording of several runs.
  std::optional<findings::Strength> strength = {};  // Of a finding.
  // Of the later recording: why a file of expectations (docs/gate.md) takes it for granted. Empty:
  // it does not, or none was brought.
  std::string expected = {};
};

enum class Change {
  kNew,      // Said, or seen, in the second only.
  kGone,     // In the first only: no longer said, or no longer seen.
  kChanged,  // In both, otherwise.
  kWording,  // Said in both, meaning the same, in other words.
};
std::string_view change_name(Change change);

struct Difference {
  Change change = Change::kNew;
  std::string kind;  // One of docs/diff.schema.json.
  std::string what;  // The thing, for people.
  DiffSide before, after;

  // What a team wants to hear of before it ships: a finding, cookie or third party that is new, or
  // a finding that has become graver; in every run of the second recording, and not expected.
  bool is_news() const;
  bool is_expected() const { return !after.expected.empty(); }
};

struct Diff {
  // Statements are matched by type, polarity, subject, parties, purposes and data; rows of lists by
  // pattern and storage.
  std::vector<Difference> said;
  // Cookies by name, domain and party; third parties by owner, then host; storage keys; techniques.
  // Each in its phase, and with the signal on or off.
  std::vector<Difference> done;
  std::vector<Difference> findings;
  std::vector<std::string> limits;  // What narrows the comparison, one sentence each.

  bool empty() const { return said.empty() && done.empty() && findings.empty(); }
  std::size_t news() const;      // How many are.
  std::size_t expected() const;  // How many a file expects.
  std::size_t size() const { return said.size() + done.size() + findings.size(); }
};

// In the order new, gone, changed, wording, then by kind and name; the same reports give the same
// diff. Nothing is said to be removed: what a recording does not hold proves nothing, and where one
// of them lost events its silence is left out and counted in `limits`. kUsage when they are of two
// sites, kNetwork when one of them observed nothing.
Result<Diff> diff_reports(const Report& before, const Report& after);

struct DiffReport {
  std::string generated_at;             // As Report::generated_at.
  std::string before_name, after_name;  // What to type after `affiant report`.
  const Report* before = nullptr;
  const Report* after = nullptr;
  Diff diff;
};

// One object, pretty, ends in a newline; validates against docs/diff.schema.json.
std::string render_json(const DiffReport& report);
std::string render_text(const DiffReport& report, const TextOptions& options);
std::string render_html(const DiffReport& report);  // As of a Report: side by side.

}  // namespace affiant::report
