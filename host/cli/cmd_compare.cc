// `affiant compare CASE --policy FILE`: the same evidence held against another text.
#include <memory>

#include "cli/commands.h"
#include "cli/recorded.h"

namespace affiant::cli {

void add_compare(CLI::App& app, Run* run) {
  CLI::App* command =
      app.add_subcommand("compare", "Hold a recorded case against another policy text");
  auto options = std::make_shared<RecordedOptions>();
  options->gate.fail_on = "undeclared";
  command
      ->add_option("--policy", options->policies,
                   "Policy text (.html, .md, .txt); used instead of the one recorded; repeatable")
      ->required();
  add_recorded_options(*command, options.get(), "--witness-policy");
  command->footer(
      "Example, a draft before it is published:\n"
      "  affiant compare last --policy draft.md --fail-on vague\n");
  command->callback([=] { *run = [=] { return report_recorded(*options); }; });
}

}  // namespace affiant::cli
