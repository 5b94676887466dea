// One proof out of a large log, from nothing read to the tlog-proof's text: the entry's line found,
// the tiles and the right edge read, the hashes put together. The log is made in TMPDIR with short
// entries; AFFIANT_PROOF_ENTRIES: how many (default 10,000,000, about 2.5 GB).
#include <benchmark/benchmark.h>
#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <string>

#include "base/fs.h"
#include "base/limits.h"
#include "evidence/case_log.h"
#include "evidence/find_line.h"
#include "evidence/identity.h"
#include "evidence/merkle.h"
#include "evidence/proof_builder.h"
#include "evidence/statements.h"
#include "evidence/tlog_proof.h"
#include "place.h"

namespace {

namespace fs = std::filesystem;
using namespace affiant::evidence;
using affiant::bench::must;

// One log for all runs, gone at the end.
class Big {
 public:
  Big() {
    const char* given = std::getenv("AFFIANT_PROOF_ENTRIES");
    entries_ = given == nullptr ? 10'000'000 : std::strtoull(given, nullptr, 10);
    const auto identity = must(Identity::load_or_create(place_.dir() / "id"));
    auto log = must(CaseLog::create(dir(), identity, {"bench.example", "bench"}));
    for (std::uint64_t n = 1; n < entries_; ++n)
      must(log.append({"request", 1, n, 1'790'000'000'000, R"({"host":"t.example"})", {}}));
    must(log.seal(1'790'000'000'000));
  }
  fs::path dir() const { return place_.dir() / "case"; }
  std::uint64_t entries() const { return entries_; }

 private:
  affiant::bench::Place place_;
  std::uint64_t entries_ = 0;
};

void prove_one(benchmark::State& state) {
  static const Big big;
  std::uint64_t index = big.entries() / 3;
  for (auto _ : state) {
    index = (index * 7 + 12'345) % big.entries();
    TlogProof proof;
    proof.index = index;
    proof.checkpoint =
        must(affiant::read_file(big.dir() / "checkpoint", affiant::limits::kNoteBytes));
    const Checkpoint signed_tree = must(parse_checkpoint(must(parse_note(proof.checkpoint)).text));
    proof.hashes = must(ProofBuilder(big.dir(), signed_tree.size).inclusion(index));
    const auto line = must(find_line(big.dir(), index));
    benchmark::DoNotOptimize(format_tlog_proof(proof));
    state.PauseTiming();
    if (!verify_inclusion(index, signed_tree.size, leaf_hash(line.line), proof.hashes,
                          signed_tree.root))
      state.SkipWithError("the proof does not hold");
    state.ResumeTiming();
  }
}
BENCHMARK(prove_one)->Unit(benchmark::kMillisecond)->MinTime(2);

}  // namespace

BENCHMARK_MAIN();
