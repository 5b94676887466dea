// Where things live. AFFIANT_HOME overrides both folders of base/paths.h. Nothing is created here.
#pragma once

#include <filesystem>

#include "base/error.h"

namespace affiant::cli {

// $AFFIANT_HOME, or a person's own folder for it. kUsage when there is none.
Result<std::filesystem::path> data_dir();
Result<std::filesystem::path> config_dir();

Result<std::filesystem::path> cases_dir();     // <data>/cases
Result<std::filesystem::path> identity_dir();  // <config>/identity

// The folder that the running program is in (links followed).
Result<std::filesystem::path> program_dir();
// `affiant-host`: beside this program, or in ../libexec or ../libexec/affiant. kHost when it is in
// none of them or cannot be executed.
Result<std::filesystem::path> host_program();
// The built extension (chromium/, affiant-firefox.xpi): $AFFIANT_EXTENSION_DIR, else
// ../extension or ../share/affiant/extension seen from this program. kNotFound names all places.
Result<std::filesystem::path> extension_dir();

}  // namespace affiant::cli
