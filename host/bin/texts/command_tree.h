// The command line, taken apart: what the manual page and the completions of shells are made of, so
// that they cannot say anything else than `affiant --help`.
#pragma once

#include <string>
#include <vector>

#include "cli/command.h"

namespace affiant::texts {

struct Option {
  std::vector<std::string> names;  // "-q", "--quiet"; empty for a positional.
  std::string positional;          // Its name; else empty.
  std::string value;               // What it takes: "TEXT"; empty for a flag.
  std::vector<std::string> choices;
  std::string description;
  bool required = false, repeatable = false;
};

struct Command {
  std::vector<std::string> path;  // Without the program's own name: {"key", "show"}.
  std::string description, footer;
  std::vector<Option> options;
  std::vector<std::string> subcommands;  // Their own names.
};

// The program first, then every command with its subcommands after it, in the order of --help.
std::vector<Command> take_apart(const CLI::App& app);

std::string man_page(const std::vector<Command>& commands, const std::string& version,
                     const std::string& date);
std::string bash_completion(const std::vector<Command>& commands);
std::string zsh_completion(const std::vector<Command>& commands);
std::string fish_completion(const std::vector<Command>& commands);

// The parts of `words` with `between` between them.
std::string join(const std::vector<std::string>& words, const std::string& between);

}  // namespace affiant::texts
