// The findings of two recordings: which came, which went, which are of another strength.
#include <algorithm>
#include <array>
#include <map>

#include "report/diff_parts.h"
#include "report/engines_ledger.h"
#include "report/text_layout.h"

namespace affiant::report {
namespace {

using findings::Finding;

// Rules that make one finding a phase, in which they count.
constexpr std::array<std::string_view, 7> kCounting = {
    "lifetime-shorter",   "contradictory-declaration", "unclassified-cookie",
    "set-before-consent", "kept-after-reject",         "signal-ignored",
    "policy-missing"};

std::string without_figures(const std::string& title) {
  std::string out;
  for (const char c : title)
    if (c < '0' || c > '9') out += c;
  return out;
}

std::map<std::string, const Finding*> by_key(const Report& report, const Conditions& shared) {
  std::map<std::string, const Finding*> out;
  for (const Finding& f : report.findings) {
    const bool compared =
        f.phase.empty() || std::any_of(shared.begin(), shared.end(),
                                       [&](const Condition& c) { return c.first == f.phase; });
    if (!compared) continue;
    const auto [it, fresh] = out.try_emplace(finding_key(f, report.declaration), &f);
    if (!fresh && f.strength < it->second->strength) it->second = &f;
  }
  return out;
}

DiffSide side_of(const Finding& f, const Report& report) {
  const auto at = static_cast<std::size_t>(&f - report.findings.data());
  DiffSide side{std::string(findings::strength_name(f.strength)) + ", " + safe(f.id, 40),
                {},
                f.entries,
                seen_in(report, at),
                f.strength};
  if (side.seen.of > 0) side.words += ", " + seen_in_words(side.seen);
  if (const Standing* standing = standing_of(report, at))
    side.expected = expected_words(*report.gate, *standing);
  for (const std::string& id : f.statements)
    for (const policy::Statement& s : report.declaration.statements)
      if (s.id == id) side.quotes.push_back(quote_of(s, report.declaration));
  for (const int row : f.declared_cookies)
    if (row >= 0 && static_cast<std::size_t>(row) < report.declaration.cookies.size())
      side.quotes.push_back(
          quote_of(report.declaration.cookies[static_cast<std::size_t>(row)], report.declaration));
  return side;
}

}  // namespace

bool title_varies(std::string_view rule) {
  return rule == "undeclared-storage" || rule == "declared-not-seen" ||
         std::find(kCounting.begin(), kCounting.end(), rule) != kCounting.end();
}

std::string finding_key(const Finding& f, const policy::Declaration& said) {
  const std::string key = f.rule + "\n" + f.phase + "\n";
  if (std::find(kCounting.begin(), kCounting.end(), f.rule) != kCounting.end()) return key;
  if (f.rule == "declared-not-seen")
    return key + (f.declared_cookies.empty() ? "parties" : "cookies");
  if ((f.rule == "contradicted-denial" || f.rule == "internal-contradiction") &&
      !f.statements.empty())
    for (const policy::Statement& s : said.statements)
      if (s.id == f.statements.front()) return key + meaning_of(s);
  return key + (f.rule == "undeclared-storage" ? without_figures(f.title) : f.title);
}

void diff_findings(const Report& before, const Report& after, const Conditions& shared,
                   Differences* out) {
  const auto what = [](const Finding& f) {
    return safe(f.rule, 40) + ": " + safe(f.title) + phase_words(f.phase);
  };
  walk_both(
      by_key(before, shared), by_key(after, shared),
      [&](const std::string&, const Finding* f, bool in_before) {
        if (in_before)
          out->only_before("finding", what(*f), side_of(*f, before), "no longer found");
        else
          out->only_after("finding", what(*f), side_of(*f, after), "not found");
      },
      [&](const std::string&, const Finding* b, const Finding* a) {
        if (b->strength != a->strength || (b->title != a->title && b->rule != "declared-not-seen"))
          out->both(Change::kChanged, "finding", what(*a), side_of(*b, before), side_of(*a, after));
      });
}

}  // namespace affiant::report
