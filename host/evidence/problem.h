// Where evidence is bad. Parsers of this folder begin their messages with "byte N: "; here that
// becomes the offset of a Problem.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "evidence/decimal.h"
#include "evidence/verify.h"

namespace affiant::evidence {

inline Problem problem_in(std::string file, const Error& error, std::uint64_t base = 0,
                          std::optional<std::uint64_t> leaf = std::nullopt) {
  Problem out{std::move(file), base, leaf, error.message};
  constexpr std::string_view kByte = "byte ";
  const std::size_t colon = out.what.find(": ");
  if (!std::string_view(out.what).starts_with(kByte) || colon == std::string::npos) return out;
  const auto at = parse_decimal(std::string_view(out.what).substr(5, colon - 5));
  if (!at) return out;
  out.offset = base + *at;
  out.what.erase(0, colon + 2);
  return out;
}

// Offset of the first byte in which two texts differ.
inline std::uint64_t first_difference(std::string_view a, std::string_view b) {
  std::size_t i = 0;
  while (i < a.size() && i < b.size() && a[i] == b[i]) ++i;
  return i;
}

}  // namespace affiant::evidence
