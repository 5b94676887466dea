#include "evidence/identity.h"

#include "base/fs.h"
#include "base/random.h"
#include "base/user.h"
#include "evidence/destroy.h"
#include "evidence/identity_files.h"
#include "evidence/identity_lock.h"
#include "evidence/note.h"
#include "evidence/statements.h"

namespace affiant::evidence {
namespace {

namespace stdfs = std::filesystem;

constexpr const char* kPemFile = "identity.pub.pem";
constexpr const char* kRetiredDir = "retired";

// The key is written whole under a name of its own, then linked: of two processes that race, one
// link succeeds, and no one ever reads half a key.
Status make_key_file(Fs& fs, const stdfs::path& path) {
  AFFIANT_TRY(const SigningKey key, SigningKey::generate(system_random()));
  std::array<std::uint8_t, 8> suffix{};
  AFFIANT_CHECK(system_random().fill(suffix));
  stdfs::path temporary = path;
  temporary += "." + hex_encode(suffix) + ".tmp";
  std::string pem = key.to_pem();
  auto written = [&]() -> Status {
    AFFIANT_TRY(auto file, fs.create(temporary));
    AFFIANT_CHECK(file->write(pem));
    return file->sync();
  }();
  wipe(pem);
  auto linked = written ? fs.link(temporary, path) : written;
  if (!linked && linked.error().code == Code::kConflict) linked = {};
  const auto removed = fs.remove(temporary);
  if (!linked) return linked;
  AFFIANT_CHECK(removed);
  return fs.sync_dir(path.parent_path());
}

Result<SigningKey> load_key_file(const stdfs::path& path) {
  if (others_can_read(path))
    return fail(Code::kPermission,
                "{} can be read by others: `chmod 600` it if nobody has, else remove it and take a "
                "new identity",
                printable(path.string()));
  AFFIANT_TRY(std::string pem, read_file(path, kKeyFileBytes));
  if (is_encrypted_pem(pem)) return unlocked_key(path.parent_path());
  auto key = SigningKey::from_pem(pem);
  wipe(pem);
  if (!key) return fail(key.error().code, "{}: {}", printable(path.string()), key.error().message);
  return key;
}

// Written from the key; one that is there and differs was not written from this key.
Status keep_public_file(Fs& fs, const stdfs::path& path, const std::string& expected) {
  const auto there = read_file(path, kKeyFileBytes);
  if (there && *there == expected) return {};
  if (there && !there->empty())
    return fail(Code::kConflict, "{} does not belong to identity.key beside it; remove it",
                printable(path.string()));
  // Two processes may both be here: each writes the same bytes under a name of its own.
  std::array<std::uint8_t, 8> suffix{};
  AFFIANT_CHECK(system_random().fill(suffix));
  stdfs::path temporary = path;
  temporary += "." + hex_encode(suffix);
  {
    AFFIANT_TRY(auto file, fs.create(temporary));
    AFFIANT_CHECK(file->write(expected));
    AFFIANT_CHECK(file->sync());
  }
  AFFIANT_CHECK(fs.rename(temporary, path));
  return fs.sync_dir(path.parent_path());
}

}  // namespace

struct Identity::Impl {
  SigningKey key;
  std::string name;
  std::string vkey;
  std::string pem;
};

Identity::Identity(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Identity::Identity(Identity&&) noexcept = default;
Identity& Identity::operator=(Identity&&) noexcept = default;
Identity::~Identity() = default;

Result<Identity> Identity::load_or_create(const stdfs::path& dir) {
  Fs& fs = system_fs();
  AFFIANT_CHECK(fs.make_dir(dir));
  auto identity = load(dir);
  if (identity || identity.error().code != Code::kNotFound) return identity;
  AFFIANT_CHECK(make_key_file(fs, dir / kKeyFile));
  return load(dir);
}

Result<Identity> Identity::load(const stdfs::path& dir) {
  Fs& fs = system_fs();
  AFFIANT_TRY(SigningKey key, load_key_file(dir / kKeyFile));
  const std::string name = identity_name_for(key.public_key());
  const std::string vkey = format_vkey(make_vkey(name, key.public_key()));
  const std::string pem = evidence::public_pem(key.public_key());
  AFFIANT_CHECK(keep_public_file(fs, dir / kVkeyFile, vkey + "\n"));
  AFFIANT_CHECK(keep_public_file(fs, dir / kPemFile, pem));
  return Identity(std::unique_ptr<Impl>(new Impl{std::move(key), name, vkey, pem}));
}

Result<Identity> Identity::rotate(const stdfs::path& dir) {
  Fs& fs = system_fs();
  AFFIANT_TRY(const auto lock, fs.lock_dir(dir));
  {
    AFFIANT_TRY(const PublicIdentity old, load_public(dir));
    const stdfs::path retired = dir / kRetiredDir;
    AFFIANT_CHECK(fs.make_dir(retired));
    const std::string id = old.name.substr(old.name.rfind('/') + 1);
    AFFIANT_CHECK(keep_public_file(fs, retired / (id + ".vkey"), old.vkey + "\n"));
    AFFIANT_CHECK(keep_public_file(fs, retired / (id + ".pub.pem"), old.public_pem));
    AFFIANT_CHECK(lock_identity(dir));
  }
  // The private key last: until it is gone the public files can be made from it again.
  for (const char* name : {kVkeyFile, kPemFile}) AFFIANT_CHECK(fs.remove(dir / name));
  AFFIANT_CHECK(destroy_key_file(fs, dir / kKeyFile));
  return load_or_create(dir);
}

Result<PublicIdentity> load_public(const stdfs::path& dir) {
  AFFIANT_TRY(const IdentityState state, identity_state(dir));
  if (state != IdentityState::kLocked) {
    AFFIANT_TRY(const Identity identity, Identity::load(dir));
    return PublicIdentity{identity.name(), identity.vkey(), identity.public_pem()};
  }
  AFFIANT_TRY(const VerifierKey key, read_vkey_file(dir / kVkeyFile));
  return PublicIdentity{key.name, format_vkey(key), evidence::public_pem(key.key)};
}

Result<std::vector<std::string>> retired_vkeys(const stdfs::path& dir) {
  AFFIANT_TRY(const std::vector<std::string> names, list_dir(dir / kRetiredDir));
  std::vector<std::string> vkeys;
  for (const std::string& name : names) {
    if (!name.ends_with(".vkey")) continue;
    AFFIANT_TRY(std::string vkey, read_file(dir / kRetiredDir / name, kKeyFileBytes));
    while (vkey.ends_with('\n')) vkey.pop_back();
    vkeys.push_back(std::move(vkey));
  }
  return vkeys;
}

const std::string& Identity::name() const { return impl_->name; }
const std::string& Identity::vkey() const { return impl_->vkey; }
const std::string& Identity::public_pem() const { return impl_->pem; }
Result<std::string> Identity::sign_note(std::string_view text) const {
  return evidence::sign_note(text, impl_->name, impl_->key);
}

}  // namespace affiant::evidence
