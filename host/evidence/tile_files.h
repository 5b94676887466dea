// The hashes of a sealed log as C2SP tlog-tiles: full tiles, and the partial ones of its size. They
// say nothing that the entries do not: they make proofs quick and damage findable, so they are
// written once, when the log is at its end.
#pragma once

#include <filesystem>
#include <vector>

#include "base/fs.h"
#include "evidence/problem.h"
#include "evidence/tiled_tree.h"

namespace affiant::evidence {

// Reads the log in `dir` and writes all its tiles, durably. What stands there under such a name is
// replaced.
Status store_tiles(Fs& fs, const std::filesystem::path& dir);

// What is wrong with the file of `tile`, appended to `problems`.
void check_tile(const std::filesystem::path& dir, const Tile& tile, std::vector<Problem>& problems);

}  // namespace affiant::evidence
