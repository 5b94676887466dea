// The options of commands that say again what a case or case set shows: report, compare.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "cli/brought.h"
#include "cli/fail_on.h"
#include "cli/knowledge_options.h"
#include "cli/output.h"

namespace affiant::cli {

struct RecordedOptions {
  std::string name;
  GateOptions gate;
  BroughtOptions brought;
  std::vector<std::string> policies;  // Instead of those that were recorded; empty: those.
  KnowledgeOptions knowledge;
  OutputOptions output;
};

// CASE, --key and its like, --fail-on and the output's own. `options->gate.fail_on` is the default.
void add_recorded_options(CLI::App& command, RecordedOptions* options,
                          const std::string& policy_option);

// Finds, verifies, reports; errors are printed and the exit code is returned.
int report_recorded(const RecordedOptions& options);

}  // namespace affiant::cli
