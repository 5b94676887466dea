// How long the detection rules take over a record of 100,000 entries: requests of a page that loads
// a thousand of hosts, 2,000 cookies that look like identifiers, some of which reach others.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>

#include "detect/facts.h"
#include "observe/observations.h"
#include "site/site.h"

namespace {

using namespace affiant;

constexpr std::size_t kCookies = 2'000, kRequests = 98'000;

std::string identifier(std::size_t n) {
  std::string out;
  std::uint64_t x = n * 0x9E3779B97F4A7C15ULL + 1;
  for (int i = 0; i < 20; ++i) {
    x ^= x << 13U;
    x ^= x >> 7U;
    x ^= x << 17U;
    out += "0123456789abcdef"[x & 15U];
  }
  return out;
}

observe::Place place() {
  observe::Place p;
  p.session = 1;
  p.time_ms = 1'790'000'000'000;
  p.top_host = p.frame_host = "shop.example";
  p.top_url = p.frame_url = "https://shop.example/";
  return p;
}

observe::Observations made() {
  observe::Observations seen;
  observe::Session session;
  session.id = 1;
  session.phase = "no-choice";
  session.host = "shop.example";
  session.opened_ms = 1'790'000'000'000;
  seen.sessions.push_back(session);
  for (std::size_t i = 0; i < kCookies; ++i) {
    observe::CookieAttempt a;
    a.entry = i + 1;
    a.place = place();
    a.by_header = true;
    a.via = "http";
    a.head = "c" + std::to_string(i) + "=";
    a.value = identifier(i);
    a.tail = "; Max-Age=31536000";
    a.scheme = "https";
    a.host = i % 2 == 0 ? "shop.example" : "h" + std::to_string(i % 1'000) + ".example";
    a.url = "https://" + a.host + "/";
    seen.attempts.push_back(a);
  }
  for (std::size_t i = 0; i < kRequests; ++i) {
    observe::Request r;
    r.entry = kCookies + i + 1;
    r.place = place();
    r.host = "h" + std::to_string(i % 1'000) + ".example";
    r.url = "https://" + r.host +
            "/collect?v=1&page=https%3A%2F%2Fshop.example%2Fsome%2Fpage&n=" + std::to_string(i) +
            "&u=" + (i % 100 == 0 ? identifier(i % kCookies) : "none");
    r.type = i % 3 == 0 ? "image" : "script";
    r.method = "GET";
    r.initiator = "https://shop.example";
    r.headers["referer"] = "https://shop.example/some/page?with=a-query-string-of-its-own";
    seen.requests.push_back(r);
  }
  return seen;
}

void detect_pass(benchmark::State& state) {
  const auto sites = site::SiteTable::built_in();
  if (!sites) std::abort();
  const observe::Observations seen = made();
  for (auto _ : state) {
    state.PauseTiming();
    observe::Observations copy = seen;
    state.ResumeTiming();
    benchmark::DoNotOptimize(detect::detect(std::move(copy), *sites).techniques.size());
  }
}
BENCHMARK(detect_pass)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
