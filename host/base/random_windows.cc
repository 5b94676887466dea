// The Windows half of random.h.
#include <algorithm>
#include <limits>

#include "base/random.h"
#include "base/system_windows.h"

namespace affiant {
namespace {

class SystemRandom final : public Random {
 public:
  Status fill(std::span<std::uint8_t> out) override {
    while (!out.empty()) {
      const auto piece =
          static_cast<ULONG>(std::min<std::size_t>(out.size(), std::numeric_limits<ULONG>::max()));
      const NTSTATUS status =
          ::BCryptGenRandom(nullptr, out.data(), piece, BCRYPT_USE_SYSTEM_PREFERRED_RNG);
      if (status < 0)
        return fail(Code::kIo, "the system gives no random bytes: status {:#x}",
                    static_cast<std::uint32_t>(status));
      out = out.subspan(piece);
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
