// Development data lies beside the project and is never copied into it: a test that needs it skips
// loudly without it.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace affiant::test {

inline std::filesystem::path shared_data(const std::string& relative) {
  return std::filesystem::path(AFFIANT_SHARED_DATA) / relative;
}

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace affiant::test

// Skips the running test, with the reason on the screen, where the shared development data is not
// there.
#define AFFIANT_NEEDS_SHARED(relative)                                                             \
  do {                                                                                             \
    if (!std::filesystem::exists(::affiant::test::shared_data(relative)))                          \
      GTEST_SKIP() << "development data " << relative << " is not beside the project: NOT TESTED"; \
  } while (false)
