// The command line: registers the commands, parses, runs one. What each does is in
// host/cli/cmd_*.cc.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "cli/commands.h"

namespace {

using affiant::cli::Run;

constexpr std::string_view kHelp =
    R"(Records what a website really does in a browser, signs the record, and holds it
against what the site says.

Start here:
  affiant audit --demo                  a site built in, nothing leaves this machine
  affiant audit https://shop.example/   a real site, in a fresh browser profile
  affiant report last                   the same report again
  affiant verify last                   is the record whole and unchanged?

Then:
  affiant audit URL --format json -o report.json --fail-on contradicted
  affiant audit URL --browser chromium,firefox   both, and what they disagree on
  affiant compare last --policy new-policy.md
  affiant diff OLDER last               what the site says and does otherwise since
  affiant baseline last -o affiant.toml           then --expect affiant.toml: only
                                                  what is new fails a build
  affiant explain 'id=1; Max-Age=60' --url https://shop.example/

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 usage, 3 evidence broken,
4 the site could not be observed.)";

// Insertions, deletions, replacements and swaps of neighbours that turn one word into the other.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d[a.size()][b.size()];
}

std::vector<const CLI::App*> commands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

bool is_command(const CLI::App& app, const std::string& word) {
  const auto all = commands_of(app);
  return std::any_of(all.begin(), all.end(),
                     [&](const CLI::App* command) { return command->get_name() == word; });
}

// The command most like `word`, or empty when none is alike.
std::string nearest_command(const CLI::App& app, const std::string& word) {
  constexpr std::size_t kLongestWord = 40;
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
  if (word.size() > kLongestWord) return best;
  for (const CLI::App* command : commands_of(app)) {
    const std::size_t d =
        command->get_name().starts_with(word) ? 1 : distance(word, command->get_name());
    if (d < best_distance) {
      best = command->get_name();
      best_distance = d;
    }
  }
  return best;
}

int usage_error(std::string_view message, std::string_view advice) {
  fmt::print(stderr, "affiant: {}\n{}\n", affiant::printable(message, 2'000), advice);
  return affiant::cli::kUsageError;
}

void add_commands(CLI::App& app, Run* run) {
  using namespace affiant::cli;
  add_audit(app, run);
  add_report(app, run);
  add_summary(app, run);
  add_compare(app, run);
  add_diff(app, run);
  add_baseline(app, run);
  add_verify(app, run);
  add_export(app, run);
  add_import(app, run);
  add_anchor(app, run);
  add_cosign(app, run);
  add_witness(app, run);
  add_cases(app, run);
  add_erase(app, run);
  add_key(app, run);
  add_policy(app, run);
  add_explain(app, run);
  add_kb(app, run);
  add_demo(app, run);
  add_install(app, run);
  add_doctor(app, run);
}

int parse_and_run(int argc, char** argv) {
  CLI::App app(std::string(kHelp), "affiant");
  app.set_version_flag("--version", "affiant " AFFIANT_VERSION);
  app.set_help_flag("-h,--help", "Print this help; `affiant COMMAND --help` tells about a command");
  app.require_subcommand(0, 1);
  Run run;
  add_commands(app, &run);

  // Looked at first, so that a slip of the finger gets better advice than "unexpected argument".
  const std::string first = argc > 1 ? argv[1] : "";
  if (!first.empty() && first.front() != '-' && !is_command(app, first)) {
    const std::string near = nearest_command(app, first);
    return usage_error(
        fmt::format("no command is named {}", first),
        near.empty()
            ? "`affiant --help` lists the commands"
            : fmt::format("Did you mean `affiant {}`? `affiant --help` lists the commands", near));
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked) {  // --help, --version.
    return app.exit(asked);
  } catch (const CLI::ParseError& error) {
    const auto chosen = app.get_subcommands();
    return usage_error(error.what(), chosen.empty()
                                         ? std::string("`affiant --help` lists the commands")
                                         : fmt::format("`affiant {} --help` tells how it is used",
                                                       chosen.front()->get_name()));
  }
  if (!run) {
    fmt::print(stderr, "{}", app.help());
    return affiant::cli::kUsageError;
  }
  return run();
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return parse_and_run(argc, argv);
  } catch (const std::exception& error) {  // No command throws; memory may still run out.
    fmt::print(stderr, "affiant: internal: {}. Please report this\n",
               affiant::printable(error.what()));
    return affiant::cli::kNotObserved;
  }
}
