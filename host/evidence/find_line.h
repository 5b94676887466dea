// One line of a segment by its leaf index, without reading those before it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/error.h"

namespace affiant::evidence {

struct FoundLine {
  std::uint64_t offset = 0;  // In its segment file.
  std::string line;          // Without LF; may be the stand-in of an absent entry.
};

// Binary search over byte offsets: each line says its index near its end. kNotFound beyond the log,
// kBroken when what is read is no log.
Result<FoundLine> find_line(const std::filesystem::path& dir, std::uint64_t index);

}  // namespace affiant::evidence
