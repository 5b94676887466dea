// What is done to the lines of a Markdown source before it is parsed. Internal to this layer. Pure.
#pragma once

#include <string>
#include <string_view>

namespace affiant::policy {

// Bytes of the block of settings that a site's generator wants ahead of the text ("---", "title:
// ...", "---"), or 0. It is no part of what a visitor reads, but its title is (`title`).
std::size_t front_matter(std::string_view text, std::string* title);

// The source with what the parser would misread written as it was meant. `cut`: rows of more cells
// than a table may have were made text.
std::string mended_lines(std::string_view text, bool* cut);

}  // namespace affiant::policy
