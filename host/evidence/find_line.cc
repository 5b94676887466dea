#include "evidence/find_line.h"

#include "base/fs.h"
#include "base/limits.h"
#include "evidence/absent_row.h"
#include "evidence/entry.h"
#include "evidence/layout.h"

namespace affiant::evidence {
namespace {

constexpr std::size_t kScanBytes = 16U << 10U;  // From here on reading on is cheaper than halving.

Result<std::uint64_t> index_of(std::string_view line) {
  if (is_absent_row(line)) {
    AFFIANT_TRY(const AbsentRow row, parse_absent_row(line));
    return row.index;
  }
  AFFIANT_TRY(const Entry entry, parse_entry(line));
  return entry.head.index;
}

class Search {
 public:
  explicit Search(std::filesystem::path file) : file_(std::move(file)) {}

  Result<FoundLine> run(std::uint64_t index) {
    AFFIANT_TRY(const auto probe, FileReader::open(file_));
    std::uint64_t low = 0;  // A line begins here, and the wanted one is not before it.
    std::uint64_t high = probe.file_size();
    while (high - low > kScanBytes) {
      const std::uint64_t middle = low + (high - low) / 2;
      AFFIANT_TRY(const auto next, line_after(middle, high));
      if (!next) {  // No line begins between them.
        high = middle;
        continue;
      }
      AFFIANT_TRY(const std::uint64_t found, number(*next));
      if (found == index) return *next;
      if (found < index)
        low = next->offset + next->line.size() + 1;
      else
        high = middle;
    }
    for (;;) {
      AFFIANT_TRY(auto line, line_at(low));
      if (!line) return fail(Code::kNotFound, "the log has no entry {}", index);
      AFFIANT_TRY(const std::uint64_t found, number(*line));
      if (found == index) return std::move(*line);
      if (found > index)
        return fail(Code::kBroken, "{} at byte {}: entry {} where entry {} belongs",
                    file_.filename().string(), line->offset, found, index);
      low = line->offset + line->line.size() + 1;
    }
  }

 private:
  Result<std::uint64_t> number(const FoundLine& line) const {
    const auto index = index_of(line.line);
    if (!index)
      return fail(Code::kBroken, "{} at byte {}: {}", file_.filename().string(), line.offset,
                  index.error().message);
    return *index;
  }

  // The whole line that begins at `offset`; nothing at the end of the file.
  Result<std::optional<FoundLine>> line_at(std::uint64_t offset) {
    AFFIANT_TRY(auto reader, FileReader::open(file_, offset));
    FoundLine out{offset, {}};
    for (;;) {
      const std::size_t had = out.line.size();
      out.line.resize(had + kChunk);
      AFFIANT_TRY(const std::size_t n, reader.read(out.line.data() + had, kChunk));
      out.line.resize(had + n);
      const std::size_t end = out.line.find('\n', had);
      if (end != std::string::npos) {
        out.line.resize(end);
        return out;
      }
      if (n == 0) return std::nullopt;
      if (out.line.size() > limits::kEntryBytes)
        return fail(Code::kBroken, "{} at byte {}: no line ends here", file_.filename().string(),
                    offset);
    }
  }

  // The first line that begins after `offset` and before `high`.
  Result<std::optional<FoundLine>> line_after(std::uint64_t offset, std::uint64_t high) {
    AFFIANT_TRY(const auto rest, line_at(offset));
    if (!rest) return std::nullopt;
    const std::uint64_t next = offset + rest->line.size() + 1;
    if (next >= high) return std::nullopt;
    return line_at(next);
  }

  static constexpr std::size_t kChunk = 4'096;
  std::filesystem::path file_;
};

}  // namespace

Result<FoundLine> find_line(const std::filesystem::path& dir, std::uint64_t index) {
  const auto file = dir / segment_file(index / limits::kSegmentLines);
  auto found = Search(file).run(index);
  if (!found && found.error().code == Code::kNotFound)
    return fail(Code::kNotFound, "the log has no entry {}", index);
  return found;
}

}  // namespace affiant::evidence
