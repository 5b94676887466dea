// The options of commands that say again what a case or case set shows: report, compare.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "cli/output.h"

namespace affiant::cli {

struct RecordedOptions {
  std::string name, key, fail_on;
  std::vector<std::string> policies;  // Instead of those that were recorded; empty: those.
  OutputOptions output;
};

// CASE, --key, --fail-on and the output's own. `options->fail_on` is the default.
void add_recorded_options(CLI::App& command, RecordedOptions* options);

// Finds, verifies, reports; errors are printed and the exit code is returned.
int report_recorded(const RecordedOptions& options);

}  // namespace affiant::cli
