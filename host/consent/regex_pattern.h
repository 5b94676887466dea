// Regular expressions of cookie names as masks. Internal to this layer. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace affiant::consent {

// Of a literal with its slashes ("/^_ga/") the masks that together cover at least what it matches:
// "_ga*". What is not anchored may have anything before or behind it; classes, dots, repetitions
// and optional parts become '*'; alternatives become masks of their own. Empty when it says more
// than masks can (look-around, back references, nested alternatives, "ignore case"), when it is
// malformed, or when a mask would cover every name.
std::vector<std::string> patterns_of_regex(std::string_view literal);

}  // namespace affiant::consent
