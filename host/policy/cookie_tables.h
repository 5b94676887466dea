// Cookies declared in tables and in lists of prose. Internal to this layer. Pure.
#pragma once

#include <set>
#include <vector>

#include "policy/declaration.h"
#include "policy/document.h"

namespace affiant::policy {

struct TableCookies {
  std::vector<DeclaredCookie> cookies;
  std::set<int> tables;  // Those that are cookie tables: their cells are no sentences.
};

TableCookies cookies_in_tables(const Document& document);

// "sid (expires after 30 minutes) - keeps you signed in": items and paragraphs that begin with a
// name.
std::vector<DeclaredCookie> cookies_in_prose(const Document& document);

}  // namespace affiant::policy
