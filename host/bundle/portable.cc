#include "bundle/portable.h"

#include <fmt/format.h>

#include "base/fs.h"
#include "base/limits.h"
#include "evidence/case_files.h"
#include "evidence/layout.h"

namespace affiant::bundle {
namespace {

namespace stdfs = std::filesystem;
using evidence::Filtered;

Status link_or_copy(Fs& fs, const stdfs::path& from, const stdfs::path& to) {
  AFFIANT_CHECK(fs.make_dir(to.parent_path()));
  if (fs.link(from, to)) return {};
  std::error_code error;
  stdfs::copy_file(from, to, error);
  if (error)
    return fail(Code::kIo, "cannot copy {} to {}: {}", from.string(), to.string(), error.message());
  return {};
}

// Names of the case's files, relative to it, that go along as they are.
Result<std::set<std::string>> files_of(const stdfs::path& dir, const evidence::Verdict& verdict) {
  std::set<std::string> out;
  std::error_code error;
  for (stdfs::recursive_directory_iterator it(dir, error), end; !error && it != end;
       it.increment(error)) {
    std::error_code ignored;
    if (!it->is_regular_file(ignored) || it->is_symlink(ignored)) continue;
    const std::string file = it->path().lexically_relative(dir).generic_string();
    const std::uint64_t entries = verdict.tree_size + verdict.unsigned_entries;
    if (file != evidence::kCaseKeyFile && !evidence::is_bundle_only_file(file) &&
        evidence::is_case_file(file, entries / limits::kSegmentLines, entries))
      out.insert(file);
  }
  if (error) return fail(Code::kIo, "cannot read {}: {}", dir.string(), error.message());
  return out;
}

Status check_rows(const std::set<std::uint64_t>& rows, const evidence::Verdict& verdict) {
  if (!verdict.sealed)
    return fail(
        Code::kUsage,
        "rows can be withheld of a sealed case only, and this one is not: export all of it, "
        "or end its recording first");
  if (rows.empty()) return fail(Code::kUsage, "no row is named");
  if (*rows.rbegin() >= verdict.tree_size)
    return fail(Code::kUsage, "there is no entry {}: the log's entries are 0 to {}", *rows.rbegin(),
                verdict.tree_size - 1);
  return {};
}

}  // namespace

Result<Portable> lay_out(const stdfs::path& from, const stdfs::path& to,
                         const PortableOptions& options) {
  Fs& fs = system_fs();
  // Nobody may write while it is copied: the copy would fit no checkpoint.
  AFFIANT_TRY(const auto lock, fs.lock_dir(from));
  AFFIANT_TRY(const evidence::Verdict verdict, evidence::verify_case(from, {}));
  if (verdict.integrity == evidence::Integrity::kBroken)
    return fail(Code::kBroken,
                "the case is broken, so there is nothing in it to vouch for: `affiant verify` says "
                "where");
  if (options.rows) AFFIANT_CHECK(check_rows(*options.rows, verdict));
  AFFIANT_TRY(std::set<std::string> files, files_of(from, verdict));

  Portable out;
  evidence::Filter filter;
  if (options.withhold_field)
    filter.drop_field = [&](std::uint64_t, std::string_view name) {
      return options.withhold_field(name);
    };
  if (options.rows) {
    filter.drop_row = [&](const evidence::EntryHead& head) {
      return !options.rows->contains(head.index);
    };
    AFFIANT_TRY(out.filtered, evidence::filter_segments(fs, from, to, filter, false));
    std::erase_if(files, [&](const std::string& file) {
      const bool uncited = file.starts_with(std::string(evidence::kExhibitDir) + "/") &&
                           !out.filtered.exhibits.contains(file.substr(file.find('/') + 1));
      return uncited || evidence::parse_segment_file(file);
    });
    for (const std::uint64_t row : *options.rows)
      if (out.filtered.absent.contains(row))
        return fail(Code::kUsage, "entry {} was erased, or withheld from this copy", row);
  }
  if (options.rows || options.withhold_field) {
    AFFIANT_CHECK(evidence::filter_disclosures(fs, from, to / evidence::kDisclosureFile, filter,
                                               false, out.filtered));
    files.erase(evidence::kDisclosureFile);
  }
  for (const std::string& file : files) AFFIANT_CHECK(link_or_copy(fs, from / file, to / file));
  const auto note_time = [&](const evidence::Entry& entry, const auto&) -> Status {
    out.last_time_ms = entry.head.time_ms;
    return {};
  };
  AFFIANT_TRY(out.verdict, evidence::verify_case(to, {}, note_time));
  if (out.verdict.integrity == evidence::Integrity::kBroken)
    return fail(Code::kInternal, "the copy does not verify: {}: {}",
                out.verdict.problems.front().file, out.verdict.problems.front().what);
  return out;
}

}  // namespace affiant::bundle
