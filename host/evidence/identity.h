// The long-lived Ed25519 identity key that delegates to each case's own key. Files:
// <dir>/identity.key (PKCS#8 PEM, 0600, refused when group or others can read it),
// <dir>/identity.vkey, <dir>/identity.pub.pem.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"

namespace affiant::evidence {

class Identity {
 public:
  // Loads the identity under `dir`, or makes one (O_EXCL, 0600) when there is none. Safe when two
  // processes race.
  static Result<Identity> load_or_create(const std::filesystem::path& dir);
  // As it is; kNotFound when there is none, kPermission when it is under a passphrase and not
  // unlocked (identity_lock.h).
  static Result<Identity> load(const std::filesystem::path& dir);
  // Takes a new identity in place of the one under `dir` (kNotFound when there is none). The public
  // halves of the old one stay as <dir>/retired/<its 16 hex>.vkey and .pub.pem; its private key is
  // overwritten and removed, so that nobody delegates in its name any more. Cases carry the key
  // that they need: those of the old identity verify as before. Stopped halfway, the old one is
  // still whole, or the next load_or_create() makes the new one.
  static Result<Identity> rotate(const std::filesystem::path& dir);
  Identity(Identity&&) noexcept;
  Identity& operator=(Identity&&) noexcept;
  ~Identity();

  const std::string& name() const;  // "affiant.invalid/id/<16 hex of SHA-256(public key)>"
  const std::string& vkey() const;  // C2SP signed-note verifier key.
  const std::string& public_pem() const;
  // A signed note over `text` (which must end in a newline), by this key.
  Result<std::string> sign_note(std::string_view text) const;

 private:
  struct Impl;
  explicit Identity(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// What an identity shows to others. Needs no passphrase.
struct PublicIdentity {
  std::string name, vkey, public_pem;
};
Result<PublicIdentity> load_public(const std::filesystem::path& dir);

// Verifier keys of the identities that were rotated away under `dir`, sorted by name.
Result<std::vector<std::string>> retired_vkeys(const std::filesystem::path& dir);

}  // namespace affiant::evidence
