// Who this process is, and which files are this user's alone.
#pragma once

#include <cstdint>
#include <filesystem>

#include "base/error.h"

namespace affiant {

// Root; on Windows an administrator who has been asked (User Account Control).
bool is_administrator();

// Whether it is there and belongs to this user.
bool is_mine(const std::filesystem::path& path);

// Whether anybody but its owner and the administrators of the machine can read it. False when it is
// not there: what opens it says that better. Windows: whether its access list names Everyone, all
// users, all who are logged in, or guests.
bool others_can_read(const std::filesystem::path& path);

// Whether it is there and the system would start it. Windows: a file that ends in .exe.
bool is_program(const std::filesystem::path& path);

// Whether this user may make files in a folder that is there, as far as can be told: on Windows one
// is made, and goes at once. kPermission, kNotFound, kIo, in the system's words alone.
Status check_may_write_in(const std::filesystem::path& folder);

// Lets all users of the machine read what this user has made: mode 0644, or 0755 for a folder or
// what is to be run; on Windows the access list that the folder around it passes on.
enum class Shared : std::uint8_t { kRead, kRun };
Status share(const std::filesystem::path& path, Shared how);

}  // namespace affiant
