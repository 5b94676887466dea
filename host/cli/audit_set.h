// `affiant audit --browser chromium,firefox`: one engine after the other into one case set.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/audit_options.h"
#include "report/engines.h"

namespace affiant::cli {

struct SetRecording {
  std::vector<report::MissingEngine> missing;  // Engines that left no case, and why.
  int worst = 0;                               // Exit code of what went wrong; 0 when nothing did.
  bool interrupted = false;                    // Ctrl-C: what was recorded until then is sealed.
};

// Records plan.browsers one after the other, each into dir/<engine>, and prints what goes wrong.
// What one of them cannot do takes nothing away from the others; only an interrupt ends the whole.
// `dir` is gone again when nothing was recorded; kUsage unless it does not exist, or is empty.
// `name`: what to type for `dir`.
Result<SetRecording> record_set(const AuditPlan& plan, const std::string& url,
                                const std::filesystem::path& dir, const std::string& name,
                                Console* console);

}  // namespace affiant::cli
