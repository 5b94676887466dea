// Bytes of unknown quality to clean UTF-8. Internal to this layer. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace affiant::policy {

// One code point at `at` of well-formed text; `at` moves behind it.
std::uint32_t next_code_point(std::string_view text, std::size_t* at);

struct CleanText {
  std::string text;          // Well-formed UTF-8, no BOM, line ends as "\n".
  std::size_t replaced = 0;  // Ill-formed bytes, each turned into U+FFFD.
  bool utf16 = false;        // Was UTF-16 by its byte order mark, and has been converted.
};

CleanText clean_utf8(std::string_view bytes);

// At most max_bytes of it, cut between characters.
std::string_view cut(std::string_view text, std::size_t max_bytes);

// White space of HTML and of Unicode that a reader of words sees as a space: includes U+00A0.
bool is_space(std::uint32_t code_point);

// Characters that show nothing and only disturb matching: soft hyphen, zero-width characters,
// marks and overrides of direction, byte order marks within text.
bool is_invisible(std::uint32_t code_point);

}  // namespace affiant::policy
