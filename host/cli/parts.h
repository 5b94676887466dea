// Parts of a case as words of the command line: sensitive fields and rows. Used by export and
// erase.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace affiant::cli {

// "values", "urls", "ips" (also "values,urls"). kUsage for another word.
Result<std::set<std::string>> parse_fields(const std::vector<std::string>& words);
// Whether a field of this name is one of those. `fields` is copied.
std::function<bool(std::string_view name)> takes_field(const std::set<std::string>& fields);

// "17", "3-9", "3-9,17": leaf indices. kUsage; at most kRowsNamed of them.
Result<std::set<std::uint64_t>> parse_rows(const std::vector<std::string>& words);

}  // namespace affiant::cli
