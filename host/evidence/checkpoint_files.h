// checkpoint, checkpoints/<size> and checkpoints/index.note, every byte of them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "evidence/note.h"
#include "evidence/statements.h"
#include "evidence/verify.h"

namespace affiant::evidence {

struct CheckpointFiles {
  std::optional<Checkpoint> last;        // The file `checkpoint`, when its signature verifies.
  std::vector<Checkpoint> history;       // Those of checkpoints/ that verify, ascending by size.
  std::optional<CheckpointIndex> index;  // checkpoints/index.note.
  // The one of this size in `history`, or nullptr.
  const Checkpoint* find(std::uint64_t size) const;
  std::vector<Checkpoint> anchored;  // Of anchors/ (anchors.h), ascending; not above `last`.
  bool last_is_kept = false;         // checkpoints/<size of last> has the same bytes.
};

// What is wrong is added to `problems`.
CheckpointFiles load_checkpoints(const std::filesystem::path& dir, const VerifierKey& key,
                                 std::vector<Problem>& problems);

// What a sealed case must have besides: an index that names exactly the history, up to `last`.
void check_index(const CheckpointFiles& files, std::vector<Problem>& problems);

}  // namespace affiant::evidence
