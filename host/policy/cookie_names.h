// Names of cookies as sites write them. Internal to this layer. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"

namespace affiant::policy {

// How much a word looks like the name of a cookie.
enum class Looks : std::uint8_t {
  kNone,    // Cannot be one.
  kPlain,   // A capitalised word: might be a company as well.
  kLikely,  // "sid", "IDE", "csrf-token", "siteCountry".
  kSurely   // "_ga", "kxtwitch_*", "cart_id2".
};
Looks looks_of(std::string_view word);

struct Name {
  std::string pattern;
  Looks looks = Looks::kNone;    // kNone: a phrase of several words.
  std::size_t at = 0, size = 0;  // Its words in the cell.
  std::size_t part = 0;          // Which part of the cell, counted between separators.
  std::string_view note;         // What stands in brackets behind it: "localStorage", "Google".
};

struct NameList {
  std::vector<Name> names;
  std::size_t parts = 0;   // Separated parts, also those that hold no name.
  std::size_t words = 0;   // All words but notes, descriptions, and those that join names.
  bool described = false;  // A dash leads over to what is said of the names.
  std::string_view host;   // ".shop.example" beside the names.
  bool cut = false;        // There were more than limits::kNamesPerCell.

  Looks best() const;
  // False for sentences: then only what is surely a name is among the names.
  bool reads_as_names() const;
};

// The names in a cell: parted at commas, line breaks, semicolons, slashes, "and". `phrases`: also
// those of several words, as they stand.
NameList read_names(std::string_view cell, bool phrases = false);

// A mask to its pattern: "_ga_<id>", "_ga_#", "_ga_xxxx", "_ga_{id}", "_hjid-[...]", "_ga_..." to
// "_ga_*".
std::string pattern_of(std::string_view name);

// Whether a word can be the name of a cookie or key (RFC 6265 token characters, a few more that
// sites write).
bool may_be_name(std::string_view word);

// "www.shop.example", ".shop.de": a host under a top-level domain that is met with in policies.
bool is_host(std::string_view word);

}  // namespace affiant::policy
