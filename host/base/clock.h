// The two clocks that entries carry, behind an interface so that tests can move them.
#pragma once

#include <cstdint>

namespace affiant {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::int64_t utc_ms() = 0;   // Wall clock, may jump. Milliseconds since 1970.
  virtual std::int64_t mono_ns() = 0;  // Never goes back within a boot; its zero means nothing.
};

// CLOCK_REALTIME and CLOCK_MONOTONIC. Thread-safe. Lives for the whole program.
Clock& system_clock();

}  // namespace affiant
