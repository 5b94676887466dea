// `affiant import FILE`: somebody's bundle becomes a case here, for reading only.
#include <fmt/format.h>

#include <memory>
#include <string>

#include "base/bytes.h"
#include "base/fs.h"
#include "base/interrupt.h"
#include "bundle/zip.h"
#include "cli/brought.h"
#include "cli/cases.h"
#include "cli/commands.h"
#include "cli/opened.h"
#include "cli/output.h"
#include "cli/paths.h"
#include "cli/verify_text.h"
#include "evidence/verify.h"

namespace affiant::cli {
namespace {

namespace fs = std::filesystem;

// The first name that is free: two copies of one case may withhold different things.
fs::path free_place(const fs::path& root, const CaseInfo& info) {
  const std::string id = new_case_id(info.started_ms, info.site) + "-imported";
  fs::path place = root / id;
  std::error_code ignored;
  for (int n = 2; fs::exists(place, ignored); ++n) place = root / fmt::format("{}-{}", id, n);
  return place;
}

int run_import(const std::string& file, const std::string& key_option) {
  const auto key = key_text(key_option);
  if (!key) return report_error(key.error());
  const auto root = cases_dir();
  if (!root) return report_error(root.error());
  if (const Status made = system_fs().make_dir(*root); !made) return report_error(made.error());
  const auto scratch = ScratchDir::create(*root);
  if (!scratch) return report_error(scratch.error());
  const fs::path unpacked = scratch->path() / "case";
  if (const Status made = system_fs().make_dir(unpacked); !made) return report_error(made.error());
  const Status done = bundle::unpack(file, unpacked, [](std::uint64_t) { return !interrupted(); });
  if (!done) return report_error(done.error());
  const auto verdict = evidence::verify_case(unpacked, {.pinned_vkey = *key});
  if (!verdict) return report_error(verdict.error());
  fmt::print("{}", verdict_text(*verdict, printable(file)));
  if (!verdict->ok()) {
    fmt::print(stderr, "affiant: not imported: {}\n",
               verdict->integrity == evidence::Integrity::kBroken
                   ? "it is not what was signed"
                   : "it is not signed under the key you gave");
    return kBrokenEvidence;
  }
  const fs::path place = free_place(*root, case_info(unpacked));
  std::error_code error;
  fs::rename(unpacked, place, error);
  if (error)
    return report_error(
        {Code::kIo, fmt::format("cannot put it at {}: {}", place.string(), error.message())});
  set_writable(place, false);
  fmt::print(stderr, "affiant: imported as {}. Next: affiant report {}\n",
             place.filename().string(), place.filename().string());
  return kOk;
}

}  // namespace

void add_import(CLI::App& app, Run* run) {
  CLI::App* command =
      app.add_subcommand("import", "Verify a bundle and keep it as a case, for reading only");
  auto file = std::make_shared<std::string>();
  auto key = std::make_shared<std::string>();
  command->add_option("FILE", *file, "A bundle (*.affiant.zip)")->required();
  command->add_option("--key", *key,
                      "The maker's public key (a vkey, or a file with a vkey or PEM): another's "
                      "record is refused");
  command->footer(
      "`affiant verify FILE` and `affiant report FILE` read a bundle without keeping it.\n\n"
      "Example:\n  affiant import shop.affiant.zip --key maker.vkey\n");
  command->callback([=] { *run = [=] { return run_import(*file, *key); }; });
}

}  // namespace affiant::cli
