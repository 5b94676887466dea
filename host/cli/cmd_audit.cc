// `affiant audit`: record a site in a fresh browser, seal the record, report.
#include <algorithm>
#include <memory>

#include "cli/audit_options.h"
#include "cli/cases.h"
#include "cli/commands.h"
#include "cli/fail_on.h"
#include "cli/paths.h"
#include "demo/demo.h"
#include "site/site.h"

namespace affiant::cli {
namespace {

// What to type for this case: its id when it is among the others, else its path.
std::string name_of(const std::filesystem::path& dir) {
  const auto root = cases_dir();
  return root && dir.parent_path() == *root ? dir.filename().string() : dir.string();
}

int report_on(const Recording& recording, const AuditOptions& options,
              const site::SiteTable& sites) {
  const std::string name = name_of(recording.case_dir);
  if (recording.failure) {
    report_error(*recording.failure);
    report_error({Code::kInterrupted,
                  "what was recorded until then is kept: `affiant report " + name + "`"});
    return kNotObserved;
  }
  report::BuildOptions build;
  build.generated_at = now_rfc3339();
  const auto report = report::build_report(recording.case_dir, sites, build);
  if (!report) return report_error(report.error());
  OutputOptions output = options.output;
  output.case_name = name;
  if (const Status done = write_report(*report, output); !done) return report_error(done.error());
  return exit_for_findings(*report, options.fail_on);
}

int audit_one(RecordingOptions recording, const AuditOptions& options, const std::string& url,
              const site::SiteTable& sites, Console* console) {
  recording.url = url;
  recording.case_dir = options.case_dir;
  if (options.case_dir.empty()) {
    const auto root = cases_dir();
    if (!root) return report_error(root.error());
    const auto parsed = site::parse_url(url);
    recording.case_dir = *root / new_case_id(now_ms(), parsed ? parsed->host : "site");
  }
  const auto recorded = record(recording, console);
  if (!recorded) return report_error(recorded.error());
  console->say("sealed: " + name_of(recorded->case_dir));
  return report_on(*recorded, options, sites);
}

int audit(const AuditOptions& options) {
  const auto recording = check_audit(options);
  if (!recording) return report_error(recording.error());
  const auto sites = site::SiteTable::built_in();
  if (!sites) return report_error(sites.error());
  Console console(options.quiet);
  if (options.demo) {
    const auto server = demo::DemoServer::start(0);
    if (!server) return report_error(server.error());
    return audit_one(*recording, options, (*server)->url(), *sites, &console);
  }
  // Of several, the gravest: not observed outweighs findings, broken evidence both.
  constexpr int kGravity[] = {kOk, kFindings, kNotObserved, kBrokenEvidence, kUsageError};
  const auto gravity = [&](int code) { return std::find(kGravity, std::end(kGravity), code); };
  int worst = kOk;
  for (const std::string& url : options.urls) {
    const int code = audit_one(*recording, options, url, *sites, &console);
    if (gravity(code) > gravity(worst)) worst = code;
  }
  return worst;
}

}  // namespace

void add_audit(CLI::App& app, Run* run) {
  CLI::App* command = app.add_subcommand(
      "audit", "Record a site in a fresh browser profile, seal the record, and report");
  auto options = std::make_shared<AuditOptions>();
  add_audit_options(*command, options.get());
  command->footer(
      "Examples:\n"
      "  affiant audit --demo\n"
      "  affiant audit https://shop.example/ --browser firefox --pages 5\n"
      "  affiant audit https://shop.example/ --map shop.example=127.0.0.1:8443 --ca staging.pem\n");
  command->callback([=] { *run = [=] { return audit(*options); }; });
}

}  // namespace affiant::cli
