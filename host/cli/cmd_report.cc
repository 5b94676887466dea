// `affiant report CASE`: the report of a recorded case, or of a case set, again.
#include <memory>

#include "cli/commands.h"
#include "cli/recorded.h"

namespace affiant::cli {

void add_report(CLI::App& app, Run* run) {
  CLI::App* command = app.add_subcommand("report", "Verify a recorded case and print its report");
  auto options = std::make_shared<RecordedOptions>();
  options->gate.fail_on = "never";
  add_recorded_options(*command, options.get(), "--witness-policy");
  command->footer(
      "Of a case set (two engines): what they disagree on, and the findings of both.\n\n"
      "Examples:\n"
      "  affiant report last\n"
      "  affiant report last/firefox             one member of a case set\n"
      "  affiant report last --format html -o report.html\n"
      "  affiant report last --format json -o report.json\n"
      "  affiant report last --format csv --table cookies\n"
      "  affiant report last --format junit --fail-on vague --expect affiant.toml -o junit.xml\n");
  command->callback([=] { *run = [=] { return report_recorded(*options); }; });
}

}  // namespace affiant::cli
