// Names that no table knows, told by how a text brings them in: "We use Orchardmeter to count
// visits." Internal to this layer. Pure.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "policy/analysis.h"

namespace affiant::policy {

// Folded names of what the site says that it uses; with a '-' before them, words that are none.
using SpokenOf = std::set<std::string>;

// Adds those that a sentence brings in.
void learn_names(std::string_view document, const Analysis& a, SpokenOf* names);

// "Orchardmeter sets no cookies": such a name as a subject is not the site's own.
void give_to_others(const SpokenOf& names, Analysis* a);

}  // namespace affiant::policy
