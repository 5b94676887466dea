// What a site says, read from the exhibits of its case or from files given instead. Internal to
// host/report.
#pragma once

#include <filesystem>
#include <vector>

#include "base/error.h"
#include "observe/observations.h"
#include "policy/declaration.h"

namespace affiant::report {

// Every captured policy text, each once. A text that is not there or cannot be read is named in
// Declaration::unread; kBroken when an exhibit holds other bytes than the log says.
Result<policy::Declaration> declared_in_case(const std::filesystem::path& case_dir,
                                             const observe::Observations& seen);

// Files instead: kNotFound, kIo, kTooLarge, or the reader's own error, each with the file's name.
Result<policy::Declaration> declared_in_files(const std::vector<std::filesystem::path>& files);

}  // namespace affiant::report
