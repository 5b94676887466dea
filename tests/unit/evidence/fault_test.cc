// Each single write, sync, rename, unlink of a case's life goes wrong once, in each way there is:
// the process dies, the disk refuses, the power goes. After each, what was acknowledged is there
// and nothing is broken.
#include <map>

#include "fault_fs.h"
#include "power_fs.h"
#include "support.h"

namespace affiant::evidence {
namespace {

using namespace test;
using How = FaultFs::How;

struct Life {
  std::uint64_t acknowledged = 0;  // Entries that durable() promised.
  bool created = false;
  bool sealed = false;
};

// Records events, two exhibits, signs in between and seals; stops at the first error.
Life live(const fs::path& dir, const Identity& identity, Fs& fault, std::uint64_t events) {
  Life life;
  Environment environment;
  environment.fs = &fault;
  auto log = CaseLog::create(dir, identity, {"shop.example", "t"}, environment);
  if (!log) return life;
  life.created = true;
  life.acknowledged = log->durable();
  const auto go_on = [&]() -> Status {
    AFFIANT_TRY(const auto opened, log->append({"session.open", 1, 0, 1, session_open(1), {}}));
    (void)opened;
    for (std::uint64_t q = 1; q <= events; ++q) {
      AFFIANT_CHECK(append_events(*log, q, 1));
      life.acknowledged = log->durable();
      if (q % 20 == 0) AFFIANT_CHECK(log->commit());
      life.acknowledged = log->durable();
      if (q % 50 == 0) {
        AFFIANT_TRY(const auto name, log->add_exhibit("exhibit " + std::to_string(q)));
        (void)name;
        AFFIANT_CHECK(log->sign());
      }
    }
    AFFIANT_TRY(const auto closed,
                log->append({"session.close", 1, 0, 1, session_close(1, events, events), {}}));
    (void)closed;
    AFFIANT_CHECK(log->commit());
    life.acknowledged = log->durable();
    return log->seal(1);
  }();
  life.sealed = go_on.has_value();
  if (!go_on) {
    // A failed case stays failed: no retry can make the kernel's lie true.
    EXPECT_FALSE(append_events(*log, 9'999, 1));
    EXPECT_FALSE(log->sign());
    EXPECT_FALSE(log->commit());
  }
  return life;
}

std::map<std::uint64_t, std::uint64_t> sequence_numbers(const fs::path& dir, Verdict* verdict) {
  std::map<std::uint64_t, std::uint64_t> by_index;
  const auto result = verify_case(dir, {}, [&](const Entry& e, const auto&) {
    by_index[e.head.index] = e.head.seq;
    return Status();
  });
  EXPECT_TRUE(result) << result.error().to_string();
  if (result) *verdict = *result;
  return by_index;
}

void check_after(const fs::path& dir, const Life& life, const std::string& when) {
  Verdict verdict;
  auto entries = sequence_numbers(dir, &verdict);
  EXPECT_NE(verdict.integrity, Integrity::kBroken) << when << "\n" << describe(verdict);
  {
    auto log = CaseLog::open(dir);
    if (!log) {
      EXPECT_EQ(log.error().code, Code::kClosed) << when << ": " << log.error().to_string();
    } else {
      EXPECT_GE(log->size(), life.acknowledged) << when;
      EXPECT_TRUE(append_events(*log, 500, 3)) << when;
      EXPECT_TRUE(log->seal(2)) << when;
    }
  }
  entries = sequence_numbers(dir, &verdict);
  EXPECT_EQ(verdict.integrity, Integrity::kIntact) << when << "\n" << describe(verdict);
  EXPECT_TRUE(verdict.sealed) << when;
  EXPECT_FALSE(fs::exists(dir / "case.key")) << when;
  EXPECT_GE(entries.size(), life.acknowledged) << when;
  EXPECT_EQ(verdict.withheld, 0U) << when;
  // What was acknowledged is what was sent: entry i of the session carries q = i - 1.
  for (std::uint64_t i = 2; i < life.acknowledged && i < 132; ++i)
    EXPECT_EQ(entries[i], i - 1) << when;
  for (const std::string& file : files_under(dir))
    EXPECT_FALSE(file.ends_with(".tmp")) << when << ": " << file;
}

// `lost`: the power goes when the writer has stopped, and what no sync vouched for goes with it.
void every_operation(How how, bool dies, std::optional<PowerFs::Lost> lost = {}) {
  const TempDir tmp;
  const auto identity = Identity::load_or_create(tmp / "id");
  ASSERT_OK(identity);
  int at = 0;
  for (;; ++at) {
    const fs::path dir = tmp / "case";
    PowerFs power;
    FaultFs fault(at, how, dies, lost ? static_cast<Fs&>(power) : system_fs());
    const Life life = live(dir, *identity, fault, 130);
    if (lost) power.cut(*lost);
    const std::string when = fmt::format("operation {} how {}", at, static_cast<int>(how));
    if (!fault.tripped()) break;
    if (!life.created)
      EXPECT_EQ(life.acknowledged, 0U);
    else
      check_after(dir, life, when);
    if (testing::Test::HasFailure()) break;
    fs::remove_all(dir);
  }
  EXPECT_GT(at, 60) << "the test must have reached every kind of operation";
}

TEST(Fault, AKillAtAnyOperationLosesNothingAcknowledged) { every_operation(How::kFails, true); }
TEST(Fault, AKillInTheMiddleOfAnyWriteLosesNothingAcknowledged) {
  every_operation(How::kHalfHappens, true);
}
TEST(Fault, AnyOperationThatHappensButReportsFailureLeavesASoundCase) {
  every_operation(How::kHappensAndFails, true);
}
TEST(Fault, AnySingleFailureStopsTheWriterForGood) { every_operation(How::kHalfHappens, false); }
TEST(Fault, ASyncThatFailsButWroteStopsTheWriterForGood) {
  every_operation(How::kHappensAndFails, false);
}
TEST(Fault, ASyncThatFailsAndLosesTheBytesLosesNothingAcknowledged) {
  every_operation(How::kFails, false, PowerFs::Lost::kAll);
}
TEST(Fault, APowerCutAtAnyOperationLosesNothingAcknowledged) {
  every_operation(How::kFails, true, PowerFs::Lost::kAll);
}
TEST(Fault, APowerCutThatLeavesZerosLosesNothingAcknowledged) {
  every_operation(How::kHalfHappens, true, PowerFs::Lost::kZeros);
}
TEST(Fault, APowerCutThatLeavesAHoleLosesNothingAcknowledged) {
  every_operation(How::kHalfHappens, true, PowerFs::Lost::kFirst);
}

// The same for recovery itself: it may be killed at any operation, and again.
TEST(Fault, ARecoveryCutShortAtAnyOperationIsTakenUpAgain) {
  const TempDir tmp;
  const auto identity = Identity::load_or_create(tmp / "id");
  ASSERT_OK(identity);
  const fs::path crashed = tmp / "crashed";
  {
    auto log = CaseLog::create(crashed, *identity, {"", "t"});
    ASSERT_OK(log);
    ASSERT_OK(append_events(*log, 1, 20));
    ASSERT_OK(log->commit());
    fs::copy(crashed, tmp / "copy", fs::copy_options::recursive);
  }
  {
    std::ofstream seg(tmp / "copy/seg/00000.jsonl", std::ios::app);
    seg << R"({"b":{"half":"a li)";
    std::ofstream shut(tmp / "copy/disclosures.jsonl", std::ios::app);
    shut << R"({"d":"never","i":21}
{"d":"cut)";
  }
  int at = 0;
  for (;; ++at) {
    const fs::path dir = tmp / "case";
    fs::copy(tmp / "copy", dir, fs::copy_options::recursive);
    FaultFs fault(at, at % 2 == 0 ? How::kHalfHappens : How::kHappensAndFails, true);
    Environment environment;
    environment.fs = &fault;
    { const auto log = CaseLog::open(dir, environment); }
    if (!fault.tripped()) break;
    {
      auto log = CaseLog::open(dir);
      ASSERT_OK(log);
      EXPECT_GE(log->size(), 22U) << at;  // genesis, 20 events, log.recovered.
      ASSERT_OK(log->seal(1));
    }
    const auto verdict = verify_case(dir, {});
    ASSERT_OK(verdict);
    EXPECT_EQ(verdict->integrity, Integrity::kIntact) << at << describe(*verdict);
    EXPECT_GE(verdict->recovered, 1U);
    EXPECT_EQ(verdict->withheld, 0U);
    EXPECT_THAT(files_under(dir), testing::Contains(testing::StartsWith("torn/")));
    EXPECT_THAT(verdict->notes, testing::Not(testing::Contains(testing::HasSubstr("torn/")))) << at;
    fs::remove_all(dir);
  }
  EXPECT_GT(at, 10);
}

}  // namespace
}  // namespace affiant::evidence
