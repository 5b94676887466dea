// Names of cookies as sites write them. Internal to this layer. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace affiant::policy {

// The names in a cell: parted at commas, line breaks, semicolons, "and". Empty when the cell is a
// sentence.
std::vector<std::string> names_in(std::string_view cell);

// A mask to its pattern: "_ga_<id>", "_ga_#", "_ga_xxxx", "_ga_{id}", "_hjid-[...]", "_ga_..." to
// "_ga_*".
std::string pattern_of(std::string_view name);

// Whether a word can be the name of a cookie or key (RFC 6265 token characters, a few more that
// sites write), and is not plainly a word of a sentence.
bool may_be_name(std::string_view word);

}  // namespace affiant::policy
