#include "base/error.h"

namespace affiant {

std::string_view code_name(Code code) {
  switch (code) {
    case Code::kInternal:
      return "internal";
    case Code::kUsage:
      return "usage";
    case Code::kNotFound:
      return "not-found";
    case Code::kIo:
      return "io";
    case Code::kNoSpace:
      return "no-space";
    case Code::kPermission:
      return "permission";
    case Code::kTooLarge:
      return "too-large";
    case Code::kMalformed:
      return "malformed";
    case Code::kUnsupported:
      return "unsupported";
    case Code::kCrypto:
      return "crypto";
    case Code::kBroken:
      return "broken";
    case Code::kConflict:
      return "conflict";
    case Code::kClosed:
      return "closed";
    case Code::kTimeout:
      return "timeout";
    case Code::kBrowser:
      return "browser";
    case Code::kHost:
      return "host";
    case Code::kNetwork:
      return "network";
    case Code::kProtocol:
      return "protocol";
    case Code::kInterrupted:
      return "interrupted";
  }
  return "internal";
}

std::string Error::to_string() const { return fmt::format("{}: {}", code_name(code), message); }

}  // namespace affiant
