// Patterns of filter lists against text: '*' stands for any characters, '^' for one separator
// (anything but letters, digits and "_-.%") or the end of the text; every other byte for itself.
//
// No recursion and no going back: each part between two '*' is taken at its first place, which is
// enough since a later part can only stand further right. The work is bounded by text times part.
#pragma once

#include <cstddef>
#include <string_view>

namespace affiant::filters {

// Whether the pattern matches `text` from `start` on (anchored) or anywhere from there; with
// `to_end` only up to the end of the text.
bool match_pattern(std::string_view pattern, std::string_view text, std::size_t start,
                   bool anchored, bool to_end);

// For a pattern without '*': where it ends when it stands at `at`, or npos.
std::size_t match_here(std::string_view part, std::string_view text, std::size_t at);

}  // namespace affiant::filters
