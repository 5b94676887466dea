#include "cli/recorded.h"

#include "cli/opened.h"
#include "cli/set_report.h"

namespace affiant::cli {

void add_recorded_options(CLI::App& command, RecordedOptions* options,
                          const std::string& policy_option) {
  command.add_option("CASE", options->name, kCaseOrBundleHelp)->required();
  add_brought_options(command, &options->brought, policy_option);
  add_gate_options(command, &options->gate);
  add_knowledge_options(command, &options->knowledge);
  add_output_options(command, &options->output);
}

int report_recorded(const RecordedOptions& options) {
  if (const Status fits = check_output(options.output); !fits) return report_error(fits.error());
  const auto gate = gate_in_use(options.gate);
  if (!gate) return report_error(gate.error());
  const auto opened = open_case_or_bundle(options.name);
  if (!opened) return report_error(opened.error());
  const auto brought = what_is_brought(options.brought);
  if (!brought) return report_error(brought.error());
  const auto knowledge = knowledge_in_use(options.knowledge);
  if (!knowledge) {
    report_error(knowledge.error());
    return kUsageError;
  }
  report::BuildOptions build = built_now(*knowledge);
  build.verify = *brought;
  build.policy_files.assign(options.policies.begin(), options.policies.end());
  if (opened->scratch) build.case_id = opened->name;
  OutputOptions output = options.output;
  output.case_name = options.name;
  return report_case_or_set(opened->dir, build, output, *gate, knowledge->sites);
}

}  // namespace affiant::cli
