// The long-lived key: made once, refused when others can read it, rotated without losing old cases.
#include "evidence/identity.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "evidence/case_log.h"
#include "evidence/identity_lock.h"
#include "evidence/verify.h"
#include "support.h"

namespace affiant::evidence {
namespace {

namespace stdfs = std::filesystem;
using test::slurp;
using test::TempDir;
using testing::ElementsAre;

TEST(Identity, IsOneAndTheSameUntilItIsRotated) {
  const TempDir tmp;
  EXPECT_EQ(Identity::load(tmp / "id").error().code, Code::kNotFound);
  const auto made = Identity::load_or_create(tmp / "id");
  ASSERT_OK(made);
  const auto again = Identity::load(tmp / "id");
  ASSERT_OK(again);
  EXPECT_EQ(again->vkey(), made->vkey());
}

TEST(Identity, IsRefusedWhenOthersCanReadItsKey) {
  const TempDir tmp;
  ASSERT_OK(Identity::load_or_create(tmp / "id"));
  for (const mode_t mode : {0640U, 0604U, 0620U}) {
    ASSERT_EQ(chmod((tmp / "id" / "identity.key").c_str(), mode), 0);
    const auto refused = Identity::load(tmp / "id");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::kPermission);
    EXPECT_FALSE(Identity::rotate(tmp / "id")) << "nor is it destroyed";
    EXPECT_TRUE(stdfs::exists(tmp / "id" / "identity.key"));
  }
}

TEST(Identity, RotatedKeepsItsPublicHalfAndNothingOfItsPrivateOne) {
  const TempDir tmp;
  const auto old = Identity::load_or_create(tmp / "id");
  ASSERT_OK(old);
  const auto fresh = Identity::rotate(tmp / "id");
  ASSERT_OK(fresh);
  EXPECT_NE(fresh->vkey(), old->vkey());
  const auto now = Identity::load(tmp / "id");
  ASSERT_OK(now);
  EXPECT_EQ(now->vkey(), fresh->vkey());
  const auto retired = retired_vkeys(tmp / "id");
  ASSERT_OK(retired);
  EXPECT_THAT(*retired, ElementsAre(old->vkey()));
  std::size_t private_keys = 0;
  for (const auto& entry : stdfs::recursive_directory_iterator(tmp / "id")) {
    if (!entry.is_regular_file()) continue;
    private_keys += slurp(entry.path()).find("PRIVATE KEY") != std::string::npos ? 1 : 0;
  }
  EXPECT_EQ(private_keys, 1U);
}

TEST(Identity, RotationLeavesOldCasesVerifiableByWhoeverPinnedTheOldKey) {
  const TempDir tmp;
  const auto old = Identity::load_or_create(tmp / "id");
  ASSERT_OK(old);
  {
    auto log = CaseLog::create(tmp / "case", *old, {"www.shop.test", "affiant test"});
    ASSERT_OK(log);
    ASSERT_OK(log->seal(1'790'000'000'000));
  }
  const auto fresh = Identity::rotate(tmp / "id");
  ASSERT_OK(fresh);
  VerifyOptions pinned;
  pinned.pinned_vkey = old->vkey();
  const auto verdict = verify_case(tmp / "case", pinned);
  ASSERT_OK(verdict);
  EXPECT_TRUE(verdict->ok());
  pinned.pinned_vkey = fresh->vkey();
  const auto other = verify_case(tmp / "case", pinned);
  ASSERT_OK(other);
  EXPECT_FALSE(other->ok()) << "the new key vouches for nothing old";
}

TEST(Identity, WhereThereIsNoneThereIsNothingToRotate) {
  const TempDir tmp;
  const auto none = Identity::rotate(tmp / "id");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Code::kNotFound);
}

TEST(Identity, StoppedBetweenDestroyingAndMakingTheNextUseMakesTheNewOne) {
  const TempDir tmp;
  const auto old = Identity::load_or_create(tmp / "id");
  ASSERT_OK(old);
  // As rotate() leaves it when it is stopped after its last removal, and after its first.
  for (const char* name : {"identity.vkey", "identity.pub.pem"}) stdfs::remove(tmp / "id" / name);
  const auto whole = Identity::load_or_create(tmp / "id");
  ASSERT_OK(whole);
  EXPECT_EQ(whole->vkey(), old->vkey());
  for (const char* name : {"identity.vkey", "identity.pub.pem", "identity.key"})
    stdfs::remove(tmp / "id" / name);
  const auto made = Identity::load_or_create(tmp / "id");
  ASSERT_OK(made);
  EXPECT_NE(made->vkey(), old->vkey());
}

// $XDG_RUNTIME_DIR for a test.
class Runtime {
 public:
  Runtime() {
    ::chmod(tmp_.path().c_str(), 0700);
    ::setenv("XDG_RUNTIME_DIR", tmp_.path().c_str(), 1);
  }
  ~Runtime() { ::unsetenv("XDG_RUNTIME_DIR"); }
  const stdfs::path& path() const { return tmp_.path(); }

 private:
  TempDir tmp_;
};

TEST(Passphrase, LocksTheIdentityUntilItIsUnlockedAndLeavesItTheSame) {
  const TempDir tmp;
  const Runtime runtime;
  const stdfs::path dir = tmp / "id";
  const auto made = Identity::load_or_create(dir);
  ASSERT_OK(made);
  ASSERT_OK(set_passphrase(dir, "", "correct horse"));
  EXPECT_EQ(*identity_state(dir), IdentityState::kLocked);
  const auto locked = Identity::load_or_create(dir);
  ASSERT_FALSE(locked) << "least of all is a new one made";
  EXPECT_EQ(locked.error().code, Code::kPermission);
  EXPECT_THAT(locked.error().message, testing::HasSubstr("affiant key unlock"));
  const auto shown = load_public(dir);
  ASSERT_OK(shown);
  EXPECT_EQ(shown->vkey, made->vkey());
  EXPECT_EQ(shown->public_pem, made->public_pem());

  EXPECT_EQ(unlock_identity(dir, "wrong").error().code, Code::kCrypto);
  ASSERT_OK(unlock_identity(dir, "correct horse"));
  const auto open = Identity::load(dir);
  ASSERT_OK(open);
  EXPECT_EQ(open->vkey(), made->vkey());
  ASSERT_OK(lock_identity(dir));
  EXPECT_FALSE(Identity::load(dir));
  EXPECT_TRUE(test::files_under(runtime.path()).empty());
}

TEST(Passphrase, IsChangedAndTakenAwayByWhoeverHasItAndNoPlainKeyIsLeftMeanwhile) {
  const TempDir tmp;
  const Runtime runtime;
  const stdfs::path dir = tmp / "id";
  const auto made = Identity::load_or_create(dir);
  ASSERT_OK(made);
  ASSERT_OK(set_passphrase(dir, "", "one"));
  for (const std::string& file : test::files_under(dir))
    EXPECT_THAT(slurp(dir / file), testing::Not(testing::HasSubstr("BEGIN PRIVATE KEY"))) << file;
  EXPECT_THAT(slurp(dir / "identity.key"), testing::HasSubstr("BEGIN ENCRYPTED PRIVATE KEY"));
  struct stat info {};
  ASSERT_EQ(::stat((dir / "identity.key").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
  EXPECT_EQ(set_passphrase(dir, "wrong", "two").error().code, Code::kCrypto);
  ASSERT_OK(set_passphrase(dir, "one", "two"));
  EXPECT_FALSE(unlock_identity(dir, "one"));
  ASSERT_OK(unlock_identity(dir, "two"));
  ASSERT_OK(set_passphrase(dir, "two", ""));
  EXPECT_EQ(*identity_state(dir), IdentityState::kPlain);
  const auto again = Identity::load(dir);
  ASSERT_OK(again);
  EXPECT_EQ(again->vkey(), made->vkey());
  EXPECT_EQ(unlock_identity(dir, "two").error().code, Code::kUsage);
}

TEST(Passphrase, ForgottenItStillLetsANewIdentityTakeItsPlace) {
  const TempDir tmp;
  const Runtime runtime;
  const stdfs::path dir = tmp / "id";
  const auto made = Identity::load_or_create(dir);
  ASSERT_OK(made);
  ASSERT_OK(set_passphrase(dir, "", "forgotten"));
  const auto fresh = Identity::rotate(dir);
  ASSERT_OK(fresh);
  EXPECT_NE(fresh->vkey(), made->vkey());
  EXPECT_THAT(*retired_vkeys(dir), ElementsAre(made->vkey()));
}

TEST(Passphrase, IsUnlockedNowhereButInAPrivateFolderThatGoesAtLogout) {
  const TempDir tmp;
  const stdfs::path dir = tmp / "id";
  ASSERT_OK(Identity::load_or_create(dir));
  ASSERT_OK(set_passphrase(dir, "", "x"));
  ::unsetenv("XDG_RUNTIME_DIR");
  EXPECT_EQ(unlock_identity(dir, "x").error().code, Code::kUsage);
  const Runtime runtime;
  ASSERT_EQ(::chmod(runtime.path().c_str(), 0755), 0);
  EXPECT_EQ(unlock_identity(dir, "x").error().code, Code::kPermission);
}

}  // namespace
}  // namespace affiant::evidence
