// How to check a case's signatures without this program.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace affiant::evidence {

// Commands for a POSIX shell with sed, base64, sha256sum and openssl 3: they print what holds, and
// end with a status other than 0 when something does not.
std::string hand_check_here();  // In the folder that is the case.
std::string hand_check_commands(const std::filesystem::path& dir);

// The command that checks a time stamp under `ca_file` (empty: a name to be filled in), at the
// time that it gives.
std::string anchor_check_here(const std::filesystem::path& dir, std::uint64_t size,
                              std::int64_t time_ms, const std::filesystem::path& ca_file);
std::string anchor_check_command(const std::filesystem::path& dir, std::uint64_t size,
                                 std::int64_t time_ms, const std::filesystem::path& ca_file);

}  // namespace affiant::evidence
