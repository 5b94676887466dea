#include "cli/set_report.h"

#include <algorithm>

#include "cli/case_set.h"

namespace affiant::cli {
namespace fs = std::filesystem;
namespace {

using report::EnginesReport;
using report::MissingEngine;

bool is_page(const OutputOptions& output) {
  return output.format == "html" || output.format == "pdf";
}

int report_case(const fs::path& dir, const report::BuildOptions& build, const OutputOptions& output,
                const GateInUse& gate, const site::SiteTable& sites) {
  report::BuildOptions options = build;
  if (options.case_id.empty()) options.case_id = case_id_of(dir);
  options.with_log = is_page(output);
  auto report = report::build_report(dir, sites, options);
  if (!report) return report_error(report.error());
  if (const Status fits = hold_against(gate, &*report); !fits) return report_error(fits.error());
  if (const Status done = write_report(*report, output); !done) return report_error(done.error());
  return exit_for_findings(*report, gate.fail_on);
}

std::string why_missing(const std::string& engine, const std::vector<MissingEngine>& known) {
  for (const MissingEngine& m : known)
    if (m.engine == engine) return m.why;
  return "the case set holds no case of it";
}

// The name of a folder is only a label: the record says which browser made it.
Status check_engine(const report::Report& report, const SetMember& member) {
  for (const observe::Session& session : report.facts.seen.sessions)
    if (session.browser != member.engine)
      return fail(Code::kUsage, "{} was recorded with {}, not with {}: rename its folder",
                  member.dir.string(), session.browser, member.engine);
  return {};
}

int report_set(const std::vector<SetMember>& members, const report::BuildOptions& build,
               const OutputOptions& output, const GateInUse& gate, const site::SiteTable& sites,
               const std::vector<MissingEngine>& known) {
  std::string name = output.case_name;
  while (name.size() > 1 && name.ends_with('/')) name.pop_back();
  EnginesReport set;
  set.generated_at = build.generated_at;
  int worst = kOk;
  for (const SetMember& member : members) {
    report::BuildOptions options = build;
    options.case_id = case_id_of(member.dir);
    options.with_log = is_page(output);
    auto report = report::build_report(member.dir, sites, options);
    Status fits;
    if (report) fits = check_engine(*report, member);
    if (report && fits) fits = hold_against(gate, &*report);
    if (!report || !fits) {
      const Error error = report ? fits.error() : report.error();
      worst = graver(worst, report_error({error.code, member.engine + ": " + error.message}));
      set.missing.push_back({member.engine, error.message});
      continue;
    }
    worst = graver(worst, exit_for_findings(*report, gate.fail_on));
    set.engines.push_back({member.engine, name + "/" + member.engine, std::move(*report)});
  }
  for (const std::string& engine : missing_engines(members)) {
    set.missing.push_back({engine, why_missing(engine, known)});
    worst = graver(worst, kNotObserved);
  }
  if (set.engines.empty()) return worst;  // Nothing to report on; why has been said.
  if (const Status done = write_report(set, output); !done)
    return graver(worst, report_error(done.error()));
  return worst;
}

}  // namespace

report::BuildOptions built_now(const KnowledgeInUse& knowledge) {
  report::BuildOptions build;
  build.generated_at = now_rfc3339();
  build.lists = knowledge.lists;
  return build;
}

int report_case_or_set(const fs::path& dir, const report::BuildOptions& build,
                       const OutputOptions& output, const GateInUse& gate,
                       const site::SiteTable& sites,
                       const std::vector<report::MissingEngine>& missing) {
  OutputOptions out = output;
  out.fail_on = gate.fail_on;
  const std::vector<SetMember> members = set_members(dir);
  if (members.empty()) return report_case(dir, build, out, gate, sites);
  return report_set(members, build, out, gate, sites, missing);
}

}  // namespace affiant::cli
