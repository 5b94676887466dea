// The body of a tlog-witness add-checkpoint request (C2SP tlog-witness).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "evidence/hash.h"

namespace affiant::evidence {

struct AddCheckpoint {
  std::uint64_t old_size = 0;
  std::vector<Hash> proof;
  std::string checkpoint;  // A signed note, verbatim; not parsed.
};

std::string format_add_checkpoint(const AddCheckpoint& request);
// The form only. kMalformed ("byte N: …"), kTooLarge.
Result<AddCheckpoint> parse_add_checkpoint(std::string_view body);

}  // namespace affiant::evidence
