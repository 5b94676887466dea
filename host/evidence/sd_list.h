// The "_sd" list of a body: digests of its disclosures. Every other key of a body begins with a
// lower-case letter, so in RFC 8785 order "_sd" is the first.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace affiant::evidence {

// The digests, strictly ascending; empty when there is no list. Views point into `body`. Errors say
// "byte N: " with `base` added to N.
Result<std::vector<std::string_view>> read_sd_list(std::string_view body, std::size_t base = 0);

}  // namespace affiant::evidence
