// The command line as a whole: what it says of itself, and its commands in the order of --help.
#include "cli/commands.h"

#include <string>
#include <string_view>

namespace affiant::cli {
namespace {

constexpr std::string_view kHelp =
    R"(Records what a website really does in a browser, signs the record, and holds it
against what the site says.

Start here:
  affiant audit --demo                  a site built in, nothing leaves this machine
  affiant audit https://shop.example/   a real site, in a fresh browser profile
  affiant report last                   the same report again
  affiant verify last                   is the record whole and unchanged?

Your own browsing:
  affiant install                       then press Record in Affiant's popup

Then:
  affiant audit URL --format json -o report.json --fail-on contradicted
  affiant audit URL --browser chromium,firefox   both, and what they disagree on
  affiant compare last --policy new-policy.md
  affiant diff OLDER last               what the site says and does otherwise since
  affiant baseline last -o affiant.toml           then --expect affiant.toml: only
                                                  what is new fails a build
  affiant explain 'id=1; Max-Age=60' --url https://shop.example/

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 usage, 3 evidence broken,
4 the site could not be observed.)";

void add_commands(CLI::App& app, Run* run) {
  add_audit(app, run);
  add_report(app, run);
  add_summary(app, run);
  add_compare(app, run);
  add_diff(app, run);
  add_baseline(app, run);
  add_verify(app, run);
  add_export(app, run);
  add_import(app, run);
  add_anchor(app, run);
  add_cosign(app, run);
  add_witness(app, run);
  add_cases(app, run);
  add_erase(app, run);
  add_key(app, run);
  add_policy(app, run);
  add_explain(app, run);
  add_kb(app, run);
  add_demo(app, run);
  add_install(app, run);
  add_doctor(app, run);
}

}  // namespace

std::unique_ptr<CLI::App> command_line(Run* run) {
  auto app = std::make_unique<CLI::App>(std::string(kHelp), "affiant");
  app->set_version_flag("--version", "affiant " AFFIANT_VERSION);
  app->set_help_flag("-h,--help",
                     "Print this help; `affiant COMMAND --help` tells about a command");
  app->require_subcommand(0, 1);
  add_commands(*app, run);
  return app;
}

}  // namespace affiant::cli
