#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/fs.h"
#include "bundle/zip.h"

namespace affiant::bundle {
namespace {

namespace stdfs = std::filesystem;

struct FreeArchive {
  void operator()(archive* a) const { archive_write_free(a); }
};
struct FreeEntry {
  void operator()(archive_entry* e) const { archive_entry_free(e); }
};

Result<std::vector<std::string>> names_under(const stdfs::path& dir) {
  std::vector<std::string> names;
  std::error_code error;
  for (stdfs::recursive_directory_iterator it(dir, error), end; !error && it != end;
       it.increment(error)) {
    std::error_code ignored;
    if (it->is_regular_file(ignored) && !it->is_symlink(ignored))
      names.push_back(it->path().lexically_relative(dir).generic_string());
  }
  if (error) return fail(Code::kIo, "cannot read {}: {}", dir.string(), error.message());
  std::sort(names.begin(), names.end());
  return names;
}

Status failed(archive* a, const std::string& what) {
  const char* why = archive_error_string(a);
  const int number = archive_errno(a);
  return fail(number == ENOSPC || number == EDQUOT ? Code::kNoSpace : Code::kIo,
              "cannot write {}: {}", what, why == nullptr ? "unknown error" : why);
}

Status pack_into(archive* out, const stdfs::path& dir, const std::string& target,
                 const Going& going) {
  AFFIANT_TRY(const auto names, names_under(dir));
  std::string buffer(256U << 10U, '\0');
  std::uint64_t done = 0;
  for (const std::string& name : names) {
    AFFIANT_TRY(auto reader, FileReader::open(dir / name));
    const std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(reader.file_size()));
    // No time is set: a local one would depend on where this runs.
    if (archive_write_header(out, entry.get()) != ARCHIVE_OK) return failed(out, target);
    for (;;) {
      AFFIANT_TRY(const std::size_t n, reader.read(buffer.data(), buffer.size()));
      if (n == 0) break;
      if (archive_write_data(out, buffer.data(), n) != static_cast<la_ssize_t>(n))
        return failed(out, target);
      done += n;
      if (going && !going(done)) return fail(Code::kInterrupted, "stopped; nothing was written");
    }
  }
  return archive_write_close(out) == ARCHIVE_OK ? Status() : failed(out, target);
}

}  // namespace

Status pack(const stdfs::path& dir, const stdfs::path& file, const Going& going) {
  const stdfs::path beside = file.string() + ".tmp";
  Fs& fs = system_fs();
  AFFIANT_CHECK(fs.remove(beside));
  const std::unique_ptr<archive, FreeArchive> out(archive_write_new());
  archive_write_set_format_zip(out.get());
  archive_write_zip_set_compression_deflate(out.get());
  archive_write_set_bytes_in_last_block(out.get(), 1);  // No padding.
  Status done;
  if (archive_write_open_filename(out.get(), beside.c_str()) != ARCHIVE_OK)
    done = failed(out.get(), file.string());
  if (done) done = pack_into(out.get(), dir, file.string(), going);
  if (done) {
    // What a stranger is to rely on should survive a power cut.
    const auto written = fs.append(beside);
    done = written ? (*written)->sync() : Status(tl::unexpected<Error>(written.error()));
  }
  if (done) done = fs.rename(beside, file);
  if (!done) {
    (void)fs.remove(beside);
    return done;
  }
  return fs.sync_dir(file.has_parent_path() ? file.parent_path() : stdfs::path("."));
}

}  // namespace affiant::bundle
