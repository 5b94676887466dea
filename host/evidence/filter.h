// Copies of a log's segments and disclosures with some of it taken out: what a bundle withholds and
// what erasing leaves. What stays keeps its bytes, so all proofs of it hold.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/fs.h"
#include "evidence/entry.h"

namespace affiant::evidence {

struct Filter {
  // Whether an entry goes. Never asked of log.* and session.*: they say what the log is and whether
  // it is complete, and nothing of a page.
  std::function<bool(const EntryHead&)> drop_row;  // Empty: none goes.
  // Whether a sensitive field goes, by its name; `index`: the entry that has it.
  std::function<bool(std::uint64_t index, std::string_view name)> drop_field;  // Empty: none goes.
  bool erase = false;  // What goes is marked "erased", else "withheld" (fields: not at all).
};

struct Filtered {
  std::uint64_t rows = 0;            // Taken out by this filter.
  std::uint64_t fields = 0;          // The same; those of rows that go are not counted.
  std::set<std::uint64_t> absent;    // Rows that are not there any more, those of before included.
  std::set<std::string> exhibits;    // Cited by rows that stay.
  std::set<std::uint64_t> segments;  // That differ from their originals.
};

// Writes seg/ of `from` to `to` (made with Fs::create, mode 0600; synced when `sync`). The case
// must have verified. kBroken, kIo, kNoSpace.
Result<Filtered> filter_segments(Fs& fs, const std::filesystem::path& from,
                                 const std::filesystem::path& to, const Filter& filter, bool sync);

// Writes disclosures.jsonl of `from` to the file `to`: without those of `filtered.absent`, without
// those that drop_field() takes; counts the latter in `filtered`. kMalformed for a disclosure that
// is none.
Status filter_disclosures(Fs& fs, const std::filesystem::path& from,
                          const std::filesystem::path& to, const Filter& filter, bool sync,
                          Filtered& filtered);

// Takes rows and fields out of a sealed case for good (`filter.erase` must be set), and the
// exhibits that no row cites any more. Each file is replaced whole; the bytes of the old one are
// overwritten. Stopped in between, the case verifies, and another call finishes. kBroken (nothing
// is changed), kUsage when the case is not sealed, kConflict while another process holds it.
Result<Filtered> erase_parts(Fs& fs, const std::filesystem::path& dir, const Filter& filter);

}  // namespace affiant::evidence
