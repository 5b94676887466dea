// A case made portable: laid out anew in a folder as a bundle holds it. What is not withheld is
// linked to (copied where the file system will not link), so it costs no space.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/error.h"
#include "evidence/filter.h"
#include "evidence/verify.h"

namespace affiant::bundle {

struct PortableOptions {
  std::function<bool(std::string_view name)> withhold_field;  // By the field's name; empty: none.
  std::optional<std::set<std::uint64_t>> rows;  // Only these, and what says whether all is there.
};

struct Portable {
  evidence::Verdict verdict;  // Of the copy.
  std::int64_t last_time_ms =
      0;  // UTC, of its last entry that is there: a bundle has no other time.
  evidence::Filtered filtered;
};

// Lays `from` out in `to`, an empty folder, and verifies the copy. kBroken when `from` is, kUsage
// for rows that it does not have or when rows are to be withheld of a case that is not sealed,
// kConflict while it is being written.
Result<Portable> lay_out(const std::filesystem::path& from, const std::filesystem::path& to,
                         const PortableOptions& options);

}  // namespace affiant::bundle
