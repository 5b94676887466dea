// `affiant audit`: record a site in a fresh browser, seal the record, report.
#include <memory>
#include <vector>

#include "cli/audit_options.h"
#include "cli/audit_set.h"
#include "cli/case_set.h"
#include "cli/cases.h"
#include "cli/commands.h"
#include "cli/paths.h"
#include "cli/set_report.h"
#include "demo/demo.h"
#include "site/site.h"

namespace affiant::cli {
namespace {

// What to type for this case: its id when it is among the others, else its path.
std::string name_of(const std::filesystem::path& dir) {
  const auto root = cases_dir();
  return root && dir.parent_path() == *root ? dir.filename().string() : dir.string();
}

void say_kept(const std::string& name) {
  report_error(
      {Code::kInterrupted, "what was recorded until then is kept: `affiant report " + name + "`"});
}

// Where the case, or the case set, of this URL goes.
Result<std::filesystem::path> place_for(const AuditOptions& options, const std::string& url) {
  if (!options.case_dir.empty()) return std::filesystem::path(options.case_dir);
  AFFIANT_TRY(const std::filesystem::path root, cases_dir());
  const auto parsed = site::parse_url(url);
  return root / new_case_id(now_ms(), parsed ? parsed->host : "site");
}

int audit_one(RecordingOptions recording, const AuditOptions& options, const std::string& url,
              const KnowledgeInUse& knowledge, const GateInUse& gate, Console* console) {
  const auto place = place_for(options, url);
  if (!place) return report_error(place.error());
  recording.url = url;
  recording.case_dir = *place;
  const auto recorded = record(recording, console);
  if (!recorded) return report_error(recorded.error());
  const std::string name = name_of(recorded->case_dir);
  console->say("sealed: " + name);
  const int stamped = say_not_stamped(*recorded, name);
  if (recorded->failure) {
    report_error(*recorded->failure);
    say_kept(name);
    return kNotObserved;
  }
  OutputOptions output = options.output;
  output.case_name = name;
  return graver(stamped, report_case_or_set(recorded->case_dir, built_now(knowledge), output, gate,
                                            knowledge.sites));
}

int audit_set(const AuditPlan& plan, const AuditOptions& options, const std::string& url,
              const KnowledgeInUse& knowledge, const GateInUse& gate, Console* console) {
  const auto place = place_for(options, url);
  if (!place) return report_error(place.error());
  std::error_code error;
  const auto dir = std::filesystem::absolute(*place, error).lexically_normal();
  const std::string name = name_of(dir);
  const auto set = record_set(plan, url, dir, name, console);
  if (!set) return report_error(set.error());
  if (set_members(dir).empty()) return graver(set->worst, kNotObserved);
  if (set->interrupted) {
    for (const report::MissingEngine& m : set->missing)
      report_error({Code::kInterrupted, m.engine + " is missing: " + m.why});
    say_kept(name);
    return kNotObserved;
  }
  OutputOptions output = options.output;
  output.case_name = name;
  const int code =
      report_case_or_set(dir, built_now(knowledge), output, gate, knowledge.sites, set->missing);
  return graver(set->worst, code);
}

int audit(const AuditOptions& options) {
  const auto plan = check_audit(options);
  if (!plan) return report_error(plan.error());
  const auto gate = gate_in_use(options.gate);
  if (!gate) return report_error(gate.error());
  // Before a browser starts: a list that cannot be read is told at once.
  const auto knowledge = knowledge_in_use(options.knowledge);
  if (!knowledge) {
    report_error(knowledge.error());
    return kUsageError;
  }
  Console console(options.quiet);
  const auto one = [&](const std::string& url) {
    return plan->browsers.size() > 1
               ? audit_set(*plan, options, url, *knowledge, *gate, &console)
               : audit_one(plan->recording, options, url, *knowledge, *gate, &console);
  };
  if (options.demo) {
    const auto server = demo::DemoServer::start(0);
    if (!server) return report_error(server.error());
    return one((*server)->url());
  }
  int worst = kOk;
  for (const std::string& url : options.urls) worst = graver(worst, one(url));
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
      "  affiant audit https://shop.example/ --browser chromium,firefox\n"
      "  affiant audit https://shop.example/ --phase no-choice,reject,accept\n"
      "  affiant audit https://shop.example/ --runs 3 --expect affiant.toml --format markdown\n"
      "  affiant audit https://shop.example/ --tsa http://tsa.example/tsr --tsa-ca root.pem\n"
      "  affiant audit https://shop.example/ --map shop.example=127.0.0.1:8443 --ca staging.pem\n");
  command->callback([=] { *run = [=] { return audit(*options); }; });
}

}  // namespace affiant::cli
