// Completions: each finds out which command the words before the cursor name, and offers what that
// command takes. What is no option and has no choices is left to the shell, which offers files.
#include <fmt/format.h>

#include "bin/texts/command_tree.h"

namespace affiant::texts {
namespace {

constexpr const char* kMade = "# Made of the command table: see host/bin/affiant_texts.cc.\n";

// " key show": how the scripts below name a command; empty for the program itself.
std::string where(const Command& command) {
  std::string text;
  for (const std::string& word : command.path) text += " " + word;
  return text;
}

std::vector<std::string> all_paths(const std::vector<Command>& commands) {
  std::vector<std::string> paths;
  for (const Command& command : commands)
    if (!command.path.empty()) paths.push_back("'" + where(command) + "'");
  return paths;
}

// Within single quotes of a POSIX shell.
std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'')
      out += "'\\''";
    else
      out.push_back(c == '\n' ? ' ' : c);
  }
  return out + "'";
}

std::string brief(const std::string& text) {
  return text.substr(0, std::min(text.find('\n'), text.find(" (default")));
}

const Command* find(const std::vector<Command>& commands, const Command& above,
                    const std::string& name) {
  for (const Command& command : commands)
    if (where(command) == where(above) + " " + name) return &command;
  return nullptr;
}

// _arguments gives brackets and colons a meaning.
std::string zsh_text(const std::string& text) {
  std::string out;
  for (const char c : brief(text)) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out;
}

}  // namespace

std::string bash_completion(const std::vector<Command>& commands) {
  std::string values, words;
  for (const Command& command : commands) {
    std::vector<std::string> offered = command.subcommands;
    for (const Option& option : command.options) {
      offered.insert(offered.end(), option.names.begin(), option.names.end());
      if (option.value.empty()) continue;
      for (const std::string& name : option.names)
        values += fmt::format("    '{}:{}') offered='{}'; taken=1 ;;\n", where(command), name,
                              join(option.choices, " "));
    }
    words += fmt::format("    '{}') offered='{}'; below={} ;;\n", where(command),
                         join(offered, " "), command.subcommands.empty() ? 0 : 1);
  }
  return std::string(kMade) + fmt::format(R"(_affiant() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}}
  local at where='' offered='' taken=0 below=0
  for ((at = 1; at < COMP_CWORD; ++at)); do
    case "$where ${{COMP_WORDS[at]}}" in
      {}) where+=" ${{COMP_WORDS[at]}}" ;;
    esac
  done
  COMPREPLY=()
  case "$where:$before" in
{}  esac
  [ "$taken" = 1 ] || case "$where" in
{}  esac
  # Without an answer of ours, -o default has the shell offer files.
  if [ "$taken" = 1 ] || [ "$below" = 1 ] || [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$offered" -- "$current")
  fi
}}
complete -o default -F _affiant affiant
)",
                                          join(all_paths(commands), "|"), values, words);
}

std::string zsh_completion(const std::vector<Command>& commands) {
  std::string cases;
  for (const Command& command : commands) {
    std::string arguments;
    for (const Option& option : command.options)
      for (const std::string& name : option.names) {
        const std::string more = option.value.empty()     ? ""
                                 : option.choices.empty() ? fmt::format(":{}:_files", option.value)
                                                          : fmt::format(":{}:({})", option.value,
                                                                        join(option.choices, " "));
        arguments += fmt::format(
            " \\\n        {}", quoted(fmt::format("{}{}[{}]{}", option.repeatable ? "*" : "", name,
                                                  zsh_text(option.description), more)));
      }
    std::string below;
    for (const std::string& name : command.subcommands)
      below += fmt::format(
          "        {}\n",
          quoted(fmt::format("{}:{}", name, zsh_text(find(commands, command, name)->description))));
    if (below.empty())
      cases += fmt::format("    {})\n      _arguments -s{} \\\n        '*:file:_files' ;;\n",
                           quoted(where(command)), arguments);
    else
      cases +=
          fmt::format("    {})\n      offered=(\n{}      )\n      _describe command offered ;;\n",
                      quoted(where(command)), below);
  }
  return "#compdef affiant\n" + std::string(kMade) +
         fmt::format(R"(_affiant() {{
  local where='' at
  local -a offered
  integer deep=0
  for ((at = 2; at < CURRENT; ++at)); do
    case "$where $words[at]" in
      ({}) where+=" $words[at]"; deep=at-1 ;;
    esac
  done
  shift $deep words
  ((CURRENT -= deep))
  case "$where" in
{}  esac
}}
_affiant "$@"
)",
                     join(all_paths(commands), "|"), cases);
}

std::string fish_completion(const std::vector<Command>& commands) {
  std::string rules;
  for (const Command& command : commands) {
    const std::string here =
        fmt::format("complete -c affiant -n '__affiant_at \"{}\"'", where(command));
    for (const std::string& name : command.subcommands)
      rules += fmt::format("{} -f -a {} -d {}\n", here, name,
                           quoted(brief(find(commands, command, name)->description)));
    for (const Option& option : command.options) {
      std::string names;
      for (const std::string& name : option.names)
        names += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      if (names.empty()) continue;
      if (!option.value.empty()) names += option.choices.empty() ? " -r" : " -x";
      if (!option.choices.empty()) names += fmt::format(" -a '{}'", join(option.choices, " "));
      rules += fmt::format("{}{} -d {}\n", here, names, quoted(brief(option.description)));
    }
  }
  return std::string(kMade) + fmt::format(R"(function __affiant_at
    set -l where ''
    for word in (commandline -opc)[2..-1]
        if contains -- "$where $word" {}
            set where "$where $word"
        end
    end
    test "$where" = "$argv[1]"
end
{})",
                                          join(all_paths(commands), " "), rules);
}

}  // namespace affiant::texts
