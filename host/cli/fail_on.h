// The exit code that a report ends a command with (--fail-on, contract "Exit codes").
#pragma once

#include <string_view>

#include "cli/command.h"
#include "report/report.h"

namespace affiant::cli {

// The words of --fail-on, strongest first, and "never".
inline constexpr std::initializer_list<const char*> kFailOnWords = {"contradicted", "undeclared",
                                                                    "vague", "note", "never"};

// kNotObserved when no page of the site was observed, whatever `fail_on` says; kFindings when there
// is a finding of `fail_on` or stronger; else kOk. A word that is not of the list counts as "note".
int exit_for_findings(const report::Report& report, std::string_view fail_on);

}  // namespace affiant::cli
