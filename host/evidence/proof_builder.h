// Inclusion and consistency proofs out of a case (RFC 9162 sections 2.1.3.1 and 2.1.4.1), reading
// only the tiles and the few lines that they need. Nothing is verified here: verify_case() first,
// or verify what comes out.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <vector>

#include "base/error.h"
#include "evidence/hash.h"

namespace affiant::evidence {

// The tree of the first `size` entries. Of a sealed case all its tiles are on disk; what is not
// there is made of the tiles below it, in the end of the lines. Keeps what it has read; not
// thread-safe.
class ProofBuilder {
 public:
  ProofBuilder(std::filesystem::path dir, std::uint64_t size) : dir_(std::move(dir)), size_(size) {}

  // From the leaf's sibling up. kUsage unless index < size.
  Result<std::vector<Hash>> inclusion(std::uint64_t index);
  // From the tree of `old_size` to this one; empty for equal sizes. kUsage unless
  // 0 < old_size <= size.
  Result<std::vector<Hash>> consistency(std::uint64_t old_size);
  // MTH of the leaves [begin, end): begin is a multiple of the largest power of two below the
  // length, as all ranges of the RFC's recursion are.
  Result<Hash> range(std::uint64_t begin, std::uint64_t end);

 private:
  using Hashes = std::vector<Hash>;
  Result<Hash> subtree(unsigned height, std::uint64_t index);
  // The hashes of a tile; of a partial one, as many as there are.
  Result<const Hashes*> tile(unsigned level, std::uint64_t index);
  Result<Hashes> load(unsigned level, std::uint64_t index);
  Result<Hashes> leaves(std::uint64_t begin, std::uint64_t end);  // Within one segment.

  std::filesystem::path dir_;
  std::uint64_t size_;
  std::map<std::pair<unsigned, std::uint64_t>, Hashes> tiles_;
};

}  // namespace affiant::evidence
