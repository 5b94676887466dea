#include "browser/temp_dir.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <ctime>
#include <string>
#include <system_error>
#include <utility>

namespace affiant::browser {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kRandomLetters = 6;  // mkdtemp(3).
constexpr std::time_t kAbandonedAfterS = 60;

fs::path base_folder() {
  std::error_code error;
  fs::path base = fs::temp_directory_path(error);
  // Browsers put sockets below it; sun_path ends at 108 bytes.
  if (error || base.native().size() > 40) return "/tmp";
  return base;
}

int open_folder(const fs::path& path) {
  return open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

bool abandoned(const fs::path& path) {
  const int fd = open_folder(path);
  if (fd < 0) return false;
  struct stat status {};
  const bool gone =
      fstat(fd, &status) == 0 && status.st_uid == geteuid() && (status.st_mode & 07777) == 0700 &&
      std::time(nullptr) - status.st_mtime > kAbandonedAfterS && flock(fd, LOCK_EX | LOCK_NB) == 0;
  close(fd);
  return gone;
}

}  // namespace

Result<TempDir> TempDir::create(std::string_view prefix, const fs::path& base) {
  std::string name =
      ((base.empty() ? base_folder() : base) / (std::string(prefix) + "-XXXXXX")).string();
  if (mkdtemp(name.data()) == nullptr)
    return fail(errno == ENOSPC ? Code::kNoSpace : Code::kIo,
                "cannot make a temporary folder {}: {}. Set TMPDIR to a folder of yours", name,
                std::strerror(errno));
  const int lock = open_folder(name);
  if (lock >= 0) flock(lock, LOCK_EX | LOCK_NB);
  return TempDir(name, lock);
}

TempDir::TempDir(TempDir&& other) noexcept
    : path_(std::exchange(other.path_, {})), lock_(std::exchange(other.lock_, -1)) {}

TempDir::~TempDir() { static_cast<void>(remove()); }

Status TempDir::remove() {
  if (path_.empty()) return {};
  std::error_code error;
  // A process that is just ending may still write: once more, then it is an error.
  for (int attempt = 0; attempt < 3; ++attempt) {
    fs::remove_all(path_, error);
    if (!error) break;
  }
  const fs::path gone = std::exchange(path_, {});
  if (lock_ >= 0) close(std::exchange(lock_, -1));
  if (error)
    return fail(Code::kIo, "cannot remove the temporary folder {}: {}", gone.string(),
                error.message());
  return {};
}

int TempDir::remove_abandoned(std::string_view prefix) {
  const std::string start = std::string(prefix) + "-";
  int removed = 0;
  std::error_code error;
  for (fs::directory_iterator it(base_folder(), error), end; !error && it != end;
       it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (name.size() != start.size() + kRandomLetters || !name.starts_with(start)) continue;
    if (!abandoned(it->path())) continue;
    std::error_code ignored;
    fs::remove_all(it->path(), ignored);
    if (!ignored) ++removed;
  }
  return removed;
}

}  // namespace affiant::browser
