// One walk over a case: what verify_case() reports and, for a writer, where to go on from.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "evidence/checkpoint_files.h"
#include "evidence/merkle.h"
#include "evidence/verify.h"

namespace affiant::evidence {

struct Examination {
  Verdict verdict;

  // The rest is for a writer and meaningful unless the verdict is broken.
  CompactTree tree;  // Of all whole, good lines.
  CheckpointFiles checkpoints;
  std::uint64_t segment = 0;              // Where the good lines end …
  std::uint64_t segment_bytes = 0;        // … in bytes of that segment.
  std::uint64_t disclosure_bytes = 0;     // Where the disclosures of good lines end.
  std::vector<std::string> torn_orphans;  // Good files in torn/ that no entry names.
  bool closed = false;                    // The last entry is log.close …
  bool close_signed = false;              // … and the last checkpoint covers it.
};

Result<Examination> examine(const std::filesystem::path& dir, const VerifyOptions& options,
                            const Visit& visit);

}  // namespace affiant::evidence
