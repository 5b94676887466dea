#include "cli/command.h"

#include <cstdio>

#include "base/bytes.h"

namespace affiant::cli {

Exit exit_for(const Error& error) {
  switch (error.code) {
    case Code::kBroken:
    case Code::kCrypto:
      return kBrokenEvidence;
    case Code::kBrowser:
    case Code::kHost:
    case Code::kNetwork:
    case Code::kTimeout:
    case Code::kInterrupted:
    case Code::kIo:
    case Code::kNoSpace:
    case Code::kInternal:
      return kNotObserved;
    default:
      return kUsageError;
  }
}

int report_error(const Error& error) {
  std::fprintf(stderr, "affiant: %s\n", printable(error.message, 2'000).c_str());
  return exit_for(error);
}

}  // namespace affiant::cli
