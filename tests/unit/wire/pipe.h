// Frames, and a pipe to send them through.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "base/streams.h"

namespace affiant::wire::test {

inline std::string length_bytes(std::uint32_t length) {
  std::string out(4, '\0');
  std::memcpy(out.data(), &length, 4);
  return out;
}

inline std::string frame(std::string_view payload) {
  return length_bytes(static_cast<std::uint32_t>(payload.size())) + std::string(payload);
}

class Pipe {
 public:
  Pipe() : fds_(make_pipe().value()) {}
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close_read();
    close_write();
  }
  int read_end() const { return fds_[0]; }
  int release_write() { return std::exchange(fds_[1], -1); }
  void close_read() { close_descriptor(std::exchange(fds_[0], -1)); }
  void close_write() { close_descriptor(std::exchange(fds_[1], -1)); }
  void put(std::string_view bytes) const { ASSERT_TRUE(write_all(fds_[1], bytes, "a test")); }

 private:
  std::array<int, 2> fds_;
};

}  // namespace affiant::wire::test
