// The words of cookie tables, from host/policy/data/cookie_tables.tsv. Internal to this layer.
// Immutable; thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace affiant::policy {

enum class Column : std::uint8_t {
  kNone,
  kName,
  kDomain,
  kProvider,
  kParty,
  kPurpose,
  kLifetime,
  kCategory,
  kStorage,
  kOptout
};

// What a column's head means; kNone when it is none that is known.
Column column_of(std::string_view head);

// necessary, functional, analytics, advertising, social, unclassified; empty when the words say
// none. `whole`: the words must be about nothing else (a heading, a category cell), not a sentence.
std::string category_of(std::string_view words);

// cookie, localStorage, ... Empty when the words name no kind of storage.
std::string storage_of(std::string_view words);

bool repeats_above(std::string_view cell);

struct Lifetime {
  std::optional<std::int64_t> seconds;  // A month is 30 days, a year 365 (docs/policy-reading.md).
  bool session = false;                 // Until the browser is closed.
  bool stated = false;                  // The words say something about time at all.
};
// "1 year", "13 mois", "30 minutes", "Session", "1 year 24 days", "364 Days". The longest figure
// counts where there are several.
Lifetime lifetime_of(std::string_view words);

}  // namespace affiant::policy
