// A small HTTP service on loopback, for `affiant witness`.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/error.h"

namespace affiant::net {

struct ServedAnswer {
  int status = 200;
  std::string content_type;
  std::string body;
};

class PostServer {
 public:
  // Answers POST `path` on 127.0.0.1:port (0: a free one) until destroyed; another path gets 404,
  // another method 405, a body over `max_bytes` 413. `answer` is called from several threads.
  // kNetwork when the port is taken.
  static Result<std::unique_ptr<PostServer>> start(
      std::uint16_t port, const std::string& path, std::size_t max_bytes,
      std::function<ServedAnswer(const std::string& body)> answer);
  ~PostServer();
  PostServer(const PostServer&) = delete;
  PostServer& operator=(const PostServer&) = delete;
  std::uint16_t port() const;

 private:
  struct Impl;
  explicit PostServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace affiant::net
