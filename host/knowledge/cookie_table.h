// Cookie names and masks, indexed. Internal to this layer. Immutable once built; then thread-safe.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "knowledge/knowledge.h"

namespace affiant::knowledge {

class CookieTable {
 public:
  explicit CookieTable(std::vector<KnownCookie> rows);
  // As find_cookie(); without a domain, whatever domain a meaning is confined to.
  const KnownCookie* find(std::string_view name, std::optional<std::string_view> domain) const;

 private:
  std::vector<KnownCookie> rows_;
  std::unordered_multimap<std::string_view, std::size_t> exact_;
  // By the first letter; in the first list those that begin with their '*'. The longest pattern
  // first in each, so that the most specific wins.
  std::array<std::vector<std::size_t>, 256> masks_;
};

}  // namespace affiant::knowledge
