// `affiant baseline CASE -o affiant.toml`: what a case shows, as expectations.
#include <memory>

#include "cli/case_set.h"
#include "cli/commands.h"
#include "cli/knowledge_options.h"
#include "cli/opened.h"
#include "cli/output.h"
#include "gate/expectations.h"

namespace affiant::cli {
namespace {

constexpr int kDays = 90;

struct Options {
  std::string name, file, expires;
  KnowledgeOptions knowledge;
};

int baseline(const Options& options) {
  const std::string now = now_rfc3339();
  const std::string expires =
      options.expires.empty() ? gate::days_after(now.substr(0, 10), kDays) : options.expires;
  if (!gate::is_day(expires))
    return report_error({Code::kUsage, "--expires " + expires + ": no day, as 2027-01-31 is one"});
  const auto opened = open_case_or_bundle(options.name);
  if (!opened) return report_error(opened.error());
  if (const auto members = set_members(opened->dir); !members.empty())
    return report_error({Code::kUsage, options.name + " is a case set: name one member, as in " +
                                           options.name + "/" + members.front().engine});
  const auto knowledge = knowledge_in_use(options.knowledge);
  if (!knowledge) return report_error(knowledge.error());
  report::BuildOptions build;
  build.generated_at = now;
  build.lists = knowledge->lists;
  build.case_id = opened->scratch ? opened->name : case_id_of(opened->dir);
  const auto report = report::build_report(opened->dir, knowledge->sites, build);
  if (!report) return report_error(report.error());
  // What was not seen would be expected to stay away.
  if (!report::anything_observed(*report))
    return report_error({Code::kNetwork, options.name + " observed nothing of the site: there is "
                                                        "nothing to expect from it"});
  const std::string text = gate::write_baseline(*report, report->case_id, expires);
  if (const Status done = write_text(text, options.file); !done) return report_error(done.error());
  return kOk;
}

}  // namespace

void add_baseline(CLI::App& app, Run* run) {
  CLI::App* command = app.add_subcommand(
      "baseline", "Write what a case shows as a file of expectations, for --expect");
  auto options = std::make_shared<Options>();
  command->add_option("CASE", options->name, kCaseOrBundleHelp)->required();
  command->add_option("-o,--output", options->file, "Write it to this file, not to stdout");
  command->add_option("--expires", options->expires,
                      "The day, as in 2027-01-31, after which all of it counts again (default: "
                      "90 days from now)");
  add_knowledge_options(*command, &options->knowledge);
  command->footer(
      "Cookies, third parties and findings that the case shows no longer fail a build; what is\n"
      "new does. Read it, and write your own reasons (docs/gate.md).\n\n"
      "Examples:\n"
      "  affiant baseline last -o affiant.toml\n"
      "  affiant audit https://shop.example/ --expect affiant.toml\n");
  command->callback([=] { *run = [=] { return baseline(*options); }; });
}

}  // namespace affiant::cli
