// The files of an identity's folder. Internal to host/evidence.
#pragma once

#include <cstddef>

namespace affiant::evidence {

inline constexpr std::size_t kKeyFileBytes = 16'384;
inline constexpr const char* kKeyFile = "identity.key";
inline constexpr const char* kVkeyFile = "identity.vkey";

}  // namespace affiant::evidence
