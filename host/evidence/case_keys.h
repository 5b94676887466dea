// Who a case says it is by: keys/ and delegation.note, every byte of them.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "evidence/note.h"
#include "evidence/verify.h"

namespace affiant::evidence {

struct CaseKeys {
  std::optional<VerifierKey> case_key;
  std::optional<VerifierKey> identity;  // Only when the delegation verifies under it.
  std::string origin;
  std::string
      delegation_digest;  // base64url SHA-256 of delegation.note; empty when it is not there.
};

// What is wrong is added to `problems`.
CaseKeys load_case_keys(const std::filesystem::path& dir, std::vector<Problem>& problems);

// A vkey or PEM public key as a user gives it (surrounding white space allowed). kUsage.
Result<PublicKey> parse_pinned_key(std::string_view text);

}  // namespace affiant::evidence
