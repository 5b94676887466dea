// The demo as a canary: what is known to be there, held against what was seen.
#pragma once

#include <filesystem>
#include <optional>
#include <vector>

#include "demo/demo.h"
#include "observe/observations.h"

namespace affiant::cli {

struct Sighting {
  const demo::Truth* truth = nullptr;
  std::optional<observe::Leaf> entry;  // The first entry that shows it; nothing: not seen.
};

// One sighting for each item of demo::demo_truth(), in its order. `case_dir` is where the captured
// policy texts are.
std::vector<Sighting> look_for_truth(const observe::Observations& seen,
                                     const std::filesystem::path& case_dir);

}  // namespace affiant::cli
