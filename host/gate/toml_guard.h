// What is asked of a TOML text before a parser gets it. Internal to host/gate.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace affiant::gate {

// The parser makes a table for each part of a key with dots in it, one inside the other, and frees
// them by recursion: a line may have few of them. Size is held to kExpectationsBytes.
Status guard_toml(std::string_view text, const std::string& file);

}  // namespace affiant::gate
