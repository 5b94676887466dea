// affiant(1), in the man macros that every formatter knows (man(7)).
#include <fmt/format.h>

#include "bin/texts/command_tree.h"

namespace affiant::texts {
namespace {

// A control line begins with a dot or an apostrophe; a bare hyphen may be set as a dash.
std::string escaped(const std::string& text) {
  std::string out;
  bool at_start = true;
  for (const char c : text) {
    if (at_start && (c == '.' || c == '\'')) out += "\\&";
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out.push_back(c);
    at_start = c == '\n';
  }
  return out;
}

std::string as_it_is(const std::string& text) {
  std::string kept = text;
  while (!kept.empty() && kept.back() == '\n') kept.pop_back();
  return kept.empty() ? "" : ".PP\n.nf\n" + escaped(kept) + "\n.fi\n";
}

std::string option_paragraph(const Option& option) {
  std::string head;
  if (!option.positional.empty()) {
    head = "\\fI" + escaped(option.positional) + "\\fR";
  } else {
    for (const std::string& name : option.names)
      head += (head.empty() ? "" : ", ") + ("\\fB" + escaped(name) + "\\fR");
    if (!option.value.empty()) head += " \\fI" + escaped(option.value) + "\\fR";
  }
  if (option.repeatable) head += " ...";
  std::string text = option.description;
  if (!option.choices.empty() && text.find(option.choices.front()) == std::string::npos)
    text += " (" + join(option.choices, ", ") + ")";
  return ".TP\n" + head + "\n" + escaped(text) + "\n";
}

std::string usage(const Command& command) {
  std::string text = "\\fBaffiant " + escaped(join(command.path, " ")) + "\\fR";
  text += " [\\fIOPTIONS\\fR]";
  for (const Option& option : command.options)
    if (!option.positional.empty())
      text += (option.required ? " \\fI" : " [\\fI") + escaped(option.positional) +
              (option.required ? "\\fR" : "\\fR]") + (option.repeatable ? "..." : "");
  if (!command.subcommands.empty()) text += " \\fISUBCOMMAND\\fR";
  return text;
}

}  // namespace

std::string man_page(const std::vector<Command>& commands, const std::string& version,
                     const std::string& date) {
  const Command& program = commands.front();
  std::string text = fmt::format(
      ".\\\" Made of the command table: see host/bin/affiant_texts.cc.\n"
      ".TH AFFIANT 1 \"{}\" \"affiant {}\" \"User Commands\"\n"
      ".SH NAME\naffiant \\- signed records of what a website does, held against what it says\n"
      ".SH SYNOPSIS\n\\fBaffiant\\fR \\fICOMMAND\\fR [\\fIARGUMENTS\\fR]\n.br\n"
      "\\fBaffiant\\fR [\\fB\\-\\-help\\fR|\\fB\\-\\-version\\fR]\n.SH DESCRIPTION\n",
      date, version);
  text += as_it_is(program.description).substr(4);  // The first paragraph of a section.
  text += ".SH COMMANDS\n";
  for (auto command = commands.begin() + 1; command != commands.end(); ++command) {
    text += ".SS affiant " + escaped(join(command->path, " ")) + "\n" + usage(*command) +
            "\n.PP\n" + escaped(command->description) + ".\n";
    for (const Option& option : command->options)
      if (option.names.empty() || option.names.front() != "-h") text += option_paragraph(option);
    text += as_it_is(command->footer);
  }
  text +=
      ".SH FILES\n.TP\n\\fI$XDG_DATA_HOME/affiant\\fR\nCases, and lists that were added; by "
      "default "
      "in \\fI~/.local/share\\fR\n.TP\n\\fI$XDG_CONFIG_HOME/affiant\\fR\nThe identity that signs; "
      "by default in \\fI~/.config\\fR\n.SH ENVIRONMENT\n.TP\n\\fBAFFIANT_HOME\\fR\nA folder in "
      "place of both\n.TP\n\\fBAFFIANT_LISTS\\fR\nWhat \\fB\\-\\-lists\\fR is by default\n";
  return text;
}

}  // namespace affiant::texts
