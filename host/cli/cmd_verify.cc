// `affiant verify CASE`: is the record intact, whose is it, is it complete. Offline.
#include <fmt/format.h>

#include <memory>
#include <string>

#include "base/bytes.h"
#include "base/fs.h"
#include "cli/cases.h"
#include "cli/commands.h"
#include "cli/verify_text.h"
#include "evidence/hand_check.h"
#include "evidence/verify.h"

namespace affiant::cli {
namespace {

struct Options {
  std::string name;
  std::string key;
  bool strict = false;
  bool json = false;
};

// A vkey as such, or a file that holds a vkey or a PEM public key.
Result<std::string> load_key(const std::string& given) {
  if (given.empty()) return given;
  constexpr std::size_t kKeyBytes = 16'384;
  std::error_code ignored;
  if (std::filesystem::exists(given, ignored)) return read_file(given, kKeyBytes, "a public key");
  if (given.find('+') == std::string::npos)
    return fail(Code::kUsage, "--key {}: neither a file that is there nor a vkey (NAME+ID+BASE64)",
                printable(given));
  return given;
}

int verify(const Options& options) {
  const auto dir = find_case(options.name);
  if (!dir) return report_error(dir.error());
  const auto key = load_key(options.key);
  if (!key) return report_error(key.error());
  const auto verdict = evidence::verify_case(*dir, {.pinned_vkey = *key, .strict = options.strict});
  if (!verdict) return report_error(verdict.error());
  if (options.json) {
    const auto text = json::canonical(verdict_json(*verdict));
    if (!text) return report_error(text.error());
    fmt::print("{}\n", *text);
  } else {
    fmt::print("{}", verdict_text(*verdict, printable(options.name)));
    fmt::print(
        "\nThe signatures by hand, with a shell and openssl 3 (the hashes of the entries "
        "need more: docs/log-format.md):\n\n{}",
        evidence::hand_check_commands(*dir));
  }
  return verdict->ok() ? kOk : kBrokenEvidence;
}

}  // namespace

void add_verify(CLI::App& app, Run* run) {
  CLI::App* command =
      app.add_subcommand("verify", "Say whether a record is intact, whose it is, how complete");
  auto options = std::make_shared<Options>();
  command->add_option("CASE", options->name, "An id, a unique beginning of one, `last`, or a path")
      ->required();
  command->add_option(
      "--key", options->key,
      "The maker's public key (identity or case): a vkey, or a file with a vkey or PEM");
  command->add_flag("--strict", options->strict,
                    "Also check that every line is in the one spelling of RFC 8785");
  command->add_flag("--json", options->json, "One JSON object instead of text");
  command->callback([=] { *run = [=] { return verify(*options); }; });
}

}  // namespace affiant::cli
