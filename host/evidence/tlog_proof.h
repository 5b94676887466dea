// C2SP tlog-proof v1: one entry, its inclusion proof and the checkpoint, as a text.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/error.h"
#include "evidence/hash.h"
#include "evidence/note.h"

namespace affiant::evidence {

struct TlogProof {
  Bytes extra;  // Not authenticated by anything.
  std::uint64_t index = 0;
  std::vector<Hash> hashes;  // From the leaf's sibling up.
  std::string checkpoint;    // A signed note, verbatim.
};

std::string format_tlog_proof(const TlogProof& proof);
// The form only. kMalformed ("byte N: …"), kUnsupported for another version, kTooLarge.
Result<TlogProof> parse_tlog_proof(std::string_view text);
// Whether `leaf` is in the tree that one of `known` signed, as the origin of its name (steps 2 and
// 4 of the specification; cosignatures are the caller's). kCrypto, kNotFound, kBroken, kMalformed.
Status verify_tlog_proof(const TlogProof& proof, const Hash& leaf,
                         std::span<const VerifierKey> known);

}  // namespace affiant::evidence
