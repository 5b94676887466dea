// What a row, a record or a line says of one or more cookies, made into declared cookies. Internal
// to this layer. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/cookie_words.h"
#include "policy/declaration.h"
#include "policy/document.h"

namespace affiant::policy {

struct CookieList {
  std::vector<DeclaredCookie> cookies;
  bool cut = false;  // Caps kept some out.
};

// Views lie in the document's text.
struct CookieFields {
  std::string_view names;  // A cell: one name or several.
  bool phrases = false;    // Names of several words count too (cookie_names.h).
  std::string_view provider, domain, party, purpose;
  std::vector<std::string_view> lifetimes;  // Cells that may state one, the likeliest first.
  std::string category;                     // Empty when none is known.
  std::string storage;                      // Empty when none is known.
  std::size_t start = 0, end = 0;           // The words that are quoted.
};

void declare(const Document& document, const CookieFields& fields, CookieList* out);

// "Name: sid", "Purpose: ...", "Expiry: ...": labelled fields that come one after another, of a
// table on its side or of lines.
class CookieRecord {
 public:
  // Whether a field begins another record: a second name of the same rank.
  bool begins_another(Column column, std::string_view label) const;
  void put(Column column, std::string_view label, std::string_view value);
  void cover(std::size_t start, std::size_t end);  // Adds words to the quotation.

  bool empty() const { return fields_.names.empty() && weak_.empty(); }
  // Declares the cookies if the record is one of cookies, and empties it.
  void finish(const Document& document, const std::string& category, bool about_cookies,
              CookieList* out);

 private:
  CookieFields fields_;    // `names`: of a label like "Cookie name".
  std::string_view weak_;  // Of a label like "Name", which may be that of a service.
  int others_ = 0;         // Fields that are no name.
};

// Whether the label of names says that they are those of cookies.
bool is_strong_label(std::string_view label);

}  // namespace affiant::policy
