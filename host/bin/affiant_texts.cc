// affiant_texts man DATE | bash | zsh | fish: the manual page and the shells' completions, made of
// the command table when the project is built. affiant_texts manifest chromium|firefox HOST: the
// native-messaging manifest, as `affiant install` would write it. Not installed.
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <string_view>

#include "bin/texts/command_tree.h"
#include "browser/native_manifest.h"
#include "cli/commands.h"

namespace {

int print_manifest(std::string_view kind_word, const char* host) {
  using namespace affiant;
  const auto kind = browser::kind_from_name(kind_word);
  if (!kind) return 2;
  const auto text = browser::native_manifest(*kind, host);
  if (!text) {
    fmt::print(stderr, "affiant_texts: {}\n", text.error().message);
    return 1;
  }
  fmt::print("{}", *text);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const std::string_view wanted = argc > 1 ? argv[1] : "";
    if (wanted == "manifest" && argc == 4) return print_manifest(argv[2], argv[3]);
    affiant::cli::Run run;
    const auto app = affiant::cli::command_line(&run);
    const auto commands = affiant::texts::take_apart(*app);
    if (wanted == "man" && argc == 3)
      fmt::print("{}", affiant::texts::man_page(commands, AFFIANT_VERSION, argv[2]));
    else if (wanted == "bash")
      fmt::print("{}", affiant::texts::bash_completion(commands));
    else if (wanted == "zsh")
      fmt::print("{}", affiant::texts::zsh_completion(commands));
    else if (wanted == "fish")
      fmt::print("{}", affiant::texts::fish_completion(commands));
    else
      return 2;
    return std::fflush(stdout) == 0 ? 0 : 1;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "affiant_texts: %s\n", error.what());
    return 1;
  }
}
