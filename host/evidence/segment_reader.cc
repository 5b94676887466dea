#include "evidence/segment_reader.h"

#include <algorithm>
#include <cstring>

#include "base/limits.h"
#include "evidence/layout.h"

namespace affiant::evidence {
namespace {

constexpr std::size_t kChunk = 256U << 10U;

}  // namespace

Result<bool> SegmentReader::open_segment(std::uint64_t segment) {
  auto reader = FileReader::open(dir_ / segment_file(segment));
  if (!reader && reader.error().code == Code::kNotFound) return false;
  if (!reader) return tl::unexpected<Error>(reader.error());
  reader_ = std::move(*reader);
  segment_ = segment;
  lines_in_segment_ = 0;
  offset_ = 0;
  exists_ = true;
  return true;
}

Result<bool> SegmentReader::next(LineBatch& batch) {
  batch.ends.clear();
  if (!reader_) {
    AFFIANT_TRY(const bool there, open_segment(0));
    if (!there) return false;
  }
  for (;;) {
    batch.segment = segment_;
    batch.offset = offset_;
    batch.first_index = lines_;
    const std::size_t carried = carry_.size();
    // Never made smaller: what is added to a string is filled with zeros first.
    if (batch.data.size() < carried + kChunk) batch.data.resize(carried + kChunk);
    std::copy(carry_.begin(), carry_.end(), batch.data.begin());
    AFFIANT_TRY(const std::size_t n, reader_->read(batch.data.data() + carried, kChunk));
    const std::string_view data = std::string_view(batch.data).substr(0, carried + n);
    for (std::size_t at = carried; at < data.size();) {
      const void* lf = std::memchr(data.data() + at, '\n', data.size() - at);
      if (lf == nullptr) break;
      at = static_cast<std::size_t>(static_cast<const char*>(lf) - data.data());
      batch.ends.push_back(at++);
    }
    const std::size_t whole = batch.ends.empty() ? 0 : batch.ends.back() + 1;
    if (!batch.ends.empty()) {
      carry_.assign(data.substr(whole));
      if (lines_in_segment_ + batch.lines() > limits::kSegmentLines) {
        return fail(Code::kBroken, "the segment has more than {} lines", limits::kSegmentLines);
      }
      lines_in_segment_ += batch.lines();
      lines_ += batch.lines();
      offset_ += whole;
      return true;
    }
    carry_.assign(data);
    const bool endless = carry_.size() > limits::kEntryBytes;
    if (n == kChunk && !endless) continue;
    // The end of this segment, or something in it that can be no line.
    rest_bytes_ = std::max<std::uint64_t>(
        carry_.size(), reader_->file_size() - std::min(offset_, reader_->file_size()));
    const bool complete = carry_.empty() && lines_in_segment_ == limits::kSegmentLines;
    const std::uint64_t ended = offset_;
    const std::uint64_t counted = lines_in_segment_;
    AFFIANT_TRY(const bool more, open_segment(segment_ + 1));
    if (!more) return false;
    if (!complete) {
      --segment_;
      offset_ = ended;
      return fail(Code::kBroken, "the segment ends after {} of {} lines, yet another follows",
                  counted, limits::kSegmentLines);
    }
    rest_bytes_ = 0;
  }
}

}  // namespace affiant::evidence
