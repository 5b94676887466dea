// One line of a filter list, taken apart. Internal to host/filters.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "filters/skipped.h"
#include "filters/types.h"

namespace affiant::filters {

enum Flag : std::uint32_t {
  kException = 1U << 0U,
  kImportant = 1U << 1U,
  kBadFilter = 1U << 2U,
  kMatchCase = 1U << 3U,
  kThirdOnly = 1U << 4U,
  kFirstOnly = 1U << 5U,
  kOtherHostOnly = 1U << 6U,  // strict3p
  kSameHostOnly = 1U << 7U,   // strict1p
  kWebSocketOnly = 1U << 8U,  // "|ws://"
  kRegex = 1U << 9U,          // The pattern is the body of a regular expression.
  kPureHost = 1U << 10U,      // "||host^": the pattern is the host.
  kHostAnchor = 1U << 11U,    // "||": at the beginning of a label of the host.
  kWholeLabels = 1U << 12U,   // "||host" with nothing after: its last label is whole too.
  kLeft = 1U << 13U,          // "|" before
  kRight = 1U << 14U,         // "|" after
  kWild = 1U << 15U,          // Has a '*'.
  kHostsLine = 1U << 16U,     // From a line of a hosts file or a list of domains.
  kTakenBack = 1U << 17U,     // By a badfilter rule.
};

struct DomainName {
  std::string name;  // Lower case, ASCII; without ".*".
  bool entity = false;
};

struct ParsedRule {
  std::uint32_t flags = 0;
  Types types = kAnyType;
  Methods methods = 0;  // 0: any.
  std::string pattern;  // Normalised (rule_parser.h); may be empty: every URL.
  std::vector<DomainName> from, not_from, to, not_to;
  std::string redirect;

  bool has_conditions() const {
    return methods != 0 || !from.empty() || !not_from.empty() || !to.empty() || !not_to.empty();
  }
  void clear();
};

// Same for two rules that say the same, whatever the order of their options; badfilter left out.
std::uint64_t fingerprint(const ParsedRule& rule);

}  // namespace affiant::filters
