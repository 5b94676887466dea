// What is the same on every system.
#include "base/fs.h"

#include <algorithm>
#include <utility>

#include "base/bytes.h"

namespace affiant {

namespace stdfs = std::filesystem;

FileReader::FileReader(FileReader&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), size_(other.size_), name_(std::move(other.name_)) {}
FileReader& FileReader::operator=(FileReader&& other) noexcept {
  std::swap(fd_, other.fd_);
  std::swap(size_, other.size_);
  std::swap(name_, other.name_);
  return *this;
}

Status replace_file(Fs& fs, const stdfs::path& path, std::string_view bytes) {
  stdfs::path temporary = path;
  temporary += ".tmp";
  AFFIANT_CHECK(fs.remove(temporary));  // Left by a crash.
  {
    AFFIANT_TRY(auto file, fs.create(temporary));
    AFFIANT_CHECK(file->write(bytes));
    AFFIANT_CHECK(file->sync());
  }
  return fs.rename(temporary, path);
}

Status write_durably(Fs& fs, const stdfs::path& path, std::string_view bytes) {
  AFFIANT_CHECK(replace_file(fs, path, bytes));
  return fs.sync_dir(path.parent_path());
}

Result<std::string> read_file(const stdfs::path& path, std::size_t max_bytes,
                              std::string_view cap) {
  AFFIANT_TRY(auto reader, FileReader::open(path));
  if (reader.file_size() > max_bytes)
    return fail(Code::kTooLarge, "{} has {} bytes, over the {} of {}", printable(path.string()),
                reader.file_size(), max_bytes, cap);
  std::string out(static_cast<std::size_t>(reader.file_size()), '\0');
  AFFIANT_TRY(const std::size_t n, reader.read(out.data(), out.size()));
  out.resize(n);
  return out;
}

Result<std::vector<std::string>> list_dir(const stdfs::path& path) {
  std::vector<std::string> names;
  std::error_code error;
  auto it = stdfs::directory_iterator(path, error);
  if (error == std::errc::no_such_file_or_directory) return names;
  for (; !error && it != stdfs::directory_iterator(); it.increment(error))
    names.push_back(it->path().filename().string());
  if (error)
    return fail(Code::kIo, "cannot list {}: {}", printable(path.string()), error.message());
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace affiant
