#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <limits>
#include <memory>
#include <set>
#include <string>

#include "base/bytes.h"
#include "base/fs.h"
#include "base/limits.h"
#include "bundle/zip.h"
#include "evidence/case_files.h"
#include "evidence/layout.h"

namespace affiant::bundle {
namespace {

namespace stdfs = std::filesystem;

struct FreeArchive {
  void operator()(archive* a) const { archive_read_free(a); }
};

class Unpacker {
 public:
  Unpacker(const stdfs::path& file, const stdfs::path& dir, const Going& going,
           std::uint64_t packed)
      : file_(file), dir_(dir), going_(going), packed_(packed), in_(archive_read_new()) {}

  Status run() {
    archive_read_support_format_zip_seekable(in_.get());
    if (archive_read_open_filename(in_.get(), file_.c_str(), 64U << 10U) != ARCHIVE_OK)
      return unreadable("");
    for (;;) {
      archive_entry* entry = nullptr;
      const int got = archive_read_next_header(in_.get(), &entry);
      if (got == ARCHIVE_EOF) break;
      if (got != ARCHIVE_OK) return unreadable("");
      AFFIANT_CHECK(take(entry));
    }
    if (names_.empty())
      return fail(Code::kMalformed, "{} holds no files", printable(file_.string()));
    return {};
  }

 private:
  Status unreadable(const std::string& name) {
    const char* why = archive_error_string(in_.get());
    return fail(Code::kMalformed, "{} is not a bundle that can be read{}: {}",
                printable(file_.string()), name.empty() ? std::string() : ", at " + printable(name),
                why == nullptr ? "unknown error" : printable(why));
  }

  Status refuse(Code code, const std::string& name, std::string_view why) const {
    return fail(code, "{}: entry {}: {}. Nothing of it is used", printable(file_.string()),
                printable(name), why);
  }

  Status take(archive_entry* entry) {
    const char* raw = archive_entry_pathname(entry);
    const std::string name = raw == nullptr ? "" : raw;
    if (names_.size() >= limits::kBundleFiles)
      return refuse(Code::kTooLarge, name, "more files than kBundleFiles");
    if (archive_entry_filetype(entry) == AE_IFDIR && name.ends_with('/') &&
        may_be_folder(name.substr(0, name.size() - 1)))
      return {};  // Other programs write them; we make our own.
    if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_symlink(entry) != nullptr ||
        archive_entry_hardlink(entry) != nullptr)
      return refuse(Code::kMalformed, name, "not a regular file");
    if (archive_entry_is_encrypted(entry) != 0)
      return refuse(Code::kUnsupported, name, "it is encrypted");
    constexpr std::uint64_t kAny = std::numeric_limits<std::uint64_t>::max();
    if (name == evidence::kCaseKeyFile || !evidence::is_case_file(name, kAny, kAny))
      return refuse(Code::kMalformed, name, "no file of a bundle has that name");
    if (!names_.insert(name).second) return refuse(Code::kMalformed, name, "it is there twice");
    return write(name);
  }

  static bool may_be_folder(const std::string& name) {
    static const std::set<std::string> kFolders = {
        evidence::kCheckpointDir, evidence::kSegmentDir, evidence::kTileDir, evidence::kExhibitDir,
        evidence::kTornDir,       evidence::kKeyDir,     "anchors",          "proofs"};
    return kFolders.contains(name.substr(0, name.find('/'))) &&
           name.find("..") == std::string::npos;
  }

  Status write(const std::string& name) {
    Fs& fs = system_fs();
    const stdfs::path target = dir_ / name;  // is_case_file() lets nothing through that leads out.
    AFFIANT_CHECK(fs.make_dir(target.parent_path()));
    AFFIANT_TRY(const auto out, fs.create(target));
    std::string buffer(256U << 10U, '\0');
    for (;;) {
      const la_ssize_t n = archive_read_data(in_.get(), buffer.data(), buffer.size());
      if (n == 0) return {};
      if (n < 0) return unreadable(name);
      bytes_ += static_cast<std::uint64_t>(n);
      if (bytes_ > limits::kBundleBytes)
        return refuse(Code::kTooLarge, name, "unpacked, it is over kBundleBytes");
      if (bytes_ > limits::kBundleSlack && bytes_ / limits::kBundleRatio > packed_)
        return refuse(Code::kTooLarge, name,
                      "it unpacks to over kBundleRatio times its size, as no log does");
      if (going_ && !going_(bytes_)) return fail(Code::kInterrupted, "stopped");
      AFFIANT_CHECK(out->write({buffer.data(), static_cast<std::size_t>(n)}));
    }
  }

  const stdfs::path& file_;
  const stdfs::path& dir_;
  const Going& going_;
  std::uint64_t packed_;
  std::unique_ptr<archive, FreeArchive> in_;
  std::set<std::string> names_;
  std::uint64_t bytes_ = 0;
};

}  // namespace

Status unpack(const stdfs::path& file, const stdfs::path& dir, const Going& going) {
  std::error_code error;
  const std::uintmax_t packed = stdfs::file_size(file, error);
  if (error)
    return fail(Code::kNotFound, "cannot read {}: {}", printable(file.string()), error.message());
  return Unpacker(file, dir, going, packed).run();
}

}  // namespace affiant::bundle
