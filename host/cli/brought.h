// What the caller of verify, report or compare brings to hold a record against: a key, an
// authority, a policy.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "base/error.h"
#include "evidence/verify.h"

namespace affiant::cli {

struct BroughtOptions {
  std::string key;
  std::string tsa_ca;
  std::string policy;
};

// --key, --tsa-ca and, as `policy_option`, the policy: compare has another --policy.
void add_brought_options(CLI::App& command, BroughtOptions* options,
                         const std::string& policy_option);

// A vkey as such, or what is in a file of that name; not looked into. kUsage for neither.
Result<std::string> key_text(const std::string& option);

// Reads the files. kUsage for those that mean nothing.
Result<evidence::VerifyOptions> what_is_brought(const BroughtOptions& options);

}  // namespace affiant::cli
