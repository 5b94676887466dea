// The POSIX half of fs.h.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "base/bytes.h"
#include "base/fs.h"

namespace affiant {
namespace {

namespace stdfs = std::filesystem;

Code code_for(int error) {
  switch (error) {
    case ENOSPC:
    case EDQUOT:
      return Code::kNoSpace;
    case ENOENT:
    case ENOTDIR:
      return Code::kNotFound;
    case EACCES:
    case EPERM:
    case EROFS:
    case ELOOP:
      return Code::kPermission;
    case EEXIST:
    case EWOULDBLOCK:
      return Code::kConflict;
    default:
      return Code::kIo;
  }
}

tl::unexpected<Error> fail_errno(std::string_view what, const stdfs::path& path) {
  const int error = errno;
  return fail(code_for(error), "{} {}: {}", what, printable(path.string()), std::strerror(error));
}

class Fd {
 public:
  explicit Fd(int fd) : fd_(fd) {}
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  ~Fd() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }
  bool ok() const { return fd_ >= 0; }
  int release() {
    const int fd = fd_;
    fd_ = -1;
    return fd;
  }

 private:
  int fd_;
};

int open_retry(const stdfs::path& path, int flags, mode_t mode = 0) {
  for (;;) {
    const int fd = ::open(path.c_str(), flags | O_CLOEXEC, mode);
    if (fd >= 0 || errno != EINTR) return fd;
  }
}

Status write_all(int fd, std::string_view bytes, const stdfs::path& path) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0) {
      if (errno == EINTR) continue;
      return fail_errno("cannot write", path);
    }
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return {};
}

int sync_data(int fd) {
#ifdef __APPLE__  // Whose fsync(2) leaves the bytes in the drive's own memory. Never compiled so
                  // far.
  return ::fcntl(fd, F_FULLFSYNC);
#else
  return ::fdatasync(fd);
#endif
}

class PosixFile final : public File {
 public:
  PosixFile(int fd, stdfs::path path) : fd_(fd), path_(std::move(path)) {}
  Status write(std::string_view bytes) override { return write_all(fd_.get(), bytes, path_); }
  Status sync() override {
    if (sync_data(fd_.get()) != 0) return fail_errno("cannot sync", path_);
    return {};
  }

 private:
  Fd fd_;
  stdfs::path path_;
};

class PosixLock final : public Lock {
 public:
  explicit PosixLock(int fd) : fd_(fd) {}

 private:
  Fd fd_;  // Closing it lets go of the lock.
};

class PosixFs final : public Fs {
 public:
  Result<std::unique_ptr<File>> create(const stdfs::path& path) override {
    const int fd = open_retry(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_NOFOLLOW, 0600);
    if (fd < 0) return fail_errno("cannot create", path);
    return std::make_unique<PosixFile>(fd, path);
  }
  Result<std::unique_ptr<File>> append(const stdfs::path& path) override {
    const int fd = open_retry(path, O_WRONLY | O_APPEND | O_NOFOLLOW);
    if (fd < 0) return fail_errno("cannot open for writing", path);
    return std::make_unique<PosixFile>(fd, path);
  }
  Status truncate(const stdfs::path& path, std::uint64_t size) override {
    const Fd fd(open_retry(path, O_WRONLY | O_NOFOLLOW));
    if (!fd.ok() || ::ftruncate(fd.get(), static_cast<off_t>(size)) != 0 || ::fsync(fd.get()) != 0)
      return fail_errno("cannot truncate", path);
    return {};
  }
  Status overwrite(const stdfs::path& path, std::string_view bytes) override {
    const Fd fd(open_retry(path, O_WRONLY | O_NOFOLLOW));
    if (!fd.ok()) return fail_errno("cannot open for writing", path);
    AFFIANT_CHECK(write_all(fd.get(), bytes, path));
    if (::fsync(fd.get()) != 0) return fail_errno("cannot sync", path);
    return {};
  }
  Status rename(const stdfs::path& from, const stdfs::path& to) override {
    if (::rename(from.c_str(), to.c_str()) != 0) return fail_errno("cannot rename to", to);
    return {};
  }
  Status link(const stdfs::path& from, const stdfs::path& to) override {
    if (::link(from.c_str(), to.c_str()) != 0) return fail_errno("cannot link", to);
    return {};
  }
  Status remove(const stdfs::path& path) override {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) return fail_errno("cannot remove", path);
    return {};
  }
  Status make_dir(const stdfs::path& path) override {
    stdfs::path part;
    for (const auto& piece : path) {
      part /= piece;
      if (::mkdir(part.c_str(), 0700) == 0) {
        const stdfs::path parent = part.parent_path();
        AFFIANT_CHECK(sync_dir(parent.empty() ? stdfs::path(".") : parent));
        continue;
      }
      // A parent may be another's directory that we may enter but not write to.
      struct stat info {};
      const int error = errno;
      if (::stat(part.c_str(), &info) == 0 && S_ISDIR(info.st_mode)) continue;
      errno = error;
      return fail_errno("cannot make directory", part);
    }
    return {};
  }
  Status sync_dir(const stdfs::path& path) override {
    const Fd fd(open_retry(path, O_RDONLY | O_DIRECTORY));
    if (!fd.ok() || ::fsync(fd.get()) != 0) return fail_errno("cannot sync directory", path);
    return {};
  }
  Result<std::unique_ptr<Lock>> lock_dir(const stdfs::path& path) override {
    Fd fd(open_retry(path, O_RDONLY | O_DIRECTORY));
    if (!fd.ok()) return fail_errno("cannot open directory", path);
    while (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
      if (errno == EINTR) continue;
      return fail_errno("cannot lock", path);
    }
    return std::make_unique<PosixLock>(fd.release());
  }
};

}  // namespace

Fs& system_fs() {
  static PosixFs fs;
  return fs;
}

Result<FileReader> FileReader::open(const stdfs::path& path, std::uint64_t offset) {
  // O_NONBLOCK: a named pipe in place of a file must not hang us.
  Fd fd(open_retry(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK));
  struct stat info {};
  if (!fd.ok() || ::fstat(fd.get(), &info) != 0) return fail_errno("cannot read", path);
  if (!S_ISREG(info.st_mode))
    return fail(Code::kMalformed, "{} is not a regular file", printable(path.string()));
  if (offset != 0 && ::lseek(fd.get(), static_cast<off_t>(offset), SEEK_SET) < 0)
    return fail_errno("cannot seek in", path);
  return FileReader(fd.release(), static_cast<std::uint64_t>(info.st_size), path.string());
}

FileReader::~FileReader() {
  if (fd_ >= 0) ::close(fd_);
}

Result<std::size_t> FileReader::read(char* out, std::size_t size) {
  std::size_t done = 0;
  while (done < size) {
    const ssize_t n = ::read(fd_, out + done, size - done);
    if (n < 0) {
      if (errno == EINTR) continue;
      return fail_errno("cannot read", name_);
    }
    if (n == 0) break;
    done += static_cast<std::size_t>(n);
  }
  return done;
}

}  // namespace affiant
