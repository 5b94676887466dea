// A network rule, one line of a list. Internal to host/filters.
#pragma once

#include <optional>
#include <string_view>

#include "filters/parsed_rule.h"
#include "filters/skipped.h"

namespace affiant::filters {

// Reads `line` (no blanks around it) into `rule`, or says why it is skipped. The pattern comes out
// in lower case (but for match-case), ASCII only, with "||" and "|" turned into flags, without '*'
// at its ends and never two '*' together. A regular expression is taken as it is: whether RE2 can
// have it is for the caller to ask.
std::optional<Skip> parse_rule(std::string_view line, ParsedRule& rule);

// The rule that "||host^" would give, for lines that are a host and nothing else.
std::optional<Skip> host_rule(std::string_view host, ParsedRule& rule);

}  // namespace affiant::filters
