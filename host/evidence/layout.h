// Names inside a case (docs/log-format.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/limits.h"

namespace affiant::evidence {

inline constexpr const char* kCheckpointFile = "checkpoint";
inline constexpr const char* kCheckpointDir = "checkpoints";
inline constexpr const char* kIndexFile = "checkpoints/index.note";
inline constexpr const char* kDelegationFile = "delegation.note";
inline constexpr const char* kDisclosureFile = "disclosures.jsonl";
inline constexpr const char* kSegmentDir = "seg";
inline constexpr const char* kTileDir = "tile";
inline constexpr const char* kExhibitDir = "exhibits";
inline constexpr const char* kTornDir = "torn";
inline constexpr const char* kAnchorDir = "anchors";
inline constexpr const char* kKeyDir = "keys";
inline constexpr const char* kCaseKeyFile = "case.key";
inline constexpr const char* kCaseVkeyFile = "keys/case.vkey";
inline constexpr const char* kCasePemFile = "keys/case.pub.pem";
inline constexpr const char* kIdentityVkeyFile = "keys/identity.vkey";

std::string segment_file(std::uint64_t segment);  // "seg/00000.jsonl"
// "tile/0/x001/234", of a partial tile "tile/0/x001/234.p/12" (C2SP tlog-tiles)
std::string tile_file(unsigned level, std::uint64_t index,
                      std::uint64_t width = limits::kTileHashes);
std::string checkpoint_file(std::uint64_t size);  // "checkpoints/300"

// The other way: nothing unless the functions above give exactly this name.
std::optional<std::uint64_t> parse_segment_file(std::string_view file);
struct TileName {
  unsigned level = 0;
  std::uint64_t index = 0;
  std::uint64_t width = limits::kTileHashes;
};
std::optional<TileName> parse_tile_file(std::string_view file);

// anchors/<size>.checkpoint, .tsr, .chain.pem
enum class AnchorPart : std::uint8_t { kCheckpoint, kResponse, kChain, kCosignatures };
std::string anchor_file(std::uint64_t size, AnchorPart part);
struct AnchorName {
  std::uint64_t size = 0;
  AnchorPart part = AnchorPart::kCheckpoint;
};
std::optional<AnchorName> parse_anchor_file(std::string_view file);

std::string exhibit_file(const std::string& sha256_hex);
std::string torn_file(const std::string& sha256_hex);

}  // namespace affiant::evidence
