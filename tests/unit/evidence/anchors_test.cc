// anchors/: time stamps of a case, what they prove, and what no longer passes once they are there.
#include "evidence/anchors.h"

#include "authority.h"
#include "evidence/case_log.h"
#include "evidence/hand_check.h"
#include "evidence/identity.h"
#include "evidence/layout.h"
#include "evidence/timestamp.h"
#include "shared_data.h"
#include "support.h"

namespace affiant::evidence {
namespace {

using test::Authority;
using test::slurp;
using test::spit;
using test::TempDir;
using testing::HasSubstr;
namespace fs = std::filesystem;

std::string stamp(const Authority& authority, std::string_view data) {
  return authority.answer(make_timestamp_request(data, system_random())->der);
}

class Anchors : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_OK(test::record_sealed(dir_, tmp_ / "id", 30));
    const auto point = anchor_point(dir_);
    ASSERT_OK(point);
    point_ = *point;
  }

  Status anchor(const Authority& authority, const std::string& chain = "") {
    return store_anchor(system_fs(), dir_, point_, stamp(authority, point_.checkpoint), chain);
  }
  Verdict verdict(const std::string& ca = "") {
    const auto v = verify_case(dir_, {.pinned_vkey = {}, .tsa_ca_pem = ca});
    EXPECT_TRUE(v) << v.error().to_string();
    return *v;
  }
  fs::path file(AnchorPart part) { return dir_ / anchor_file(point_.size, part); }
  std::string name(AnchorPart part) { return anchor_file(point_.size, part); }

  // The anchor as it stands is broken at this file, whatever authority is brought.
  void expect_broken(AnchorPart part, const std::string& what) {
    for (const std::string& ca : {std::string(), authority_.root_pem()}) {
      const Verdict v = verdict(ca);
      EXPECT_EQ(v.integrity, Integrity::kBroken) << test::describe(v);
      EXPECT_FALSE(v.ok());
      ASSERT_FALSE(v.problems.empty());
      EXPECT_EQ(v.problems[0].file, name(part));
      EXPECT_THAT(v.problems[0].what, HasSubstr(what));
      EXPECT_TRUE(v.anchors.empty());
    }
  }

  TempDir tmp_;
  fs::path dir_ = tmp_ / "case";
  Authority authority_;
  AnchorPoint point_;
};

TEST_F(Anchors, WithoutAnyTheTimeIsClaimedAndNoAuthorityCanVouch) {
  EXPECT_EQ(verdict().time, "claimed");
  EXPECT_TRUE(verdict().ok());
  const Verdict v = verdict(authority_.root_pem());
  EXPECT_EQ(v.time, "claimed");
  EXPECT_FALSE(v.ok());
}

TEST_F(Anchors, OfASealedCaseAreStampedAndProvedOnlyUnderTheAuthorityBrought) {
  ASSERT_OK(anchor(authority_));
  const Verdict unknown = verdict();
  EXPECT_EQ(unknown.integrity, Integrity::kIntact) << test::describe(unknown);
  EXPECT_EQ(unknown.time, "stamped");
  EXPECT_TRUE(unknown.ok());
  EXPECT_TRUE(unknown.notes.empty()) << test::describe(unknown);

  const Verdict v = verdict(authority_.root_pem());
  EXPECT_EQ(v.time, "anchored");
  EXPECT_TRUE(v.ok());
  ASSERT_EQ(v.anchors.size(), 1U);
  EXPECT_EQ(v.anchors[0].size, v.tree_size);
  EXPECT_EQ(v.anchors[0].time_ms, 1'790'000'000'000);
  EXPECT_EQ(v.anchors[0].authority, "CN = Test TSA");
  EXPECT_TRUE(v.anchors[0].proved);

  const Verdict other = verdict(Authority().root_pem());
  EXPECT_EQ(other.time, "mismatch");
  EXPECT_EQ(other.integrity, Integrity::kIntact);
  EXPECT_FALSE(other.ok());
  ASSERT_EQ(other.anchors.size(), 1U);
  EXPECT_FALSE(other.anchors[0].proved);
  EXPECT_THAT(other.anchors[0].unproved_because, HasSubstr("not proved"));
}

// A sealed case that cites a token by `by`; its exhibit is replaced by `more`, if that is given.
Verdict cited(const fs::path& dir, const Authority& by, const std::string& ca,
              const std::string& more = "") {
  const TempDir tmp;
  {
    const auto identity = Identity::load_or_create(tmp / "id");
    EXPECT_TRUE(identity);
    auto log = CaseLog::create(dir, *identity, {"shop.example", "test"});
    EXPECT_TRUE(log);
    const std::string head = slurp(dir / "checkpoint");
    EXPECT_EQ(log->cite_time(stamp(by, head + "x"), 1).error().code, Code::kUsage);
    EXPECT_TRUE(log->cite_time(stamp(by, head), 1));
    EXPECT_TRUE(log->append({"request", 1, 1, 1, "{}", {}}));
    EXPECT_EQ(log->cite_time(stamp(by, head), 1).error().code, Code::kUsage) << "unsigned entries";
    EXPECT_TRUE(log->seal(1));
  }
  if (!more.empty())
    for (const auto& file : fs::directory_iterator(dir / "exhibits")) spit(file.path(), more);
  const auto v = verify_case(dir, {.pinned_vkey = {}, .tsa_ca_pem = ca});
  EXPECT_TRUE(v) << v.error().to_string();
  return *v;
}

TEST_F(Anchors, CitedByTheLogProveThatWhatFollowsIsYounger) {
  const Verdict v = cited(tmp_ / "young", authority_, authority_.root_pem());
  EXPECT_EQ(v.integrity, Integrity::kIntact) << test::describe(v);
  ASSERT_EQ(v.since.size(), 1U);
  EXPECT_EQ(v.since[0].entry, 1U);
  EXPECT_EQ(v.since[0].time_ms, 1'790'000'000'000);
  EXPECT_EQ(v.since[0].authority, "CN = Test TSA");
  EXPECT_TRUE(v.since[0].proved);
  EXPECT_EQ(v.time, "claimed") << "an upper bound is another thing";
}

TEST_F(Anchors, CitedByTheLogAreUnprovedUnderAnotherAuthorityOrNone) {
  const Verdict none = cited(tmp_ / "none", authority_, "");
  ASSERT_EQ(none.since.size(), 1U);
  EXPECT_FALSE(none.since[0].proved);
  EXPECT_TRUE(none.ok());
  const Verdict other = cited(tmp_ / "other", authority_, Authority().root_pem());
  ASSERT_EQ(other.since.size(), 1U);
  EXPECT_FALSE(other.since[0].proved);
  EXPECT_EQ(other.integrity, Integrity::kIntact);
}

TEST_F(Anchors, CitedByTheLogAreExhibitsThatCannotBeChanged) {
  const Verdict v = cited(tmp_ / "changed", authority_, authority_.root_pem(), "another");
  EXPECT_EQ(v.integrity, Integrity::kBroken);
  ASSERT_EQ(v.since.size(), 1U);
  EXPECT_FALSE(v.since[0].proved);
}

TEST_F(Anchors, OfOneSizeAreNeverOverwritten) {
  ASSERT_OK(anchor(authority_));
  const std::string first = slurp(file(AnchorPart::kResponse));
  const Status second = anchor(Authority());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Code::kConflict);
  EXPECT_EQ(slurp(file(AnchorPart::kResponse)), first);
  EXPECT_TRUE(anchor_point(dir_)->there);
}

TEST_F(Anchors, WithAChainNeedItForTokensWithoutCertificates) {
  std::string request = make_timestamp_request(point_.checkpoint, system_random())->der;
  // certReq BOOLEAN TRUE is the last field; left out it is FALSE.
  ASSERT_EQ(request.substr(request.size() - 3), "\x01\x01\xFF");
  request.resize(request.size() - 3);
  request[1] = static_cast<char>(request[1] - 3);
  ASSERT_OK(store_anchor(system_fs(), dir_, point_, authority_.answer(request), ""));
  EXPECT_EQ(verdict().time, "stamped");
  const Verdict without = verdict(authority_.root_pem());
  EXPECT_EQ(without.time, "mismatch");
  EXPECT_THAT(without.anchors.at(0).unproved_because, HasSubstr(".chain.pem"));

  spit(file(AnchorPart::kChain), authority_.signer_pem());
  EXPECT_EQ(verdict(authority_.root_pem()).time, "anchored");
  spit(file(AnchorPart::kChain), Authority().signer_pem());  // A namesake's.
  expect_broken(AnchorPart::kResponse, "signature");
  spit(file(AnchorPart::kChain), "nothing");
  expect_broken(AnchorPart::kChain, "no certificate");
  spit(file(AnchorPart::kChain), "");
  expect_broken(AnchorPart::kChain, "empty");
}

TEST_F(Anchors, WhoseTokenIsOverOtherBytesAreBroken) {
  ASSERT_OK(store_anchor(system_fs(), dir_, point_, stamp(authority_, "other"), ""));
  expect_broken(AnchorPart::kResponse, "imprint");
}

TEST_F(Anchors, WhoseTokenIsDamagedRefusedOrNoneAreBroken) {
  ASSERT_OK(anchor(authority_));
  const std::string good = slurp(file(AnchorPart::kResponse));
  std::string bad = good;
  bad.back() = static_cast<char>(bad.back() ^ 1);  // The end of the signature.
  spit(file(AnchorPart::kResponse), bad);
  expect_broken(AnchorPart::kResponse, "signature");
  spit(file(AnchorPart::kResponse), good.substr(0, good.size() / 2));
  expect_broken(AnchorPart::kResponse, "TimeStampResp");
  spit(file(AnchorPart::kResponse), good + "x");
  expect_broken(AnchorPart::kResponse, "1 bytes follow");
  spit(file(AnchorPart::kResponse), authority_.answer("no request"));
  expect_broken(AnchorPart::kResponse, "rejected");
  spit(file(AnchorPart::kResponse), "");
  expect_broken(AnchorPart::kResponse, "empty");
}

TEST_F(Anchors, WhoseCheckpointIsNotThisLogsAreBroken) {
  ASSERT_OK(anchor(authority_));
  const std::string good = slurp(file(AnchorPart::kCheckpoint));
  std::string bad = good;
  bad[good.find('\n') + 1] = '9';
  spit(file(AnchorPart::kCheckpoint), bad);
  expect_broken(AnchorPart::kCheckpoint, "");

  ASSERT_OK(test::record_sealed(tmp_ / "other", tmp_ / "id", 30));  // As long, by another key.
  const std::string foreign = slurp(tmp_ / "other/checkpoint");
  spit(file(AnchorPart::kCheckpoint), foreign);
  spit(file(AnchorPart::kResponse), stamp(authority_, foreign));
  expect_broken(AnchorPart::kCheckpoint, "");

  fs::remove(file(AnchorPart::kCheckpoint));
  expect_broken(AnchorPart::kCheckpoint, "not there");
}

TEST_F(Anchors, UnderAnothersSizeAreBroken) {
  ASSERT_OK(anchor(authority_));
  fs::rename(file(AnchorPart::kCheckpoint), dir_ / "anchors/7.checkpoint");
  fs::rename(file(AnchorPart::kResponse), dir_ / "anchors/7.tsr");
  const Verdict v = verdict(authority_.root_pem());
  EXPECT_EQ(v.integrity, Integrity::kBroken);
  EXPECT_EQ(v.problems.at(0).file, "anchors/7.checkpoint");
  EXPECT_EQ(v.time, "claimed");
}

TEST_F(Anchors, LeaveNoRoomForOtherFiles) {
  ASSERT_OK(anchor(authority_));
  for (const std::string odd : {"07.tsr", "x.tsr", "7.tsr.bak", "7.pem", "7.tsr.tmp", "-1.tsr"})
    spit(dir_ / "anchors" / odd, "x");
  fs::create_directory(dir_ / "anchors/1.d");
  spit(dir_ / "anchors/1.d/2.tsr", "x");
  const Verdict v = verdict();
  EXPECT_EQ(v.integrity, Integrity::kIntact) << test::describe(v);
  EXPECT_EQ(v.notes.size(), 7U) << test::describe(v);
}

TEST_F(Anchors, LeftHalfDoneAreNotedAndCanBeFinished) {
  fs::create_directory(dir_ / "anchors");
  spit(file(AnchorPart::kCheckpoint), point_.checkpoint);
  const Verdict v = verdict();
  EXPECT_EQ(v.integrity, Integrity::kIntact);
  EXPECT_EQ(v.time, "claimed");
  ASSERT_EQ(v.notes.size(), 1U);
  EXPECT_THAT(v.notes[0], HasSubstr("not finished"));
  ASSERT_OK(anchor(authority_));
  EXPECT_EQ(verdict(authority_.root_pem()).time, "anchored");
}

TEST_F(Anchors, OfABrokenCaseAreNotTaken) {
  std::string segment = slurp(dir_ / "seg/00000.jsonl");
  segment[segment.size() / 2] = static_cast<char>(segment[segment.size() / 2] ^ 1);
  spit(dir_ / "seg/00000.jsonl", segment);
  const auto point = anchor_point(dir_);
  ASSERT_FALSE(point);
  EXPECT_EQ(point.error().code, Code::kBroken);
}

TEST_F(Anchors, AreCheckedByThePrintedCommand) {
  ASSERT_OK(anchor(authority_));
  spit(tmp_ / "root.pem", authority_.root_pem());
  const std::string command =
      anchor_check_command(dir_, point_.size, 1'790'000'000'000, tmp_ / "root.pem");
  EXPECT_EQ(std::system(("(" + command + ") >/dev/null 2>&1").c_str()), 0) << command;
  spit(tmp_ / "root.pem", Authority().root_pem());
  EXPECT_NE(std::system(("(" + command + ") >/dev/null 2>&1").c_str()), 0) << command;
}

TEST(AnchorsOfAnOpenCase, AtSeveralSizesAllCountAndTheWriterGoesOn) {
  const TempDir tmp;
  const fs::path dir = tmp / "case";
  const Authority authority;
  {
    const auto identity = Identity::load_or_create(tmp / "id");
    ASSERT_OK(identity);
    auto log = CaseLog::create(dir, *identity, {"shop.example", "affiant"});
    ASSERT_OK(log);
    for (int round = 0; round < 3; ++round) {
      ASSERT_OK(test::append_events(*log, static_cast<std::uint64_t>(round) * 5 + 1, 5));
      ASSERT_OK(log->sign());
      const auto point = anchor_point(dir);
      ASSERT_OK(point);
      EXPECT_FALSE(point->there);
      ASSERT_OK(store_anchor(system_fs(), dir, *point, stamp(authority, point->checkpoint), ""));
    }
    ASSERT_OK(test::append_events(*log, 16, 2));
  }
  {
    auto again = CaseLog::open(dir);
    ASSERT_OK(again);
    ASSERT_OK(again->seal(1));
  }
  const auto v = verify_case(dir, {.pinned_vkey = {}, .tsa_ca_pem = authority.root_pem()});
  ASSERT_OK(v);
  EXPECT_EQ(v->integrity, Integrity::kIntact) << test::describe(*v);
  EXPECT_EQ(v->time, "anchored");
  ASSERT_EQ(v->anchors.size(), 3U);
  EXPECT_EQ(v->anchors[0].size, 6U);
  EXPECT_EQ(v->anchors[2].size, 16U);
}

// What an open case could not show before: its end taken away, back to an older checkpoint.
TEST(AnchorsOfAnOpenCase, ShowThatTheEndWasTakenAway) {
  const TempDir tmp;
  const fs::path dir = tmp / "case";
  std::string old_checkpoint;
  std::string old_segment;
  {
    const auto identity = Identity::load_or_create(tmp / "id");
    ASSERT_OK(identity);
    auto log = CaseLog::create(dir, *identity, {"shop.example", "affiant"});
    ASSERT_OK(log);
    ASSERT_OK(test::append_events(*log, 1, 1));
    ASSERT_OK(log->sign());
    old_checkpoint = slurp(dir / "checkpoint");
    old_segment = slurp(dir / "seg/00000.jsonl");
    ASSERT_OK(test::append_events(*log, 2, 1));
    ASSERT_OK(log->sign());
    const auto point = anchor_point(dir);
    ASSERT_OK(point);
    ASSERT_OK(store_anchor(system_fs(), dir, *point, stamp(Authority(), point->checkpoint), ""));
  }
  spit(dir / "checkpoint", old_checkpoint);
  spit(dir / "seg/00000.jsonl", old_segment);
  fs::remove(dir / "checkpoints/3");
  const auto v = verify_case(dir, {});
  ASSERT_OK(v);
  EXPECT_EQ(v->integrity, Integrity::kBroken);
  ASSERT_FALSE(v->problems.empty());
  EXPECT_EQ(v->problems[0].file, "anchors/3.checkpoint");
  EXPECT_FALSE(CaseLog::open(dir)) << "a second tree over three entries would be a fork";
  EXPECT_FALSE(anchor_point(dir));
}

// The owner kept the key of an open case and signed another history of the same length.
TEST(AnchorsOfAnOpenCase, ShowAFork) {
  const TempDir tmp;
  const fs::path dir = tmp / "case";
  {
    const auto identity = Identity::load_or_create(tmp / "id");
    ASSERT_OK(identity);
    auto log = CaseLog::create(dir, *identity, {"shop.example", "affiant"});
    ASSERT_OK(log);
    ASSERT_OK(log->sign());
  }
  fs::copy(dir, tmp / "fork", fs::copy_options::recursive);
  for (const fs::path& copy : {dir, tmp / "fork"}) {
    auto log = CaseLog::open(copy);
    ASSERT_OK(log);
    ASSERT_OK(test::append_events(*log, 1, 3, copy.filename()));
    ASSERT_OK(log->sign());
  }
  const auto point = anchor_point(dir);
  ASSERT_OK(point);
  ASSERT_OK(
      store_anchor(system_fs(), tmp / "fork", *point, stamp(Authority(), point->checkpoint), ""));
  const auto v = verify_case(tmp / "fork", {});
  ASSERT_OK(v);
  EXPECT_EQ(v->integrity, Integrity::kBroken);
  ASSERT_FALSE(v->problems.empty());
  EXPECT_THAT(v->problems[0].what, HasSubstr("fork"));
}

TEST(AnchorNames, HaveOneSpelling) {
  for (const AnchorPart part :
       {AnchorPart::kCheckpoint, AnchorPart::kResponse, AnchorPart::kChain}) {
    const auto back = parse_anchor_file(anchor_file(300, part));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->size, 300U);
    EXPECT_EQ(back->part, part);
  }
  for (const std::string odd : {"anchors/0300.tsr", "anchors/.tsr", "anchors/3 .tsr", "300.tsr",
                                "anchors/300.chain.pem.tsr", "anchors/3/00.tsr"})
    EXPECT_FALSE(parse_anchor_file(odd)) << odd;
}

}  // namespace
}  // namespace affiant::evidence
