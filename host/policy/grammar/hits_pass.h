// The phrases of a table that are found in a sentence, with what must be known of the language and
// of the site to tell which of them are meant. Internal to this layer.
#pragma once

#include <string_view>

#include "policy/grammar/grammar.h"
#include "policy/grammar/parser.h"

namespace affiant::policy {

// Of the tokens of `a`, which are filled in: its hits, with companies told by their legal form; a
// vendor that is the site itself is "we".
void find_hits(std::string_view document, const Grammar& grammar, const OwnNames& own, Analysis* a);

}  // namespace affiant::policy
