// `affiant diff A B`: what changed between two recordings of one site.
#include <memory>
#include <optional>

#include "cli/brought.h"
#include "cli/case_set.h"
#include "cli/commands.h"
#include "cli/fail_on.h"
#include "cli/opened.h"
#include "cli/output.h"
#include "report/diff.h"

namespace affiant::cli {
namespace {

struct Options {
  std::string before, after;
  BroughtOptions brought;
  OutputOptions output;
  GateOptions gate;
};

int exit_for_diff(const report::Diff& diff, std::string_view fail_on) {
  if (fail_on == "never") return kOk;
  const std::size_t failing = fail_on == "new" ? diff.news() : diff.size() - diff.expected();
  return failing > 0 ? kFindings : kOk;
}

// Opened, verified, read: a bundle's folder has to live as long as nothing more is read from it.
Result<report::Report> recorded_in(const std::string& name, const evidence::VerifyOptions& brought,
                                   const site::SiteTable& sites) {
  AFFIANT_TRY(const Opened opened, open_case_or_bundle(name));
  if (const auto members = set_members(opened.dir); !members.empty())
    return fail(Code::kUsage, "{} is a case set: name one member, as in {}/{}", name, name,
                members.front().engine);
  report::BuildOptions build;
  build.generated_at = now_rfc3339();
  build.verify = brought;
  build.case_id = opened.scratch ? opened.name : case_id_of(opened.dir);
  return report::build_report(opened.dir, sites, build);
}

int diff(const Options& options) {
  const auto brought = what_is_brought(options.brought);
  if (!brought) return report_error(brought.error());
  const auto sites = site::SiteTable::built_in();
  if (!sites) return report_error(sites.error());
  const auto gate = gate_in_use(options.gate);
  if (!gate) return report_error(gate.error());
  if (const Status fits = check_output(options.output); !fits) return report_error(fits.error());
  // Both are looked at, so that both verdicts are known when one of them is bad.
  auto before = recorded_in(options.before, *brought, *sites);
  auto after = recorded_in(options.after, *brought, *sites);
  int worst = kOk;
  for (const auto* read : {&before, &after})
    if (!*read) worst = graver(worst, report_error(read->error()));
  if (worst != kOk) return worst;
  if (const Status fits = hold_against(*gate, &*after); !fits) return report_error(fits.error());
  auto changes = report::diff_reports(*before, *after);
  if (!changes) return report_error(changes.error());
  report::DiffReport out;
  out.generated_at = now_rfc3339();
  out.before_name = options.before;
  out.after_name = options.after;
  out.before = &*before;
  out.after = &*after;
  out.diff = std::move(*changes);
  if (const Status done = write_report(out, options.output); !done)
    return report_error(done.error());
  return exit_for_diff(out.diff, options.gate.fail_on);
}

}  // namespace

void add_diff(CLI::App& app, Run* run) {
  CLI::App* command = app.add_subcommand("diff", "What changed between two recordings of one site");
  auto options = std::make_shared<Options>();
  options->gate.fail_on = "changed";
  command->add_option("BEFORE", options->before, kCaseOrBundleHelp)->required();
  command->add_option("AFTER", options->after, "The later one, named in the same way")->required();
  add_brought_options(*command, &options->brought, "--witness-policy");
  command
      ->add_option("--fail-on", options->gate.fail_on,
                   "End with exit code 1 when anything changed, or only for what is new: a finding "
                   "(or a graver one), a cookie, a third party, in every run of AFTER")
      ->check(CLI::IsMember({"changed", "new", "never"}))
      ->capture_default_str();
  add_expect_option(*command, &options->gate);
  command
      ->add_option("--format", options->output.format,
                   "text, json (docs/diff.schema.json), html (one file for a browser), or pdf "
                   "(printed by Chromium)")
      ->check(CLI::IsMember({"text", "json", "html", "pdf"}))
      ->capture_default_str();
  command->add_option("-o,--output", options->output.file, "Write it to this file, not to stdout");
  command->add_flag("--no-colour,--no-color", options->output.no_colour,
                    "No colours, even on a terminal");
  command->footer(
      "What the site newly says and no longer says, beside what it newly does and is no longer\n"
      "seen to do. Both records are verified first.\n\n"
      "Exit codes: 0 nothing changed (or nothing new, with --fail-on new) but for what --expect\n"
      "takes for granted in AFTER, 1 something did,\n"
      "2 two sites or a usage error, 3 a record is broken, 4 one of them observed nothing.\n\n"
      "Examples:\n"
      "  affiant diff 20260301-shop.example last\n"
      "  affiant diff march.affiant.zip april.affiant.zip --format json -o changes.json\n"
      "  affiant diff release.affiant.zip last --fail-on new     a gate before shipping\n"
      "  affiant diff release.affiant.zip last --fail-on new --expect affiant.toml\n"
      "  affiant diff march.affiant.zip last --format html -o changes.html     side by side\n"
      "  affiant diff older/chromium last/chromium     members of case sets\n");
  command->callback([=] { *run = [=] { return diff(*options); }; });
}

}  // namespace affiant::cli
