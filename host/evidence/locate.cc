#include "evidence/locate.h"

#include <string>

#include "base/fs.h"
#include "evidence/absent_row.h"
#include "evidence/hash.h"
#include "evidence/layout.h"
#include "evidence/problem.h"
#include "evidence/segment_reader.h"
#include "json/json.h"

namespace affiant::evidence {
namespace {

// The level-0 tile that holds the hash of a leaf, read once per tile; of a sealed log only.
class LeafHashes {
 public:
  LeafHashes(const std::filesystem::path& dir, std::uint64_t size) : dir_(dir), size_(size) {}
  // True when a tile holds the leaf's hash and it is another one.
  bool differs(std::uint64_t leaf, std::string_view line) {
    const std::uint64_t tile = leaf / limits::kTileHashes;
    if (bytes_.empty() || tile != tile_) {
      tile_ = tile;
      bytes_ = read_file(dir_ / file(), limits::kTileHashes * sizeof(Hash))
                   .value_or(std::string(1, '\0'));
    }
    const std::size_t at = static_cast<std::size_t>(leaf % limits::kTileHashes) * sizeof(Hash);
    return bytes_.size() >= at + sizeof(Hash) &&
           bytes_.compare(at, sizeof(Hash), as_text(leaf_of_line(line))) != 0;
  }
  std::string file() const {
    const std::uint64_t rest = size_ - tile_ * limits::kTileHashes;
    return tile_file(0, tile_, std::min<std::uint64_t>(rest, limits::kTileHashes));
  }

 private:
  const std::filesystem::path& dir_;
  std::uint64_t size_;  // Of the log.
  std::uint64_t tile_ = 0;
  std::string bytes_;
};

// Where a line stops being what we write; npos when it does not.
std::size_t uncanonical_at(std::string_view line) {
  if (const std::size_t bad = find_invalid_utf8(line); bad != std::string_view::npos) return bad;
  const auto value = json::parse(line, "entry");
  if (!value) return 0;
  const auto canonical = json::canonical(*value);
  if (!canonical || *canonical == line) return std::string_view::npos;
  return static_cast<std::size_t>(first_difference(*canonical, line));
}

}  // namespace

Problem locate_damage(const std::filesystem::path& dir, std::uint64_t begin, std::uint64_t end,
                      std::uint64_t size) {
  Problem range{segment_file(begin / limits::kSegmentLines), 0, begin,
                fmt::format("the entries {} to {} are not those that were signed (which of them "
                            "cannot be told)",
                            begin, end - 1)};
  bool range_placed = false;
  std::optional<Problem> uncanonical;
  LeafHashes hashes(dir, size);
  SegmentReader reader(dir);
  LineBatch batch;
  for (;;) {
    const auto more = reader.next(batch);
    if (!more || !*more || batch.first_index >= end) break;
    for (std::size_t n = 0; n < batch.lines() && batch.first_index + n < end; ++n) {
      const std::uint64_t leaf = batch.first_index + n;
      if (leaf < begin) continue;
      const std::string file = segment_file(batch.segment);
      const std::uint64_t offset = batch.offset + batch.begin(n);
      if (!range_placed) range.offset = offset;
      range_placed = true;
      if (hashes.differs(leaf, batch.line(n)))
        return {file, offset, leaf,
                fmt::format("entry {} is not the one that was signed: its hash is not that of {}",
                            leaf, hashes.file())};
      if (uncanonical) continue;
      if (const std::size_t at = uncanonical_at(batch.line(n)); at != std::string_view::npos)
        uncanonical = Problem{file, offset + at, leaf,
                              fmt::format("entry {} is not as it was written, and the entries {} "
                                          "to {} are not those that were signed",
                                          leaf, begin, end - 1)};
    }
  }
  return uncanonical.value_or(range);
}

}  // namespace affiant::evidence
