// Rule R2. Internal to this layer.
#pragma once

#include "detect/facts.h"

namespace affiant::detect {

// Third parties' requests that a list would block get "list" in `tracker_by`, and the rule. A
// request whose address is withheld is not judged.
void mark_listed(const filters::Engine& lists, const site::SiteTable& sites, Facts* facts);

}  // namespace affiant::detect
