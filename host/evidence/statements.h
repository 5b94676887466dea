// The three texts that are signed for a case (docs/log-format.md): checkpoint, delegation, and the
// index of checkpoints. Formatting and parsing only; the signatures are note.h's.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "evidence/hash.h"
#include "evidence/note.h"

namespace affiant::evidence {

// The namespace of all our names: reserved never to resolve (RFC 6761 section 6.4).
inline constexpr std::string_view kNamePrefix = "affiant.invalid";

std::string origin_for(const PublicKey& key);         // <prefix>/log/<64 hex of SHA-256(key)>
std::string identity_name_for(const PublicKey& key);  // <prefix>/id/<16 hex of SHA-256(key)>

// C2SP tlog-checkpoint; extension lines are refused.
struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Hash root{};
};
std::string format_checkpoint(const Checkpoint& checkpoint);
Result<Checkpoint> parse_checkpoint(std::string_view text);
// The same of any log: extension lines are passed over.
Result<Checkpoint> parse_extended_checkpoint(std::string_view text);

// By the identity: "this case key is mine".
struct Delegation {
  std::string origin;
  std::string case_vkey;
  std::uint64_t not_before_s = 0;  // UTC seconds.
};
std::string format_delegation(const Delegation& delegation);
Result<Delegation> parse_delegation(std::string_view text);

// By the case key, as its last act: the sizes of all checkpoints that were kept, ascending.
struct CheckpointIndex {
  std::string origin;
  std::vector<std::uint64_t> sizes;
};
std::string format_index(const CheckpointIndex& index);
Result<CheckpointIndex> parse_index(std::string_view text);

}  // namespace affiant::evidence
