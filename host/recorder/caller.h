// Who started this host: browsers say so on the command line.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"

namespace affiant::recorder {

struct Caller {
  std::string browser;  // "chromium" or "firefox".
  std::string extension_id;
};

// Which extensions may use this host, beside what the manifests of the browsers already say.
struct AllowedIds {
  std::vector<std::string> chromium;
  std::vector<std::string> firefox;
};

// `arguments`: without the program's name. Chromium passes chrome-extension://ID/, Firefox the path
// of the native manifest and the extension's id. kUsage when no browser calls like this.
Result<Caller> identify_caller(const std::vector<std::string>& arguments);

// kPermission when the caller's id is not among `allowed` nor among `more`.
Status check_caller(const Caller& caller, const AllowedIds& allowed,
                    const std::vector<std::string>& more);

}  // namespace affiant::recorder
