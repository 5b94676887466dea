// C2SP tlog-cosignature v1, Ed25519: a witness's word that it has seen a checkpoint follow from all
// it has seen before. (ML-DSA-44 is not in OpenSSL 3.0: such lines are ignored as unknown keys.)
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"
#include "evidence/key.h"
#include "evidence/note.h"

namespace affiant::evidence {

VerifierKey make_cosigner_vkey(std::string_view name, const PublicKey& key);  // Type 0x04.

// One signature line, with its LF, over a checkpoint's text (its last newline included).
Result<std::string> cosign(std::string_view text, const VerifierKey& cosigner,
                           const SigningKey& key, std::uint64_t time_s);

// When it was cosigned, UTC seconds. kCrypto when the signature is not `cosigner`'s over `text`;
// kMalformed for another length or a time beyond 2^63-1 or of 0.
Result<std::uint64_t> verify_cosignature(std::string_view text, const NoteSignature& signature,
                                         const VerifierKey& cosigner);

}  // namespace affiant::evidence
