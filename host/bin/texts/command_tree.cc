#include "bin/texts/command_tree.h"

#include <utility>

namespace affiant::texts {
namespace {

// CLI11 writes what an option takes as "TEXT", "INT:INT in [0 - 50]" or "TEXT:{text,json}".
std::vector<std::string> choices_of(const std::string& type) {
  const std::size_t open = type.find('{'), close = type.find('}');
  std::vector<std::string> choices;
  if (open == std::string::npos || close == std::string::npos) return choices;
  std::string word;
  for (const char c : type.substr(open + 1, close - open - 1) + ",") {
    if (c != ',') {
      word.push_back(c);
      continue;
    }
    choices.push_back(std::exchange(word, ""));
  }
  return choices;
}

Option option_of(const CLI::Option& from) {
  Option option;
  for (const std::string& name : from.get_snames()) option.names.push_back("-" + name);
  for (const std::string& name : from.get_lnames()) option.names.push_back("--" + name);
  if (from.get_positional()) {
    option.positional = from.get_name(true);
    option.names.clear();
  }
  if (from.get_items_expected_max() > 0) {
    const std::string type = from.get_type_name();
    option.value = type.substr(0, type.find(':'));
    option.choices = choices_of(type);
  }
  option.repeatable = from.get_items_expected_max() > 1;
  option.required = from.get_required();
  option.description = from.get_description();
  return option;
}

Command command_of(const CLI::App& from, std::vector<std::string> path) {
  Command command;
  command.path = std::move(path);
  command.description = from.get_description();
  command.footer = from.get_footer();
  for (const CLI::Option* option : from.get_options())
    if (!option->get_group().empty()) command.options.push_back(option_of(*option));
  for (const CLI::App* below : from.get_subcommands([](const CLI::App*) { return true; }))
    if (!below->get_group().empty()) command.subcommands.push_back(below->get_name());
  return command;
}

}  // namespace

std::vector<Command> take_apart(const CLI::App& app) {
  std::vector<Command> found;
  std::vector<std::pair<const CLI::App*, std::vector<std::string>>> waiting{{&app, {}}};
  while (!waiting.empty()) {
    auto [at, path] = std::move(waiting.back());
    waiting.pop_back();
    found.push_back(command_of(*at, path));
    const auto& below = found.back().subcommands;
    for (auto name = below.rbegin(); name != below.rend(); ++name) {  // The first comes out first.
      std::vector<std::string> longer = path;
      longer.push_back(*name);
      waiting.emplace_back(at->get_subcommand(*name), std::move(longer));
    }
  }
  return found;
}

std::string join(const std::vector<std::string>& words, const std::string& between) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

}  // namespace affiant::texts
