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

int parse_and_run(int argc, char** argv) {
  Run run;
  const auto made = affiant::cli::command_line(&run);
  CLI::App& app = *made;

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
  // Asked by scripts and by doctor, and often: answered without making all commands first.
  if (argc == 2 && std::string_view(argv[1]) == "--version") {
    fmt::print("affiant {}\n", AFFIANT_VERSION);
    return 0;
  }
  try {
    return parse_and_run(argc, argv);
  } catch (const std::exception& error) {  // No command throws; memory may still run out.
    fmt::print(stderr, "affiant: internal: {}. Please report this\n",
               affiant::printable(error.what()));
    return affiant::cli::kNotObserved;
  }
}
