// The long-lived key: made once, refused when others can read it, rotated without losing old cases.
#include "evidence/identity.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "evidence/case_log.h"
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

}  // namespace
}  // namespace affiant::evidence
