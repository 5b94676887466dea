#include "report/engines_ledger.h"

#include <algorithm>

#include "report/text_layout.h"

namespace affiant::report {

const std::vector<EngineKind>& engine_kinds() {
  static const std::vector<EngineKind> kinds = {
      {"third-party-cookies", "treated in two ways"},
      {"page", "recorded in one only"},
      {"cookie", "seen in one only"},
      {"cookie-outcome", "stored in one; kept off, or kept apart, in the other"},
      {"cookie-attributes", "stored in both, with other attributes"},
      {"cookie-lifetime", "stored in both, for another time"},
      {"storage", "key seen in one only"},
      {"third-party", "host contacted in one only"},
      {"third-party-answer", "host answered in one, failed in the other"},
      {"technique", "seen in one only"},
      {"consent", "the page said otherwise, or in one only"},
      {"finding", "made in one only, or of another strength"}};
  return kinds;
}

std::string engine_of(const Report& report) {
  const auto& sessions = report.facts.seen.sessions;
  if (sessions.empty() || sessions.front().browser.empty()) return "unknown engine";
  return safe(sessions.front().browser, 40);
}

std::string why_it_may_lack(const Report& report) {
  const observe::Observations& seen = report.facts.seen;
  for (const observe::Session& s : seen.sessions)
    if (s.close_reason != "plan-done")
      return "it did not come to its end" +
             (s.close_reason.empty() ? "" : " (" + safe(s.close_reason, 40) + ")");
  if (!seen.gaps.empty() || seen.verdict.complete != evidence::Completeness::kComplete)
    return "events of it were lost";
  if (seen.withheld_fields > 0) return "fields of it are withheld";
  return "";
}

Ledger::Ledger(const Report& left, const Report& right)
    : left_(left),
      right_(right),
      left_name_(engine_of(left)),
      right_name_(engine_of(right)),
      left_lack_(why_it_may_lack(left)),
      right_lack_(why_it_may_lack(right)) {
  result_.compared = true;
}

void Ledger::only_left(std::string kind, std::string what, Side seen) {
  if (!right_whole()) return leave_out();
  differ(std::move(kind), std::move(what), std::move(seen),
         {"not seen in " + right_name_ + "'s recording", {}});
}

void Ledger::only_right(std::string kind, std::string what, Side seen) {
  if (!left_whole()) return leave_out();
  differ(std::move(kind), std::move(what), {"not seen in " + left_name_ + "'s recording", {}},
         std::move(seen));
}

void Ledger::differ(std::string kind, std::string what, Side left, Side right) {
  result_.disagreements.push_back(
      {std::move(kind), std::move(what), std::move(left), std::move(right)});
}

Comparison Ledger::take() {
  const auto lacks = [&](const std::string& name, const std::string& lack) {
    if (!lack.empty())
      result_.limits.push_back(name + "'s recording may lack something: " + lack +
                               ". What only the other one shows is not held against it.");
  };
  lacks(left_name_, left_lack_);
  lacks(right_name_, right_lack_);
  if (left_out_ > 0)
    result_.limits.push_back(count_of(left_out_, "difference") + " left out for that.");
  const auto& all = result_.disagreements;
  if (std::any_of(all.begin(), all.end(), [](const Disagreement& d) { return d.kind == "page"; }))
    result_.limits.push_back(
        "Not all pages were recorded in both: what belongs to such a page is seen in one only.");
  std::stable_sort(result_.disagreements.begin(), result_.disagreements.end(),
                   [](const Disagreement& a, const Disagreement& b) {
                     const auto rank = [](const Disagreement& d) {
                       const auto& kinds = engine_kinds();
                       return std::find_if(kinds.begin(), kinds.end(),
                                           [&](const EngineKind& k) { return k.name == d.kind; });
                     };
                     return rank(a) < rank(b);
                   });
  return std::move(result_);
}

std::vector<observe::Leaf> sorted_entries(std::vector<observe::Leaf> entries) {
  std::sort(entries.begin(), entries.end());
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  return entries;
}

std::string phase_words(const std::string& phase) {
  return phase.empty() || phase == "no-choice" ? "" : ", in phase " + safe(phase, 40);
}

}  // namespace affiant::report
