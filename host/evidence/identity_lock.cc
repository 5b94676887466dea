#include "evidence/identity_lock.h"

#include "base/fs.h"
#include "base/paths.h"
#include "base/user.h"
#include "evidence/destroy.h"
#include "evidence/identity_files.h"
#include "evidence/note.h"

namespace affiant::evidence {
namespace {

namespace stdfs = std::filesystem;

// <runtime>/affiant/<16 hex of the identity>.key
Result<stdfs::path> copy_file(const stdfs::path& dir) {
  AFFIANT_TRY(const VerifierKey key, read_vkey_file(dir / kVkeyFile));
  const stdfs::path runtime = from_utf8(process_environment("XDG_RUNTIME_DIR"));
  if (!runtime.is_absolute())
    return fail(
        Code::kUsage,
        "XDG_RUNTIME_DIR is not set, so there is no place for an unlocked key that goes "
        "away at logout. Log in with a session, or set it to a folder in memory of mode 700");
  if (!is_mine(runtime) || others_can_read(runtime))
    return fail(Code::kPermission, "XDG_RUNTIME_DIR ({}) is not a folder of this user's alone",
                printable(runtime.string()));
  return runtime / "affiant" / (key.name.substr(key.name.rfind('/') + 1) + ".key");
}

Result<SigningKey> open_key(const std::string& pem, const std::string& passphrase) {
  return is_encrypted_pem(pem) ? SigningKey::from_encrypted_pem(pem, passphrase)
                               : SigningKey::from_pem(pem);
}

// Replaces the file and overwrites what it held. The second name keeps the old bytes in reach.
Status replace_key_file(Fs& fs, const stdfs::path& path, std::string_view pem) {
  const stdfs::path old = path.string() + ".old";
  AFFIANT_CHECK(fs.remove(old));
  AFFIANT_CHECK(fs.link(path, old));
  AFFIANT_CHECK(write_durably(fs, path, pem));
  return destroy_key_file(fs, old);
}

}  // namespace

Result<IdentityState> identity_state(const stdfs::path& dir) {
  AFFIANT_TRY(std::string pem, read_file(dir / kKeyFile, kKeyFileBytes));
  const bool locked = is_encrypted_pem(pem);
  wipe(pem);
  if (!locked) return IdentityState::kPlain;
  return unlocked_key(dir) ? IdentityState::kUnlocked : IdentityState::kLocked;
}

Status set_passphrase(const stdfs::path& dir, const std::string& current,
                      const std::string& fresh) {
  Fs& fs = system_fs();
  AFFIANT_TRY(const auto lock, fs.lock_dir(dir));
  AFFIANT_TRY(std::string pem, read_file(dir / kKeyFile, kKeyFileBytes));
  auto key = open_key(pem, current);
  wipe(pem);
  if (!key) return tl::unexpected<Error>(key.error());
  if (fresh.empty()) {
    pem = key->to_pem();
  } else {
    AFFIANT_TRY(pem, key->to_encrypted_pem(fresh));
  }
  const Status done = replace_key_file(fs, dir / kKeyFile, pem);
  wipe(pem);
  AFFIANT_CHECK(done);
  return lock_identity(dir);
}

Status unlock_identity(const stdfs::path& dir, const std::string& passphrase) {
  Fs& fs = system_fs();
  AFFIANT_TRY(const std::string pem, read_file(dir / kKeyFile, kKeyFileBytes));
  if (!is_encrypted_pem(pem))
    return fail(Code::kUsage, "the identity has no passphrase: there is nothing to unlock");
  AFFIANT_TRY(const stdfs::path copy, copy_file(dir));
  AFFIANT_TRY(const SigningKey key, SigningKey::from_encrypted_pem(pem, passphrase));
  AFFIANT_CHECK(fs.make_dir(copy.parent_path()));
  AFFIANT_CHECK(lock_identity(dir));
  std::string plain = key.to_pem();
  const Status done = write_durably(fs, copy, plain);
  wipe(plain);
  return done;
}

Status lock_identity(const stdfs::path& dir) {
  const auto copy = copy_file(dir);
  if (!copy) return {};  // No place for one: there is none.
  std::error_code ignored;
  return stdfs::exists(*copy, ignored) ? destroy_key_file(system_fs(), *copy) : Status();
}

Result<SigningKey> unlocked_key(const stdfs::path& dir) {
  const auto locked = [&] {
    return fail(Code::kPermission,
                "{} is under a passphrase and locked. `affiant key unlock` opens it until logout",
                printable((dir / kKeyFile).string()));
  };
  const auto copy = copy_file(dir);
  if (!copy) return locked();
  if (others_can_read(*copy)) return locked();
  auto pem = read_file(*copy, kKeyFileBytes);
  if (!pem) return locked();
  auto key = SigningKey::from_pem(*pem);
  wipe(*pem);
  const auto expected = read_vkey_file(dir / kVkeyFile);
  if (!key || !expected || key->public_key() != expected->key) return locked();
  return key;
}

}  // namespace affiant::evidence
