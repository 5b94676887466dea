// Bytes of unknown quality to clean UTF-8. Internal to this layer. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace affiant::policy {

// One code point at `at` of well-formed text; `at` moves behind it.
std::uint32_t next_code_point(std::string_view text, std::size_t* at);

enum class Encoding : std::uint8_t { kUtf8, kUtf16, kWindows1252 };

struct CleanText {
  std::string text;          // Well-formed UTF-8, no BOM, no NUL, line ends as "\n".
  std::size_t replaced = 0;  // Ill-formed bytes or units, each turned into U+FFFD.
  Encoding encoding = Encoding::kUtf8;
};

// Goes by the bytes alone: what they are declared as is wrong too often. UTF-16 by its mark or by
// its zero bytes; windows-1252 (and with it ISO 8859-1) where UTF-8 is not what it looks like.
// Quotation marks and dashes that were decoded wrongly once and written back ("donâ€™t") are put
// right.
CleanText clean_utf8(std::string_view bytes);

// The first word from `at` on that a person reads one way and a program another: letters of two
// scripts in it ("trаckers" with a Cyrillic а), letters that only look like Latin ones, or one that
// could not be decoded. Empty when there is none; `at` moves behind the word.
std::string_view next_disguised_word(std::string_view text, std::size_t* at);

// At most max_bytes of it, cut between characters.
std::string_view cut(std::string_view text, std::size_t max_bytes);

// White space of HTML and of Unicode that a reader of words sees as a space: includes U+00A0.
bool is_space(std::uint32_t code_point);

// Characters that show nothing and only disturb matching: controls, soft hyphen, zero-width
// characters, marks and overrides of direction, byte order marks within text, variants, tags. Ask
// is_space() first: line ends and tabs are controls too.
bool is_invisible(std::uint32_t code_point);

}  // namespace affiant::policy
