// What a policy declares, for a person to read.
#pragma once

#include <string>

#include "policy/declaration.h"

namespace affiant::cli {

// Who takes part, what is used, how long, what is denied, what a browser cannot observe. Lines of
// at most 80 columns; ends with a line feed. Text of the policy is made safe for a terminal.
std::string policy_text(const std::string& file, const policy::Declaration& declaration,
                        bool colour = false);

}  // namespace affiant::cli
