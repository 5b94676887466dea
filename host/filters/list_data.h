// How lists lie in memory: the text of each rule once, 32 bytes a rule, and what few rules have
// beside. Internal to host/filters.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "filters/filters.h"
#include "filters/parsed_rule.h"
#include "filters/regex.h"

namespace affiant::filters {

struct Rule {
  std::uint32_t text = 0;        // In ListData::text: the rule as the list has it.
  std::uint32_t pattern = 0;     // Likewise: normalised; the same bytes where it can be.
  std::uint32_t line = 0;        // From 1.
  std::uint32_t conditions = 0;  // In ListData::conditions, plus 1; 0: none.
  std::uint32_t flags = 0;
  std::uint16_t text_size = 0, pattern_size = 0;
  Types types = 0;
  std::uint16_t list = 0;
  std::uint16_t token_at = 0;  // Where in the pattern the token stands that it is filed under.
};

struct DomainEntry {
  std::uint32_t hash = 0;
  std::uint32_t name = 0;  // In ListData::text.
  std::uint16_t size = 0;
  bool entity = false;
};

struct Range {
  std::uint32_t begin = 0, end = 0;
  bool empty() const { return begin == end; }
};

// Entries of a range are sorted by hash.
struct Conditions {
  Range from, not_from, to, not_to;  // In ListData::domains.
  std::uint32_t regex = 0;           // In ListData::regexes, plus 1; 0: none.
  Methods methods = 0;               // 0: any.
};

struct TakenBack {
  std::uint64_t rule;  // fingerprint()
  std::string pattern;
};

struct ListData {
  std::string name;
  std::string text;
  std::vector<Rule> rules;  // Empty once an engine has them.
  std::vector<Conditions> conditions;
  std::vector<DomainEntry> domains;
  std::deque<Regex> regexes;
  std::vector<TakenBack> taken_back;
  SkippedByKind skipped;
  std::size_t lines = 0, rule_count = 0, exception_count = 0;

  std::string_view text_of(const Rule& r) const {
    return std::string_view(text).substr(r.text, r.text_size);
  }
  std::string_view pattern_of(const Rule& r) const {
    return std::string_view(text).substr(r.pattern, r.pattern_size);
  }
  std::string_view name_of(const DomainEntry& d) const {
    return std::string_view(text).substr(d.name, d.size);
  }
};

}  // namespace affiant::filters
