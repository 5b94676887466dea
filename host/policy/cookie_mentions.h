// Cookies that a sentence names in passing. Internal to this layer. Pure.
#pragma once

#include <string>
#include <unordered_set>

#include "policy/cookie_rows.h"
#include "policy/document.h"

namespace affiant::policy {

// "Others, like “locale” cookies (retained for 1 year), ...", "cookies named a_b and a_c". Nothing
// comes of a sentence that denies. `known`: patterns that need no second declaration; grows.
void cookies_mentioned(const Document& document, std::size_t start, std::size_t end,
                       const std::string& category, std::unordered_set<std::string>* known,
                       CookieList* out);

}  // namespace affiant::policy
