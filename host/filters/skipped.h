// What of a filter list is not a rule that can match a request, and why.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"

namespace affiant::filters {

enum class Skip : std::uint8_t {
  kElementHiding,  // Changes a page that has loaded: cosmetic rules, scriptlets, HTML filters.
  kWholePage,      // Exceptions for pages: generichide, elemhide, genericblock and kin.
  kModifier,       // Changes a request or an answer and blocks nothing: csp, removeparam, ...
  kUndecidable,    // Needs what a request does not show here: header=, ipaddress=, ...
  kUnknownOption,
  kRegex,      // A regular expression that RE2 has no words for.
  kMalformed,  // Blanks or nothing where a pattern must be, bad domain lists.
  kTooBroad,   // Would match every request.
  kTooLong,    // Longer than limits::kListLineBytes or limits::kRulePatternBytes.
  kNotText,    // Bytes that are not UTF-8, control characters.
  kNotForUs,   // Inside an `!#if` whose condition does not hold.
  kInclude,    // `!#include`: another file, not followed.
  kTooMany,    // Beyond the cap on rules or regular expressions of a list.
};
inline constexpr std::size_t kSkipKinds = static_cast<std::size_t>(Skip::kTooMany) + 1;

// "a regular expression that RE2 cannot express"; for messages.
std::string_view skip_words(Skip why);

struct SkippedLine {
  std::size_t line = 0;  // From 1.
  std::string text;      // Made printable, cut.
};

struct Skipped {
  std::size_t count = 0;
  std::vector<SkippedLine> first;  // At most kSkippedShown.
};
using SkippedByKind = std::array<Skipped, kSkipKinds>;

}  // namespace affiant::filters
