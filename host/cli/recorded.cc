#include "cli/recorded.h"

#include "cli/fail_on.h"
#include "cli/opened.h"
#include "cli/set_report.h"

namespace affiant::cli {

void add_recorded_options(CLI::App& command, RecordedOptions* options) {
  command.add_option("CASE", options->name, kCaseOrBundleHelp)->required();
  command.add_option("--key", options->key,
                     "The key you trust (a verifier key, or a file with one or a PEM key)");
  command
      .add_option("--fail-on", options->fail_on, "End with exit code 1 at this strength or above")
      ->check(CLI::IsMember(kFailOnWords))
      ->capture_default_str();
  add_output_options(command, &options->output);
}

int report_recorded(const RecordedOptions& options) {
  const auto opened = open_case_or_bundle(options.name);
  if (!opened) return report_error(opened.error());
  const auto key = key_text(options.key);
  if (!key) return report_error(key.error());
  const auto sites = site::SiteTable::built_in();
  if (!sites) return report_error(sites.error());
  report::BuildOptions build;
  build.generated_at = now_rfc3339();
  build.pinned_vkey = *key;
  build.policy_files.assign(options.policies.begin(), options.policies.end());
  if (opened->scratch) build.case_id = opened->name;
  OutputOptions output = options.output;
  output.case_name = options.name;
  return report_case_or_set(opened->dir, build, output, options.fail_on, *sites);
}

}  // namespace affiant::cli
