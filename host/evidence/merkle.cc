#include "evidence/merkle.h"

#include <bit>

namespace affiant::evidence {

Hash CompactTree::root() const {
  if (stack_.empty()) return sha256("");
  Hash hash = stack_.back();
  for (std::size_t i = stack_.size() - 1; i-- > 0;) hash = node_hash(stack_[i], hash);
  return hash;
}

// RFC 9162 section 2.1.3.2.
Status verify_inclusion(std::uint64_t index, std::uint64_t size, const Hash& leaf,
                        std::span<const Hash> proof, const Hash& root) {
  // Step 1.
  if (index >= size) return fail(Code::kBroken, "leaf {} is not in a tree of {}", index, size);
  // Step 2.
  std::uint64_t fn = index;
  std::uint64_t sn = size - 1;
  // Step 3.
  Hash r = leaf;
  // Step 4.
  for (const Hash& p : proof) {
    if (sn == 0) return fail(Code::kBroken, "inclusion proof is too long");
    if ((fn & 1U) != 0 || fn == sn) {
      r = node_hash(p, r);
      while ((fn & 1U) == 0 && fn != 0) {
        fn >>= 1U;
        sn >>= 1U;
      }
    } else {
      r = node_hash(r, p);
    }
    fn >>= 1U;
    sn >>= 1U;
  }
  // Step 5.
  if (sn != 0) return fail(Code::kBroken, "inclusion proof is too short");
  if (r != root) return fail(Code::kBroken, "inclusion proof leads to another root");
  return {};
}

// RFC 9162 section 2.1.4.2.
Status verify_consistency(std::uint64_t size1, std::uint64_t size2, std::span<const Hash> proof,
                          const Hash& root1, const Hash& root2) {
  if (size1 > size2)
    return fail(Code::kBroken, "tree of {} cannot follow a tree of {}", size2, size1);
  if (size1 == size2) {
    if (!proof.empty()) return fail(Code::kBroken, "consistency proof of equal sizes is not empty");
    if (root1 != root2) return fail(Code::kBroken, "two roots for one size");
    return {};
  }
  // Departs from the RFC, which leaves 0 out: an empty tree is consistent with all, so a "proof" of
  // it proves nothing and is refused.
  if (size1 == 0) return fail(Code::kBroken, "a proof from the empty tree proves nothing");
  // Step 1.
  if (proof.empty()) return fail(Code::kBroken, "consistency proof is empty");
  // Step 2.
  const bool whole = std::has_single_bit(size1);
  // Step 3.
  std::uint64_t fn = size1 - 1;
  std::uint64_t sn = size2 - 1;
  // Step 4.
  while ((fn & 1U) != 0) {
    fn >>= 1U;
    sn >>= 1U;
  }
  // Step 5.
  Hash fr = whole ? root1 : proof[0];
  Hash sr = fr;
  // Step 6.
  for (const Hash& c : proof.subspan(whole ? 0 : 1)) {
    if (sn == 0) return fail(Code::kBroken, "consistency proof is too long");
    if ((fn & 1U) != 0 || fn == sn) {
      fr = node_hash(c, fr);
      sr = node_hash(c, sr);
      while ((fn & 1U) == 0 && fn != 0) {
        fn >>= 1U;
        sn >>= 1U;
      }
    } else {
      sr = node_hash(sr, c);
    }
    fn >>= 1U;
    sn >>= 1U;
  }
  // Step 7.
  if (sn != 0) return fail(Code::kBroken, "consistency proof is too short");
  if (fr != root1) return fail(Code::kBroken, "consistency proof does not lead to the old root");
  if (sr != root2) return fail(Code::kBroken, "consistency proof does not lead to the new root");
  return {};
}

}  // namespace affiant::evidence
