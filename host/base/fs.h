// Files whose survival matters. Every change to a file goes through `Fs`, so that tests can make
// each single operation fail, or happen and still report failure. Reading needs no such care and is
// a set of plain functions.
//
// Windows: what is made is its user's alone by an access list; what rename() says is done is on
// disk; a file that somebody has open may not be replaced, which is tried for a second (a scanner
// lets go by then); the lock of a directory is a file ".lock" in it for as long as it is held.
//
// Errors: kIo with the system's words, kNoSpace (ENOSPC, EDQUOT), kNotFound, kPermission, kConflict
// (a file that is there already, a lock that another process holds). Each names the path.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace affiant {

// A file open for appending. Closed, not synced, by the destructor. Not thread-safe.
class File {
 public:
  virtual ~File() = default;
  // Appends all of `bytes`. After an error an unknown prefix of them may be in the file.
  virtual Status write(std::string_view bytes) = 0;
  // fdatasync(2), FlushFileBuffers. After an error nothing written since the last success may be
  // assumed to be on disk, and a second attempt would lie (the kernel has dropped the dirty pages):
  // stop.
  virtual Status sync() = 0;
};

// Held until destroyed.
class Lock {
 public:
  virtual ~Lock() = default;
};

class Fs {
 public:
  virtual ~Fs() = default;
  virtual Result<std::unique_ptr<File>> create(
      const std::filesystem::path& path) = 0;  // O_EXCL, 0600.
  virtual Result<std::unique_ptr<File>> append(
      const std::filesystem::path& path) = 0;  // Must exist.
  virtual Status truncate(const std::filesystem::path& path, std::uint64_t size) = 0;  // Synced.
  virtual Status overwrite(const std::filesystem::path& path,
                           std::string_view bytes) = 0;  // In place, synced.
  virtual Status rename(const std::filesystem::path& from, const std::filesystem::path& to) = 0;
  virtual Status link(const std::filesystem::path& from, const std::filesystem::path& to) = 0;
  virtual Status remove(const std::filesystem::path& path) = 0;  // Absent is success.
  virtual Status make_dir(
      const std::filesystem::path& path) = 0;  // 0700, parents too; present is success.
  virtual Status sync_dir(const std::filesystem::path& path) = 0;
  // Exclusive advisory lock on a directory (flock). kConflict when another has it, in whatever
  // process.
  virtual Result<std::unique_ptr<Lock>> lock_dir(const std::filesystem::path& path) = 0;
};

// The operating system's. Thread-safe. Lives for the whole program.
Fs& system_fs();

// Writes path + ".tmp", syncs it, renames it to `path`, syncs the directory: after success `path`
// holds exactly `bytes` whatever happens next; before it, what it held.
// replace_file() leaves the last step to the caller, who syncs the directory once for many files.
Status replace_file(Fs& fs, const std::filesystem::path& path, std::string_view bytes);
Status write_durably(Fs& fs, const std::filesystem::path& path, std::string_view bytes);

// Reads a whole regular file. kTooLarge beyond max_bytes, naming `cap`.
Result<std::string> read_file(const std::filesystem::path& path, std::size_t max_bytes,
                              std::string_view cap = "this file's cap");

// The names in a directory, sorted by bytes; an absent directory has none.
Result<std::vector<std::string>> list_dir(const std::filesystem::path& path);

// Sequential reading of a regular file (no symbolic link is followed at the last step).
class FileReader {
 public:
  static Result<FileReader> open(const std::filesystem::path& path, std::uint64_t offset = 0);
  FileReader(FileReader&& other) noexcept;
  FileReader& operator=(FileReader&& other) noexcept;
  ~FileReader();
  // Up to `size` bytes into `out`; fewer only at the end of the file.
  Result<std::size_t> read(char* out, std::size_t size);
  std::uint64_t file_size() const { return size_; }

 private:
  FileReader(int fd, std::uint64_t size, std::string name)
      : fd_(fd), size_(size), name_(std::move(name)) {}
  int fd_;
  std::uint64_t size_;
  std::string name_;
};

}  // namespace affiant
