#include "report/gate.h"

#include <fmt/format.h>

#include "report/report.h"
#include "report/text_layout.h"

namespace affiant::report {
namespace {

std::string place(const Gate& gate, const Expectation& e) {
  return fmt::format("{}:{}", gate.file, e.line);
}

}  // namespace

std::string seen_in_words(const SeenIn& seen) {
  return seen.of == 0 ? "" : fmt::format("seen in {} of {} runs", seen.runs, seen.of);
}

std::optional<findings::Strength> fail_on_strength(std::string_view word) {
  using findings::Strength;
  if (word == "never") return std::nullopt;
  for (const Strength s : {Strength::kContradicted, Strength::kUndeclared, Strength::kVague})
    if (findings::strength_name(s) == word) return s;
  return Strength::kNote;
}

SeenIn seen_in(const Report& report, std::size_t finding) {
  const auto& all = report.repeats.findings;
  return finding < all.size() ? all[finding] : SeenIn{};
}

const Standing* standing_of(const Report& report, std::size_t finding) {
  if (!report.gate || finding >= report.gate->findings.size()) return nullptr;
  return &report.gate->findings[finding];
}

StrengthCount count_of_strength(const Report& report, findings::Strength strength) {
  StrengthCount count;
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    if (report.findings[i].strength != strength) continue;
    ++count.all;
    const Standing* standing = standing_of(report, i);
    if (standing != nullptr && !standing->expected_by.empty()) ++count.expected;
  }
  return count;
}

bool fails_build(const Report& report, std::size_t finding, std::string_view fail_on) {
  const auto weakest = fail_on_strength(fail_on);
  if (!weakest || report.findings[finding].strength > *weakest) return false;
  const Standing* standing = standing_of(report, finding);
  if (standing != nullptr && !standing->expected_by.empty()) return false;
  return seen_in(report, finding).in_all();
}

std::size_t count_failing(const Report& report, std::string_view fail_on) {
  std::size_t n = 0;
  for (std::size_t i = 0; i < report.findings.size(); ++i)
    if (fails_build(report, i, fail_on)) ++n;
  return n;
}

std::string expected_words(const Gate& gate, const Standing& standing) {
  std::string out;
  for (const std::size_t i : standing.expected_by) {
    const Expectation& e = gate.expectations[i];
    const std::string words = fmt::format("{} (until {}, {})", e.reason, e.expires, place(gate, e));
    if (out.find(words) == std::string::npos) out += (out.empty() ? "" : "; ") + words;
  }
  return out;
}

std::vector<std::string> standing_words(const Report& report, std::size_t finding) {
  std::vector<std::string> out;
  const SeenIn seen = seen_in(report, finding);
  if (seen.of > 0)
    out.push_back(seen_in_words(seen) +
                  (seen.in_all() ? "" : ": what does not repeat fails no build"));
  const Standing* standing = standing_of(report, finding);
  if (standing == nullptr) return out;
  const std::string reasons = expected_words(*report.gate, *standing);
  if (!reasons.empty()) out.push_back("expected: " + reasons);
  for (const std::size_t i : standing->expired) {
    const Expectation& e = report.gate->expectations[i];
    out.push_back(fmt::format("was expected until {}, and counts again: {} ({})", e.expires,
                              e.reason, place(*report.gate, e)));
  }
  return out;
}

std::vector<std::string> gate_warnings(const Gate& gate) {
  std::vector<std::string> out;
  for (const Expectation& e : gate.expectations) {
    const std::string entry = place(gate, e) + ": " + e.what;
    if (e.expired)
      out.push_back(fmt::format("{}: expired on {}, and counts again", entry, e.expires));
    else if (!e.matched)
      out.push_back(entry +
                    ": matched nothing that was seen; take it out if it is no longer needed");
    if (!e.note.empty()) out.push_back(entry + ": " + e.note);
  }
  return out;
}

}  // namespace affiant::report
