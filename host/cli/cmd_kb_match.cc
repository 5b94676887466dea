// `affiant kb match`: does a rule of a filter list match a request, and which exception undoes it.
#include <fmt/format.h>

#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/limits.h"
#include "cli/added_lists.h"
#include "cli/commands.h"
#include "filters/filters.h"
#include "json/json.h"
#include "site/site.h"

namespace affiant::cli {
namespace {

constexpr std::size_t kPagesKept = 10'000;  // Of a batch; then they are prepared anew.

struct Options {
  std::string url, page, type = "other", method = "GET";
  std::vector<std::string> lists;
  std::string format = "text";
  bool batch = false, skipped = false;
};

struct Question {
  std::string url, page, type, method;
};

// File names and lines of input need not be UTF-8, which JSON is.
std::string valid(std::string_view text) {
  return find_invalid_utf8(text) == std::string_view::npos ? std::string(text)
                                                           : printable(text, limits::kUrlBytes);
}

json::Value text_or_null(const std::optional<filters::Hit>& hit) {
  return hit ? json::Value(hit->rule) : json::Value(nullptr);
}

json::Value to_json(const Question& q, const Result<filters::Match>& found) {
  const filters::Match match = found ? *found : filters::Match{};
  json::Value line = {{"url", valid(q.url)},
                      {"page", valid(q.page)},
                      {"type", valid(q.type)},
                      {"match", match.matched},
                      {"important", match.important},
                      {"rule", text_or_null(match.rule)},
                      {"list", nullptr},
                      {"line", nullptr},
                      {"exception", text_or_null(match.exception)}};
  if (match.rule) {
    line["list"] = valid(match.rule->list);
    line["line"] = match.rule->line;
  }
  if (match.exception) {
    line["exception_list"] = valid(match.exception->list);
    line["exception_line"] = match.exception->line;
  }
  if (!found) line["error"] = found.error().message;
  return line;
}

void print_hit(std::string_view what, const filters::Hit& hit) {
  fmt::print("  {:<16} {}\n  {:<16} {}:{}\n", what, printable(hit.rule, 2'000), "",
             printable(hit.list, 400), hit.line);
}

void print_text(const Question& q, const filters::Match& match) {
  fmt::print("{}\n  {} on {}\n", printable(q.url, 2'000), printable(q.type),
             q.page.empty() ? "no page" : printable(q.page, 2'000));
  if (!match.rule) {
    fmt::print("  no rule matches\n");
    return;
  }
  print_hit(match.matched ? "blocked by" : "would be blocked", *match.rule);
  if (match.exception) print_hit("let through by", *match.exception);
  if (match.important) fmt::print("  {:<16} no exception can undo it\n", "important");
}

// Pages are prepared once: many requests have the same.
class Asker {
 public:
  Asker(const filters::Engine& engine, const site::SiteTable& sites)
      : engine_(engine), sites_(sites) {}

  Result<filters::Match> ask(const Question& q) {
    if (pages_.size() >= kPagesKept) pages_.clear();
    auto& page = pages_[q.page];
    if (page == nullptr) page = std::make_unique<filters::Page>(q.page, sites_);
    AFFIANT_TRY(const filters::Request request,
                filters::Request::create(q.url, *page, q.type, sites_, q.method));
    return engine_.match(request);
  }

 private:
  const filters::Engine& engine_;
  const site::SiteTable& sites_;
  std::map<std::string, std::unique_ptr<filters::Page>> pages_;
};

Result<Question> question_of(const std::string& line, std::size_t number) {
  const std::size_t first = line.find('\t');
  const std::size_t second = first == std::string::npos ? first : line.find('\t', first + 1);
  if (second == std::string::npos || line.find('\t', second + 1) != std::string::npos)
    return fail(Code::kUsage, "standard input, line {}: not `url<TAB>page<TAB>type`: {}", number,
                printable(line));
  return Question{line.substr(0, first), line.substr(first + 1, second - first - 1),
                  line.substr(second + 1), "GET"};
}

// One line of JSON a line of input, whatever the input; the exit code tells of lines that could
// not be read.
int run_batch(Asker& asker) {
  int worst = kOk;
  std::size_t number = 0;
  for (std::string line; std::getline(std::cin, line);) {
    ++number;
    if (!line.empty() && line.back() == '\r') line.pop_back();
    const auto question = question_of(line, number);
    const Result<filters::Match> found =
        question ? asker.ask(*question) : tl::unexpected<Error>(question.error());
    if (!found) worst = kUsageError;
    const auto text = json::canonical(to_json(question ? *question : Question{line}, found));
    if (!text) return report_error(text.error());
    fmt::print("{}\n", *text);
  }
  if (std::cin.bad())
    return report_error(Error{Code::kIo, "standard input could not be read to its end"});
  return worst;
}

int run_match(const Options& options) {
  if (options.batch != options.url.empty())
    return report_error(Error{Code::kUsage,
                              "kb match: give a URL with --page and --type, or --batch and lines "
                              "of `url<TAB>page<TAB>type` on standard input"});
  const auto sites = site::SiteTable::built_in();
  if (!sites) return report_error(sites.error());
  const auto files = options.lists.empty() ? lists_by_default() : options.lists;
  if (!files) return report_error(files.error());
  const auto lists = read_filter_lists(*files);
  if (!lists) {
    report_error(lists.error());
    return kUsageError;
  }
  for (const ListSummary& list : lists->lists)
    if (list.rules == 0)
      fmt::print(stderr, "affiant: {}: holds no rule that can match a request\n",
                 printable(list.file, 400));
  Asker asker(lists->engine, *sites);
  if (options.batch) return run_batch(asker);

  const Question question{options.url, options.page, options.type, options.method};
  const auto found = asker.ask(question);
  if (!found) return report_error(found.error());
  if (options.format == "json") {
    const auto text = json::canonical(to_json(question, found));
    if (!text) return report_error(text.error());
    fmt::print("{}\n", *text);
    return kOk;
  }
  print_text(question, *found);
  for (const ListSummary& list : lists->lists) {
    const std::string summary = summary_text(list);
    fmt::print("from {}", options.skipped ? summary : summary.substr(0, summary.find('\n') + 1));
  }
  return kOk;
}

}  // namespace

void add_kb_match(CLI::App& kb, Run* run) {
  CLI::App* match = kb.add_subcommand("match", "Whether a filter list would block a request");
  auto options = std::make_shared<Options>();
  match->add_option("URL", options->url, "The request");
  match->add_option("--page", options->page, "The page that makes it");
  match
      ->add_option("--type", options->type,
                   "script, image, xmlhttprequest, sub_frame, main_frame, ... (webRequest's names)")
      ->capture_default_str();
  match->add_option("--method", options->method, "Its HTTP method")->capture_default_str();
  match->add_option("--lists", options->lists,
                    "A list in EasyList syntax, repeatable (default: those of `affiant kb add`, "
                    "and those that Debian's webext-ublock-origin-chromium installs)");
  match->add_flag(
      "--batch", options->batch,
      "Read `url<TAB>page<TAB>type` lines on standard input, write one line of JSON each");
  match->add_flag("--skipped", options->skipped, "Also show which lines of the lists were skipped");
  match->add_option("--format", options->format, "text, or json: one object a line")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  match->footer(
      "Example:\n  affiant kb match https://stats.example/collect --page https://shop.example/ "
      "--type ping\n");
  match->callback([=] { *run = [=] { return run_match(*options); }; });
}

}  // namespace affiant::cli
