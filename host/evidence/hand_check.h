// How to check a case's signatures without this program.
#pragma once

#include <filesystem>
#include <string>

namespace affiant::evidence {

// Commands for a POSIX shell with sed, base64, sha256sum and openssl 3: they print what holds, and
// end with a status other than 0 when something does not.
std::string hand_check_here();  // In the folder that is the case.
std::string hand_check_commands(const std::filesystem::path& dir);

}  // namespace affiant::evidence
