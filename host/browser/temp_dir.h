// A private throw-away folder (0700) that is gone, with all in it, when its owner is.
#pragma once

#include <filesystem>
#include <string_view>

#include "base/error.h"

namespace affiant::browser {

class TempDir {
 public:
  // Under `base`; when that is empty, under $TMPDIR or /tmp, and the path stays short: sockets in
  // it must fit in 108 bytes.
  static Result<TempDir> create(std::string_view prefix, const std::filesystem::path& base = {});
  TempDir(TempDir&& other) noexcept;
  TempDir& operator=(TempDir&&) = delete;
  ~TempDir();

  const std::filesystem::path& path() const { return path_; }
  // kIo when something is left, naming it.
  Status remove();

  // Removes the folders that create(prefix) made for processes that were killed before they could:
  // ours, private, older than a minute, and locked by nobody. Returns how many.
  static int remove_abandoned(std::string_view prefix);

 private:
  TempDir(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}
  std::filesystem::path path_;
  int lock_ = -1;  // Held on the folder for as long as it is in use.
};

}  // namespace affiant::browser
