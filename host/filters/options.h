// The options of a network rule, what follows its '$'. Internal to host/filters.
#pragma once

#include <optional>
#include <string_view>

#include "filters/parsed_rule.h"
#include "filters/skipped.h"

namespace affiant::filters {

// Splits "pattern$options"; `options` is empty when there are none. The '$' is the first one after
// which everything is shaped like options and the first option is known; failing that, the last one
// after which everything is shaped so (the rule then has an option that is not known).
struct Split {
  std::string_view pattern, options;
};
Split split_options(std::string_view rule);

// Reads the options into `rule`, or says why the rule is skipped.
std::optional<Skip> parse_options(std::string_view options, ParsedRule& rule);

// Reads "a.example|~b.example|c.*" into the two lists.
std::optional<Skip> parse_domains(std::string_view list, std::vector<DomainName>& in,
                                  std::vector<DomainName>& out);

}  // namespace affiant::filters
