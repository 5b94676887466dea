// Completeness: holes, gaps, sessions without an end.
#include "evidence/case_log.h"
#include "support.h"

namespace affiant::evidence {
namespace {

using namespace test;

class Sessions : public testing::Test {
 protected:
  void SetUp() override {
    auto identity = Identity::load_or_create(tmp_ / "id");
    ASSERT_OK(identity);
    auto log = CaseLog::create(tmp_ / "case", *identity, {"", "t"});
    ASSERT_OK(log);
    log_ = std::make_unique<CaseLog>(std::move(*log));
  }
  void write(std::string_view kind, std::uint64_t q, const std::string& body,
             std::uint64_t session = 1) {
    ASSERT_OK(log_->append({kind, session, q, 1'790'000'000'000, body, {}}));
  }
  Verdict sealed() {
    EXPECT_TRUE(log_->seal(1'790'000'000'000));
    auto verdict = verify_case(tmp_ / "case", {});
    EXPECT_TRUE(verdict);
    EXPECT_EQ(verdict->integrity, Integrity::kIntact) << describe(*verdict);
    return *verdict;
  }
  TempDir tmp_;
  std::unique_ptr<CaseLog> log_;
};

TEST_F(Sessions, AGapEntryThatNamesTheHoleIsCountedAndTheRecordIsNotComplete) {
  write("session.open", 0, session_open(1));
  write("request", 1, "{}");
  write("gap", 5, R"({"dropped":3,"from":2,"to":4,"why":"host was down"})");
  write("request", 6, "{}");
  write("session.close", 0, session_close(1, 3, 6));
  const Verdict v = sealed();
  EXPECT_EQ(v.complete, Completeness::kGaps) << describe(v);
  EXPECT_EQ(v.gaps, 3U);
  ASSERT_EQ(v.sessions.size(), 1U);
  EXPECT_EQ(v.sessions[0].received, 3U);
  EXPECT_EQ(v.sessions[0].missing, 3U);
  EXPECT_EQ(v.sessions[0].last_seq, 6U);
  EXPECT_THAT(v.notes, testing::IsEmpty());
}

TEST_F(Sessions, AHoleWithoutAGapEntryIsFound) {
  write("session.open", 0, session_open(1));
  write("request", 1, "{}");
  write("request", 4, "{}");
  write("session.close", 0, session_close(1, 2, 4));
  const Verdict v = sealed();
  EXPECT_EQ(v.complete, Completeness::kGaps);
  EXPECT_EQ(v.gaps, 2U);
  EXPECT_THAT(v.notes, testing::Contains(testing::HasSubstr("no gap entry")));
}

TEST_F(Sessions, AGapThatExcusesLessThanTheHoleLeavesTheRestUnexcused) {
  write("session.open", 0, session_open(1));
  write("gap", 5, R"({"dropped":1,"from":4,"to":4,"why":"x"})");
  write("session.close", 0, session_close(1, 1, 5));
  const Verdict v = sealed();
  EXPECT_EQ(v.gaps, 4U);
  EXPECT_THAT(v.notes, testing::Contains(testing::HasSubstr("no gap entry")));
}

TEST_F(Sessions, ASessionWithoutCloseOrClosedByAnotherEndedAbnormally) {
  write("session.open", 0, session_open(1));
  write("session.close", 0, session_close(1, 0, 0));
  write("session.open", 0, session_open(2), 2);
  write("session.close", 0, session_close(2, 0, 0, "cli"), 2);
  const Verdict v = sealed();
  EXPECT_EQ(v.complete, Completeness::kEndedAbnormally);
  EXPECT_THAT(v.notes, testing::ElementsAre(testing::HasSubstr("session 2")));
}

TEST_F(Sessions, ACloseWhoseCountsDifferFromTheLogIsTold) {
  write("session.open", 0, session_open(1));
  write("request", 1, "{}");
  write("session.close", 0, session_close(1, 2, 2));
  const Verdict v = sealed();
  EXPECT_EQ(v.complete, Completeness::kGaps);
  EXPECT_THAT(v.notes, testing::Contains(testing::HasSubstr("its close counts 2 events")));
}

TEST_F(Sessions, TimeDownBetweenHostsIsSummed) {
  write("session.open", 0, session_open(1));
  write("session.resume", 0, R"({"boot":"b","down_ms":1500,"durable":0,"session":1})");
  write("session.resume", 0, R"({"boot":"c","down_ms":500,"durable":0,"session":1})");
  write("session.close", 0, session_close(1, 0, 0));
  const Verdict v = sealed();
  EXPECT_EQ(v.sessions[0].down_ms, 2'000);
  EXPECT_EQ(v.complete, Completeness::kComplete);
}

TEST_F(Sessions, ABodyOfTheWrongShapeInAKindThatCountsIsAProblem) {
  write("session.open", 0, session_open(1));
  write("gap", 1, R"({"dropped":1,"from":"1","to":2,"why":"x"})");
  ASSERT_OK(log_->sign());
  const auto v = verify_case(tmp_ / "case", {});
  ASSERT_OK(v);
  EXPECT_EQ(v->integrity, Integrity::kBroken);
  EXPECT_EQ(v->problems[0].leaf, 2U);
}

}  // namespace
}  // namespace affiant::evidence
