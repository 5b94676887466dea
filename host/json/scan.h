// What the two hand-written readers of JSON text share: is_canonical() and the short way of
// parse(). Eight bytes at a time where nothing is special.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace affiant::json {

// The offset, from `at` on, of the first byte that a JSON string cannot hold as it is or that is
// not ASCII: a quote, a backslash, a control character, a byte from 0x80 on. text.size() if none.
inline std::size_t end_of_plain(std::string_view text, std::size_t at) {
  constexpr std::uint64_t kOnes = 0x0101'0101'0101'0101U;
  constexpr std::uint64_t kHigh = kOnes << 7U;
  for (; at + sizeof(std::uint64_t) <= text.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    const std::uint64_t quote = word ^ kOnes * '"';
    const std::uint64_t backslash = word ^ kOnes * '\\';
    const std::uint64_t special = (word - kOnes * 0x20) | (quote - kOnes) | (backslash - kOnes);
    if (((special & ~word) | word) & kHigh) break;
  }
  for (; at < text.size(); ++at) {
    const auto c = static_cast<std::uint8_t>(text[at]);
    if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\') break;
  }
  return at;
}

inline bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Whether `a` stands before `b` in RFC 8785 order: by UTF-16 code units. Both are UTF-8.
bool utf16_less(std::string_view a, std::string_view b);

}  // namespace affiant::json
