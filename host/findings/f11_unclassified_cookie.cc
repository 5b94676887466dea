// F11: a cookie is listed, and what it is for is left open (CookieBlock's rule 4).
#include <algorithm>

#include "findings/cookie_match.h"
#include "findings/rules.h"
#include "findings/words.h"

namespace affiant::findings {
namespace {

// "Pending" is what consent tools write where nobody has filled the cell.
bool says_nothing(const policy::DeclaredCookie& c) {
  const std::string purpose = folded(c.purpose);
  return c.category == "unclassified" &&
         (purpose.empty() || purpose == "-" || purpose == "n/a" || purpose == "unknown" ||
          has_word_start(purpose, "unclassified|uncategori|pending|not yet classified|in process"));
}

}  // namespace

Drafts unclassified_cookie(const Context& context) {
  Drafts out;
  Finding f;
  std::vector<std::string> names;
  std::set<observe::Leaf> entries;
  std::set<int> open;
  for (const detect::CookieFact* cookie : context.stored) {
    const std::vector<int> rows = most_exact(context, declared_rows(context, *cookie));
    bool nothing = !rows.empty();
    for (const int row : rows)
      nothing = nothing && says_nothing(context.said.cookies[static_cast<std::size_t>(row)]);
    if (!nothing) continue;
    open.insert(rows.begin(), rows.end());
    entries.insert(cookie->story.entries.begin(), cookie->story.entries.end());
    const std::string name = "\"" + cookie->story.name + "\"";
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  if (names.empty()) return out;
  std::sort(names.begin(), names.end());
  f.strength = Strength::kVague;
  f.title = count(names.size(), "cookie") + (names.size() == 1 ? " is" : " are") +
            " declared without saying what for";
  f.explanation = "Set, and listed without a category or purpose: " + list(names, 8) + ".";
  f.phase = context.phases.empty() ? "" : context.phases.front();
  f.declared_cookies.assign(open.begin(), open.end());
  f.entries = sorted(entries);
  out.push_back({"rows", std::move(f)});
  return out;
}

}  // namespace affiant::findings
