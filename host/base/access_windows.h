// For the Windows halves of this folder alone: the access list that stands for mode 0600 or 0700.
#pragma once

#include <cstdint>
#include <vector>

#include "base/error.h"
#include "base/system_windows.h"

namespace affiant::windows {

// The user of this process, as a SID in memory of its own.
class UserSid {
 public:
  static Result<UserSid> current();
  PSID get() const;

 private:
  std::vector<std::uint64_t> token_user_;  // A TOKEN_USER needs its alignment.
};

// For CreateFileW and CreateDirectoryW: full rights for this user, none for anybody else, nothing
// inherited from the folder; what is made in such a folder is the same. Not copied: the parts point
// at each other.
class PrivateAccess {
 public:
  PrivateAccess() = default;
  PrivateAccess(const PrivateAccess&) = delete;
  PrivateAccess& operator=(const PrivateAccess&) = delete;
  Status prepare(bool folder);
  SECURITY_ATTRIBUTES* get() { return &attributes_; }

 private:
  std::vector<std::uint32_t> list_;  // An ACL needs its alignment.
  SECURITY_DESCRIPTOR descriptor_{};
  SECURITY_ATTRIBUTES attributes_{};
};

}  // namespace affiant::windows
