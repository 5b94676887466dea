// How the findings of a report stand when a build asks whether it is to fail: in how many runs each
// was seen, and what a file of expectations (docs/gate.md) says of it. Plain data; host/gate fills
// in what the file says.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "findings/findings.h"

namespace affiant::report {

struct Report;

// "Seen in k of N runs."
struct SeenIn {
  std::size_t runs = 0, of = 0;  // of: 0 when there was one run only.
  bool in_all() const { return runs >= of; }
};
std::string seen_in_words(const SeenIn& seen);  // "seen in 2 of 3 runs"; empty of one run.

// Of a case whose site was visited in several fresh profiles under the same conditions
// (docs/adr/0014-what-does-not-repeat.md). All empty when it was not.
struct Repeats {
  std::vector<SeenIn> findings, cookies;        // As Report::findings, Facts::cookies.
  std::map<std::string, SeenIn> third_parties;  // By owner; by site where nobody knows the owner.
};

// An entry of the file of expectations.
struct Expectation {
  std::string table;    // "cookie", "third_party", "ignore".
  std::string what;     // For people, e.g. "cookie _ga of shop.example".
  std::string reason;   // Never empty.
  std::string expires;  // "2027-01-31": holds to the end of that day, UTC.
  std::size_t line = 0;
  bool expired = false;
  bool matched = false;  // Whether the report holds what it speaks of.
  std::string note;      // Why it does not hold although it matched; empty: it does.
};

// What the file says of one finding, cookie or request, as indices into Gate::expectations.
struct Standing {
  std::vector<std::size_t> expected_by;  // Not empty: expected, and by these.
  std::vector<std::size_t> expired;      // It would be expected, but these are over.
};

struct Gate {
  std::string file, today;  // today: "2026-09-21", UTC: what the dates were held against.
  std::vector<Expectation> expectations;    // In the order of the file.
  std::vector<Standing> findings;           // As Report::findings.
  std::vector<Standing> cookies, requests;  // As Facts::cookies, Facts::requests.
};

// The weakest strength that a word of --fail-on stands for; nothing for "never". A word that is
// none of them counts as "note".
std::optional<findings::Strength> fail_on_strength(std::string_view word);

SeenIn seen_in(const Report& report, std::size_t finding);
const Standing* standing_of(const Report& report, std::size_t finding);  // nullptr: no file.
// Why it is expected: each reason with its last day and its place in the file, joined by "; ".
// Empty: it is not.
std::string expected_words(const Gate& gate, const Standing& standing);

// How many findings there are of a strength, and how many of them a file expects.
struct StrengthCount {
  std::size_t all = 0, expected = 0;
};
StrengthCount count_of_strength(const Report& report, findings::Strength strength);

// Whether this finding makes a build fail: strong enough, not expected, and seen in every run.
bool fails_build(const Report& report, std::size_t finding, std::string_view fail_on);
std::size_t count_failing(const Report& report, std::string_view fail_on);

// Why a finding makes no build fail, or what else a file says of it; one sentence each. Made of
// words of the file and ours only, not safe for a terminal.
std::vector<std::string> standing_words(const Report& report, std::size_t finding);
// What is to be said aloud of the file: entries that are over, that matched nothing, that no longer
// hold.
std::vector<std::string> gate_warnings(const Gate& gate);

}  // namespace affiant::report
