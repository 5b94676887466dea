// `affiant cases` lists; `affiant erase CASE` destroys. A case set is listed by its members.
#include <fmt/chrono.h>
#include <fmt/format.h>

#include <cstdio>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "cli/case_set.h"
#include "cli/cases.h"
#include "cli/commands.h"
#include "cli/confirm.h"
#include "cli/paths.h"
#include "json/json.h"

namespace affiant::cli {
namespace {

std::string size_text(std::uint64_t bytes) {
  if (bytes < 10'000) return fmt::format("{} B", bytes);
  if (bytes < 10'000'000) return fmt::format("{} KB", bytes / 1'000);
  return fmt::format("{} MB", bytes / 1'000'000);
}

std::string_view state_text(const CaseInfo& info) {
  if (!info.readable) return "unreadable";
  if (info.imported) return "imported";
  return info.sealed ? "sealed" : "open";
}

int list(bool as_json) {
  const auto all = list_cases();
  if (!all) return report_error(all.error());
  for (const CaseInfo& c : *all) {
    if (as_json) {
      const auto line =
          json::canonical({{"id", c.id},
                           {"dir", c.dir.string()},
                           {"set", c.set.empty() ? json::Value() : json::Value(c.set)},
                           {"site", c.site},
                           {"started_ms", c.started_ms},
                           {"entries", c.entries},
                           {"bytes", c.bytes},
                           {"state", state_text(c)}});
      if (!line) return report_error(line.error());
      fmt::print("{}\n", *line);
    } else {
      fmt::print("{}  {:%Y-%m-%d %H:%M} UTC  {:>6} entries  {:>7}  {:<10}  {}\n", c.id,
                 fmt::gmtime(static_cast<std::time_t>(c.started_ms / 1000)), c.entries,
                 size_text(c.bytes), state_text(c), printable(c.site));
    }
  }
  if (all->empty() && !as_json) {
    const auto root = cases_dir();
    fmt::print(stderr, "affiant: no cases under {}\n", root ? root->string() : "?");
  }
  return kOk;
}

}  // namespace

void add_cases(CLI::App& app, Run* run) {
  CLI::App* cases = app.add_subcommand("cases", "List the recorded cases, oldest first");
  auto format = std::make_shared<std::string>("text");
  cases->add_option("--format", *format, "text, or json: one object a line")
      ->check(CLI::IsMember({"text", "json"}));
  cases->callback([=] { *run = [=] { return list(*format == "json"); }; });
}

}  // namespace affiant::cli
