// F11: a cookie is listed, and what it is for is left open (CookieBlock's rule 4).
#include <map>

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
  struct Open {
    std::set<std::string> names;
    std::set<observe::Leaf> entries;
    std::set<int> rows;
  };
  std::map<std::string, Open> by_phase;
  for (const detect::CookieFact* cookie : context.stored) {
    const std::vector<int> rows = most_exact(context, declared_rows(context, *cookie));
    bool nothing = !rows.empty();
    for (const int row : rows)
      nothing = nothing && says_nothing(context.said.cookies[static_cast<std::size_t>(row)]);
    if (!nothing) continue;
    Open& open = by_phase[cookie->phase];
    open.rows.insert(rows.begin(), rows.end());
    open.entries.insert(cookie->story.entries.begin(), cookie->story.entries.end());
    open.names.insert("\"" + cookie->story.name + "\"");
  }
  Drafts out;
  for (const auto& [phase, open] : by_phase) {
    const std::vector<std::string> names(open.names.begin(), open.names.end());
    Finding f;
    f.strength = Strength::kVague;
    f.title = count(names.size(), "cookie") + (names.size() == 1 ? " is" : " are") +
              " declared without saying what for";
    f.explanation = "Set, and listed without a category or purpose: " + list(names, 8) + ".";
    f.phase = phase;
    f.declared_cookies.assign(open.rows.begin(), open.rows.end());
    f.entries = sorted(open.entries);
    out.push_back({phase, std::move(f)});
  }
  return out;
}

}  // namespace affiant::findings
