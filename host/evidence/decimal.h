// Decimal numbers with one spelling each: no sign, no leading zero, at most 2^53-1.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/limits.h"

namespace affiant::evidence {

inline std::optional<std::uint64_t> parse_decimal(std::string_view text) {
  constexpr std::size_t kMaxDigits = 16;  // Of 2^53-1; far below what overflows 64 bits.
  if (text.empty() || text.size() > kMaxDigits || (text[0] == '0' && text.size() > 1))
    return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  if (value > static_cast<std::uint64_t>(limits::kMaxSafeInteger)) return std::nullopt;
  return value;
}

}  // namespace affiant::evidence
