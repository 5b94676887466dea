// The append-only hash tree of RFC 6962 section 2.1 and its proofs (RFC 9162 section 2.1.3.2 and
// 2.1.4.2, the same tree with the verification spelt out).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/error.h"
#include "evidence/hash.h"

namespace affiant::evidence {

// A tree that keeps only the roots of its complete subtrees: at most 64 hashes for any size.
class CompactTree {
 public:
  void append(const Hash& leaf) {
    append(leaf, [](unsigned, const Hash&) {});
  }
  // Calls on_subtree(height, hash) for each complete subtree of height >= 1 that `leaf` completes.
  template <typename OnSubtree>
  void append(const Hash& leaf, OnSubtree&& on_subtree) {
    Hash hash = leaf;
    unsigned height = 0;
    for (std::uint64_t n = size_; (n & 1U) != 0; n >>= 1U) {
      hash = node_hash(stack_.back(), hash);
      stack_.pop_back();
      on_subtree(++height, hash);
    }
    stack_.push_back(hash);
    ++size_;
  }
  std::uint64_t size() const { return size_; }
  Hash root() const;  // Of the empty tree: SHA-256 of nothing.

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> stack_;  // One for each one-bit of size_, largest subtree first.
};

// kBroken when the proof does not lead from the leaf to the root.
Status verify_inclusion(std::uint64_t index, std::uint64_t size, const Hash& leaf,
                        std::span<const Hash> proof, const Hash& root);
Status verify_consistency(std::uint64_t size1, std::uint64_t size2, std::span<const Hash> proof,
                          const Hash& root1, const Hash& root2);

}  // namespace affiant::evidence
