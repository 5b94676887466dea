// Cookies declared in tables and in lists of prose. Internal to this layer. Pure.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "policy/cookie_rows.h"
#include "policy/declaration.h"
#include "policy/document.h"
#include "policy/table_grid.h"

namespace affiant::policy {

struct TableCookies {
  std::vector<DeclaredCookie> cookies;
  std::set<int> tables;             // Those that are cookie tables: their cells are no sentences.
  std::vector<std::string> unread;  // What the caps kept out, in words.
};

TableCookies cookies_in_tables(const Document& document);

// "sid (expires after 30 minutes) - keeps you signed in", "Name: sid / Expiry: 1 day", "cookies
// named “sid” and “lang”". What tables declared already is not declared again by a mere mention.
std::vector<DeclaredCookie> cookies_in_prose(const Document& document, const TableCookies& tables);

// Internal to the two: a table on its side ("Name | sid", "Purpose | ...", one cookie a column, or
// several below each other). False, and nothing added, when it is none.
bool read_sideways(const Document& document, const Grid& grid, const std::string& category,
                   bool about_cookies, CookieList* out);

}  // namespace affiant::policy
