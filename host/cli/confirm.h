// The question before something is destroyed.
#pragma once

#include <string>

namespace affiant::cli {

// Asks on stderr and waits for "yes". Where stdin is no terminal nobody can be asked: true.
bool confirmed(const std::string& question);

}  // namespace affiant::cli
