#include "cli/fail_on.h"

#include <cstdio>

#include "base/bytes.h"
#include "base/fs.h"

namespace affiant::cli {
namespace fs = std::filesystem;

void add_gate_options(CLI::App& command, GateOptions* options) {
  command
      .add_option("--fail-on", options->fail_on, "End with exit code 1 at this strength or above")
      ->check(CLI::IsMember(kFailOnWords))
      ->capture_default_str();
  add_expect_option(command, options);
}

void add_expect_option(CLI::App& command, GateOptions* options) {
  command.add_option("--expect", options->expect,
                     "affiant.toml: what is known of the site and fails no build (docs/gate.md; "
                     "`affiant baseline` writes one)");
}

Result<GateInUse> gate_in_use(const GateOptions& options) {
  GateInUse out;
  out.fail_on = options.fail_on;
  if (options.expect.empty()) return out;
  std::error_code ignored;
  const fs::path file = fs::weakly_canonical(options.expect, ignored);
  const auto text = read_file(ignored ? fs::path(options.expect) : file, gate::kExpectationsBytes,
                              "gate::kExpectationsBytes");
  if (!text)
    return fail(Code::kUsage, "--expect {}: {}", printable(options.expect), text.error().message);
  AFFIANT_TRY(gate::Expectations read, gate::parse_expectations(*text, printable(options.expect)));
  out.expected = std::make_shared<const gate::Expectations>(std::move(read));
  return out;
}

Status hold_against(const GateInUse& gate, report::Report* report) {
  if (gate.expected == nullptr) return {};
  AFFIANT_CHECK(gate::apply(*gate.expected, report));
  for (const std::string& warning : report::gate_warnings(*report->gate))
    fmt::print(stderr, "affiant: {}\n", printable(warning, 1'000));
  return {};
}

int exit_for_findings(const report::Report& report, std::string_view fail_on) {
  if (!report::anything_observed(report)) return kNotObserved;
  return report::count_failing(report, fail_on) > 0 ? kFindings : kOk;
}

}  // namespace affiant::cli
