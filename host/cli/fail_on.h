// What makes a command end with exit code 1: --fail-on and --expect (contract "Exit codes",
// docs/gate.md).
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <string_view>

#include "cli/command.h"
#include "gate/expectations.h"
#include "report/report.h"

namespace affiant::cli {

// The words of --fail-on, strongest first, and "never".
inline constexpr std::initializer_list<const char*> kFailOnWords = {"contradicted", "undeclared",
                                                                    "vague", "note", "never"};

struct GateOptions {
  std::string fail_on = "undeclared";
  std::string expect;  // File; empty: none. No file is read that was not named.
};

void add_expect_option(CLI::App& command, GateOptions* options);
// --fail-on, with what stands in `options` as its default, and --expect.
void add_gate_options(CLI::App& command, GateOptions* options);

struct GateInUse {
  std::string fail_on;
  std::shared_ptr<const gate::Expectations> expected;  // nullptr: none.
};

// Reads the file. What is wrong with it has its line and column.
Result<GateInUse> gate_in_use(const GateOptions& options);

// Holds `report` against what is expected, and says on stderr which entries are over, matched
// nothing or hold no longer: also where the report itself goes to a program.
Status hold_against(const GateInUse& gate, report::Report* report);

// kNotObserved when no page of the site was observed, whatever `fail_on` says; kFindings when there
// is a finding of `fail_on` or stronger that is not expected and was seen in every run; else kOk.
int exit_for_findings(const report::Report& report, std::string_view fail_on);

}  // namespace affiant::cli
