// The POSIX half of user.h.
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/bytes.h"
#include "base/user.h"

namespace affiant {

bool is_administrator() { return ::geteuid() == 0; }

bool is_mine(const std::filesystem::path& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 && info.st_uid == ::geteuid();
}

bool others_can_read(const std::filesystem::path& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 && (info.st_mode & 077U) != 0;
}

bool is_program(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored) && ::access(path.c_str(), X_OK) == 0;
}

Status check_may_write_in(const std::filesystem::path& folder) {
  if (::access(folder.c_str(), W_OK | X_OK) == 0) return {};
  const int error = errno;
  return fail(error == EROFS || error == EACCES ? Code::kPermission
              : error == ENOENT                 ? Code::kNotFound
                                                : Code::kIo,
              "{}", std::strerror(error));
}

Status share(const std::filesystem::path& path, Shared how) {
  if (::chmod(path.c_str(), how == Shared::kRun ? 0755 : 0644) == 0) return {};
  return fail(Code::kIo, "cannot let others read {}: {}", printable(path.string()),
              std::strerror(errno));
}

}  // namespace affiant
