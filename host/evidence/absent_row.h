// The stand-in for an entry that is not shown (docs/log-format.md "Absent rows"): its leaf hash,
// which is all that the tree and every proof of another entry need.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"
#include "evidence/hash.h"

namespace affiant::evidence {

// {"h":"<base64url of 32 bytes>","i":INDEX,"why":"withheld"|"erased"}
struct AbsentRow {
  std::uint64_t index = 0;
  Hash leaf{};
  bool erased = false;  // Else withheld: its holder still has it.
};

// An entry begins with its body, so the first key tells them apart.
inline bool is_absent_row(std::string_view line) { return line.starts_with("{\"h\":"); }

Result<AbsentRow> parse_absent_row(std::string_view line);  // Without LF. "byte N: …".
void encode_absent_row(const AbsentRow& row, std::string& out);

// What a line of a segment adds to the tree: the hash of its bytes, or the one that stands in for
// them. A malformed stand-in is hashed as it is; parse_absent_row() has refused it elsewhere.
Hash leaf_of_line(std::string_view line);

}  // namespace affiant::evidence
