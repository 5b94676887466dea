// The witness: every answer that C2SP tlog-witness names, and what must never be cosigned.
#include "evidence/witness.h"

#include <nlohmann/json.hpp>
#include <thread>

#include "evidence/add_checkpoint.h"
#include "evidence/cosignature.h"
#include "evidence/cosigned.h"
#include "evidence/merkle.h"
#include "evidence/statements.h"
#include "evidence/tlog_policy.h"
#include "fault_fs.h"
#include "support.h"

namespace affiant::evidence {
namespace {

using namespace test;
using testing::HasSubstr;

constexpr std::uint64_t kNow = 1'790'000'000;

// A log in memory that signs whatever it is told to.
class Log {
 public:
  Log()
      : key_(*SigningKey::generate(system_random())),
        vkey_(make_vkey("log.test/a", key_.public_key())) {
    for (int i = 0; i < 40; ++i) leaves_.push_back(leaf_hash(std::to_string(i)));
  }
  const VerifierKey& vkey() const { return vkey_; }
  void fork_from(std::size_t leaf) { leaves_[leaf] = leaf_hash("another"); }
  Hash root(std::uint64_t begin, std::uint64_t end) const {
    CompactTree tree;
    for (std::uint64_t i = begin; i < end; ++i) tree.append(leaves_[i]);
    return tree.root();
  }
  std::string note(std::uint64_t size, const std::string& extension = "") const {
    return *sign_note(format_checkpoint({vkey_.name, size, root(0, size)}) + extension, vkey_.name,
                      key_);
  }
  // RFC 9162 2.1.4.1.
  std::vector<Hash> proof(std::uint64_t old_size, std::uint64_t size) const {
    std::vector<Hash> out;
    std::uint64_t begin = 0;
    bool known = true;
    while (old_size != size) {
      std::uint64_t k = 1;
      while (k * 2 < size - begin) k *= 2;
      if (old_size <= begin + k) {
        out.insert(out.begin(), root(begin + k, size));
        size = begin + k;
      } else {
        out.insert(out.begin(), root(begin, begin + k));
        begin += k;
        known = false;
      }
    }
    if (!known) out.insert(out.begin(), root(begin, size));
    return out;
  }
  std::string request(std::uint64_t old_size, std::uint64_t size) const {
    AddCheckpoint out{old_size, {}, note(size)};
    if (old_size > 0) out.proof = proof(old_size, size);
    return format_add_checkpoint(out);
  }

 private:
  SigningKey key_;
  VerifierKey vkey_;
  std::vector<Hash> leaves_;
};

class Witnessing : public testing::Test {
 protected:
  void SetUp() override { open(); }
  void open(Fs& fs = system_fs()) {
    witness_.reset();
    auto made = Witness::open(dir_, {"witness.test/w", {log_.vkey()}}, fs);
    ASSERT_OK(made);
    witness_ = std::move(*made);
  }
  WitnessAnswer ask(const std::string& body) { return witness_->add_checkpoint(body, kNow); }
  TempDir tmp_;
  fs::path dir_ = tmp_ / "witness";
  Log log_;
  std::unique_ptr<Witness> witness_;
};

TEST_F(Witnessing, CosignsWhatFollowsFromWhatItHasSeenAndTheCosignatureVerifies) {
  std::uint64_t last = 0;
  for (const std::uint64_t size : {1, 2, 7, 8, 8, 23, 40}) {
    const auto answer = ask(log_.request(last, size));
    ASSERT_EQ(answer.status, 200) << size << ": " << answer.body;
    const std::string note = log_.note(size) + answer.body;
    const auto parsed = parse_note(note);
    ASSERT_OK(parsed);
    ASSERT_EQ(parsed->signatures.size(), 2U);
    const auto time = verify_cosignature(parsed->text, parsed->signatures[1], witness_->vkey());
    ASSERT_OK(time);
    EXPECT_EQ(*time, kNow);
    EXPECT_FALSE(verify_cosignature("other\n", parsed->signatures[1], witness_->vkey()));
    last = size;
  }
}

TEST_F(Witnessing, AnswersEachFaultAsTheSpecificationSays) {
  ASSERT_EQ(ask(log_.request(0, 5)).status, 200);
  const Log other;
  AddCheckpoint bent{5, log_.proof(5, 9), log_.note(9)};
  bent.proof[0][0] ^= 1;
  AddCheckpoint eager{0, {log_.root(0, 1)}, log_.note(9)};
  struct Row {
    const char* what;
    std::string body;
    int status;
  };
  std::string forged = log_.request(5, 9);
  forged[forged.size() - 4] = forged[forged.size() - 4] == 'A' ? 'B' : 'A';
  std::string unknown = log_.request(5, 9);
  for (std::size_t at; (at = unknown.find("log.test/a")) != std::string::npos;)
    unknown.replace(at, 10, "log.test/b");
  const std::vector<Row> rows = {
      {"no body", "", 400},
      {"no old line", "new 5\n\n" + log_.note(9), 400},
      {"an old size with a zero in front", "old 05\n\n" + log_.note(9), 400},
      {"a negative old size", "old -5\n\n" + log_.note(9), 400},
      {"a proof line that is no hash", "old 5\nAAAA\n\n" + log_.note(9), 400},
      {"no checkpoint", "old 5\n\n", 400},
      {"an old size above the checkpoint's", format_add_checkpoint({9, {}, log_.note(7)}), 400},
      {"a log that it does not know", unknown, 404},
      {"the known origin under another key", other.request(5, 9), 403},
      {"a signature that does not verify", forged, 403},
      {"an old size that is not the last", log_.request(3, 9), 409},
      {"an old size of zero", log_.request(0, 9), 409},
      {"a proof that does not lead there", format_add_checkpoint(bent), 422},
      {"no proof", format_add_checkpoint({5, {}, log_.note(9)}), 422},
  };
  for (const Row& row : rows) {
    const auto answer = ask(row.body);
    EXPECT_EQ(answer.status, row.status) << row.what << ": " << answer.body;
    if (row.status == 409) {
      EXPECT_EQ(answer.body, "5\n");
      EXPECT_EQ(answer.content_type, "text/x.tlog.size");
    }
  }
  EXPECT_EQ(ask(log_.request(5, 9)).status, 200) << "nothing of it changed what is known";
  TempDir fresh;
  auto second = Witness::open(fresh / "w", {"witness.test/w2", {log_.vkey()}});
  ASSERT_OK(second);
  EXPECT_EQ((*second)->add_checkpoint(format_add_checkpoint(eager), kNow).status, 422);
}

TEST_F(Witnessing, NeverCosignsAForkOrARollback) {
  ASSERT_EQ(ask(log_.request(0, 20)).status, 200);
  EXPECT_EQ(ask(log_.request(10, 15)).status, 409);
  EXPECT_EQ(ask(format_add_checkpoint({20, {}, log_.note(15)})).status, 400);
  log_.fork_from(3);
  EXPECT_EQ(ask(log_.request(20, 30)).status, 422);
  EXPECT_EQ(ask(log_.request(20, 20)).status, 422) << "another root for the same size";
}

TEST_F(Witnessing, KnowsWhatItCosignedAfterItWasStartedAgain) {
  ASSERT_EQ(ask(log_.request(0, 20)).status, 200);
  const auto key = format_vkey(witness_->vkey());
  open();
  EXPECT_EQ(format_vkey(witness_->vkey()), key);
  EXPECT_EQ(ask(log_.request(0, 21)).status, 409);
  EXPECT_EQ(ask(log_.request(20, 21)).status, 200);
}

TEST_F(Witnessing, WithItsStateLostOrDamagedItDoesNotBeginAnew) {
  ASSERT_EQ(ask(log_.request(0, 20)).status, 200);
  witness_.reset();
  const std::string good = slurp(dir_ / "state");
  const auto reopened = [&] { return Witness::open(dir_, {"witness.test/w", {log_.vkey()}}); };
  for (std::size_t cut = 0; cut < good.size(); ++cut) {
    spit(dir_ / "state", good.substr(0, cut));
    const auto opened = reopened();
    ASSERT_FALSE(opened) << cut;
    ASSERT_EQ(opened.error().code, Code::kBroken);
  }
  fs::remove(dir_ / "state");
  const auto lost = reopened();
  ASSERT_FALSE(lost);
  EXPECT_THAT(lost.error().message, HasSubstr("backup"));
  spit(dir_ / "state", good);
  fs::rename(dir_ / "witness.key", tmp_ / "key");
  EXPECT_EQ(reopened().error().code, Code::kBroken) << "a state and no key";
  fs::rename(tmp_ / "key", dir_ / "witness.key");
  EXPECT_TRUE(reopened());
}

TEST_F(Witnessing, ASecondOneOnTheSameFolderIsRefused) {
  const auto second = Witness::open(dir_, {"witness.test/w", {log_.vkey()}});
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Code::kConflict);
}

TEST_F(Witnessing, OfTwoThatAskAtOnceOneWinsAndTheSizeNeverGoesBack) {
  ASSERT_EQ(ask(log_.request(0, 5)).status, 200);
  for (std::uint64_t last = 5; last < 35; last += 5) {
    int statuses[2] = {0, 0};
    std::thread one([&] { statuses[0] = ask(log_.request(last, last + 5)).status; });
    std::thread two([&] { statuses[1] = ask(log_.request(last, last + 5)).status; });
    one.join();
    two.join();
    // The second is told the size, or had the same to say.
    EXPECT_EQ(std::count(statuses, statuses + 2, 200), 1) << statuses[0] << " " << statuses[1];
    EXPECT_EQ(std::count(statuses, statuses + 2, 409), 1);
  }
}

// The disk fails at each step of keeping the state: no cosignature leaves, and a witness that is
// started again has seen the old tree or the new one, never less.
TEST_F(Witnessing, NothingIsCosignedThatWasNotKept) {
  for (const auto how :
       {FaultFs::How::kFails, FaultFs::How::kHalfHappens, FaultFs::How::kHappensAndFails}) {
    for (int at = 0;; ++at) {
      TempDir tmp;
      const fs::path dir = tmp / "w";
      {
        auto first = Witness::open(dir, {"witness.test/w", {log_.vkey()}});
        ASSERT_OK(first);
        ASSERT_EQ((*first)->add_checkpoint(log_.request(0, 5), kNow).status, 200);
      }
      FaultFs fault(at, how, true);
      bool tripped = false;
      {
        auto failing = Witness::open(dir, {"witness.test/w", {log_.vkey()}}, fault);
        if (failing) {
          const int status = (*failing)->add_checkpoint(log_.request(5, 9), kNow).status;
          EXPECT_EQ(status, fault.tripped() ? 500 : 200) << at;
          if (fault.tripped()) {
            EXPECT_EQ((*failing)->add_checkpoint(log_.request(5, 9), kNow).status, 500);
          }
        }
        tripped = fault.tripped();
      }
      auto again = Witness::open(dir, {"witness.test/w", {log_.vkey()}});
      ASSERT_OK(again);
      const auto size = (*again)->add_checkpoint(log_.request(0, 10), kNow).body;
      EXPECT_TRUE(size == "5\n" || size == "9\n") << size;
      if (!tripped) break;
    }
  }
}

TEST(WitnessVectors, AreAnsweredAsTheySay) {
  const fs::path file = fs::path(AFFIANT_SHARED_DATA) / "vectors/tlog-witness/add-checkpoint.json";
  if (!fs::exists(file)) GTEST_SKIP() << "NO VECTORS at " << file;
  const auto vectors = nlohmann::json::parse(slurp(file));
  TempDir tmp;
  const auto key = parse_vkey(vectors["log_vkey"].get<std::string>());
  ASSERT_OK(key);
  auto witness = Witness::open(tmp / "w", {"example.com/witness", {*key}});
  ASSERT_OK(witness);
  int step = 0;
  for (const auto& row : vectors["steps"]) {
    const auto answer = (*witness)->add_checkpoint(row["body"].get<std::string>(), kNow);
    const int wanted =
        row.contains("c2sp_status") ? row["c2sp_status"].get<int>() : row["status"].get<int>();
    EXPECT_EQ(answer.status, wanted) << "step " << step << ": " << answer.body;
    ++step;
  }
}

TEST(Cosignatures, ReplaceThoseOfTheSameWitnessAndKeepTheOthers) {
  TempDir tmp;
  const auto key = *SigningKey::generate(system_random());
  const auto one = make_cosigner_vkey("one.test", key.public_key());
  const auto two = make_cosigner_vkey("two.test", key.public_key());
  const std::string text = "log\n1\nAAAA\n";
  ASSERT_OK(add_cosignature(system_fs(), tmp.path(), 1, *cosign(text, one, key, 5)));
  ASSERT_OK(add_cosignature(system_fs(), tmp.path(), 1, *cosign(text, two, key, 6)));
  const std::string newer = *cosign(text, one, key, 7);
  ASSERT_OK(add_cosignature(system_fs(), tmp.path(), 1, newer));
  EXPECT_EQ(slurp(tmp / "anchors/1.cosig"), *cosign(text, two, key, 6) + newer);
}

std::string vkeys(int n, std::uint8_t type) {
  std::array<std::uint8_t, 32> seed{};
  seed[0] = static_cast<std::uint8_t>(n);
  const auto key = *SigningKey::from_seed(seed);
  const std::string name = "k" + std::to_string(n);
  return format_vkey(type == 0x04 ? make_cosigner_vkey(name, key.public_key())
                                  : make_vkey(name, key.public_key()));
}

TEST(TlogPolicies, QuorumsOfGroupsOfGroupsAreJudged) {
  std::string text = "# two organisations\nlog " + vkeys(99, 1) + " https://log.test/\n";
  for (int i = 1; i <= 6; ++i)
    text += "\t witness w" + std::to_string(i) + "  " + vkeys(i, 4) + "\n";
  text += "group x 2 w1 w2 w3\ngroup y any w4 w5 w6\ngroup both all x y\nquorum both\n";
  const auto policy = TlogPolicy::parse(text);
  ASSERT_OK(policy);
  EXPECT_EQ(policy->logs().size(), 1U);
  for (unsigned mask = 0; mask < 64; ++mask) {
    std::vector<bool> cosigned;
    for (unsigned i = 0; i < 6; ++i) cosigned.push_back((mask >> i & 1U) != 0);
    const bool expected =
        cosigned[0] + cosigned[1] + cosigned[2] >= 2 && (cosigned[3] || cosigned[4] || cosigned[5]);
    EXPECT_EQ(policy->satisfied(cosigned), expected) << mask;
  }
  EXPECT_TRUE(TlogPolicy::parse("quorum none\n")->satisfied({}));
}

TEST(TlogPolicies, AreRefusedWithTheLineThatIsWrong) {
  const std::string w = "witness a " + vkeys(1, 4) + "\n";
  const std::map<std::string, std::string> bad = {
      {"", "no quorum"},
      {"quorum none", "line 1"},
      {"quorum none\nquorum none\n", "line 2: a second quorum"},
      {"quorum a\n", "line 1: a is not defined"},
      {w + w + "quorum a\n", "line 2: the name a is taken"},
      {w + "witness b " + vkeys(1, 4) + "\nquorum a\n", "line 2: this key is there already"},
      {"witness none " + vkeys(1, 4) + "\nquorum none\n", "line 1"},
      {"witness a " + vkeys(1, 1) + "\nquorum a\n", "not 0x01"},
      {"log " + vkeys(1, 4) + "\nquorum none\n", "not 0x04"},
      {w + "group g 2 a\nquorum g\n", "line 2"},
      {w + "group g 0 a\nquorum g\n", "line 2"},
      {w + "group g 01 a\nquorum g\n", "line 2"},
      {w + "group g any\nquorum g\n", "line 2"},
      {w + "group g any a a\nquorum g\n", "line 2: a is a member"},
      {w + "group g any a\ngroup h any a\nquorum g\n", "line 3: a is a member"},
      {w + "group g any g\nquorum g\n", "line 2: g is not defined"},
      {w + "group g any none\nquorum g\n", "line 2"},
      {"qourum none\n", "line 1"},
      {"quorum none\r\n", "line 1: a control character"},
      {std::string("quorum\0none\n", 12), "line 1: a control character"},
  };
  for (const auto& [text, why] : bad) {
    const auto policy = TlogPolicy::parse(text);
    ASSERT_FALSE(policy) << text;
    EXPECT_THAT(policy.error().message, HasSubstr(why)) << text;
  }
}

TEST(TlogPolicies, OfTheGoldenLogIsSatisfiedByItsCosignedProofs) {
  const fs::path golden = fs::path(AFFIANT_SHARED_DATA) / "vectors/affiant-golden";
  if (!fs::exists(golden / "policy.txt")) GTEST_SKIP() << "NO GOLDEN LOG at " << golden;
  const auto policy = TlogPolicy::parse(slurp(golden / "policy.txt"));
  ASSERT_OK(policy);
  const std::string proof = slurp(golden / "proofs/5.tlog-proof");
  const std::string checkpoint = proof.substr(proof.find("\n\n") + 2);
  const auto note = parse_note(checkpoint);
  ASSERT_OK(note);
  std::vector<bool> cosigned(policy->witnesses().size(), false);
  for (std::size_t i = 0; i < cosigned.size(); ++i)
    for (const auto& signature : note->signatures)
      if (signature.id == policy->witnesses()[i].key.id)
        cosigned[i] =
            verify_cosignature(note->text, signature, policy->witnesses()[i].key).has_value();
  EXPECT_TRUE(policy->satisfied(cosigned));
  EXPECT_FALSE(policy->satisfied(std::vector<bool>(cosigned.size(), false)));
}

}  // namespace
}  // namespace affiant::evidence
