// Names that no table knows, told by how a text brings them in: "We use Orchardmeter to count
// visits." Internal to this layer.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "policy/analysis.h"

namespace affiant::policy {

// Not thread-safe; one a document, shown its sentences in order.
class SpokenOf {
 public:
  // Gives a clause whose subject is such a name ("Orchardmeter sets no cookies") to others, since
  // it is not the site's own, and so "these websites" after a sentence about those of others; and
  // remembers what this sentence brings in; what it says that the site uses is a party of it.
  void pass(std::string_view document, Analysis* a);

 private:
  void give_to_others(Analysis* a) const;
  void learn(std::string_view document, const Analysis& a);
  void tell(Analysis* a) const;

  bool other_sites_ = false;     // The sentence before speaks of them.
  std::set<std::string> names_;  // Folded.
  std::set<std::string> words_;  // Written small elsewhere, and so no names.
};

}  // namespace affiant::policy
