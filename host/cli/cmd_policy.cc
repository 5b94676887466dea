// `affiant policy FILE...`: what policy texts declare. Files are read side by side, and come out in
// the order in which they were named.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/bytes.h"
#include "base/fs.h"
#include "base/limits.h"
#include "base/paths.h"
#include "base/streams.h"
#include "base/terminal.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/in_order.h"
#include "cli/policy_text.h"
#include "evidence/verify.h"
#include "policy/declaration_json.h"
#include "report/declared_file.h"

namespace affiant::cli {
namespace {

constexpr std::size_t kManyFiles = 10;  // From here on it is worth saying how far it has got.

struct Options {
  std::vector<std::string> files;
  std::string format = "text";
  bool no_colour = false;
};

Result<std::string> read_stdin() {
  std::string bytes;
  std::array<char, 65'536> part;
  while (std::cin.read(part.data(), part.size()), std::cin.gcount() > 0) {
    bytes.append(part.data(), static_cast<std::size_t>(std::cin.gcount()));
    if (bytes.size() > limits::kPolicyBytes)
      return fail(Code::kTooLarge, "standard input: more than {} bytes (limits.h kPolicyBytes)",
                  limits::kPolicyBytes);
  }
  if (std::cin.bad()) return fail(Code::kIo, "standard input could not be read to its end");
  return bytes;
}

Result<std::string> bytes_of(const std::string& file) {
  if (file == "-") return read_stdin();
  std::error_code error;
  if (std::filesystem::is_directory(file, error))
    return fail(Code::kUsage, "{}: is a folder; name the files in it, as with {}/*.html",
                printable(file), printable(file));
  return read_file(file, limits::kPolicyBytes, "limits.h kPolicyBytes");
}

Result<policy::Declaration> declared_in(const std::string& file) {
  AFFIANT_TRY(const std::string bytes, bytes_of(file));
  policy::Source source;
  source.sha256 = evidence::sha256_hex(bytes);
  if (file == "-") return report::declared_in_bytes(bytes, "standard input", source);
  source.called = std::filesystem::path(file).filename().string();
  return report::declared_in_bytes(bytes, file, source);
}

std::string json_line(const std::string& file, const policy::Declaration& declaration) {
  const std::string language =
      declaration.sources.empty() ? "" : declaration.sources.front().language;
  nlohmann::ordered_json line = {{"file", file},
                                 {"language", language.empty() ? nlohmann::ordered_json(nullptr)
                                                               : nlohmann::ordered_json(language)},
                                 {"is_policy", declaration.is_policy},
                                 {"declaration", policy::declaration_json(declaration)},
                                 {"not_observable", declaration.not_observable},
                                 {"unread", declaration.unread}};
  // File names need not be UTF-8.
  return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

bool wants_colour(const Options& options) {
  return !options.no_colour && process_environment("NO_COLOR").empty() && sequences_work(kStdout);
}

Result<std::string> rendered(const Options& options, bool colour, std::size_t index) {
  const std::string& file = options.files[index];
  AFFIANT_TRY(const policy::Declaration declaration, declared_in(file));
  if (options.format == "json") return json_line(file, declaration);
  return (index > 0 ? "\n" : "") + policy_text(file, declaration, colour);
}

int run_policy(const Options& options) {
  if (std::count(options.files.begin(), options.files.end(), "-") > 1)
    return report_error(Error{Code::kUsage, "- is standard input, and can be read only once"});
  const bool colour = wants_colour(options);
  const std::size_t total = options.files.size();
  Console console(total < kManyFiles);
  console.waiting_for("reading policies");
  int worst = kOk;
  const std::size_t threads = std::max(1U, std::thread::hardware_concurrency());
  in_order<Result<std::string>>(
      total, threads, [&](std::size_t i) { return rendered(options, colour, i); },
      [&](std::size_t i, Result<std::string> text) {
        console.clear();
        if (text) {
          std::fwrite(text->data(), 1, text->size(), stdout);
        } else {
          std::fflush(stdout);
          report_error(text.error());
          worst = kUsageError;
        }
        console.detail(fmt::format("{} of {}", i + 1, total));
      },
      [&] { console.tick(); });
  console.clear();
  return worst;
}

}  // namespace

void add_policy(CLI::App& app, Run* run) {
  CLI::App* command = app.add_subcommand("policy", "Read policy texts and print what they declare");
  auto options = std::make_shared<Options>();
  command
      ->add_option("FILE", options->files,
                   "Policies as .html, .md, .txt or .pdf, cookie lists of consent managers, "
                   "machine-readable files; - is standard input")
      ->required();
  command->add_option("--format", options->format, "text, or json: one object a line")
      ->check(CLI::IsMember({"text", "json"}))
      ->capture_default_str();
  command->add_flag("--no-colour,--no-color", options->no_colour, "Plain text on a terminal too");
  command->footer(
      "Files are read side by side and printed in the order named. One that cannot be read is "
      "named\non stderr, the others are read all the same, and the exit code is 2.\n\n"
      "Examples:\n  affiant policy privacy.md cookies.html terms.pdf\n"
      "  curl -s https://shop.example/privacy | affiant policy -\n"
      "  affiant policy --format json policies/*.html > declared.jsonl\n");
  command->callback([=] { *run = [=] { return run_policy(*options); }; });
}

}  // namespace affiant::cli
