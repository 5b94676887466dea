// Cookies that a text lists, in one line each: what the tests of tables and lists begin with.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "read.h"

namespace affiant::policy {

inline std::vector<DeclaredCookie> cookies(std::string_view text,
                                           Format format = Format::kMarkdown) {
  return test::read(text, format).cookies;
}

// "pattern category lifetime", the lifetime in seconds, "session", or "-".
inline std::vector<std::string> rows(std::string_view text, Format format = Format::kMarkdown) {
  std::vector<std::string> out;
  for (const DeclaredCookie& c : cookies(text, format))
    out.push_back(c.pattern + " " + c.category + " " +
                  (c.lifetime_s ? std::to_string(*c.lifetime_s)
                                : std::string(c.session_cookie ? "session" : "-")));
  return out;
}

inline std::vector<std::string> names(std::string_view text, Format format = Format::kMarkdown) {
  std::vector<std::string> out;
  for (const DeclaredCookie& c : cookies(text, format)) out.push_back(c.pattern);
  return out;
}

}  // namespace affiant::policy
