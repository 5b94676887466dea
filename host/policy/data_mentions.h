// Data that a sentence only speaks of: to be protected, asked about, written to. Nobody is said to
// get them. Internal to this layer. Pure.
#pragma once

#include "policy/analysis.h"

namespace affiant::policy {

// `hit`: of Tag::kData.
bool is_only_mentioned(const Analysis& a, const Hit& hit);

}  // namespace affiant::policy
