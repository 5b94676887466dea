// Every command of `affiant`, in the order of --help.
#pragma once

#include <memory>

#include "cli/command.h"

namespace affiant::cli {

// All of `affiant`, ready to parse: parsing sets `*run` to what to do. The manual page and the
// shells' completions are made of the same object (host/bin/affiant_texts.cc).
std::unique_ptr<CLI::App> command_line(Run* run);

void add_audit(CLI::App& app, Run* run);
void add_report(CLI::App& app, Run* run);
void add_summary(CLI::App& app, Run* run);
void add_compare(CLI::App& app, Run* run);
void add_diff(CLI::App& app, Run* run);
void add_baseline(CLI::App& app, Run* run);
void add_verify(CLI::App& app, Run* run);
void add_export(CLI::App& app, Run* run);
void add_import(CLI::App& app, Run* run);
void add_anchor(CLI::App& app, Run* run);
void add_cosign(CLI::App& app, Run* run);
void add_witness(CLI::App& app, Run* run);
void add_cases(CLI::App& app, Run* run);
void add_erase(CLI::App& app, Run* run);
void add_key(CLI::App& app, Run* run);
void add_policy(CLI::App& app, Run* run);
void add_explain(CLI::App& app, Run* run);
void add_kb(CLI::App& app, Run* run);
void add_kb_match(CLI::App& kb, Run* run);
void add_kb_lists(CLI::App& kb, Run* run);
void add_demo(CLI::App& app, Run* run);
void add_install(CLI::App& app, Run* run);  // Also `uninstall`.
void add_doctor(CLI::App& app, Run* run);

}  // namespace affiant::cli
