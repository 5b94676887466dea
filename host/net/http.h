// One HTTP request of the command line program to a service that the user named (a time-stamp
// authority, a witness). Never linked into affiant-host.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace affiant::net {

struct HttpRequest {
  std::string url;  // http: or https:, as the user gave it.
  std::string content_type;
  std::string body;
  std::size_t max_answer_bytes = 1U << 20U;
  int timeout_s = 20;   // For each of connecting, sending, waiting.
  std::string ca_file;  // PEM; empty: the system's.
};

struct HttpAnswer {
  int status = 0;
  std::string content_type;
  std::string body;
};

// POSTs and returns the answer whatever its status; redirects are not followed. kUsage for a URL
// that is none, kNetwork when no whole answer came, kTooLarge. Thread-safe, blocking.
Result<HttpAnswer> post(const HttpRequest& request);

}  // namespace affiant::net
