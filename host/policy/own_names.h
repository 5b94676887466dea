// Whose policy it is: the names that mean "we". Internal to this layer. Pure.
#pragma once

#include <string>
#include <string_view>

#include "policy/analysis.h"
#include "policy/declaration.h"

namespace affiant::policy {

// What the source is called: the host of its address or, of a file, its name. May be empty.
std::string called(const Source& source);

// Folded. What it is called, those in its title or at its very beginning, and those that it says it
// is.
OwnNames own_names(const Document& document, const Lexicon& lexicon, std::string_view called);

}  // namespace affiant::policy
