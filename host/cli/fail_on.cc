#include "cli/fail_on.h"

#include <algorithm>

namespace affiant::cli {
namespace {

findings::Strength weakest_that_counts(std::string_view fail_on) {
  using findings::Strength;
  for (const Strength s : {Strength::kContradicted, Strength::kUndeclared, Strength::kVague})
    if (findings::strength_name(s) == fail_on) return s;
  return Strength::kNote;
}

}  // namespace

int exit_for_findings(const report::Report& report, std::string_view fail_on) {
  if (!report::anything_observed(report)) return kNotObserved;
  if (fail_on == "never") return kOk;
  const findings::Strength weakest = weakest_that_counts(fail_on);
  const bool found = std::any_of(report.findings.begin(), report.findings.end(),
                                 [&](const findings::Finding& f) { return f.strength <= weakest; });
  return found ? kFindings : kOk;
}

}  // namespace affiant::cli
