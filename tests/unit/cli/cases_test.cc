#include "cli/cases.h"

#include <gmock/gmock.h>

#include "cli/paths.h"
#include "cli/seal.h"
#include "evidence/case_log.h"
#include "evidence/identity.h"
#include "evidence/verify.h"
#include "unit/cli/scratch_home.h"

namespace affiant::cli {
namespace {
namespace fs = std::filesystem;
using testing::HasSubstr;

class CasesTest : public ScratchHome {
 protected:
  fs::path make_case(const std::string& id, const std::string& site = "shop.example") {
    const fs::path dir = *cases_dir() / id;
    const auto identity = evidence::Identity::load_or_create(*identity_dir());
    EXPECT_TRUE(identity) << identity.error().message;
    fs::create_directories(dir.parent_path());
    const auto log = evidence::CaseLog::create(dir, *identity, {.site = site, .producer = "test"});
    EXPECT_TRUE(log) << log.error().message;
    return dir;
  }
};

TEST_F(CasesTest, ListingTellsSiteSizeAndStateOldestFirst) {
  ASSERT_TRUE(list_cases());
  EXPECT_TRUE(list_cases()->empty());
  const fs::path first = make_case("20260101-000000-000-b", "b.example");
  make_case("20260101-000000-001-a", "a.example");
  ASSERT_TRUE(seal_case(first, "stopped", "", 1));
  const auto all = list_cases();
  ASSERT_TRUE(all);
  ASSERT_EQ(all->size(), 2U);
  EXPECT_EQ((*all)[0].site, "b.example");
  EXPECT_TRUE((*all)[0].sealed);
  EXPECT_EQ((*all)[0].entries, 2U);
  EXPECT_FALSE((*all)[1].sealed);
  EXPECT_TRUE((*all)[1].readable);
  EXPECT_GT((*all)[1].bytes, 0U);
}

TEST_F(CasesTest, ADamagedCaseIsListedAsUnreadable) {
  const fs::path dir = make_case("damaged");
  spit(dir / "seg" / "00000.jsonl", "garbage\n");
  const auto all = list_cases();
  ASSERT_TRUE(all);
  ASSERT_EQ(all->size(), 1U);
  EXPECT_FALSE((*all)[0].readable);
}

TEST_F(CasesTest, ACaseIsFoundByIdPrefixLastAndPath) {
  const fs::path a = make_case("20260101-a"), b = make_case("20260102-b");
  EXPECT_EQ(*find_case("20260101-a"), a);
  EXPECT_EQ(*find_case("20260102"), b);
  EXPECT_EQ(*find_case("last"), b);
  EXPECT_EQ(*find_case(a.string()), a);
  const auto ambiguous = find_case("2026");
  ASSERT_FALSE(ambiguous);
  EXPECT_EQ(ambiguous.error().code, Code::kUsage);
  EXPECT_THAT(ambiguous.error().message, HasSubstr("20260101-a"));
  for (const char* name : {"zzz", "/no/such/case", "", "../cases/zzz"})
    EXPECT_FALSE(find_case(name)) << name;
}

TEST_F(CasesTest, AnExactIdWinsOverLongerOnesThatBeginWithIt) {
  const fs::path a = make_case("case"), b = make_case("case-2");
  EXPECT_EQ(*find_case("case"), a);
  EXPECT_EQ(*find_case("case-"), b);
}

TEST_F(CasesTest, LastWithoutAnyCaseSaysWhatToDo) {
  const auto none = find_case("last");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Code::kNotFound);
  EXPECT_THAT(none.error().message, HasSubstr("affiant audit"));
}

TEST_F(CasesTest, NewIdsSortByTimeAndHoldNothingThatIsNoName) {
  const std::string early = new_case_id(1'790'000'000'417, "shop.example");
  EXPECT_EQ(early, "20260921-141320-417-shop.example");
  EXPECT_LT(early, new_case_id(1'790'000'000'418, "a.example"));
  EXPECT_EQ(new_case_id(0, "../evil/\x1b").find('/'), std::string::npos);
}

TEST_F(CasesTest, ErasingRemovesAllOfACaseAndNothingElse) {
  const fs::path dir = make_case("gone"), other = make_case("stays");
  ASSERT_TRUE(erase_case(dir));
  EXPECT_FALSE(fs::exists(dir));
  EXPECT_TRUE(fs::exists(other / "checkpoint"));
}

TEST_F(CasesTest, ErasingRefusesWhatIsNoCaseOrHoldsMore) {
  spit(at("folder/letter.txt"), "dear");
  EXPECT_FALSE(erase_case(at("folder")));
  EXPECT_EQ(slurp(at("folder/letter.txt")), "dear");
  const fs::path dir = make_case("mixed");
  spit(dir / "letter.txt", "dear");
  const auto refused = erase_case(dir);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("letter.txt"));
  EXPECT_TRUE(fs::exists(dir / "checkpoint"));
  EXPECT_FALSE(erase_case(at("absent")));
}

TEST_F(CasesTest, ErasingFollowsNoLinkOutOfTheCase) {
  spit(at("outside/letter.txt"), "dear");
  const fs::path dir = make_case("linked");
  fs::create_directories(dir / "torn");
  fs::create_symlink(at("outside"), dir / "torn" / "link");
  fs::create_symlink(at("outside/letter.txt"), dir / "torn" / "file");
  ASSERT_TRUE(erase_case(dir));
  EXPECT_EQ(slurp(at("outside/letter.txt")), "dear");
}

TEST_F(CasesTest, SealingAnOpenCaseLeavesItVerifiableAndClosedForGood) {
  const fs::path dir = make_case("open");
  EXPECT_EQ(*seal_case(dir, "failed", "the browser ended", 5), true);
  EXPECT_EQ(*seal_case(dir, "failed", "again", 6), false);
  EXPECT_FALSE(fs::exists(dir / "case.key"));
  const auto verdict = evidence::verify_case(dir, {});
  ASSERT_TRUE(verdict);
  EXPECT_TRUE(verdict->ok());
  EXPECT_TRUE(verdict->sealed);
}

TEST_F(CasesTest, APolicyFileGoesIntoTheCaseByteForByte) {
  const fs::path dir = make_case("policy");
  const std::string text("# Policy\nWe set \xff no cookies.\n");
  spit(at("policy.md"), text);
  const auto added = add_policy_file(dir, at("policy.md"), 7);
  ASSERT_TRUE(added) << added.error().message;
  ASSERT_TRUE(seal_case(dir, "stopped", "", 8));
  std::string body;
  const auto verdict =
      evidence::verify_case(dir, {}, [&](const evidence::Entry& e, const auto&) -> Status {
        if (e.head.kind == "policy.file") body = e.body;
        return {};
      });
  ASSERT_TRUE(verdict && verdict->ok());
  EXPECT_THAT(body, HasSubstr("\"name\":\"policy.md\""));
  EXPECT_THAT(body, HasSubstr("text/markdown"));
  const std::string digest = evidence::sha256_hex(text);
  EXPECT_THAT(body, HasSubstr(digest));
  EXPECT_EQ(*evidence::read_exhibit(dir, digest), text);
}

TEST_F(CasesTest, APolicyFileThatIsNotThereIsAnError) {
  const fs::path dir = make_case("policy");
  const auto added = add_policy_file(dir, at("absent.md"), 7);
  ASSERT_FALSE(added);
  EXPECT_THAT(added.error().message, HasSubstr("absent.md"));
}

}  // namespace
}  // namespace affiant::cli
