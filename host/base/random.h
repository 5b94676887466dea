// Unpredictable bytes, behind an interface so that tests can make them repeatable.
#pragma once

#include <cstdint>
#include <span>

#include "base/error.h"

namespace affiant {

class Random {
 public:
  virtual ~Random() = default;
  // Fills `out`. Fails only when the kernel gives no randomness (Code::kIo): the caller must stop.
  virtual Status fill(std::span<std::uint8_t> out) = 0;
};

// getrandom(2). Thread-safe. Lives for the whole program.
Random& system_random();

}  // namespace affiant
