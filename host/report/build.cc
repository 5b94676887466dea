#include "observe/observations.h"
#include "report/repeats.h"
#include "report/report.h"
#include "report/sources.h"

namespace affiant::report {
namespace {

// The folder's own name, however the path to it is spelt.
std::string name_of_case(const std::filesystem::path& dir) {
  std::error_code error;
  const std::filesystem::path whole = std::filesystem::weakly_canonical(dir, error);
  std::filesystem::path name = (error ? dir : whole).filename();
  if (name.empty()) name = dir.parent_path().filename();
  return name.string();
}

}  // namespace

Result<Report> build_report(const std::filesystem::path& case_dir, const site::SiteTable& sites,
                            const BuildOptions& options) {
  AFFIANT_TRY(observe::Observations seen, observe::read_observations(case_dir, options.verify));
  Report report;
  report.case_id = options.case_id.empty() ? name_of_case(case_dir) : options.case_id;
  report.generated_at = options.generated_at;
  report.site_list = sites.source();
  AFFIANT_TRY(report.declaration, options.policy_files.empty()
                                      ? declared_in_case(case_dir, seen)
                                      : declared_in_files(options.policy_files));
  if (options.lists != nullptr) report.lists = options.lists->provenance;
  const filters::Engine* lists = options.lists == nullptr ? nullptr : &options.lists->engine;
  report.facts = detect::detect(std::move(seen), sites, lists);
  report.findings = findings::compare(report.declaration, report.facts, sites);
  report.repeats = count_repeats(report, sites, lists);
  if (options.with_log) {
    AFFIANT_TRY(report.log, read_log_excerpt(case_dir, report.facts.seen.verdict.tree_size,
                                             entries_by_weight(report)));
    report.log.outlines = read_outlines(case_dir, report.declaration);
  }
  return report;
}

}  // namespace affiant::report
