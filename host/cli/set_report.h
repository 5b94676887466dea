// The report of a case or of a case set: built, compared, written, and turned into an exit code.
// Used by audit, report and compare.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/fail_on.h"
#include "cli/knowledge_options.h"
#include "cli/output.h"
#include "report/engines.h"
#include "site/site.h"

namespace affiant::cli {

// What a report that is made now, with this knowledge, is built with.
report::BuildOptions built_now(const KnowledgeInUse& knowledge);

// `output.case_name` is what to type for `dir`. Errors are printed; the exit code is returned, of a
// set the gravest member's. A member that is missing counts as not observed: half a set is never
// "clean". `missing` says why, of engines that the caller knows more about.
int report_case_or_set(const std::filesystem::path& dir, const report::BuildOptions& build,
                       const OutputOptions& output, const GateInUse& gate,
                       const site::SiteTable& sites,
                       const std::vector<report::MissingEngine>& missing = {});

}  // namespace affiant::cli
