// When a lifetime counts as longer than declared. Internal to this layer.
#pragma once

#include <cstdint>

namespace affiant::findings {

inline constexpr double kLifetimeFactor = 1.5;           // More than.
inline constexpr std::int64_t kLifetimeSlackS = 86'400;  // And at least so much over, in seconds.

bool exceeds(std::int64_t observed_s, std::int64_t declared_s);

}  // namespace affiant::findings
