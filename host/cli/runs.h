// `audit --runs N`: every visit in several fresh profiles, into one case (docs/adr/0011).
#pragma once

#include <vector>

#include "cli/recording.h"

namespace affiant::cli {

inline constexpr int kMostRuns = 20;

// Adds to `runs`, `times` - 1 times, each visit of a fresh profile, in a profile of its own. A
// visit that goes on in a profile that was used is not repeated.
void repeat_runs(int times, std::vector<BrowserRun>* runs);

}  // namespace affiant::cli
