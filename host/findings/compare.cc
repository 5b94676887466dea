#include <algorithm>
#include <map>
#include <tuple>

#include "findings/rules.h"

namespace affiant::findings {
namespace {

struct Rule {
  int number;
  std::string_view name;
  Drafts (*run)(const Context&);
};

constexpr Rule kRules[] = {
    {1, "contradicted-denial", contradicted_denial},
    {2, "internal-contradiction", internal_contradiction},
    {4, "undeclared-cookie", undeclared_cookie},
    {5, "undeclared-third-party", undeclared_third_party},
    {6, "vague-disclosure", vague_disclosure},
    {7, "lifetime-exceeds", lifetime_exceeds},
    {8, "lifetime-shorter", lifetime_shorter},
    {9, "purpose-mismatch", purpose_mismatch},
    {10, "contradictory-declaration", contradictory_declaration},
    {11, "unclassified-cookie", unclassified_cookie},
    {12, "set-before-consent", set_before_consent},
    {13, "kept-after-reject", kept_after_reject},
    {14, "signal-ignored", signal_ignored},
    {15, "condition-exceeded", condition_exceeded},
    {16, "wrong-party", wrong_party},
    {17, "undeclared-storage", undeclared_storage},
    {17, "undeclared-technique", undeclared_technique},
    {18, "personal-data-leak", personal_data_leak},
    {19, "declared-not-seen", declared_not_seen},
    {20, "policy-missing", policy_missing},
};

}  // namespace

std::string_view strength_name(Strength s) {
  switch (s) {
    case Strength::kContradicted:
      return "contradicted";
    case Strength::kUndeclared:
      return "undeclared";
    case Strength::kVague:
      return "vague";
    case Strength::kNote:
      return "note";
  }
  return "note";
}

std::vector<Finding> compare(const policy::Declaration& said, const detect::Facts& done,
                             const site::SiteTable& sites) {
  const Context context(said, done, sites);
  std::vector<Finding> out;
  std::map<int, int> last;  // Of each number: two rules may share one.
  for (const Rule& rule : kRules) {
    Drafts drafts = rule.run(context);
    // Stronger first, then by name: an order that no order of the events can change.
    std::stable_sort(drafts.begin(), drafts.end(), [](const Draft& a, const Draft& b) {
      return std::tie(a.finding.strength, a.key, a.finding.phase) <
             std::tie(b.finding.strength, b.key, b.finding.phase);
    });
    for (Draft& draft : drafts) {
      draft.finding.id =
          "F" + std::to_string(rule.number) + "-" + std::to_string(++last[rule.number]);
      draft.finding.rule = rule.name;
      out.push_back(std::move(draft.finding));
    }
  }
  return out;
}

}  // namespace affiant::findings
