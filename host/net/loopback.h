// A server that this machine alone can reach.
#pragma once

#include <httplib.h>

#include <cstdint>
#include <string_view>

#include "base/error.h"

namespace affiant::net {

// Binds to 127.0.0.1:port (0: a free one) and returns the port; listen_after_bind() is the
// caller's. kNetwork when it is taken; `who` begins the message, e.g. "the demo site ".
inline Result<std::uint16_t> bind_to_loopback(httplib::Server& server, std::uint16_t port,
                                              std::string_view who) {
  // The library's default shares a port (SO_REUSEPORT) with whoever asks.
  server.set_socket_options([](socket_t fd) {
    const int yes = 1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  });
  const int bound = port == 0 ? server.bind_to_any_port("127.0.0.1")
                              : (server.bind_to_port("127.0.0.1", port) ? port : -1);
  if (bound <= 0)
    return fail(Code::kNetwork,
                "{}cannot listen on 127.0.0.1:{}: the port is taken or not allowed. Choose another "
                "with --port, or leave it out",
                who, port);
  return static_cast<std::uint16_t>(bound);
}

}  // namespace affiant::net
