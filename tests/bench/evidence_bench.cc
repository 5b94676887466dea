// How fast a case is written and verified, beside what the hash function alone allows on the same
// machine in the same run: the ratios are printed at the end. The case is made in TMPDIR.
#include <benchmark/benchmark.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "evidence/case_log.h"
#include "evidence/hash.h"
#include "evidence/identity.h"
#include "evidence/merkle.h"
#include "evidence/verify.h"
#include "place.h"

namespace {

namespace fs = std::filesystem;
using namespace affiant::evidence;
using affiant::bench::Place;
using affiant::bench::stop;

constexpr std::uint64_t kVerifyEntries = 1'000'000;
constexpr std::uint64_t kAppendEntries = 200'000;
constexpr std::size_t kLineBytes = 1'024;

// Like a `request` event: a few short fields and a long URL, about 1 KB with its envelope.
std::string body_of(std::uint64_t n) {
  std::string body = R"({"from_cache":false,"host":"t)" + std::to_string(n % 97) +
                     R"(.example","method":"GET","status":200,"type":"script","url":")";
  body.append(kLineBytes - 110 - body.size() - 2, 'u');
  return body + "\"}";
}

// Appends as the recorder does: commits by itself at 64 entries, signs at 1,000.
void write_case(const fs::path& dir, std::uint64_t entries, bool seal) {
  const auto identity = Identity::load_or_create(dir / "id");
  if (!identity) stop(identity.error());
  auto log = CaseLog::create(dir / "case", *identity, {"bench.example", "bench"});
  if (!log) stop(log.error());
  std::string bodies[97];
  for (std::uint64_t n = 0; n < 97; ++n) bodies[n] = body_of(n);
  for (std::uint64_t n = 1; n <= entries; ++n) {
    const auto done = log->append(
        {"request", 1, n, 1'790'000'000'000 + static_cast<std::int64_t>(n), bodies[n % 97], {}});
    if (!done) stop(done.error());
  }
  const auto done = seal ? log->seal(1'790'000'000'000) : log->commit();
  if (!done) stop(done.error());
}

// Wall and processor time. The second says what a machine that is busy otherwise would have done.
class Watch {
 public:
  Watch() : wall_(std::chrono::steady_clock::now()), cpu_(cpu_seconds()) {}
  double wall() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - wall_).count();
  }
  double cpu() const { return cpu_seconds() - cpu_; }

 private:
  static double cpu_seconds() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& t) {
      return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
  }
  std::chrono::steady_clock::time_point wall_;
  double cpu_;
};

struct Best {
  double per_second = 0;      // Entries, by the wall clock.
  double per_cpu_second = 0;  // Entries, by the time of all cores together.
  void take(const Watch& watch, std::uint64_t entries) {
    per_second = std::max(per_second, static_cast<double>(entries) / watch.wall());
    per_cpu_second = std::max(per_cpu_second, static_cast<double>(entries) / watch.cpu());
  }
};
Best g_append;
Best g_verify;
Best g_strict;
Best g_hash;

void append_events(benchmark::State& state) {
  for (auto _ : state) {
    const Place place;
    const Watch watch;
    write_case(place.dir(), kAppendEntries, false);
    const double seconds = watch.wall();
    state.SetIterationTime(seconds);
    g_append.take(watch, kAppendEntries);
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * kAppendEntries));
}
BENCHMARK(append_events)->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(3);

// The bound: the same number of bytes through leaf and node hashes, nothing read or parsed.
void hash_only(benchmark::State& state) {
  const std::string line(kLineBytes, 'x');
  for (auto _ : state) {
    const Watch watch;
    CompactTree tree;
    for (std::uint64_t n = 0; n < kVerifyEntries; ++n) tree.append(leaf_hash(line));
    benchmark::DoNotOptimize(tree.root());
    const double seconds = watch.wall();
    state.SetIterationTime(seconds);
    g_hash.take(watch, kVerifyEntries);
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * kVerifyEntries));
}
BENCHMARK(hash_only)->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(3);

// With argument 1 every line is also held against its RFC 8785 form.
void verify_million(benchmark::State& state) {
  const bool strict = state.range(0) != 0;
  const Place place;
  write_case(place.dir(), kVerifyEntries, true);
  for (auto _ : state) {
    const Watch watch;
    const auto verdict = verify_case(place.dir() / "case", {.pinned_vkey = "", .strict = strict});
    const double seconds = watch.wall();
    if (!verdict) stop(verdict.error());
    if (verdict->integrity != Integrity::kIntact) {
      std::fprintf(stderr, "the case does not verify: %s\n", verdict->problems[0].what.c_str());
      std::exit(1);
    }
    state.SetIterationTime(seconds);
    (strict ? g_strict : g_verify).take(watch, kVerifyEntries);
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * kVerifyEntries));
}
BENCHMARK(verify_million)
    ->Arg(0)
    ->Arg(1)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond)
    ->Iterations(5);

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  std::printf("\nbest of each, entries of %zu bytes   by the clock  by processor time\n",
              kLineBytes);
  const auto row = [](const char* what, const Best& best) {
    std::printf("  %-34s %10.0f/s %14.0f/s\n", what, best.per_second, best.per_cpu_second);
  };
  row("append (goal 40,000)", g_append);
  row("verify 1,000,000 (goal 500,000)", g_verify);
  row("the same, --strict (goal 300,000)", g_strict);
  row("hashing alone, one core", g_hash);
  if (g_hash.per_second == 0) return 0;
  const auto ratio = [](const char* what, const Best& best) {
    std::printf("  %-34s %12.2f %16.2f\n", what, best.per_second / g_hash.per_second,
                best.per_cpu_second / g_hash.per_cpu_second);
  };
  ratio("append / hashing", g_append);
  ratio("verify / hashing (goal 0.70)", g_verify);
  ratio("verify --strict / hashing", g_strict);
  return 0;
}
