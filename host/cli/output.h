// Where a report goes, stdout or a file, and in which format. Used by audit, report and compare.
#pragma once

#include <string>
#include <string_view>

#include "cli/command.h"
#include "report/diff.h"
#include "report/engines.h"
#include "report/report.h"

namespace affiant::cli {

struct OutputOptions {
  std::string format = "text";     // As --format.
  std::string table = "findings";  // Of csv: what its rows are.
  std::string fail_on;             // The word of --fail-on, for reports that say what fails.
  std::string file;                // Empty or "-": stdout.
  bool no_colour = false;  // Also off when stdout is no terminal, with NO_COLOR, or TERM=dumb.
  std::string case_name;   // What to type after `affiant verify`.
};

// Adds --format, --table, -o and --no-colour.
void add_output_options(CLI::App& command, OutputOptions* options);

// kUsage for options that do not go together, before anything is done.
Status check_output(const OutputOptions& options);

// Renders and writes. A file is written whole or not at all: beside its place first, then renamed.
Status write_report(const report::Report& report, const OutputOptions& options);
Status write_report(const report::EnginesReport& set, const OutputOptions& options);
Status write_report(const report::DiffReport& diff, const OutputOptions& options);

// To a file as above, or to stdout when `file` is empty or "-".
Status write_text(std::string_view text, const std::string& file);

// Now, as RFC 3339 in UTC to the second, for Report::generated_at.
std::string now_rfc3339();

}  // namespace affiant::cli
