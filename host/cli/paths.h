// Where things live. AFFIANT_HOME overrides both XDG folders; a relative value of an XDG variable
// is ignored, as the XDG Base Directory Specification asks. Nothing is created here.
#pragma once

#include <filesystem>

#include "base/error.h"

namespace affiant::cli {

// $AFFIANT_HOME, or $XDG_DATA_HOME/affiant, or ~/.local/share/affiant. kUsage when none is set.
Result<std::filesystem::path> data_dir();
// $AFFIANT_HOME, or $XDG_CONFIG_HOME/affiant, or ~/.config/affiant.
Result<std::filesystem::path> config_dir();

Result<std::filesystem::path> cases_dir();     // <data>/cases
Result<std::filesystem::path> identity_dir();  // <config>/identity

// The folder that the running program is in (through /proc/self/exe).
Result<std::filesystem::path> program_dir();
// `affiant-host`: beside this program, or in ../libexec or ../libexec/affiant. kHost when it is in
// none of them or cannot be executed.
Result<std::filesystem::path> host_program();
// The built extension (chromium/, affiant-firefox.xpi): $AFFIANT_EXTENSION_DIR, else
// ../extension or ../share/affiant/extension seen from this program. kNotFound names all places.
Result<std::filesystem::path> extension_dir();

}  // namespace affiant::cli
