// What the words of cookie tables mean, by host/policy/data/cookie_tables.tsv. Internal to this
// layer. Immutable; thread-safe.
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

// Whether a label is one of names word for word: "Cookie name", "Nom".
bool is_name_label(std::string_view label);

// Whether a text names cookies or their kin at all.
bool says_cookie(std::string_view text);

// necessary, functional, analytics, advertising, social, unclassified; empty when the words say
// none. The earliest word decides.
std::string category_of(std::string_view words);

// How many categories but "unclassified" the words name.
int categories_in(std::string_view words);

// The category that a purpose begins with, as a label of what follows: "Necessary: keeps ...",
// "FUNCTIONALKeeps ...", "Analytics (...)", "Marketing cookie that ...". Empty for any other.
std::string leading_category(std::string_view purpose);

// cookie, localStorage, ... Empty when the words name no kind of storage.
std::string storage_of(std::string_view words);

bool repeats_above(std::string_view cell);

// Whether a word of prose bears the sign of a note or of emphasis, and is no mask: "*Our", "^We",
// "Session*", "_Strictly".
bool bears_mark(std::string_view word);

struct Lifetime {
  std::optional<std::int64_t> seconds;  // A month is 30 days, a year 365 (docs/policy-reading.md).
  bool session = false;                 // Until the browser is closed.
  bool stated = false;                  // The words say something about time at all.
};
// "1 year", "13 mois", "30 minutes", "Session", "1 year 24 days", "364 Days". The longest figure
// counts where there are several.
Lifetime lifetime_of(std::string_view words);

// Whether the words state a lifetime and nothing else: "up to 2 years", "Fin de la session".
bool is_only_lifetime(std::string_view words);

// The lifetime that a text states among other things: behind or before a word like "expires", or
// between signs ("(2 years)", "- 30 minutes -"). Not every figure is one: "counts visits in 30
// days".
Lifetime lifetime_said_in(std::string_view text);

}  // namespace affiant::policy
