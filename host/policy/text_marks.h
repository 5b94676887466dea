// What the layout of plain lines says: list marks and headings. Internal to this layer. Pure.
#pragma once

#include <cstddef>
#include <string_view>

namespace affiant::policy {

// Bytes of a list mark ("- ", "• ", "1. ", "a) ") at the start of a line, or 0.
std::size_t list_mark(std::string_view line);

// A line that is nothing but a bullet.
bool is_bullet(std::string_view line);

// A short line that begins like a sentence and does not end like one. Of a question more may stand
// in a line. Not for empty lines.
bool looks_like_heading(std::string_view line);

}  // namespace affiant::policy
