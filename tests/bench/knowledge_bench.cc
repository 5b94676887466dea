// How fast an owner and a cookie are looked up: hosts and names that are known, and as many that
// are not, one after the other; then with lists of the user's beside the built-in tables.
#include <benchmark/benchmark.h>

#include <array>
#include <string>
#include <string_view>

#include "knowledge/layer.h"

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

// As many rows as all public lists together have.
void add_layers() {
  knowledge::Layer layer;
  for (int i = 0; i < 40'000; ++i)
    layer.hosts.push_back({"Owner " + std::to_string(i), "", "analytics",
                           "host" + std::to_string(i) + ".example", -1});
  for (int i = 0; i < 2'300; ++i)
    layer.cookies.push_back({"_" + std::to_string(i * 7'919 % 2'300) + (i % 9 == 0 ? "_*" : "_id"),
                             "", "Owner", "", "analytics", -1});
  knowledge::use_layers({layer});
}

void owner_with_layers(benchmark::State& state) {
  add_layers();
  owner(state);
}
BENCHMARK(owner_with_layers);

void cookie_with_layers(benchmark::State& state) {
  add_layers();
  cookie(state);
}
BENCHMARK(cookie_with_layers);

}  // namespace

BENCHMARK_MAIN();
