#include "cli/case_set.h"

#include <gmock/gmock.h>
#include <signal.h>

#include "base/interrupt.h"
#include "cli/audit_set.h"
#include "cli/cases.h"
#include "cli/paths.h"
#include "cli/seal.h"
#include "evidence/case_log.h"
#include "evidence/identity.h"
#include "unit/cli/scratch_home.h"

namespace affiant::cli {
namespace {
namespace fs = std::filesystem;
using testing::HasSubstr;

class CaseSetTest : public ScratchHome {
 protected:
  fs::path make_case(const std::string& id) {
    const fs::path dir = *cases_dir() / id;
    const auto identity = evidence::Identity::load_or_create(*identity_dir());
    EXPECT_TRUE(identity) << identity.error().message;
    fs::create_directories(dir.parent_path());
    const auto log =
        evidence::CaseLog::create(dir, *identity, {.site = "shop.example", .producer = "test"});
    EXPECT_TRUE(log) << log.error().message;
    return dir;
  }
  fs::path make_set(const std::string& id) {
    make_case(id + "/firefox");
    return make_case(id + "/chromium").parent_path();
  }
};

TEST_F(CaseSetTest, AFolderWithACaseOfEachEngineIsASetAndACaseIsNone) {
  const fs::path set = make_set("20260101-set");
  const auto members = set_members(set);
  ASSERT_EQ(members.size(), 2U);
  EXPECT_EQ(members[0].engine, "chromium") << "in one order, whichever was recorded first";
  EXPECT_EQ(members[0].dir, set / "chromium");
  EXPECT_EQ(members[1].engine, "firefox");
  EXPECT_TRUE(missing_engines(members).empty());
  EXPECT_TRUE(set_members(set / "chromium").empty());
  EXPECT_TRUE(set_members(at("absent")).empty());
  // A case that holds a folder of that name is a case all the same.
  const fs::path lone = make_case("20260102-lone");
  fs::copy(set / "firefox", lone / "firefox", fs::copy_options::recursive);
  EXPECT_TRUE(set_members(lone).empty());
}

TEST_F(CaseSetTest, HalfASetIsASetThatNamesWhatIsMissing) {
  const fs::path member = make_case("20260101-half/firefox");
  const auto members = set_members(member.parent_path());
  ASSERT_EQ(members.size(), 1U);
  EXPECT_EQ(missing_engines(members), std::vector<std::string>{"chromium"});
}

TEST_F(CaseSetTest, AMemberThatIsALinkIsNoMember) {
  const fs::path set = make_set("20260101-set"), other = make_case("20260102-other/firefox");
  fs::create_directory_symlink(set / "chromium", other.parent_path() / "chromium");
  EXPECT_EQ(set_members(other.parent_path()).size(), 1U);
}

TEST_F(CaseSetTest, MembersAreListedUnderTheirSetAndLastIsTheSet) {
  make_case("20260101-lone");
  const fs::path set = make_set("20260102-set");
  ASSERT_TRUE(seal_case(set / "firefox", "stopped", "", 1));
  const auto all = list_cases();
  ASSERT_TRUE(all);
  ASSERT_EQ(all->size(), 3U);
  EXPECT_EQ((*all)[0].set, "");
  for (const CaseInfo& info : *all) {
    if (info.id != "20260102-set/firefox") continue;
    EXPECT_EQ(info.set, "20260102-set");
    EXPECT_TRUE(info.sealed);
    EXPECT_EQ(info.site, "shop.example");
  }
  EXPECT_EQ(*find_case("last"), set);
}

TEST_F(CaseSetTest, ASetIsFoundLikeACaseAndAMemberAfterIt) {
  const fs::path set = make_set("20260102-set");
  for (const std::string& name :
       {std::string("20260102-set"), std::string("20260102"), set.string()})
    EXPECT_EQ(*find_case(name), set) << name;
  for (const char* name : {"last/firefox", "20260102-set/firefox", "2026/firefox"})
    EXPECT_EQ(*find_case(name), set / "firefox") << name;
  for (const char* name : {"last/lynx", "last/", "last/..", "/firefox", "last/firefox/seg",
                           "../20260102-set/firefox", "last//firefox"})
    EXPECT_FALSE(find_case(name)) << name;
}

TEST_F(CaseSetTest, AReportNamesAMemberAfterItsSet) {
  const fs::path set = make_set("20260102-set");
  EXPECT_EQ(case_id_of(set / "firefox"), "20260102-set/firefox");
  EXPECT_EQ(case_id_of(set / "firefox/"), "20260102-set/firefox");
  EXPECT_EQ(case_id_of(make_case("20260103-lone")), "20260103-lone");
}

TEST_F(CaseSetTest, ErasingASetRemovesAllMembersAndItsFolder) {
  const fs::path set = make_set("20260102-set"), other = make_case("20260103-lone");
  const auto erased = erase_case_or_set(set);
  ASSERT_TRUE(erased) << erased.error().message;
  EXPECT_FALSE(fs::exists(set));
  EXPECT_TRUE(fs::exists(other / "checkpoint"));
  ASSERT_TRUE(erase_case_or_set(other));
  EXPECT_FALSE(fs::exists(other));
}

TEST_F(CaseSetTest, ErasingRemovesNothingUnlessAllOfItCanGo) {
  const fs::path set = make_set("20260102-set");
  spit(set / "letter.txt", "dear");
  auto refused = erase_case_or_set(set);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("letter.txt"));
  fs::rename(set / "letter.txt", set / "firefox" / "letter.txt");
  refused = erase_case_or_set(set);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("letter.txt"));
  EXPECT_EQ(set_members(set).size(), 2U) << "the other member is still there";
}

TEST_F(CaseSetTest, TheFolderOfASetGoesWithItsLastMember) {
  const fs::path set = make_set("20260102-set");
  ASSERT_TRUE(erase_case_or_set(set / "chromium"));
  EXPECT_EQ(set_members(set).size(), 1U);
  ASSERT_TRUE(erase_case_or_set(set / "firefox"));
  EXPECT_FALSE(fs::exists(set)) << "its name tells the site";
}

TEST_F(CaseSetTest, ASetIsNotRecordedIntoAFolderThatHoldsSomething) {
  const fs::path set = make_set("20260102-set");
  Console console(true);
  const auto recorded = record_set({}, "https://shop.example/", set, "set", &console);
  ASSERT_FALSE(recorded);
  EXPECT_EQ(recorded.error().code, Code::kUsage);
  EXPECT_EQ(set_members(set).size(), 2U);
}

TEST_F(CaseSetTest, AfterAnInterruptEveryEngineStillToComeIsMissing) {
  AuditPlan plan;
  plan.browsers.resize(2);
  plan.browsers[1].kind = browser::Kind::kFirefox;
  const CatchInterrupts catching;
  raise(SIGINT);
  Console console(true);
  const auto recorded = record_set(plan, "https://shop.example/", at("set"), "set", &console);
  ASSERT_TRUE(recorded);
  EXPECT_TRUE(recorded->interrupted);
  ASSERT_EQ(recorded->missing.size(), 2U);
  EXPECT_EQ(recorded->missing[0].engine, "chromium");
  EXPECT_THAT(recorded->missing[1].why, HasSubstr("interrupted"));
  EXPECT_FALSE(fs::exists(at("set")));
}

TEST(Interrupts, NestWithoutForgettingWhatWasCaught) {
  const CatchInterrupts outer;
  {
    const CatchInterrupts inner;
    raise(SIGTERM);
  }
  EXPECT_TRUE(interrupted());
  const CatchInterrupts next;
  EXPECT_TRUE(interrupted());
}

}  // namespace
}  // namespace affiant::cli
