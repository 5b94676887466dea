// The POSIX half of random.h.
#include <sys/random.h>

#include <cerrno>
#include <cstring>

#include "base/random.h"

namespace affiant {
namespace {

class SystemRandom final : public Random {
 public:
  Status fill(std::span<std::uint8_t> out) override {
    while (!out.empty()) {
      const ssize_t n = ::getrandom(out.data(), out.size(), 0);
      if (n < 0) {
        if (errno == EINTR) continue;
        return fail(Code::kIo, "the system gives no random bytes: {}", std::strerror(errno));
      }
      out = out.subspan(static_cast<std::size_t>(n));
    }
    return {};
  }
};

}  // namespace

Random& system_random() {
  static SystemRandom random;
  return random;
}

}  // namespace affiant
