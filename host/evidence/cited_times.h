// log.time entries (docs/log-format.md): a time stamp that the log itself cites, so that nothing
// after it was signed before. The other half of what anchors.h proves.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "evidence/verify.h"

namespace affiant::evidence {

struct TimeCitation {
  std::uint64_t index = 0;  // Of the entry.
  std::uint64_t size = 0;   // checkpoints/<size> is what was stamped.
  std::string exhibit;      // SHA-256 of the TimeStampResp.
};

// Fills verdict.since. A token that proves nothing breaks nothing: the log says no more than that
// it was put there.
void check_cited_times(const std::filesystem::path& dir, const std::vector<TimeCitation>& citations,
                       const VerifyOptions& options, Verdict& verdict);

}  // namespace affiant::evidence
