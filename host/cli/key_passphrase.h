// `affiant key passphrase|unlock|lock`.
#pragma once

#include "cli/command.h"

namespace affiant::cli {

void add_key_passphrase(CLI::App& key, Run* run);

}  // namespace affiant::cli
