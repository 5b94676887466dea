// How fast policies are read, from their bytes to the declaration, on one core: one of 30 KB, a
// large made-up text, and the development data in place (AFFIANT_SHARED_DATA; said loudly when it
// is not there). Memory: the most that the process held above what it held before, beside the
// text's size, each in a process of its own.
#include <benchmark/benchmark.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/fs.h"
#include "base/limits.h"
#include "place.h"
#include "policy/declaration.h"
#include "policy/document.h"

namespace {

namespace fs = std::filesystem;
using namespace affiant;
using bench::must;

// A policy as they are: headings, prose with statements of every kind, lists, a table of cookies.
std::string made_up(std::size_t bytes, bool html) {
  const char* paragraphs[] = {
      "We collect the name and the e-mail address that you give us when you place an order, and we "
      "keep them for as long as the law asks of us, which is seven years in most cases.",
      "We use cookies to keep you logged in and to measure how visitors use our website. Most of "
      "them expire after 30 days. You can delete them in the settings of your browser.",
      "We use Google Analytics for statistics. Other partners, such as Example Ads GmbH, may set "
      "cookies of their own if you have agreed to that in our banner.",
      "We do not sell your personal data, and we do not allow third-party behavioural tracking, "
      "except where you have asked for it in writing.",
      "You have the right to ask what is stored about you, to have it put right, and to have it "
      "erased, unless there is a duty to keep it. Write to the address at the end of this text.",
      "Our servers note the address, the time and the page of every request, and forget them after "
      "fourteen days. If your browser sends a Do Not Track signal, we set only necessary cookies."};
  const std::string open = html ? "<p>" : "", close = html ? "</p>\n" : "\n\n";
  std::string out = html ? "<!doctype html><html lang=en><title>Privacy</title><body>" : "";
  for (std::size_t n = 0; out.size() < bytes; ++n) {
    if (n % 6 == 0) {
      const std::string title = "Part " + std::to_string(n / 6) + ": what we do";
      out += html ? "<h2>" + title + "</h2>\n" : "## " + title + "\n\n";
    }
    out += open + paragraphs[n % std::size(paragraphs)] + close;
    if (n % 24 != 23) continue;
    out += html ? "<table><tr><th>Name<th>Purpose<th>Duration</tr>"
                : "| Name | Purpose | Duration |\n|---|---|---|\n";
    for (int row = 0; row < 8; ++row) {
      const std::string name = "_c" + std::to_string(n) + "_" + std::to_string(row);
      out += html ? "<tr><td>" + name + "<td>Counts visits<td>2 years</tr>"
                  : "| " + name + " | Counts visits | 2 years |\n";
    }
    out += html ? "</table>\n" : "\n";
  }
  return out;
}

std::size_t read_all(std::string_view bytes, policy::Format format) {
  const policy::Document document = must(policy::read_document(bytes, format, "bench"));
  return policy::read_policy(document, {}).statements.size();
}

void thirty_kilobytes(benchmark::State& state) {
  const bool html = state.range(0) == 1;
  const std::string text = made_up(30'000, html);
  for (auto _ : state)
    benchmark::DoNotOptimize(
        read_all(text, html ? policy::Format::kHtml : policy::Format::kMarkdown));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}
BENCHMARK(thirty_kilobytes)->ArgName("html")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

void large_text(benchmark::State& state) {
  const bool html = state.range(0) == 1;
  const std::string text = made_up(8U << 20U, html);
  for (auto _ : state)
    benchmark::DoNotOptimize(
        read_all(text, html ? policy::Format::kHtml : policy::Format::kMarkdown));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}
BENCHMARK(large_text)
    ->ArgName("html")
    ->Arg(0)
    ->Arg(1)
    ->Iterations(3)
    ->Unit(benchmark::kMillisecond);

struct File {
  std::string name, bytes;
};

std::vector<File> real_policies() {
  const char* given = std::getenv("AFFIANT_SHARED_DATA");
  const fs::path folder = fs::path(given == nullptr ? "." : given) / "policies";
  std::vector<File> out;
  for (const std::string& name : must(list_dir(folder)))
    if (fs::is_regular_file(folder / name))
      out.push_back({name, must(read_file(folder / name, limits::kPolicyBytes))});
  return out;
}

void real_texts(benchmark::State& state) {
  const std::vector<File> files = real_policies();
  if (files.empty()) {
    state.SkipWithError("AFFIANT_SHARED_DATA holds no policies: NOT MEASURED");
    return;
  }
  std::size_t bytes = 0;
  for (const File& file : files) bytes += file.bytes.size();
  for (auto _ : state)
    for (const File& file : files)
      benchmark::DoNotOptimize(read_all(file.bytes, policy::guess_format(file.name, file.bytes)));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes));
}
BENCHMARK(real_texts)->Unit(benchmark::kMillisecond);

// Prints what reading took at its height, above what the process held with the text alone.
void report_memory(const std::string& text, policy::Format format) {
  std::fflush(stdout);
  const pid_t child = ::fork();
  if (child == 0) {
    rusage before{}, after{};
    // The word tables are loaded once and for all.
    read_all("We use cookies on this website, and you can read about them here.", format);
    ::getrusage(RUSAGE_SELF, &before);
    read_all(text, format);
    ::getrusage(RUSAGE_SELF, &after);
    std::printf("  %9zu bytes as %-8s %8.1f MB above, %5.1f times the text (goal: 20)\n",
                text.size(), format == policy::Format::kHtml ? "HTML" : "Markdown",
                static_cast<double>(after.ru_maxrss - before.ru_maxrss) / 1024,
                static_cast<double>(after.ru_maxrss - before.ru_maxrss) * 1024 /
                    static_cast<double>(text.size()));
    std::fflush(stdout);
    ::_exit(0);
  }
  ::waitpid(child, nullptr, 0);
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  std::printf("peak memory of one text:\n");
  for (const std::size_t bytes :
       {std::size_t{30'000}, std::size_t{1} << 20U, std::size_t{8} << 20U}) {
    report_memory(made_up(bytes, true), policy::Format::kHtml);
    report_memory(made_up(bytes, false), policy::Format::kMarkdown);
  }
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
