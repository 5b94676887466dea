// The end of a private key on disk.
#pragma once

#include <filesystem>

#include "base/fs.h"

namespace affiant::evidence {

// Overwrites the file with as many zeros, removes it, syncs its folder. Copies that the file system
// or a backup keeps are beyond reach.
Status destroy_key_file(Fs& fs, const std::filesystem::path& path);

}  // namespace affiant::evidence
