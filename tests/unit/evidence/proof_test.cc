// Proofs made out of a case hold against RFC 9162's verification, for every leaf and every size.
#include <map>

#include "evidence/absent_row.h"
#include "evidence/filter.h"
#include "evidence/find_line.h"
#include "evidence/merkle.h"
#include "evidence/proof_builder.h"
#include "evidence/segment_reader.h"
#include "evidence/tlog_proof.h"
#include "support.h"

namespace affiant::evidence {
namespace {

using namespace test;
using testing::HasSubstr;

std::vector<Hash> leaves_of(const fs::path& dir) {
  std::vector<Hash> leaves;
  SegmentReader reader(dir);
  LineBatch batch;
  while (reader.next(batch).value_or(false))
    for (std::size_t n = 0; n < batch.lines(); ++n) leaves.push_back(leaf_of_line(batch.line(n)));
  return leaves;
}

Hash root_of(const std::vector<Hash>& leaves, std::size_t size) {
  CompactTree tree;
  for (std::size_t i = 0; i < size; ++i) tree.append(leaves[i]);
  return tree.root();
}

TEST(Proofs, OfEveryLeafHoldInTreesOfEverySize) {
  for (const std::uint64_t events : {1, 2, 3, 60, 251, 252, 253, 700}) {
    TempDir tmp;
    const fs::path dir = tmp / "case";
    ASSERT_OK(record_sealed(dir, tmp / "id", events));
    const auto leaves = leaves_of(dir);
    const Hash root = root_of(leaves, leaves.size());
    ProofBuilder builder(dir, leaves.size());
    for (std::uint64_t i = 0; i < leaves.size(); ++i) {
      const auto proof = builder.inclusion(i);
      ASSERT_OK(proof);
      ASSERT_OK(verify_inclusion(i, leaves.size(), leaves[i], *proof, root));
    }
    EXPECT_EQ(builder.inclusion(leaves.size()).error().code, Code::kUsage);
  }
}

TEST(Proofs, LeadFromEverySmallerTreeToThisOne) {
  for (const std::uint64_t events : {1, 5, 252, 600}) {
    TempDir tmp;
    const fs::path dir = tmp / "case";
    ASSERT_OK(record_sealed(dir, tmp / "id", events));
    const auto leaves = leaves_of(dir);
    const Hash root = root_of(leaves, leaves.size());
    ProofBuilder builder(dir, leaves.size());
    for (std::uint64_t size = 1; size <= leaves.size(); ++size) {
      const auto proof = builder.consistency(size);
      ASSERT_OK(proof);
      ASSERT_OK(verify_consistency(size, leaves.size(), *proof, root_of(leaves, size), root));
    }
    EXPECT_FALSE(builder.consistency(0));
    EXPECT_FALSE(builder.consistency(leaves.size() + 1));
  }
}

TEST(Proofs, HoldThroughAbsentRows) {
  TempDir tmp;
  const fs::path dir = tmp / "case";
  ASSERT_OK(record_sealed(dir, tmp / "id", 300));
  const auto leaves = leaves_of(dir);
  Filter filter;
  filter.erase = true;
  filter.drop_row = [](const EntryHead& head) { return head.index % 3 != 0; };
  ASSERT_OK(erase_parts(system_fs(), dir, filter));
  ProofBuilder builder(dir, leaves.size());
  const Hash root = root_of(leaves, leaves.size());
  for (std::uint64_t i = 0; i < leaves.size(); ++i)
    ASSERT_OK(verify_inclusion(i, leaves.size(), leaves[i], *builder.inclusion(i), root));
}

TEST(FindLine, FindsEveryLineOfLogsWithLongAndShortOnes) {
  TempDir tmp;
  const fs::path dir = tmp / "case";
  const auto identity = Identity::load_or_create(tmp / "id");
  ASSERT_OK(identity);
  {
    auto log = CaseLog::create(dir, *identity, {"shop.example", "t"});
    ASSERT_OK(log);
    for (std::uint64_t q = 1; q <= 120; ++q)
      ASSERT_OK(append_events(*log, q, 1, std::string(q % 7 == 0 ? 50'000 : q, 'y')));
    ASSERT_OK(log->seal(1));
  }
  std::istringstream in(slurp(dir / "seg/00000.jsonl"));
  std::string line;
  std::uint64_t index = 0;
  std::uint64_t offset = 0;
  for (; std::getline(in, line); offset += line.size() + 1, ++index) {
    const auto found = find_line(dir, index);
    ASSERT_OK(found);
    EXPECT_EQ(found->offset, offset);
    ASSERT_TRUE(found->line == line);
  }
  EXPECT_EQ(find_line(dir, index).error().code, Code::kNotFound);
  EXPECT_EQ(find_line(dir, 70'000).error().code, Code::kNotFound);
}

TEST(TlogProof, ComesBackAsItWasWrittenAndHoldsForItsLeafOnly) {
  TempDir tmp;
  const fs::path dir = tmp / "case";
  ASSERT_OK(record_sealed(dir, tmp / "id", 20));
  const auto leaves = leaves_of(dir);
  TlogProof proof;
  proof.index = 7;
  proof.hashes = *ProofBuilder(dir, leaves.size()).inclusion(7);
  proof.checkpoint = slurp(dir / "checkpoint");
  std::string vkey = slurp(dir / "keys/case.vkey");
  vkey.pop_back();
  const std::vector<VerifierKey> known = {*parse_vkey(vkey)};
  for (const Bytes& extra : {Bytes{}, Bytes{1, 2, 3}}) {
    proof.extra = extra;
    const std::string text = format_tlog_proof(proof);
    const auto read = parse_tlog_proof(text);
    ASSERT_OK(read);
    EXPECT_EQ(format_tlog_proof(*read), text);
    EXPECT_EQ(read->extra, extra);
    ASSERT_OK(verify_tlog_proof(*read, leaves[7], known));
    EXPECT_EQ(verify_tlog_proof(*read, leaves[8], known).error().code, Code::kBroken);
    EXPECT_EQ(verify_tlog_proof(*read, leaves[7], {}).error().code, Code::kNotFound);
    for (std::size_t cut = 0; cut < text.size(); ++cut) {
      const auto part = parse_tlog_proof(std::string_view(text).substr(0, cut));
      EXPECT_FALSE(part && verify_tlog_proof(*part, leaves[7], known)) << cut;
    }
  }
}

TEST(TlogProof, IsRefusedWithItsPlace) {
  const std::string hash = base64_encode(Hash{});
  const std::string note = "log\n1\n" + hash + "\n\n— log AAAAAAAA\n";
  const std::string head = "c2sp.org/tlog-proof@v1\n";
  const std::map<std::string, std::string> bad = {
      {"c2sp.org/tlog-proof@v2\nindex 0\n\n" + note, "byte 0"},
      {head + "index 01\n\n" + note, "byte 23"},
      {head + "index -1\n\n" + note, "byte 23"},
      {head + "Index 1\n\n" + note, "byte 23"},
      {head + "extra \nindex 1\n\n" + note, "byte 29"},
      {head + "extra !!!!\nindex 1\n\n" + note, "byte 29"},
      {head + "index 1\n" + hash.substr(1) + "\n\n" + note, "byte 31"},
      {head + "index 1\n" + hash + "\n", "no empty line"},
      {head + "index 1\n\nlog\n", "the checkpoint at byte 32"},
  };
  for (const auto& [text, where] : bad) {
    const auto read = parse_tlog_proof(text);
    ASSERT_FALSE(read) << text;
    EXPECT_THAT(read.error().message, HasSubstr(where)) << text;
  }
  std::string deep = head + "index 1\n";
  for (int i = 0; i < 64; ++i) deep += hash + "\n";
  EXPECT_EQ(parse_tlog_proof(deep + "\n" + note).error().code, Code::kTooLarge);
}

TEST(TlogProof, OfTheGoldenLogHoldWhereThatIsThere) {
  const fs::path golden = fs::path(AFFIANT_SHARED_DATA) / "vectors/affiant-golden";
  if (!fs::exists(golden / "proofs")) GTEST_SKIP() << "NO GOLDEN LOG at " << golden;
  std::ifstream entries(golden / "entries.jsonl");
  std::vector<std::string> lines;
  for (std::string line; std::getline(entries, line);) lines.push_back(line);
  std::vector<VerifierKey> known;
  for (const auto& file : fs::recursive_directory_iterator(golden / "keys")) {
    std::string text = slurp(file.path());
    while (!text.empty() && text.back() == '\n') text.pop_back();
    if (const auto key = parse_vkey(text)) known.push_back(*key);
  }
  int checked = 0;
  for (const auto& file : fs::directory_iterator(golden / "proofs")) {
    const auto proof = parse_tlog_proof(slurp(file.path()));
    ASSERT_OK(proof);
    ASSERT_OK(verify_tlog_proof(*proof, leaf_hash(lines.at(proof->index)), known));
    EXPECT_FALSE(verify_tlog_proof(*proof, leaf_hash(lines.at(proof->index) + " "), known));
    ++checked;
  }
  EXPECT_GT(checked, 3);
}

}  // namespace
}  // namespace affiant::evidence
