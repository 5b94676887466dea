// F10: one cookie is declared in two categories, or with two lifetimes (CookieBlock's rule 6).
#include <algorithm>
#include <map>
#include <tuple>

#include "findings/rules.h"
#include "findings/words.h"

namespace affiant::findings {
namespace {

bool differ(const policy::DeclaredCookie& a, const policy::DeclaredCookie& b) {
  const bool categories =
      a.category != "unclassified" && b.category != "unclassified" && a.category != b.category;
  const auto stated = [](const policy::DeclaredCookie& c) {
    return c.session_cookie || c.lifetime_s.has_value();
  };
  const bool lifetimes = stated(a) && stated(b) &&
                         (a.session_cookie != b.session_cookie || a.lifetime_s != b.lifetime_s);
  return categories || lifetimes;
}

}  // namespace

Drafts contradictory_declaration(const Context& context) {
  // A name may well mean one thing for each provider.
  std::map<std::tuple<std::string, std::string, std::string>, std::vector<int>> rows;
  for (std::size_t i = 0; i < context.said.cookies.size(); ++i) {
    const policy::DeclaredCookie& c = context.said.cookies[i];
    rows[{c.pattern, folded(c.provider), c.storage}].push_back(static_cast<int>(i));
  }
  Finding f;
  std::vector<std::string> names;
  for (const auto& [key, same] : rows) {
    const auto& first = context.said.cookies[static_cast<std::size_t>(same.front())];
    const bool two = std::any_of(same.begin(), same.end(), [&](int row) {
      return differ(first, context.said.cookies[static_cast<std::size_t>(row)]);
    });
    if (!two) continue;
    names.push_back("\"" + std::get<0>(key) + "\"");
    f.declared_cookies.insert(f.declared_cookies.end(), same.begin(), same.end());
  }
  if (names.empty()) return {};
  std::sort(f.declared_cookies.begin(), f.declared_cookies.end());
  f.strength = Strength::kNote;
  f.title = count(names.size(), "cookie") + (names.size() == 1 ? " is" : " are") +
            " declared in two ways";
  f.explanation = "The site lists with two categories or two lifetimes: " + list(names, 8) +
                  ". Which of them holds, only the site can say.";
  f.phase = context.phases.empty() ? "" : context.phases.front();
  f.entries = context.page_entries();
  return {{"rows", std::move(f)}};
}

}  // namespace affiant::findings
