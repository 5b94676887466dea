// Entries and fields taken out of a case: what a bundle withholds, what erasing leaves.
#include "evidence/filter.h"

#include "evidence/absent_row.h"
#include "evidence/case_files.h"
#include "fault_fs.h"
#include "support.h"

namespace affiant::evidence {
namespace {

using namespace test;
using testing::HasSubstr;

constexpr std::uint64_t kEvents = 300;
constexpr std::uint64_t kExhibitRow =
    kEvents + 2;  // After log.genesis, session.open and the events.

Filter rows(std::set<std::uint64_t> which, bool erase) {
  Filter filter;
  filter.erase = erase;
  filter.drop_row = [which](const EntryHead& head) { return which.contains(head.index); };
  return filter;
}

Verdict verdict_of(const fs::path& dir, bool strict = true) {
  const auto verdict = verify_case(dir, {.strict = strict});
  EXPECT_TRUE(verdict) << (verdict ? "" : verdict.error().to_string());
  return verdict ? *verdict : Verdict();
}

// Whether the bytes are in any file of the case.
bool anywhere(const fs::path& dir, const std::string& bytes) {
  for (const std::string& file : files_under(dir))
    if (slurp(dir / file).find(bytes) != std::string::npos) return true;
  return false;
}

std::string line_of(const fs::path& dir, std::uint64_t index) {
  std::istringstream in(slurp(dir / "seg/00000.jsonl"));
  std::string line;
  for (std::uint64_t i = 0; i <= index; ++i) std::getline(in, line);
  return line;
}

class Filtering : public testing::Test {
 protected:
  void SetUp() override { ASSERT_OK(record_sealed(dir_, tmp_ / "id", kEvents)); }
  TempDir tmp_;
  fs::path dir_ = tmp_ / "case";
};

TEST_F(Filtering, ErasedEntriesAreCountedTheRestVerifiesAndNothingOfThemIsLeft) {
  const std::string root = verdict_of(dir_).root_base64;
  const std::string gone = line_of(dir_, 4);  // q 3: it has a disclosure.
  const std::string text = [&] {
    std::istringstream in(slurp(dir_ / "disclosures.jsonl"));
    std::string line;
    std::getline(in, line);
    return line.substr(6, line.find('"', 6) - 6);
  }();
  ASSERT_TRUE(anywhere(dir_, gone));
  ASSERT_TRUE(anywhere(dir_, text));
  const auto done = erase_parts(system_fs(), dir_, rows({4, 5, kExhibitRow}, true));
  ASSERT_OK(done);
  EXPECT_EQ(done->rows, 3U);
  const Verdict v = verdict_of(dir_);
  EXPECT_EQ(v.integrity, Integrity::kIntact) << describe(v);
  EXPECT_EQ(v.complete, Completeness::kPartial);
  EXPECT_EQ(v.root_base64, root);
  EXPECT_EQ(v.absent_erased, 3U);
  EXPECT_EQ(v.gaps, 0U);
  EXPECT_TRUE(v.notes.empty()) << describe(v);
  EXPECT_FALSE(anywhere(dir_, gone));
  EXPECT_FALSE(anywhere(dir_, text));
  EXPECT_FALSE(anywhere(dir_, "We use cookies.")) << "the exhibit that only an erased entry cited";
}

TEST_F(Filtering, ErasedFieldsAreCountedApartFromWithheldOnesAndTheirTextIsNowhere) {
  const std::string before = slurp(dir_ / "disclosures.jsonl");
  Filter filter;
  filter.erase = true;
  filter.drop_field = [](std::uint64_t index, std::string_view name) {
    return name == "value" && index < 100;
  };
  const auto done = erase_parts(system_fs(), dir_, filter);
  ASSERT_OK(done);
  const Verdict v = verdict_of(dir_);
  EXPECT_EQ(v.integrity, Integrity::kIntact) << describe(v);
  EXPECT_EQ(v.complete, Completeness::kComplete);
  EXPECT_EQ(v.erased, done->fields);
  EXPECT_GT(v.erased, 20U);
  EXPECT_EQ(v.withheld, 0U);
  std::istringstream in(before);
  std::string line;
  std::getline(in, line);
  EXPECT_FALSE(anywhere(dir_, line.substr(6, line.find('"', 6) - 6)));
  // A second time there is nothing left to take.
  const auto again = erase_parts(system_fs(), dir_, filter);
  ASSERT_OK(again);
  EXPECT_EQ(again->fields, 0U);
  EXPECT_EQ(verdict_of(dir_).erased, v.erased);
}

TEST_F(Filtering, WhatSaysWhatTheLogIsStays) {
  Filter filter;
  filter.erase = true;
  filter.drop_row = [](const EntryHead&) { return true; };
  const auto done = erase_parts(system_fs(), dir_, filter);
  ASSERT_OK(done);
  EXPECT_EQ(done->rows, kEvents + 1);
  const Verdict v = verdict_of(dir_);
  EXPECT_EQ(v.integrity, Integrity::kIntact) << describe(v);
  EXPECT_TRUE(v.sealed);
  EXPECT_TRUE(v.sessions.front().opened && v.sessions.front().closed);
}

TEST_F(Filtering, AStandInWithAnotherHashIsFound) {
  ASSERT_OK(erase_parts(system_fs(), dir_, rows({40}, true)));
  std::string segment = slurp(dir_ / "seg/00000.jsonl");
  const std::size_t at = segment.find("{\"h\":\"") + 6;
  segment[at] = segment[at] == 'A' ? 'B' : 'A';
  spit(dir_ / "seg/00000.jsonl", segment);
  const Verdict v = verdict_of(dir_);
  EXPECT_EQ(v.integrity, Integrity::kBroken);
  EXPECT_EQ(v.problems.front().leaf, 40U) << describe(v);
}

TEST_F(Filtering, AStandInForEntryZeroOrAboveTheSignedTreeIsBroken) {
  std::string segment = slurp(dir_ / "seg/00000.jsonl");
  std::string stand_in;
  encode_absent_row({0, leaf_hash(line_of(dir_, 0)), false}, stand_in);
  spit(dir_ / "seg/00000.jsonl", stand_in + segment.substr(segment.find('\n')));
  EXPECT_THAT(verdict_of(dir_).problems.front().what, HasSubstr("entry 0"));
  stand_in.clear();
  encode_absent_row({verdict_of(dir_).tree_size, Hash{}, false}, stand_in);
  spit(dir_ / "seg/00000.jsonl", segment + stand_in + "\n");
  EXPECT_EQ(verdict_of(dir_).integrity, Integrity::kBroken);
}

TEST(AbsentRows, OnlyTheOneSpellingIsRead) {
  std::string good;
  encode_absent_row({17, leaf_hash("x"), true}, good);
  const auto row = parse_absent_row(good);
  ASSERT_OK(row);
  EXPECT_EQ(row->index, 17U);
  EXPECT_TRUE(row->erased);
  EXPECT_EQ(row->leaf, leaf_hash("x"));
  for (std::size_t at = 0; at < good.size(); ++at) {
    EXPECT_FALSE(parse_absent_row(good.substr(0, at))) << at;
    std::string longer = good;
    longer.insert(at, 1, ' ');
    EXPECT_FALSE(parse_absent_row(longer)) << at;
  }
  EXPECT_FALSE(parse_absent_row(good + "x"));
}

TEST(Erasing, ACaseThatIsStillOpenIsLeftAlone) {
  TempDir tmp;
  const fs::path dir = tmp / "case";
  {
    auto identity = Identity::load_or_create(tmp / "id");
    ASSERT_OK(identity);
    auto log = CaseLog::create(dir, *identity, {"shop.example", "t"});
    ASSERT_OK(log);
    ASSERT_OK(append_events(*log, 1, 10));
    const auto busy = erase_parts(system_fs(), dir, rows({3}, true));
    ASSERT_FALSE(busy);
    EXPECT_EQ(busy.error().code, Code::kConflict);
  }
  const auto open = erase_parts(system_fs(), dir, rows({3}, true));
  ASSERT_FALSE(open);
  EXPECT_EQ(open.error().code, Code::kUsage);
}

TEST(Erasing, ABrokenCaseIsLeftAsItIs) {
  TempDir tmp;
  const fs::path dir = tmp / "case";
  ASSERT_OK(record_sealed(dir, tmp / "id", 20));
  std::string segment = slurp(dir / "seg/00000.jsonl");
  segment[segment.size() / 2] ^= 1;
  spit(dir / "seg/00000.jsonl", segment);
  const auto done = erase_parts(system_fs(), dir, rows({3}, true));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Code::kBroken);
  EXPECT_EQ(slurp(dir / "seg/00000.jsonl"), segment);
}

// Each step of erasing fails, or is the last before a crash: the case verifies, what was not to go
// is there, and the next call finishes.
TEST(Erasing, StoppedAtAnyStepItLeavesAWholeCaseAndCanBeRunAgain) {
  using How = FaultFs::How;
  for (const How how : {How::kFails, How::kHalfHappens, How::kHappensAndFails}) {
    for (int at = 0;; ++at) {
      TempDir tmp;
      const fs::path dir = tmp / "case";
      ASSERT_OK(record_sealed(dir, tmp / "id", 30));
      const std::string gone = line_of(dir, 7);
      Filter filter = rows({7, 32}, true);
      filter.drop_field = [](std::uint64_t, std::string_view) { return true; };
      FaultFs fault(at, how, true);
      const auto first = erase_parts(fault, dir, filter);
      const Verdict between = verdict_of(dir);
      ASSERT_EQ(between.integrity, Integrity::kIntact) << "step " << at << "\n"
                                                       << describe(between);
      const auto second = erase_parts(system_fs(), dir, filter);
      ASSERT_OK(second);
      const Verdict v = verdict_of(dir);
      ASSERT_EQ(v.integrity, Integrity::kIntact) << "step " << at << "\n" << describe(v);
      ASSERT_EQ(v.absent_erased, 2U);
      ASSERT_TRUE(v.notes.empty()) << "step " << at << "\n" << describe(v);
      ASSERT_FALSE(anywhere(dir, gone)) << "step " << at;
      if (!fault.tripped()) {
        ASSERT_OK(first);
        break;
      }
    }
  }
}

}  // namespace
}  // namespace affiant::evidence
