// Ends what a browser or host left open: an audit always ends with a sealed case.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.h"

namespace affiant::cli {

// Seals the case in `dir` if it is not sealed yet, after a session.close by "cli" for each session
// that has none. `reason` is one of docs/protocol.md's: "stopped", "timeout", "failed". True when
// it was this call that sealed it. kConflict while another process writes it.
Result<bool> seal_case(const std::filesystem::path& dir, std::string_view reason,
                       std::string_view detail, std::int64_t now_ms);

// Writes the entry policy.file, with the file as its exhibit, into a case that is not sealed.
// kNotFound, kTooLarge.
Status add_policy_file(const std::filesystem::path& dir, const std::filesystem::path& file,
                       std::int64_t now_ms);

}  // namespace affiant::cli
