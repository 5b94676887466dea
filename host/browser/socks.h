// A SOCKS5 server (RFC 1928) on loopback that carries out --map for Firefox, which has no
// preference for it. Only what a rule covers goes anywhere; all else is refused.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "base/error.h"
#include "browser/map_rule.h"

namespace affiant::browser {

class SocksServer {
 public:
  // Resolves every rule's address now (kNetwork names the one that does not), listens on a free
  // port of 127.0.0.1 and serves on one thread of its own until destroyed.
  static Result<std::unique_ptr<SocksServer>> start(const std::vector<MapRule>& rules);
  virtual ~SocksServer() = default;
  virtual std::uint16_t port() const = 0;
};

}  // namespace affiant::browser
