// A passphrase on the identity key (docs/adr/0007). The host that a browser starts can ask nobody,
// so whoever has the passphrase unlocks the key for a login session: a plain copy under
// $XDG_RUNTIME_DIR, which is in memory, the user's alone, and gone at logout.
#pragma once

#include <filesystem>
#include <string>

#include "base/error.h"
#include "evidence/key.h"

namespace affiant::evidence {

enum class IdentityState : std::uint8_t { kPlain, kLocked, kUnlocked };

// Of identity.key under `dir`; kNotFound when there is none.
Result<IdentityState> identity_state(const std::filesystem::path& dir);

// Puts the key under `fresh`, or, when that is empty, in the clear. `current`: its passphrase now,
// ignored when it has none. kCrypto when that is wrong. The file is replaced whole; the bytes of
// the old one are overwritten. An unlocked copy goes.
Status set_passphrase(const std::filesystem::path& dir, const std::string& current,
                      const std::string& fresh);

// kCrypto for a wrong passphrase, kUsage without $XDG_RUNTIME_DIR or a passphrase on the key.
Status unlock_identity(const std::filesystem::path& dir, const std::string& passphrase);
// Takes the plain copy away; there being none is success.
Status lock_identity(const std::filesystem::path& dir);

// The plain copy's key. kPermission, saying what to do, when there is none or it is another's.
Result<SigningKey> unlocked_key(const std::filesystem::path& dir);

}  // namespace affiant::evidence
