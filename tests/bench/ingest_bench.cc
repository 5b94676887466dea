// How fast the host takes events in, by the real way of a message: its JSON text decoded, each
// event checked and split, encoded, appended, synced (one sync for 64 events), acknowledged. Beside
// it, in the same run, what the parts alone allow. Cases are made in TMPDIR; the sync is that of
// its disk. AFFIANT_BENCH_EVENTS: events a run (default 100,000); memory is that of the process.
#include <benchmark/benchmark.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/null_sink.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/limits.h"
#include "evidence/hash.h"
#include "place.h"
#include "recorder/recorder.h"

namespace {

namespace fs = std::filesystem;
using namespace affiant;
using bench::must;
using bench::Place;

std::uint64_t events_a_run() {
  const char* given = std::getenv("AFFIANT_BENCH_EVENTS");
  return given == nullptr ? 100'000 : std::strtoull(given, nullptr, 10);
}

// Bodies of about 1 KB as the extension sends them. A note hides nothing; a cookie has its value
// withheld-able; a request has six such fields.
enum Body { kNote, kCookie, kRequest };
constexpr const char* kNames[] = {"recorder.note", "cookie.change", "request"};

std::string body_of(Body body, std::uint64_t n) {
  const std::string host = "t" + std::to_string(n % 97) + ".example";
  const std::string url = "https://" + host + "/collect/v2/pixel.js?id=" + std::string(120, 'u');
  const std::string page = "https://shop.example/products/shoes?session=" + std::string(30, 's');
  if (body == kNote) return R"({"code":"bench","detail":")" + std::string(900, 'd') + "\"}";
  if (body == kCookie)
    return R"({"cause":"explicit","removed":false,"name":"_ga","value":")" + std::string(640, 'v') +
           R"(","domain":".)" + host +
           R"(","host_only":false,"path":"/","secure":true,"http_only":false,"same_site":"lax",)"
           R"("session":false,"expires_ms":1824560000000,"partition_key":null,"store":"0"})";
  return R"({"rid":"1234","hop":0,"url":")" + url + R"(","scheme":"https","host":")" + host +
         R"(","method":"GET","type":"script","status":200,"from_cache":false,"redirect":null,)"
         R"("initiator":"https://shop.example","initiator_url":")" +
         page + R"(","document_url":")" + page +
         R"(","ip":"192.0.2.7","content_type":"text/javascript","set_cookies":1,)"
         R"("headers":{"cache-control":"max-age=3600","p3p":"CP=\"NOI DSP\""},"parent_frame":-1,)"
         R"("tab":3,"frame":0,"top":")" +
         page + R"(","top_host":"shop.example","frame_url":")" + page +
         R"(","frame_host":"shop.example"})";
}

std::string frame_of(Body body, std::uint64_t first_q, std::uint64_t events) {
  std::string text = R"({"type":"events","events":[)";
  for (std::uint64_t q = first_q; q < first_q + events; ++q)
    text += std::string(q == first_q ? "" : ",") + R"({"q":)" + std::to_string(q) + R"(,"k":")" +
            kNames[body] + R"(","t":1790000000000,"b":)" + body_of(body, q) + "}";
  return text + "]}";
}

// One connection of a visit, with nobody to answer to.
class Host {
 public:
  explicit Host(const fs::path& dir)
      : recorder_({place(dir), "chromium", progress_, system_clock(), system_random(), logger_},
                  [this](const wire::HostMessage& message) -> Status {
                    if (const auto* ack = std::get_if<wire::Ack>(&message)) acked_ = ack->durable;
                    return {};
                  }) {
    say(wire::Hello{"boot", "0.1.0", "chromium", "156.0", "UA"});
    say(wire::Open{"https://shop.example/", "visit", "no-choice", false, "blocked", false});
  }
  void take(std::string_view frame) {
    auto message = must(wire::decode_message(frame));
    must(recorder_.handle(message));
    must(recorder_.idle());
  }
  std::uint64_t acknowledged() const { return acked_; }

 private:
  static recorder::Workplace place(const fs::path& dir) {
    recorder::Workplace out;
    out.cases_dir = dir / "cases";
    out.identity_dir = dir / "id";
    return out;
  }
  void say(wire::ExtensionMessage message) { must(recorder_.handle(message)); }

  spdlog::logger logger_{"bench", std::make_shared<spdlog::sinks::null_sink_st>()};
  recorder::Progress progress_;
  std::uint64_t acked_ = 0;
  recorder::Recorder recorder_;
};

double now_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}
double cpu_s() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Rates {
  std::vector<double> wall;
  std::vector<double> cpu;
};
std::map<std::string, Rates> g_rates;

template <typename Work>
void measure(benchmark::State& state, const std::string& name, std::uint64_t events, Work&& work) {
  const double wall = now_s();
  const double cpu = cpu_s();
  work();
  const double took = now_s() - wall;
  state.SetIterationTime(took);
  g_rates[name].wall.push_back(static_cast<double>(events) / took);
  g_rates[name].cpu.push_back(static_cast<double>(events) / (cpu_s() - cpu));
}

void ingest(benchmark::State& state) {
  const auto body = static_cast<Body>(state.range(0));
  const std::uint64_t events = events_a_run() / limits::kCommitEntries * limits::kCommitEntries;
  for (auto _ : state) {
    const Place place;
    Host host(place.dir());
    // Made as they come, outside the clock, so that memory is the host's.
    double paused = 0;
    double paused_cpu = 0;
    const double begin = now_s();
    const double begin_cpu = cpu_s();
    for (std::uint64_t q = 1; q <= events; q += limits::kCommitEntries) {
      const double before = now_s();
      const double before_cpu = cpu_s();
      const std::string frame = frame_of(body, q, limits::kCommitEntries);
      paused += now_s() - before;
      paused_cpu += cpu_s() - before_cpu;
      host.take(frame);
    }
    const double took = now_s() - begin - paused;
    if (host.acknowledged() + limits::kCommitEntries < events) std::abort();
    state.SetIterationTime(took);
    Rates& rates = g_rates[std::string("ingest ") + kNames[body]];
    rates.wall.push_back(static_cast<double>(events) / took);
    rates.cpu.push_back(static_cast<double>(events) / (cpu_s() - begin_cpu - paused_cpu));
  }
}
BENCHMARK(ingest)
    ->DenseRange(kNote, kRequest)
    ->UseManualTime()
    ->Iterations(5)
    ->Unit(benchmark::kMillisecond);

// Bounds: the bytes through SHA-256, and written and synced 64 at a time.
void hash_only(benchmark::State& state) {
  const std::string line(1'024, 'x');
  for (auto _ : state)
    measure(state, "hash only", 1'000'000, [&line] {
      for (int n = 0; n < 1'000'000; ++n) benchmark::DoNotOptimize(evidence::leaf_hash(line));
    });
}
BENCHMARK(hash_only)->UseManualTime()->Iterations(3)->Unit(benchmark::kMillisecond);

void sync_only(benchmark::State& state) {
  const std::string lines(limits::kCommitEntries * 1'024, 'x');
  for (auto _ : state) {
    const Place place;
    const auto file = must(system_fs().create(place.dir() / "file"));
    measure(state, "write and sync only", 1'000 * limits::kCommitEntries, [&] {
      for (int n = 0; n < 1'000; ++n) {
        must(file->write(lines));
        must(file->sync());
      }
    });
  }
}
BENCHMARK(sync_only)->UseManualTime()->Iterations(5)->Unit(benchmark::kMillisecond);

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  const double sync = median(g_rates["write and sync only"].wall);
  const double goal = 100'000;
  std::printf(
      "\nmedians, events of about 1 KB   by the clock   by processor time   of sync only   "
      "of the goal\n");
  for (const auto& [name, rates] : g_rates)
    std::printf("  %-28s %10.0f/s %17.0f/s %14.2f %13.2f\n", name.c_str(), median(rates.wall),
                median(rates.cpu), sync > 0 ? median(rates.wall) / sync : 0,
                median(rates.wall) / goal);
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  std::printf("  peak memory of the process   %10.1f MB (goal 30)\n",
              static_cast<double>(usage.ru_maxrss) / 1024);
  return 0;
}
