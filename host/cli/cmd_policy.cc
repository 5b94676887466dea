// `affiant policy FILE...`: what policy texts declare.
#include <fmt/format.h>

#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/fs.h"
#include "base/limits.h"
#include "cli/commands.h"
#include "cli/policy_text.h"
#include "policy/declaration_json.h"
#include "policy/document.h"

namespace affiant::cli {
namespace {

struct Options {
  std::vector<std::string> files;
  std::string format = "text";
};

Result<std::string> read_stdin() {
  std::string bytes(std::istreambuf_iterator<char>(std::cin), {});
  if (std::cin.bad()) return fail(Code::kIo, "standard input could not be read to its end");
  return bytes;
}

Result<policy::Declaration> declared_in(const std::string& file) {
  std::string bytes;
  if (file == "-") {
    AFFIANT_TRY(bytes, read_stdin());
  } else {
    AFFIANT_TRY(bytes, read_file(file, limits::kPolicyBytes, "limits.h kPolicyBytes"));
  }
  const std::string name = file == "-" ? "standard input" : file;
  AFFIANT_TRY(const policy::Document document,
              policy::read_document(bytes, policy::guess_format(file, bytes), name));
  policy::Source source;
  if (file != "-") source.called = std::filesystem::path(file).filename().string();
  return policy::read_policy(document, source);
}

std::string json_line(const std::string& file, const policy::Declaration& declaration) {
  const std::string& language = declaration.sources.front().language;
  nlohmann::ordered_json line = {{"file", file},
                                 {"language", language.empty() ? nlohmann::ordered_json(nullptr)
                                                               : nlohmann::ordered_json(language)},
                                 {"is_policy", declaration.is_policy},
                                 {"declaration", policy::declaration_json(declaration)},
                                 {"not_observable", declaration.not_observable},
                                 {"unread", declaration.unread}};
  // File names need not be UTF-8.
  return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

int run_policy(const Options& options) {
  int worst = kOk;
  bool first = true;
  for (const std::string& file : options.files) {
    const auto declaration = declared_in(file);
    if (!declaration) {
      report_error(declaration.error());
      worst = kUsageError;
      continue;
    }
    if (options.format == "json") {
      fmt::print("{}\n", json_line(file, *declaration));
    } else {
      if (!first) fmt::print("\n");
      fmt::print("{}", policy_text(file, *declaration));
    }
    first = false;
  }
  return worst;
}

}  // namespace

void add_policy(CLI::App& app, Run* run) {
  CLI::App* command = app.add_subcommand("policy", "Read policy texts and print what they declare");
  auto options = std::make_shared<Options>();
  command->add_option("FILE", options->files, "Policies as .html, .md or .txt; - is standard input")
      ->required();
  command->add_option("--format", options->format, "text, or json: one object a line")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->footer(
      "Examples:\n  affiant policy privacy.md cookies.html\n"
      "  curl -s https://shop.example/privacy | affiant policy --format json -\n");
  command->callback([=] { *run = [=] { return run_policy(*options); }; });
}

}  // namespace affiant::cli
