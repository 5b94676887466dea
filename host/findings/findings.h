// Said against done: the declaration and the facts, side by side. Pure: the same inputs give
// byte-identical findings.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "detect/facts.h"
#include "policy/declaration.h"

namespace affiant::findings {

enum class Strength : std::uint8_t { kContradicted, kUndeclared, kVague, kNote };
std::string_view strength_name(Strength s);

struct Finding {
  std::string id;    // "F7-3": rule number, then running number within the rule.
  std::string rule;  // "lifetime-exceeds"
  Strength strength = Strength::kNote;
  std::string title;        // One line that a visitor understands.
  std::string explanation;  // Two or three sentences.
  std::string phase;
  std::vector<std::string> statements;  // Ids of Declaration::statements.
  std::vector<int> declared_cookies;    // Indices into Declaration::cookies.
  std::vector<observe::Leaf> entries;
};

std::vector<Finding> compare(const policy::Declaration& said, const detect::Facts& done,
                             const site::SiteTable& sites);

}  // namespace affiant::findings
