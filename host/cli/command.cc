#include "cli/command.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/bytes.h"

namespace affiant::cli {

int graver(int a, int b) {
  constexpr std::array kGravity = {kOk, kFindings, kNotObserved, kBrokenEvidence, kUsageError};
  const auto rank = [&](int code) { return std::find(kGravity.begin(), kGravity.end(), code); };
  return rank(a) < rank(b) ? b : a;
}

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
