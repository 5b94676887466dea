#include "evidence/case_log.h"

#include <sys/stat.h>

#include "support.h"

namespace affiant::evidence {
namespace {

using namespace test;

TEST(CaseLog, ASealedCaseIsIntactCompleteAndHasNoKey) {
  const TempDir tmp;
  ASSERT_OK(record_sealed(tmp / "case", tmp / "id", 20));
  const auto verdict = verify_case(tmp / "case", {});
  ASSERT_OK(verdict);
  EXPECT_EQ(verdict->integrity, Integrity::kIntact) << describe(*verdict);
  EXPECT_EQ(verdict->complete, Completeness::kComplete) << describe(*verdict);
  EXPECT_EQ(verdict->key, KeyVerdict::kUnpinned);
  EXPECT_TRUE(verdict->sealed);
  EXPECT_EQ(verdict->tree_size, 25U);
  EXPECT_EQ(verdict->exhibits, 1U);
  EXPECT_EQ(verdict->withheld, 0U);
  EXPECT_EQ(verdict->gaps, 0U);
  EXPECT_THAT(verdict->notes, testing::IsEmpty());
  EXPECT_FALSE(fs::exists(tmp / "case/case.key"));
  const auto again = CaseLog::open(tmp / "case");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, Code::kClosed);
}

TEST(CaseLog, StrictVerificationAcceptsWhatWeWrite) {
  const TempDir tmp;
  ASSERT_OK(record_sealed(tmp / "case", tmp / "id", 20));
  const auto verdict = verify_case(tmp / "case", {.pinned_vkey = "", .strict = true});
  ASSERT_OK(verdict);
  EXPECT_EQ(verdict->integrity, Integrity::kIntact) << describe(*verdict);
}

TEST(CaseLog, EveryFileIsForItsOwnerOnly) {
  const TempDir tmp;
  const auto identity = Identity::load_or_create(tmp / "id");
  ASSERT_OK(identity);
  auto log = CaseLog::create(tmp / "case", *identity, {"a.example", "t"});
  ASSERT_OK(log);
  EXPECT_TRUE(fs::exists(tmp / "case/case.key"));
  for (const auto& entry : fs::recursive_directory_iterator(tmp / "case")) {
    struct stat info {};
    ASSERT_EQ(::stat(entry.path().c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 077U, 0U) << entry.path();
  }
}

}  // namespace
}  // namespace affiant::evidence
