// A home of their own for tests that read or write where affiant's files live.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include "browser/temp_dir.h"

namespace affiant::cli {

class ScratchHome : public testing::Test {
 protected:
  void SetUp() override {
    auto dir = browser::TempDir::create("affiant-test");
    ASSERT_TRUE(dir);
    dir_.emplace(std::move(*dir));
    setenv("AFFIANT_HOME", (dir_->path() / "affiant").c_str(), 1);
    setenv("HOME", (dir_->path() / "home").c_str(), 1);
    unsetenv("XDG_DATA_HOME");
    unsetenv("XDG_CONFIG_HOME");
  }
  std::filesystem::path at(const std::string& name) const { return dir_->path() / name; }
  static std::string slurp(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  static void spit(const std::filesystem::path& file, std::string_view text) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
  }
  std::optional<browser::TempDir> dir_;
};

}  // namespace affiant::cli
