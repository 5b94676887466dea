// Reads the lines of a case's segments in order, in batches of whole lines, in constant memory.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/fs.h"

namespace affiant::evidence {

// Whole lines of one segment.
struct LineBatch {
  std::uint64_t segment = 0;
  std::uint64_t offset = 0;       // Of data[0] in the segment's file.
  std::uint64_t first_index = 0;  // Leaf index of the first line.
  std::string data;               // May be longer than its lines.
  std::vector<std::size_t> ends;  // For each line, where its LF is in `data`.

  std::size_t lines() const { return ends.size(); }
  std::size_t begin(std::size_t line) const { return line == 0 ? 0 : ends[line - 1] + 1; }
  std::string_view line(std::size_t n) const {  // Without LF.
    return std::string_view(data).substr(begin(n), ends[n] - begin(n));
  }
};

class SegmentReader {
 public:
  explicit SegmentReader(std::filesystem::path dir) : dir_(std::move(dir)) {}

  // False at the end: then the rest_* functions say what follows the last whole line. kBroken
  // (place: segment() and rest_offset()) when a segment has more than limits::kSegmentLines lines,
  // or fewer and another follows.
  Result<bool> next(LineBatch& batch);

  std::uint64_t lines() const { return lines_; }
  std::uint64_t segment() const { return segment_; }        // The last one there is.
  std::uint64_t rest_offset() const { return offset_; }     // Where whole lines end in it.
  std::uint64_t rest_bytes() const { return rest_bytes_; }  // What follows there, without LF.
  bool exists() const { return exists_; }                   // Is there any segment?

 private:
  Result<bool> open_segment(std::uint64_t segment);  // False when it is not there.

  std::filesystem::path dir_;
  std::optional<FileReader> reader_;
  bool exists_ = false;
  std::uint64_t segment_ = 0;
  std::uint64_t lines_ = 0;  // All segments.
  std::uint64_t lines_in_segment_ = 0;
  std::uint64_t offset_ = 0;  // End of the whole lines handed out, in this segment.
  std::uint64_t rest_bytes_ = 0;
  std::string carry_;  // Begun line.
};

}  // namespace affiant::evidence
