// What a run of the browser is asked to do, as the host reads it (docs/protocol.md "The plan").
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/error.h"
#include "cli/recording.h"

namespace affiant::cli {

// An e-mail address and a text that nobody has: found in what a page sends, they came from the
// page.
struct MadeUpPerson {
  std::string email, text;
};

// Writes plan.json below `run_dir`. `run` is one of `options.runs`.
Status write_plan(const std::filesystem::path& run_dir, const RecordingOptions& options,
                  const BrowserRun& run, const std::optional<MadeUpPerson>& canary);

Result<MadeUpPerson> made_up_person();

}  // namespace affiant::cli
