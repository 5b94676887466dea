// F9: a cookie is declared under another purpose than the one its vendor documents. Strong where
// the site calls necessary or functional what is there for analytics or advertising (CookieBlock's
// rule 1; 35 of 212 sites measured); vague for any other difference.
#include <map>
#include <tuple>

#include "findings/cookie_match.h"
#include "findings/rules.h"
#include "findings/words.h"

namespace affiant::findings {
namespace {

bool serves_the_visitor(std::string_view category) {
  return category == "necessary" || category == "functional";
}

// Nothing, unless every row that means the cookie says something else than `known`.
std::optional<Strength> mismatch(const Context& context, const std::vector<int>& rows,
                                 std::string_view known) {
  if (rows.empty()) return std::nullopt;
  bool strong = !serves_the_visitor(known) && known != "social";
  for (const int row : rows) {
    const policy::DeclaredCookie& declared = context.said.cookies[static_cast<std::size_t>(row)];
    const std::string& category = declared.category;
    if (!declares_cookie(declared) || category == "unclassified" || category == known)
      return std::nullopt;
    if (serves_the_visitor(category) && serves_the_visitor(known)) return std::nullopt;
    strong = strong && serves_the_visitor(category);
  }
  return strong ? Strength::kContradicted : Strength::kVague;
}

}  // namespace

Drafts purpose_mismatch(const Context& context) {
  std::map<std::tuple<std::string, std::string, std::string>, Finding> found;
  std::map<std::tuple<std::string, std::string, std::string>, std::set<observe::Leaf>> entries;
  for (const detect::CookieFact* cookie : context.stored) {
    const knowledge::KnownCookie* known =
        knowledge::find_cookie(cookie->story.name, cookie->story.domain);
    if (known == nullptr) continue;
    const std::vector<int> rows = most_exact(context, declared_rows(context, *cookie));
    const auto strength = mismatch(context, rows, known->category);
    if (!strength) continue;
    const auto key = std::make_tuple(cookie->story.name, cookie->story.domain, cookie->phase);
    const policy::DeclaredCookie& declared =
        context.said.cookies[static_cast<std::size_t>(rows.front())];
    Finding& f = found[key];
    f.strength = *strength;
    f.title = "Cookie \"" + cookie->story.name + "\" is declared as " + declared.category +
              ", but serves " + std::string(known->category);
    f.explanation = "The site declares it as " + declared.category + ": " +
                    sentence(quotation(declared.quote, 120)) + " " + std::string(known->owner) +
                    " documents " + quotation(known->purpose, 120) + " (" +
                    std::string(known->source) + ").";
    f.phase = cookie->phase;
    f.declared_cookies = rows;
    entries[key].insert(cookie->story.entries.begin(), cookie->story.entries.end());
  }
  Drafts out;
  for (auto& [key, f] : found) {
    f.entries = sorted(entries[key]);
    out.push_back({std::get<0>(key) + "\n" + std::get<1>(key), std::move(f)});
  }
  return out;
}

}  // namespace affiant::findings
