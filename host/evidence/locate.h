// Says where, between two checkpoints, a log was changed.
#pragma once

#include <cstdint>
#include <filesystem>

#include "evidence/verify.h"

namespace affiant::evidence {

// The tree of the first `begin` entries is as signed, that of the first `end` is not. Compares the
// lines between with the leaf hashes of the tiles, then with RFC 8785; when neither tells, the
// problem is the whole range, at the offset of its first line.
Problem locate_damage(const std::filesystem::path& dir, std::uint64_t begin, std::uint64_t end,
                      std::uint64_t size);

}  // namespace affiant::evidence
