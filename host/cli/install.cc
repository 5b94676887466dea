#include "cli/install.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>

#include "base/fs.h"
#include "json/json.h"

namespace affiant::cli {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kRecordBytes = 1U << 20U;

// What was written: files, and the folders made for them (outermost first).
struct Record {
  std::set<std::string> files;
  std::vector<std::string> folders;
};

Result<Record> read_record(const fs::path& file) {
  Record record;
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return record;
  AFFIANT_TRY(const std::string text, read_file(file, kRecordBytes, "the cap of install records"));
  AFFIANT_TRY(const json::Value value, json::parse(text, file.string()));
  for (const char* key : {"files", "folders"}) {
    if (!value.is_object() || !value.contains(key) || !value[key].is_array())
      return fail(Code::kMalformed, "{} has no list of {}", file.string(), key);
    for (const json::Value& path : value[key]) {
      if (!path.is_string() || !fs::path(path.get<std::string>()).is_absolute())
        return fail(Code::kMalformed, "{}: not an absolute path among its {}", file.string(), key);
      if (std::string(key) == "files")
        record.files.insert(path.get<std::string>());
      else
        record.folders.push_back(path.get<std::string>());
    }
  }
  return record;
}

Status write_record(const fs::path& file, const Record& record) {
  if (record.files.empty() && record.folders.empty()) {
    AFFIANT_CHECK(system_fs().remove(file));
    std::error_code ignored;
    fs::remove(file.parent_path(), ignored);  // Only when nothing else is in it.
    return {};
  }
  AFFIANT_TRY(
      const std::string text,
      json::canonical({{"version", 1}, {"files", record.files}, {"folders", record.folders}}));
  AFFIANT_CHECK(system_fs().make_dir(file.parent_path()));
  return write_durably(system_fs(), file, text + "\n");
}

// Makes a folder and those above it, noting each that was not there. Browsers run as their users:
// the machine's folders must be readable by all.
Status make_folders(const fs::path& folder, Record* record) {
  std::vector<fs::path> missing;
  std::error_code ignored;
  for (fs::path at = folder; !fs::exists(at, ignored) && at.has_relative_path();
       at = at.parent_path())
    missing.push_back(at);
  std::reverse(missing.begin(), missing.end());
  for (const fs::path& at : missing) {
    if (mkdir(at.c_str(), 0755) != 0 && errno != EEXIST)
      return fail(errno == EACCES || errno == EROFS ? Code::kPermission : Code::kIo,
                  "cannot make {}: {}", at.string(), std::strerror(errno));
    record->folders.push_back(at.string());
  }
  return {};
}

Status write_manifest(const fs::path& file, std::string_view bytes) {
  const fs::path beside = file.string() + ".new";
  unlink(beside.c_str());
  const int fd = open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
  bool good = fd >= 0 && fchmod(fd, 0644) == 0 &&
              write(fd, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
  int why = errno;
  if (fd >= 0) close(fd);
  if (good && rename(beside.c_str(), file.c_str()) != 0) {
    good = false;
    why = errno;
  }
  if (good) return {};
  if (fd >= 0) unlink(beside.c_str());
  return fail(why == EACCES || why == EROFS ? Code::kPermission : Code::kIo, "cannot write {}: {}",
              file.string(), std::strerror(why));
}

InstallStep install_one(const browser::Place& place, const fs::path& folder,
                        const InstallOptions& options, Record* record) {
  InstallStep step{place.browser, {}, Step::kFailed, ""};
  const auto name = browser::native_manifest_name();
  const auto wanted = browser::native_manifest(place.kind, options.host);
  if (!name || !wanted) {
    step.detail = !name ? name.error().message : wanted.error().message;
    return step;
  }
  step.file = folder / *name;
  const auto target = browser::manifest_target(step.file);
  if (!target) {
    step.step = Step::kNotOurs;
    step.detail = target.error().message;
    return step;
  }
  if (*target) {
    const auto present = read_file(step.file, kRecordBytes, "the cap of manifests");
    if (present && *present == *wanted) {
      step.step = Step::kUnchanged;
      if (!options.dry_run) record->files.insert(step.file.string());
      return step;
    }
  }
  if (!options.dry_run) {
    Status done = make_folders(folder, record);
    if (done) done = write_manifest(step.file, *wanted);
    if (!done) {
      step.detail = done.error().message;
      return step;
    }
    record->files.insert(step.file.string());
  }
  step.step = Step::kWritten;
  return step;
}

InstallStep uninstall_one(const std::string& file, const InstallOptions& options) {
  InstallStep step{"", file, Step::kRemoved, ""};
  const auto target = browser::manifest_target(file);
  if (!target) {
    step.step = Step::kNotOurs;
    step.detail = target.error().message;
  } else if (!*target) {
    step.step = Step::kGone;
  } else if (!options.dry_run && unlink(file.c_str()) != 0) {
    step.step = Step::kFailed;
    step.detail = std::strerror(errno);
  }
  return step;
}

}  // namespace

Result<std::vector<InstallStep>> install_manifests(const InstallOptions& options) {
  AFFIANT_TRY(Record record, read_record(options.record));
  std::vector<InstallStep> steps;
  for (const browser::Place& place : options.places) {
    if (!place.present || (options.system && !place.system)) continue;
    steps.push_back(
        install_one(place, options.system ? *place.system : place.user, options, &record));
  }
  if (!options.dry_run && !record.files.empty())
    AFFIANT_CHECK(write_record(options.record, record));
  return steps;
}

Result<std::vector<InstallStep>> uninstall_manifests(const InstallOptions& options) {
  AFFIANT_TRY(Record record, read_record(options.record));
  std::vector<InstallStep> steps;
  Record left;
  for (const std::string& file : record.files) {
    steps.push_back(uninstall_one(file, options));
    if (steps.back().step == Step::kFailed) left.files.insert(file);
  }
  if (options.dry_run) return steps;
  // Innermost first; a folder that something else is in stays, and is no longer ours to remove.
  for (auto it = record.folders.rbegin(); it != record.folders.rend(); ++it)
    if (rmdir(it->c_str()) != 0 && !left.files.empty())
      left.folders.insert(left.folders.begin(), *it);
  AFFIANT_CHECK(write_record(options.record, left));
  return steps;
}

}  // namespace affiant::cli
