// A folder of a test's own, whose name no code page holds, removed with all that is in it.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <filesystem>

#include "base/bytes.h"
#include "base/paths.h"
#include "base/random.h"

namespace affiant::test {

class TempDir {
 public:
  TempDir() {
    std::array<std::uint8_t, 8> name{};
    EXPECT_TRUE(system_random().fill(name));
    path_ = std::filesystem::temp_directory_path() / from_utf8("affiant é€😂 " + hex_encode(name));
    std::filesystem::create_directory(path_);
  }
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;
  ~TempDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace affiant::test
