// `affiant summary CASE`: a recorded case in a few figures, as JSON. What the extension's popup
// shows; the host starts it (docs/adr/0013).
#include <fmt/format.h>

#include <memory>

#include "cli/commands.h"
#include "cli/knowledge_options.h"
#include "cli/opened.h"
#include "cli/set_report.h"
#include "report/summary.h"

namespace affiant::cli {
namespace {

struct Options {
  std::string name;
  bool parts = false;
  KnowledgeOptions knowledge;
};

int summarise(const Options& options) {
  const auto opened = open_case_or_bundle(options.name);
  if (!opened) return report_error(opened.error());
  const auto knowledge = knowledge_in_use(options.knowledge);
  if (!knowledge) {
    report_error(knowledge.error());
    return kUsageError;
  }
  report::BuildOptions build = built_now(*knowledge);
  build.with_log = options.parts;
  if (opened->scratch) build.case_id = opened->name;
  const auto report = report::build_report(opened->dir, knowledge->sites, build);
  if (!report) return report_error(report.error());
  fmt::print("{}", options.parts ? report::render_parts(*report) : report::render_summary(*report));
  return kOk;
}

}  // namespace

void add_summary(CLI::App& app, Run* run) {
  CLI::App* command =
      app.add_subcommand("summary", "A recorded case in a few figures, as JSON (the popup's view)");
  auto options = std::make_shared<Options>();
  command->add_option("CASE", options->name, kCaseOrBundleHelp)->required();
  command->add_flag("--parts", options->parts,
                    "Instead the whole report, a line of JSON a part (the report page's view)");
  add_knowledge_options(*command, &options->knowledge);
  command->callback([=] { *run = [=] { return summarise(*options); }; });
}

}  // namespace affiant::cli
