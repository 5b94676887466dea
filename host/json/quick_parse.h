// The short way through parse(): texts without errors, fractions, or anything else unusual.
#pragma once

#include <optional>
#include <string_view>

#include "json/json.h"

namespace affiant::json {

// The value of `text`, which must be UTF-8, or nothing: then parse() asks nlohmann's parser, which
// finds the value or the error. Never gives another value than that would.
std::optional<Value> quick_parse(std::string_view text);

}  // namespace affiant::json
