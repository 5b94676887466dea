// The Windows half of fs.h.
#include <fcntl.h>
#include <io.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "base/access_windows.h"
#include "base/bytes.h"
#include "base/fs.h"
#include "base/text_windows.h"

namespace affiant {
namespace {

namespace stdfs = std::filesystem;
using windows::fail_last;
using windows::Handle;

constexpr std::size_t kPiece = 1U << 30U;  // WriteFile counts in 32 bits.
constexpr DWORD kShared = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
// A scanner that looks at what was just written holds it for a moment.
constexpr int kTries = 50;
constexpr DWORD kBetweenTriesMs = 20;

// A link at the last step is opened as the link it is, and refused: as O_NOFOLLOW.
Handle open_file(const stdfs::path& path, DWORD access, DWORD disposition,
                 SECURITY_ATTRIBUTES* security = nullptr) {
  Handle file(::CreateFileW(path.c_str(), access, kShared, security, disposition,
                            FILE_ATTRIBUTE_NORMAL | FILE_FLAG_OPEN_REPARSE_POINT, nullptr));
  BY_HANDLE_FILE_INFORMATION info{};
  if (!file.ok() || ::GetFileInformationByHandle(file.get(), &info) == 0) return Handle();
  if ((info.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) == 0) return file;
  ::SetLastError(ERROR_CANT_ACCESS_FILE);
  return Handle();
}

Status write_all(HANDLE file, std::string_view bytes, const stdfs::path& path) {
  while (!bytes.empty()) {
    DWORD done = 0;
    if (::WriteFile(file, bytes.data(), static_cast<DWORD>(std::min(bytes.size(), kPiece)), &done,
                    nullptr) == 0)
      return fail_last("cannot write", path);
    bytes.remove_prefix(done);
  }
  return {};
}

class WindowsFile final : public File {
 public:
  WindowsFile(Handle file, stdfs::path path) : file_(std::move(file)), path_(std::move(path)) {}
  Status write(std::string_view bytes) override { return write_all(file_.get(), bytes, path_); }
  Status sync() override {
    if (::FlushFileBuffers(file_.get()) == 0) return fail_last("cannot sync", path_);
    return {};
  }

 private:
  Handle file_;
  stdfs::path path_;
};

class WindowsLock final : public Lock {
 public:
  explicit WindowsLock(Handle file) : file_(std::move(file)) {}

 private:
  Handle file_;  // Closing it lets go of the lock, and removes the file.
};

class WindowsFs final : public Fs {
 public:
  Result<std::unique_ptr<File>> create(const stdfs::path& path) override {
    windows::PrivateAccess mine;
    AFFIANT_CHECK(mine.prepare(false));
    return opened(open_file(path, FILE_APPEND_DATA | FILE_READ_ATTRIBUTES | SYNCHRONIZE, CREATE_NEW,
                            mine.get()),
                  "cannot create", path);
  }
  Result<std::unique_ptr<File>> append(const stdfs::path& path) override {
    // Without FILE_WRITE_DATA every write goes to the end, whoever else writes.
    return opened(
        open_file(path, FILE_APPEND_DATA | FILE_READ_ATTRIBUTES | SYNCHRONIZE, OPEN_EXISTING),
        "cannot open for writing", path);
  }
  Status truncate(const stdfs::path& path, std::uint64_t size) override {
    const Handle file = open_file(path, GENERIC_WRITE | FILE_READ_ATTRIBUTES, OPEN_EXISTING);
    LARGE_INTEGER end{};
    end.QuadPart = static_cast<LONGLONG>(size);
    if (!file.ok() || ::SetFilePointerEx(file.get(), end, nullptr, FILE_BEGIN) == 0 ||
        ::SetEndOfFile(file.get()) == 0 || ::FlushFileBuffers(file.get()) == 0)
      return fail_last("cannot truncate", path);
    return {};
  }
  Status overwrite(const stdfs::path& path, std::string_view bytes) override {
    const Handle file = open_file(path, GENERIC_WRITE | FILE_READ_ATTRIBUTES, OPEN_EXISTING);
    if (!file.ok()) return fail_last("cannot open for writing", path);
    AFFIANT_CHECK(write_all(file.get(), bytes, path));
    if (::FlushFileBuffers(file.get()) == 0) return fail_last("cannot sync", path);
    return {};
  }
  Status rename(const stdfs::path& from, const stdfs::path& to) override {
    for (int left = kTries;; --left) {
      if (::MoveFileExW(from.c_str(), to.c_str(),
                        MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH) != 0)
        return {};
      const DWORD error = ::GetLastError();
      if ((error != ERROR_SHARING_VIOLATION && error != ERROR_ACCESS_DENIED) || left == 0)
        return fail_last("cannot rename to", to);
      ::Sleep(kBetweenTriesMs);
    }
  }
  Status link(const stdfs::path& from, const stdfs::path& to) override {
    if (::CreateHardLinkW(to.c_str(), from.c_str(), nullptr) == 0)
      return fail_last("cannot link", to);
    return {};
  }
  Status remove(const stdfs::path& path) override {
    if (::DeleteFileW(path.c_str()) != 0) return {};
    const DWORD error = ::GetLastError();
    if (error == ERROR_FILE_NOT_FOUND || error == ERROR_PATH_NOT_FOUND) return {};
    return fail_last("cannot remove", path);
  }
  Status make_dir(const stdfs::path& path) override {
    windows::PrivateAccess mine;
    AFFIANT_CHECK(mine.prepare(true));
    stdfs::path part = path.root_path();
    for (const auto& piece : path.relative_path()) {
      part /= piece;
      if (piece.empty() || ::CreateDirectoryW(part.c_str(), mine.get()) != 0) continue;
      const DWORD error = ::GetLastError();
      const DWORD there = ::GetFileAttributesW(part.c_str());
      if (there != INVALID_FILE_ATTRIBUTES && (there & FILE_ATTRIBUTE_DIRECTORY) != 0) continue;
      ::SetLastError(error);
      return fail_last("cannot make directory", part);
    }
    return {};
  }
  // NTFS writes names to its own log, in order, before a flush of any later file is done, and
  // rename() waits for it. Some file systems refuse to flush a folder: they promise no less
  // than without.
  Status sync_dir(const stdfs::path& path) override {
    const Handle dir(::CreateFileW(path.c_str(), GENERIC_WRITE, kShared, nullptr, OPEN_EXISTING,
                                   FILE_FLAG_BACKUP_SEMANTICS, nullptr));
    if (dir.ok() && ::FlushFileBuffers(dir.get()) != 0) return {};
    const DWORD error = ::GetLastError();
    const DWORD there = ::GetFileAttributesW(path.c_str());
    const bool refused = error == ERROR_ACCESS_DENIED || error == ERROR_INVALID_FUNCTION ||
                         error == ERROR_INVALID_HANDLE || error == ERROR_NOT_SUPPORTED;
    if (refused && there != INVALID_FILE_ATTRIBUTES && (there & FILE_ATTRIBUTE_DIRECTORY) != 0)
      return {};
    ::SetLastError(error);
    return fail_last("cannot sync directory", path);
  }
  // Nobody else can open the file while it is shared with nobody; the system closes it with the
  // process, however that ends, and removes it.
  Result<std::unique_ptr<Lock>> lock_dir(const stdfs::path& path) override {
    Handle file(::CreateFileW((path / ".lock").c_str(), GENERIC_WRITE | DELETE, 0, nullptr,
                              OPEN_ALWAYS, FILE_ATTRIBUTE_HIDDEN | FILE_FLAG_DELETE_ON_CLOSE,
                              nullptr));
    if (!file.ok()) return fail_last("cannot lock", path);
    return std::make_unique<WindowsLock>(std::move(file));
  }

 private:
  static Result<std::unique_ptr<File>> opened(Handle file, const char* what,
                                              const stdfs::path& path) {
    if (!file.ok()) return fail_last(what, path);
    return std::make_unique<WindowsFile>(std::move(file), path);
  }
};

}  // namespace

Fs& system_fs() {
  static WindowsFs fs;
  return fs;
}

Result<FileReader> FileReader::open(const stdfs::path& path, std::uint64_t offset) {
  Handle file = open_file(path, GENERIC_READ, OPEN_EXISTING);
  LARGE_INTEGER size{};
  if (!file.ok()) {
    const DWORD error = ::GetLastError();
    const DWORD there = ::GetFileAttributesW(path.c_str());
    if (there != INVALID_FILE_ATTRIBUTES && (there & FILE_ATTRIBUTE_DIRECTORY) != 0)
      return fail(Code::kMalformed, "{} is not a regular file",
                  printable(windows::narrow(path.native())));
    ::SetLastError(error);
    return fail_last("cannot read", path);
  }
  if (::GetFileType(file.get()) != FILE_TYPE_DISK || ::GetFileSizeEx(file.get(), &size) == 0)
    return fail(Code::kMalformed, "{} is not a regular file",
                printable(windows::narrow(path.native())));
  LARGE_INTEGER begin{};
  begin.QuadPart = static_cast<LONGLONG>(offset);
  if (offset != 0 && ::SetFilePointerEx(file.get(), begin, nullptr, FILE_BEGIN) == 0)
    return fail_last("cannot seek in", path);
  const int fd =
      ::_open_osfhandle(reinterpret_cast<std::intptr_t>(file.get()), _O_RDONLY | _O_BINARY);
  if (fd < 0)
    return fail(Code::kIo, "cannot read {}: too many open files",
                printable(windows::narrow(path.native())));
  file.release();  // Closed with the descriptor.
  return FileReader(fd, static_cast<std::uint64_t>(size.QuadPart), windows::narrow(path.native()));
}

FileReader::~FileReader() {
  if (fd_ >= 0) ::_close(fd_);
}

Result<std::size_t> FileReader::read(char* out, std::size_t size) {
  std::size_t done = 0;
  while (done < size) {
    const int n = ::_read(fd_, out + done, static_cast<unsigned>(std::min(size - done, kPiece)));
    if (n < 0) return fail(Code::kIo, "cannot read {}: {}", printable(name_), std::strerror(errno));
    if (n == 0) break;
    done += static_cast<std::size_t>(n);
  }
  return done;
}

}  // namespace affiant
