#include "evidence/filter.h"

#include <memory>
#include <optional>

#include "base/bytes.h"
#include "evidence/absent_row.h"
#include "evidence/case_files.h"
#include "evidence/disclosure_reader.h"
#include "evidence/encode_entry.h"
#include "evidence/layout.h"
#include "evidence/problem.h"
#include "evidence/segment_reader.h"
#include "json/json.h"

namespace affiant::evidence {
namespace {

namespace stdfs = std::filesystem;

constexpr std::size_t kBuffer = 1U << 20U;

// A file written in large pieces.
class Writer {
 public:
  static Result<Writer> create(Fs& fs, const stdfs::path& path) {
    AFFIANT_CHECK(fs.remove(path));
    AFFIANT_TRY(auto file, fs.create(path));
    return Writer(std::move(file));
  }
  Status line(std::string_view text) {
    buffer_ += text;
    buffer_ += '\n';
    return buffer_.size() < kBuffer ? Status() : flush();
  }
  std::string& buffer() { return buffer_; }
  Status finish(bool sync) {
    AFFIANT_CHECK(flush());
    return sync ? file_->sync() : Status();
  }

  Status flush() {
    const auto done = file_->write(buffer_);
    buffer_.clear();
    return done;
  }

 private:
  explicit Writer(std::unique_ptr<File> file) : file_(std::move(file)) {}
  std::unique_ptr<File> file_;
  std::string buffer_;
};

bool may_go(std::string_view kind) {
  return !kind.starts_with("log.") && !kind.starts_with("session.");
}

// The name in [salt, name, value].
Result<std::string> field_name(std::string_view text) {
  AFFIANT_TRY(const Bytes plain, base64url_decode(text));
  AFFIANT_TRY(const json::Value triple, json::parse(as_text(plain), "disclosure"));
  if (!triple.is_array() || triple.size() != 3 || !triple[1].is_string())
    return fail(Code::kMalformed, "not [salt, name, value]");
  return triple[1].get<std::string>();
}

}  // namespace

Result<Filtered> filter_segments(Fs& fs, const stdfs::path& from, const stdfs::path& to,
                                 const Filter& filter, bool sync) {
  Filtered out;
  AFFIANT_CHECK(fs.make_dir(to / kSegmentDir));
  SegmentReader reader(from);
  LineBatch batch;
  std::optional<Writer> writer;
  std::uint64_t segment = 0;
  std::string stand_in;
  for (;;) {
    AFFIANT_TRY(const bool more, reader.next(batch));
    if (!more) break;
    if (!writer || batch.segment != segment) {
      if (writer) AFFIANT_CHECK(writer->finish(sync));
      segment = batch.segment;
      AFFIANT_TRY(writer, Writer::create(fs, to / segment_file(segment)));
    }
    for (std::size_t n = 0; n < batch.lines(); ++n) {
      std::string_view line = batch.line(n);
      const std::uint64_t index = batch.first_index + n;
      if (is_absent_row(line)) {
        out.absent.insert(index);
      } else {
        AFFIANT_TRY(const Entry entry, parse_entry(line));
        if (filter.drop_row && may_go(entry.head.kind) && filter.drop_row(entry.head)) {
          stand_in.clear();
          encode_absent_row({index, leaf_hash(line), filter.erase}, stand_in);
          line = stand_in;
          out.absent.insert(index);
          out.segments.insert(segment);
          ++out.rows;
        } else {
          collect_exhibits(entry.body, out.exhibits);
        }
      }
      AFFIANT_CHECK(writer->line(line));
    }
  }
  if (writer) AFFIANT_CHECK(writer->finish(sync));
  return out;
}

Status filter_disclosures(Fs& fs, const stdfs::path& from, const stdfs::path& to,
                          const Filter& filter, bool sync, Filtered& filtered) {
  AFFIANT_TRY(auto reader, DisclosureReader::open(from));
  AFFIANT_TRY(auto writer, Writer::create(fs, to));
  for (;;) {
    AFFIANT_TRY(const DisclosureLine* line, reader.peek());
    if (line == nullptr) break;
    if (!filtered.absent.contains(line->index)) {
      if (line->erased) {
        encode_erased_disclosure(line->index, line->text, writer.buffer());
      } else {
        bool goes = false;
        if (filter.drop_field) {
          const auto name = field_name(line->text);
          if (!name)
            return fail(Code::kMalformed, "{} at byte {}: {}", kDisclosureFile, line->offset,
                        name.error().message);
          goes = filter.drop_field(line->index, *name);
        }
        if (goes) ++filtered.fields;
        if (goes && filter.erase)
          encode_erased_disclosure(line->index, disclosure_digest(line->text), writer.buffer());
        else if (!goes)
          encode_disclosure_line(line->index, line->text, writer.buffer());
      }
      if (writer.buffer().size() >= kBuffer) AFFIANT_CHECK(writer.flush());
    }
    reader.pop();
  }
  return writer.finish(sync);
}

}  // namespace affiant::evidence
