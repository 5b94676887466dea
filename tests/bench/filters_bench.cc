// Filter lists: how long they take to read and to match, how much memory they hold, and what a
// request costs as lists grow. filters.mjs runs it beside other engines on the same requests.
//
//   filters_bench LIST... < requests.tsv     (url<TAB>page<TAB>type)
//
// Prints one line of JSON.
#include <fmt/format.h>
#include <malloc.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/fs.h"
#include "base/limits.h"
#include "filters/filters.h"
#include "place.h"
#include "site/site.h"

namespace {

using namespace affiant;
using bench::must;
using Clock = std::chrono::steady_clock;

// Of this thread: what else the machine does costs less of a share in it than in a clock on the
// wall.
double processor_ns() {
  timespec t{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) * 1e9 + static_cast<double>(t.tv_nsec);
}

double since_ns(Clock::time_point begin) {
  return std::chrono::duration<double, std::nano>(Clock::now() - begin).count();
}

double resident_mb() {
  std::ifstream in("/proc/self/statm");
  double size = 0;
  double resident = 0;
  in >> size >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
}

struct Line {
  std::string url, page, type;
};

std::vector<Line> read_lines() {
  std::vector<Line> lines;
  for (std::string text; std::getline(std::cin, text);) {
    const std::size_t a = text.find('\t');
    const std::size_t b = text.find('\t', a + 1);
    if (b == std::string::npos) continue;
    lines.push_back({text.substr(0, a), text.substr(a + 1, b - a - 1), text.substr(b + 1)});
  }
  return lines;
}

filters::Engine build(const std::vector<std::string>& names,
                      const std::vector<std::string>& texts) {
  std::vector<filters::FilterList> lists;
  for (std::size_t i = 0; i < names.size(); ++i)
    lists.push_back(must(filters::FilterList::parse(names[i], texts[i])));
  return must(filters::Engine::create(std::move(lists)));
}

double at(const std::vector<double>& sorted, double part) {
  return sorted[static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1))];
}

// Median and 99th percentile of single calls by the clock on the wall, the mean by processor time.
struct Times {
  double median, mean, p99;
};
template <typename F>
Times measure(std::size_t count, F f) {
  for (std::size_t i = 0; i < count; ++i) f(i);  // Warm.
  const double before = processor_ns();
  for (std::size_t i = 0; i < count; ++i) f(i);
  const double mean = (processor_ns() - before) / static_cast<double>(count);
  std::vector<double> times(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto begin = Clock::now();
    f(i);
    times[i] = since_ns(begin);
  }
  std::sort(times.begin(), times.end());
  return {at(times, 0.5), mean, at(times, 0.99)};
}

// Lists of the usual make-up with hosts and paths of no one: 87 % hosts, 12 % paths, 1 % wildcards.
std::string made_up_list(std::size_t rules) {
  std::string text;
  std::uint64_t seed = 1;
  for (std::size_t i = 0; i < rules; ++i) {
    seed = seed * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
    const auto word = fmt::format("{:x}", seed >> 30U);
    if (i % 100 < 87)
      text += fmt::format("||{}.example^{}\n", word, i % 8 == 0 ? "$third-party" : "");
    else if (i % 100 < 99)
      text += fmt::format("/{}/ads.\n", word);
    else
      text += fmt::format("/{}/*/banner^$script\n", word);
  }
  return text;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> names(argv + 1, argv + argc);
  std::vector<std::string> texts;
  for (const std::string& name : names) texts.push_back(must(read_file(name, limits::kListBytes)));
  const std::vector<Line> lines = read_lines();
  if (names.empty() || lines.empty()) {
    std::fprintf(stderr, "usage: filters_bench LIST... < requests.tsv\n");
    return 2;
  }
  const site::SiteTable sites = must(site::SiteTable::built_in());

  const double before = resident_mb();
  double begin = processor_ns();
  auto engine = std::make_unique<filters::Engine>(build(names, texts));
  const double cold_ms = (processor_ns() - begin) / 1e6;
  ::malloc_trim(0);
  const double memory = resident_mb() - before;
  double warm_ms = cold_ms;
  for (int i = 0; i < 5; ++i) {
    begin = processor_ns();
    const filters::Engine again = build(names, texts);
    warm_ms = std::min(warm_ms, (processor_ns() - begin) / 1e6);
  }

  std::map<std::string, std::unique_ptr<filters::Page>> pages;
  std::vector<filters::Request> requests;
  std::vector<const filters::Page*> page_of;
  std::vector<const Line*> line_of;
  for (const Line& line : lines) {
    auto& page = pages[line.page];
    if (page == nullptr) page = std::make_unique<filters::Page>(line.page, sites);
    auto request = filters::Request::create(line.url, *page, line.type, sites);
    if (!request) continue;
    requests.push_back(std::move(*request));
    page_of.push_back(page.get());
    line_of.push_back(&line);
  }
  std::size_t matched = 0;
  for (const filters::Request& r : requests) matched += engine->match(r).matched ? 1U : 0U;
  std::size_t sink = 0;
  const Times parsed = measure(requests.size(), [&](std::size_t i) {
    sink += engine->match(requests[i]).matched ? 1U : 0U;
  });
  const Times whole = measure(requests.size(), [&](std::size_t i) {
    const auto r = filters::Request::create(line_of[i]->url, *page_of[i], line_of[i]->type, sites);
    sink += engine->match(*r).matched ? 1U : 0U;
  });

  std::string scale;
  for (const std::size_t rules : {10'000U, 100'000U, 1'000'000U}) {
    const filters::Engine made = build({"made up"}, {made_up_list(rules)});
    const Times t = measure(
        requests.size(), [&](std::size_t i) { sink += made.match(requests[i]).matched ? 1U : 0U; });
    scale += fmt::format("{}{{\"rules\":{},\"mean_ns\":{:.0f},\"median_ns\":{:.0f}}}",
                         scale.empty() ? "" : ",", rules, t.mean, t.median);
  }
  fmt::print(
      "{{\"rules\":{},\"requests\":{},\"matched\":{},\"build_cold_ms\":{:.1f},\"build_warm_ms\":"
      "{:.1f},\"memory_mb\":{:.1f},\"parsed_ns\":{{\"median\":{:.0f},\"mean\":{:.0f},\"p99\":{:.0f}"
      "}},\"string_ns\":{{\"median\":{:.0f},\"mean\":{:.0f},\"p99\":{:.0f}}},\"scale\":[{}]}}\n",
      engine->rules(), requests.size(), matched, cold_ms, warm_ms, memory, parsed.median,
      parsed.mean, parsed.p99, whole.median, whole.mean, whole.p99, scale);
  return sink == 0 ? 1 : 0;
}
