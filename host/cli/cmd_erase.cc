// `affiant erase CASE`: all of a case for good, or parts of it.
#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "base/fs.h"
#include "cli/case_set.h"
#include "cli/cases.h"
#include "cli/commands.h"
#include "cli/confirm.h"
#include "cli/parts.h"
#include "evidence/filter.h"

namespace affiant::cli {
namespace {

struct Options {
  std::string name;
  bool yes = false;
  std::vector<std::string> fields;
  std::vector<std::string> rows;
  std::vector<std::string> of;
};

constexpr const char* kBeyond =
    "Backups, snapshots, bundles and copies made elsewhere are not touched";

int erase_all(const std::filesystem::path& dir, bool yes) {
  if (!yes && !confirmed(fmt::format("Destroy {} for good?", dir.string())))
    return report_error({Code::kUsage, "nothing is erased: it was not confirmed"});
  if (const auto done = erase_case_or_set(dir); !done) return report_error(done.error());
  fmt::print(stderr, "affiant: erased {}. {}\n", dir.string(), kBeyond);
  return kOk;
}

Result<evidence::Filter> filter_of(const Options& options) {
  evidence::Filter filter;
  filter.erase = true;
  if (!options.rows.empty()) {
    AFFIANT_TRY(const auto rows, parse_rows(options.rows));
    filter.drop_row = [rows](const evidence::EntryHead& head) { return rows.contains(head.index); };
  }
  if (!options.fields.empty()) {
    AFFIANT_TRY(const auto fields, parse_fields(options.fields));
    AFFIANT_TRY(const auto of, parse_rows(options.of));
    filter.drop_field = [takes = takes_field(fields), of](std::uint64_t index,
                                                          std::string_view name) {
      return (of.empty() || of.contains(index)) && takes(name);
    };
  }
  return filter;
}

int erase_in_case(const std::filesystem::path& dir, const std::string& name,
                  const evidence::Filter& filter) {
  const bool read_only = case_info(dir).imported;
  if (read_only) set_writable(dir, true);
  const auto done = evidence::erase_parts(system_fs(), dir, filter);
  if (read_only) set_writable(dir, false);
  if (!done) return report_error({done.error().code, name + ": " + done.error().message});
  fmt::print(stderr, "affiant: erased {} entries and {} fields of {}. {}\n", done->rows,
             done->fields, name, kBeyond);
  if (done->rows + done->fields == 0)
    fmt::print(stderr,
               "affiant: nothing matched. log.* and session.* entries cannot be erased one by one: "
               "they say what the log is\n");
  return kOk;
}

int erase_some(const std::filesystem::path& dir, const Options& options) {
  const std::vector<SetMember> members = set_members(dir);
  if (!members.empty() && !(options.rows.empty() && options.of.empty()))
    return report_error(
        {Code::kUsage, fmt::format("{0} is a case set, and each of its cases numbers its own "
                                   "entries: name one of them, such as {0}/{1}",
                                   options.name, members.front().engine)});
  const auto filter = filter_of(options);
  if (!filter) return report_error(filter.error());
  if (!options.yes &&
      !confirmed(fmt::format("Erase these parts of {} for good? Their digests stay, so that the "
                             "rest still verifies.",
                             dir.string())))
    return report_error({Code::kUsage, "nothing is erased: it was not confirmed"});
  if (members.empty()) return erase_in_case(dir, options.name, *filter);
  int worst = kOk;
  for (const SetMember& member : members)
    worst = graver(worst, erase_in_case(member.dir, options.name + "/" + member.engine, *filter));
  return worst;
}

int run_erase(const Options& options) {
  const auto dir = find_case(options.name);
  if (!dir) return report_error(dir.error());
  if (!options.of.empty() && options.fields.empty())
    return report_error({Code::kUsage, "--of says of which entries --disclosures are meant"});
  return options.fields.empty() && options.rows.empty() ? erase_all(*dir, options.yes)
                                                        : erase_some(*dir, options);
}

}  // namespace

void add_erase(CLI::App& app, Run* run) {
  CLI::App* command = app.add_subcommand(
      "erase", "Destroy a case, or all of a case set, or parts of a case: overwrite and remove");
  auto options = std::make_shared<Options>();
  command->add_option("CASE", options->name, kCaseHelp)->required();
  command->add_option("--rows", options->rows,
                      "Only these entries, by number: 17, 3-9. Their hashes stay");
  command->add_option("--disclosures", options->fields,
                      "Only these fields: values (of cookies and storage), urls, ips");
  command->add_option("--of", options->of, "With --disclosures: only of these entries");
  command->add_flag("--yes", options->yes, "Do not ask, even on a terminal");
  command->footer(
      "After parts are erased the rest verifies as before, and says how much is gone.\n\n"
      "Examples:\n"
      "  affiant erase last\n"
      "  affiant erase last --disclosures values,ips\n"
      "  affiant erase last --rows 17,40-44\n");
  command->callback([=] { *run = [=] { return run_erase(*options); }; });
}

}  // namespace affiant::cli
