// Words as the tables of a language spell them: folded beyond ASCII, parted where the language
// joins two with an apostrophe. Internal to this layer. Pure.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "policy/tokens.h"

namespace affiant::policy {

// What may stand before an apostrophe as a word of its own, folded, without the apostrophe.
using Elisions = std::set<std::string, std::less<>>;

// Lower case of Latin, Greek and Cyrillic letters; every other character as it is.
std::string fold_letters(std::string_view text);

// As tokenize(), with words folded by fold_letters(), "l'usage" parted into "l'" and "usage" where
// "l" is an elision, and inverted marks as punctuation.
std::vector<Token> words_of(std::string_view document, std::size_t start, std::size_t end,
                            const Elisions& elisions);

}  // namespace affiant::policy
