// F8: declared to stay, and seen to end with the session. CookieBlock's rule 3b, and no reproach.
#include <algorithm>
#include <map>

#include "findings/cookie_match.h"
#include "findings/rules.h"
#include "findings/words.h"

namespace affiant::findings {

Drafts lifetime_shorter(const Context& context) {
  std::map<std::string, Finding> by_phase;
  std::map<std::string, std::set<std::string>> names;
  std::map<std::string, std::set<observe::Leaf>> entries;
  for (const detect::CookieFact* cookie : context.stored) {
    if (cookie->story.lifetime_s) continue;
    const std::vector<int> rows = most_exact(context, declared_rows(context, *cookie));
    bool persistent = !rows.empty();
    for (const int row : rows) {
      const policy::DeclaredCookie& declared = context.said.cookies[static_cast<std::size_t>(row)];
      persistent = persistent && declares_cookie(declared) && declared.lifetime_s.value_or(0) > 0;
    }
    if (!persistent) continue;
    Finding& f = by_phase[cookie->phase];
    names[cookie->phase].insert("\"" + cookie->story.name + "\"");
    f.declared_cookies.insert(f.declared_cookies.end(), rows.begin(), rows.end());
    entries[cookie->phase].insert(cookie->story.entries.begin(), cookie->story.entries.end());
  }
  Drafts out;
  for (auto& [phase, f] : by_phase) {
    const std::vector<std::string> all(names[phase].begin(), names[phase].end());
    f.strength = Strength::kNote;
    f.title =
        count(all.size(), "cookie") +
        (all.size() == 1 ? " is declared to stay and ends" : " are declared to stay and end") +
        " with the session";
    f.explanation = "Set without an expiry, so kept until the browser closes: " + list(all, 8) +
                    ". The site declares that they are kept longer.";
    f.phase = phase;
    std::sort(f.declared_cookies.begin(), f.declared_cookies.end());
    f.declared_cookies.erase(std::unique(f.declared_cookies.begin(), f.declared_cookies.end()),
                             f.declared_cookies.end());
    f.entries = sorted(entries[phase]);
    out.push_back({phase, std::move(f)});
  }
  return out;
}

}  // namespace affiant::findings
