#include "evidence/identity.h"

#include <sys/stat.h>

#include "base/fs.h"
#include "base/random.h"
#include "evidence/note.h"
#include "evidence/statements.h"

namespace affiant::evidence {
namespace {

namespace stdfs = std::filesystem;

constexpr std::size_t kKeyFileBytes = 16'384;

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
  struct stat info {};
  if (::stat(path.c_str(), &info) == 0 && (info.st_mode & 077U) != 0)
    return fail(Code::kPermission,
                "{} can be read by others: `chmod 600` it if nobody has, else remove it and take a "
                "new identity",
                printable(path.string()));
  AFFIANT_TRY(std::string pem, read_file(path, kKeyFileBytes));
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
  const stdfs::path path = dir / "identity.key";
  auto key = load_key_file(path);
  if (!key && key.error().code == Code::kNotFound) {
    AFFIANT_CHECK(make_key_file(fs, path));
    key = load_key_file(path);
  }
  if (!key) return tl::unexpected<Error>(key.error());
  const std::string name = identity_name_for(key->public_key());
  const std::string vkey = format_vkey(make_vkey(name, key->public_key()));
  const std::string pem = evidence::public_pem(key->public_key());
  AFFIANT_CHECK(keep_public_file(fs, dir / "identity.vkey", vkey + "\n"));
  AFFIANT_CHECK(keep_public_file(fs, dir / "identity.pub.pem", pem));
  return Identity(std::unique_ptr<Impl>(new Impl{std::move(*key), name, vkey, pem}));
}

const std::string& Identity::name() const { return impl_->name; }
const std::string& Identity::vkey() const { return impl_->vkey; }
const std::string& Identity::public_pem() const { return impl_->pem; }
Result<std::string> Identity::sign_note(std::string_view text) const {
  return evidence::sign_note(text, impl_->name, impl_->key);
}

}  // namespace affiant::evidence
