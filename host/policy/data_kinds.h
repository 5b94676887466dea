// Which kinds of data a sentence says somebody gets. Internal to this layer. Pure.
#pragma once

#include <string>
#include <vector>

#include "policy/analysis.h"

namespace affiant::policy {

// Each once, in the order they are named in [from, to). Left out is what is excepted, what only
// says that the rest is anonymous ("non-personal data"), and what names a way ("by email").
std::vector<std::string> data_kinds(const Analysis& a, std::size_t from = 0,
                                    std::size_t to = Analysis::npos);

}  // namespace affiant::policy
