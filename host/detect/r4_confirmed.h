// Rule R4, identifiers confirmed with two profiles. Internal to this layer. Pure.
#pragma once

#include <string_view>

#include "detect/facts.h"

namespace affiant::detect {

inline constexpr std::int64_t kConfirmedLifetimeS = 90 * 86'400;          // More than.
inline constexpr std::size_t kConfirmedFewest = 8, kConfirmedMost = 100;  // Characters of a part.
inline constexpr double kConfirmedSimilarity = 0.66;                      // Less than.

// Sets identifier_confirmed of every cookie that sessions of two profiles in the same phase both
// got with a value; of others it stays unset. Also marks what the later profile only repeats.
void confirm_identifiers(Facts* facts);

// Ratcliff and Obershelp's pattern matching (1988): twice the matching characters by all
// characters, 1 for two empty texts. Quadratic in the length; does not recurse.
double similarity(std::string_view a, std::string_view b);

}  // namespace affiant::detect
