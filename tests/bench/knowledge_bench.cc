// How fast an owner and a cookie are looked up: hosts and names that are known, and as many that
// are not, one after the other.
#include <benchmark/benchmark.h>

#include <array>
#include <string_view>

#include "knowledge/knowledge.h"

namespace {

using namespace affiant;

constexpr std::array<std::string_view, 8> kHosts = {"www.google-analytics.com",
                                                    "stats.g.doubleclick.net",
                                                    "connect.facebook.net",
                                                    "static.hotjar.com",
                                                    "shop.example",
                                                    "cdn.assets.shop.example.co.uk",
                                                    "d1234abcd.cloudfront.net",
                                                    "www.some-quite-long-name-of-a-shop.example"};
constexpr std::array<std::string_view, 8> kNames = {"_ga",
                                                    "_ga_AB12CD34EF",
                                                    "_fbp",
                                                    "PHPSESSID",
                                                    "basket",
                                                    "wordpress_logged_in_0123456789abcdef",
                                                    "theme-of-the-shop",
                                                    "_hjSessionUser_123456"};

void owner(benchmark::State& state) {
  std::size_t i = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(knowledge::find_vendor(kHosts[i++ % kHosts.size()]));
}
BENCHMARK(owner);

void cookie(benchmark::State& state) {
  std::size_t i = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(knowledge::find_cookie(kNames[i++ % kNames.size()], ".shop.example"));
}
BENCHMARK(cookie);

}  // namespace

BENCHMARK_MAIN();
