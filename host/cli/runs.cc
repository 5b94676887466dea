#include "cli/runs.h"

#include <algorithm>
#include <set>

namespace affiant::cli {

void repeat_runs(int times, std::vector<BrowserRun>* runs) {
  const std::vector<BrowserRun> once = *runs;
  int last = 0;
  for (const BrowserRun& run : once) last = std::max(last, run.profile);
  for (int i = 1; i < times; ++i) {
    std::set<int> used;
    for (const BrowserRun& run : once) {
      if (!used.insert(run.profile).second) continue;
      runs->push_back(run);
      runs->back().profile = ++last;
    }
  }
}

}  // namespace affiant::cli
