// anchors/: time stamps of the log at the sizes it had (docs/log-format.md). They lie outside of
// the signed log, so one can be added to a sealed case, and taking all of them away leaves no
// trace.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/fs.h"
#include "evidence/checkpoint_files.h"
#include "evidence/verify.h"

namespace affiant::evidence {

// Checks every file of anchors/: fills verdict.anchors, adds problems and notes, and judges
// verdict.time. Returns the checkpoints there that are signed by `key` and not above the last one:
// the caller compares their roots with the log's. kUsage when options.tsa_ca_pem is no certificate.
Result<std::vector<Checkpoint>> check_anchors(const std::filesystem::path& dir,
                                              const VerifierKey& key, const CheckpointFiles& files,
                                              const VerifyOptions& options, Verdict& verdict);

// What a time stamp of this case would be over.
struct AnchorPoint {
  std::uint64_t size = 0;
  std::string checkpoint;  // The bytes of `checkpoint`, that is, of anchors/<size>.checkpoint.
  bool there = false;      // anchors/<size>.tsr is there already.
  std::uint64_t unsigned_entries = 0;  // Above it, so not covered.
};
// Verifies the case first: kBroken for one that is broken, and for one without a checkpoint.
Result<AnchorPoint> anchor_point(const std::filesystem::path& dir);

// Writes the files of an anchor, the token last. `chain_pem` may be empty. kConflict, with nothing
// changed, when there is a token of this size already or somebody else is storing one.
Status store_anchor(Fs& fs, const std::filesystem::path& dir, const AnchorPoint& point,
                    std::string_view response, std::string_view chain_pem);

}  // namespace affiant::evidence
