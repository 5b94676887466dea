// What open() makes of a case that was left in any state.
#include "evidence/case_log.h"
#include "support.h"

namespace affiant::evidence {
namespace {

using namespace test;

// A case of which `signed_events` are signed and `tail` more are durable only; not sealed.
void make_open_case(const fs::path& dir, const fs::path& id, std::uint64_t signed_events,
                    std::uint64_t tail) {
  const auto identity = Identity::load_or_create(id);
  ASSERT_OK(identity);
  const fs::path made = dir.string() + ".made";
  {
    auto log = CaseLog::create(made, *identity, {"", "t"});
    ASSERT_OK(log);
    ASSERT_OK(append_events(*log, 1, signed_events));
    ASSERT_OK(log->sign());
    ASSERT_OK(append_events(*log, signed_events + 1, tail));
    ASSERT_OK(log->commit());
    fs::copy(made, dir, fs::copy_options::recursive);  // Before the destructor signs.
  }
  fs::remove_all(made);
}

TEST(Recovery, AnUnsignedTailIsKeptFlaggedAndSigned) {
  const TempDir tmp;
  const fs::path dir = tmp / "case";
  make_open_case(dir, tmp / "id", 10, 7);
  const auto before = verify_case(dir, {});
  ASSERT_OK(before);
  EXPECT_EQ(before->integrity, Integrity::kUnsignedTail);
  EXPECT_EQ(before->unsigned_entries, 7U);
  EXPECT_EQ(before->complete, Completeness::kOpen);
  {
    const auto log = CaseLog::open(dir);
    ASSERT_OK(log);
    EXPECT_TRUE(log->recovery().recovered);
    EXPECT_EQ(log->recovery().last_signed, 11U);
    EXPECT_EQ(log->recovery().kept, 7U);
    EXPECT_EQ(log->recovery().torn_bytes, 0U);
    EXPECT_EQ(log->size(), 19U);
  }
  const auto after = verify_case(dir, {});
  ASSERT_OK(after);
  EXPECT_EQ(after->integrity, Integrity::kIntact) << describe(*after);
  EXPECT_EQ(after->recovered, 1U);
  const auto again = CaseLog::open(dir);
  ASSERT_OK(again);
  EXPECT_FALSE(again->recovery().recovered) << "nothing to recover the second time";
}

TEST(Recovery, ALogCutAtAnyByteOfItsLastKilobytesIsRecoveredOrRefused) {
  const TempDir tmp;
  const fs::path original = tmp / "original";
  make_open_case(original, tmp / "id", 6, 9);
  const std::string seg = slurp(original / "seg/00000.jsonl");
  std::size_t signed_end = 0;
  for (int n = 0; n < 7; ++n) signed_end = seg.find('\n', signed_end) + 1;
  const std::size_t from = seg.size() > 4'096 ? seg.size() - 4'096 : 0;
  ASSERT_LT(from, signed_end) << "the cut must reach into the signed part";
  for (std::size_t cut = from; cut <= seg.size(); ++cut) {
    if (!tried(seg, cut, 7)) continue;
    const fs::path dir = tmp / "case";
    fs::copy(original, dir, fs::copy_options::recursive);
    fs::resize_file(dir / "seg/00000.jsonl", cut);
    {
      const auto log = CaseLog::open(dir);
      if (cut < signed_end) {
        ASSERT_FALSE(log) << cut;
        EXPECT_EQ(log.error().code, Code::kBroken) << cut;
        EXPECT_EQ(slurp(dir / "seg/00000.jsonl"), seg.substr(0, cut)) << "nothing is changed";
        fs::remove_all(dir);
        continue;
      }
      ASSERT_TRUE(log) << cut << ": " << log.error().to_string();
      const std::size_t last_lf = seg.rfind('\n', cut - 1) + 1;
      EXPECT_EQ(log->recovery().torn_bytes, cut - last_lf) << cut;
      EXPECT_EQ(log->recovery().kept,
                static_cast<std::uint64_t>(
                    std::count(seg.begin() + static_cast<std::ptrdiff_t>(signed_end),
                               seg.begin() + static_cast<std::ptrdiff_t>(last_lf), '\n')))
          << cut;
      if (cut > last_lf) {
        EXPECT_EQ(slurp(dir / "torn" / sha256_hex(seg.substr(last_lf, cut - last_lf))),
                  seg.substr(last_lf, cut - last_lf));
      }
    }
    const auto verdict = verify_case(dir, {.pinned_vkey = "", .strict = true});
    ASSERT_OK(verdict);
    EXPECT_EQ(verdict->integrity, Integrity::kIntact) << cut << describe(*verdict);
    fs::remove_all(dir);
    if (HasFailure()) break;
  }
}

TEST(Recovery, AHoleOfZerosThatAPowerCutLeftIsMovedToTorn) {
  const TempDir tmp;
  const fs::path dir = tmp / "case";
  make_open_case(dir, tmp / "id", 6, 9);
  std::string seg = slurp(dir / "seg/00000.jsonl");
  const std::size_t line = seg.find('\n', seg.size() - 700) + 1;
  std::fill_n(seg.begin() + static_cast<std::ptrdiff_t>(line) + 20, 100, '\0');
  spit(dir / "seg/00000.jsonl", seg);
  const auto log = CaseLog::open(dir);
  ASSERT_OK(log);
  EXPECT_EQ(log->recovery().torn_bytes, seg.size() - line);
  EXPECT_GT(log->recovery().kept, 0U);
}

TEST(Recovery, AWholeLineThatIsNoEntryIsNeverDropped) {
  const TempDir tmp;
  const fs::path dir = tmp / "case";
  make_open_case(dir, tmp / "id", 6, 9);
  {
    std::ofstream seg(dir / "seg/00000.jsonl", std::ios::app);
    seg << "not an entry\n";
  }
  const auto log = CaseLog::open(dir);
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().code, Code::kBroken);
  EXPECT_THAT(log.error().message, testing::HasSubstr("seg/00000.jsonl"));
}

TEST(Recovery, ADefectBelowTheCheckpointIsBrokenAndNothingIsChanged) {
  const TempDir tmp;
  const fs::path dir = tmp / "case";
  make_open_case(dir, tmp / "id", 10, 3);
  std::string seg = slurp(dir / "seg/00000.jsonl");
  const std::size_t at = seg.find("\"text\":\"x\"");
  seg[at + 8] = 'y';
  spit(dir / "seg/00000.jsonl", seg);
  const auto files = files_under(dir);
  const auto log = CaseLog::open(dir);
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().code, Code::kBroken);
  EXPECT_EQ(files_under(dir), files);
  EXPECT_EQ(slurp(dir / "seg/00000.jsonl"), seg);
}

TEST(Recovery, ACheckpointPutBackWouldForkTheLogAndIsRefused) {
  const TempDir tmp;
  const fs::path dir = tmp / "case";
  make_open_case(dir, tmp / "id", 10, 0);
  fs::copy_file(dir / "checkpoints/1", dir / "checkpoint", fs::copy_options::overwrite_existing);
  const auto log = CaseLog::open(dir);
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().code, Code::kBroken);
  EXPECT_THAT(log.error().message, testing::HasSubstr("rolled back"));
}

TEST(Recovery, TheTailsDisclosuresSurviveAndThoseOfLostEntriesDoNot) {
  const TempDir tmp;
  const fs::path dir = tmp / "case";
  make_open_case(dir, tmp / "id", 6, 9);  // 15 events: 5 disclosures.
  const std::string shut = slurp(dir / "disclosures.jsonl");
  const auto lost = make_disclosure("value", "\"lost\"");
  spit(dir / "disclosures.jsonl",
       shut + R"({"d":")" + lost.text() + R"(","i":16})" + "\n{\"d\":\"cu");
  { ASSERT_OK(CaseLog::open(dir)); }
  EXPECT_EQ(slurp(dir / "disclosures.jsonl"), shut);
  const auto verdict = verify_case(dir, {});
  ASSERT_OK(verdict);
  EXPECT_EQ(verdict->withheld, 0U);
  EXPECT_EQ(verdict->integrity, Integrity::kIntact) << describe(*verdict);
}

TEST(Recovery, ASecondWriterIsTurnedAwayWhileTheFirstLives) {
  const TempDir tmp;
  const auto identity = Identity::load_or_create(tmp / "id");
  ASSERT_OK(identity);
  {
    auto log = CaseLog::create(tmp / "case", *identity, {"", "t"});
    ASSERT_OK(log);
    const auto second = CaseLog::open(tmp / "case");
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, Code::kConflict);
    auto moved = std::move(*log);
    EXPECT_FALSE(CaseLog::open(tmp / "case"));
  }
  EXPECT_TRUE(CaseLog::open(tmp / "case"));
}

TEST(Recovery, ACaseKeyThatOthersCanReadIsRefused) {
  const TempDir tmp;
  const fs::path dir = tmp / "case";
  make_open_case(dir, tmp / "id", 3, 0);
  fs::permissions(dir / "case.key", fs::perms::group_read, fs::perm_options::add);
  const auto log = CaseLog::open(dir);
  ASSERT_FALSE(log);
  EXPECT_EQ(log.error().code, Code::kPermission);
}

TEST(Recovery, ACaseWithoutItsKeyOrWithAnothersIsRefused) {
  const TempDir tmp;
  const fs::path dir = tmp / "case";
  make_open_case(dir, tmp / "id", 3, 0);
  const std::string key = slurp(dir / "case.key");
  spit(dir / "case.key", std::string(32, 'k'));
  EXPECT_EQ(CaseLog::open(dir).error().code, Code::kCrypto);
  fs::remove(dir / "case.key");
  EXPECT_EQ(CaseLog::open(dir).error().code, Code::kCrypto);
  EXPECT_EQ(verify_case(dir, {})->complete, Completeness::kEndedAbnormally);
}

TEST(Recovery, WhatACrashedRunAppendsAfterwardsGoesOnWithTheSameTree) {
  const TempDir tmp;
  const fs::path dir = tmp / "case";
  make_open_case(dir, tmp / "id", 250, 30);  // What the first tile holds is partly unsigned.
  {
    auto log = CaseLog::open(dir);
    ASSERT_OK(log);
    ASSERT_OK(append_events(*log, 281, 400));
    ASSERT_OK(log->seal(1));
  }
  EXPECT_TRUE(fs::exists(dir / "tile/0/001"));
  EXPECT_TRUE(fs::exists(dir / "tile/1/000.p/2"));
  const auto verdict = verify_case(dir, {.pinned_vkey = "", .strict = true});
  ASSERT_OK(verdict);
  EXPECT_EQ(verdict->integrity, Integrity::kIntact) << describe(*verdict);
  EXPECT_EQ(verdict->tree_size, 1U + 280U + 1U + 400U + 1U);
}

}  // namespace
}  // namespace affiant::evidence
