// What the benchmarks share: a throw-away folder in TMPDIR, and the end of all when something
// fails.
#pragma once

#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <string>
#include <utility>

#include "base/error.h"

namespace affiant::bench {

class Place {
 public:
  Place() {
    std::string name = (std::filesystem::temp_directory_path() / "affiant-bench-XXXXXX").string();
    dir_ = ::mkdtemp(name.data());
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() {
    std::error_code ignored;
    std::filesystem::remove_all(dir_, ignored);
  }
  const std::filesystem::path& dir() const { return dir_; }

 private:
  std::filesystem::path dir_;
};

[[noreturn]] inline void stop(const Error& error) {
  std::fprintf(stderr, "%s\n", error.to_string().c_str());
  std::exit(1);
}
template <typename T>
T must(Result<T> result) {
  if (!result) stop(result.error());
  return std::move(*result);
}
inline void must(const Status& status) {
  if (!status) stop(status.error());
}

}  // namespace affiant::bench
