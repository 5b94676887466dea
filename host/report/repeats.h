// In how many runs of one case a thing was seen. Internal to host/report.
#pragma once

#include "report/report.h"

namespace affiant::report {

// A run is a fresh profile under one condition (phase, Global Privacy Control). For findings, each
// run is judged anew by itself, with all that the site declares. Empty unless some condition has
// several runs. `lists` as in detect().
Repeats count_repeats(const Report& report, const site::SiteTable& sites,
                      const filters::Engine* lists);

}  // namespace affiant::report
