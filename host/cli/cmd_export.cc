// `affiant export CASE -o FILE`: a case made portable, with parts withheld if wished.
#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/fs.h"
#include "cli/case_set.h"
#include "cli/cases.h"
#include "cli/commands.h"
#include "cli/console.h"
#include "cli/export_bundle.h"
#include "cli/opened.h"
#include "cli/parts.h"

namespace affiant::cli {
namespace {

constexpr const char* kBundleSuffix = ".affiant.zip";

struct Options {
  std::string name;
  std::string file;
  std::string tiles;
  std::vector<std::string> withhold;
  std::vector<std::string> rows;
  bool proofs = false;
};

Result<ExportRequest> request_of(const Options& options, const std::filesystem::path& dir,
                                 const std::string& name) {
  ExportRequest out;
  out.dir = dir;
  out.case_id = name;
  out.proofs = options.proofs || !options.rows.empty();
  if (!options.withhold.empty()) {
    AFFIANT_TRY(out.withhold, parse_fields(options.withhold));
  }
  if (!options.rows.empty()) {
    AFFIANT_TRY(out.rows, parse_rows(options.rows));
  }
  return out;
}

int write_bundle(const ExportRequest& request) {
  const auto done = export_bundle(request);
  if (!done) return report_error(done.error());
  fmt::print(stderr,
             "affiant: wrote {} ({} bytes, SHA-256 {})\n{} fields and {} entries are withheld from "
             "it. README.txt in it says how a stranger checks it; so does `affiant verify {}`\n"
             "That it is yours, nobody can see from it: give your key by another way "
             "(affiant key export-public -o me.vkey)\n",
             done->file, done->bytes, done->sha256, done->fields, done->rows, done->file);
  return kOk;
}

int export_case(const Options& options, const Opened& opened) {
  auto request = request_of(options, opened.dir, opened.name);
  if (!request) return report_error(request.error());
  if (!options.tiles.empty()) {
    if (const Status done = export_tiles(opened.dir, options.tiles); !done)
      return report_error(done.error());
    fmt::print(stderr, "affiant: wrote the log to {} as C2SP tlog-tiles\n", options.tiles);
    if (options.file.empty()) return kOk;
  }
  request->file =
      options.file.empty() ? opened.dir.filename().string() + kBundleSuffix : options.file;
  return write_bundle(*request);
}

// Each case of a set is signed on its own and numbers its own entries, so each gets its own bundle.
int export_set(const Options& options, const Opened& opened,
               const std::vector<SetMember>& members) {
  if (!options.rows.empty() || !options.tiles.empty())
    return report_error(
        {Code::kUsage, fmt::format("{0} is a case set, and each of its cases has its own log and "
                                   "numbers: with --rows or --tiles name one of them, such as "
                                   "{0}/{1}",
                                   options.name, members.front().engine)});
  const std::filesystem::path folder(options.file.empty() ? "." : options.file);
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error || !std::filesystem::is_directory(folder))
    return report_error(
        {Code::kUsage, fmt::format("{} is a case set: -o names the folder for its bundles, and "
                                   "{} cannot be one{}",
                                   options.name, folder.string(),
                                   error ? ": " + error.message() : std::string())});
  int worst = kOk;
  for (const SetMember& member : members) {
    auto request = request_of(options, member.dir, case_id_of(member.dir));
    if (!request) return report_error(request.error());
    request->file = folder / (opened.dir.filename().string() + "-" + member.engine + kBundleSuffix);
    worst = graver(worst, write_bundle(*request));
  }
  return worst;
}

int run_export(const Options& options) {
  const auto opened = open_case_or_bundle(options.name);
  if (!opened) return report_error(opened.error());
  const std::vector<SetMember> members = set_members(opened->dir);
  return members.empty() ? export_case(options, *opened) : export_set(options, *opened, members);
}

}  // namespace

void add_export(CLI::App& app, Run* run) {
  CLI::App* command = app.add_subcommand(
      "export", "Write a case as a bundle that strangers can check, or its log as tiles");
  auto options = std::make_shared<Options>();
  command->add_option("CASE", options->name, kCaseOrBundleHelp)->required();
  command->add_option("-o,--output", options->file,
                      "The bundle to write (default: NAME-OF-THE-CASE.affiant.zip here); of a case "
                      "set, the folder for a bundle of each of its cases");
  command->add_option(
      "--withhold", options->withhold,
      "Leave out: values (of cookies and storage), urls, ips; a comma between them");
  command->add_option("--rows", options->rows,
                      "Only these entries, by number: 17, 3-9; with a proof for each. Those that "
                      "say what the log is stay");
  command->add_flag("--proofs", options->proofs, "A C2SP tlog-proof for every entry in it");
  command->add_option("--tiles", options->tiles,
                      "Write the log to this new folder as C2SP tlog-tiles, for other tools");
  command->footer(
      "What is left out keeps its digest under the signature: all proofs hold, and you can show it "
      "later.\nThe same case, options and program give the same bytes.\n\n"
      "Examples:\n"
      "  affiant export last -o shop.affiant.zip\n"
      "  affiant export last --withhold values,ips -o for-the-press.affiant.zip\n"
      "  affiant export last --rows 17,40-44 -o five-entries.affiant.zip\n");
  command->callback([=] { *run = [=] { return run_export(*options); }; });
}

}  // namespace affiant::cli
