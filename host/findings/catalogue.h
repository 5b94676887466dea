// The rules, for those who list them: reports for machines, and files that name a rule.
#pragma once

#include <span>
#include <string_view>

namespace affiant::findings {

struct RuleInfo {
  int number;                 // "F7"
  std::string_view name;      // "lifetime-exceeds"
  std::string_view sentence;  // When it is found, as docs/findings.md says in more words.
};

// In the order of their numbers; two rules share one.
std::span<const RuleInfo> catalogue();

}  // namespace affiant::findings
