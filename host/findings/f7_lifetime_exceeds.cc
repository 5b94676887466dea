// F7: a cookie outlives what the site declares, by CookieBlock's rule: more than half as long
// again, and at least a day.
#include <map>
#include <tuple>

#include "findings/cookie_match.h"
#include "findings/lifetime.h"
#include "findings/rules.h"
#include "findings/words.h"

namespace affiant::findings {

bool exceeds(std::int64_t observed_s, std::int64_t declared_s) {
  return observed_s - declared_s >= kLifetimeSlackS &&
         static_cast<double>(observed_s) > kLifetimeFactor * static_cast<double>(declared_s);
}

Drafts lifetime_exceeds(const Context& context) {
  struct Worst {
    const detect::CookieFact* cookie = nullptr;
    std::vector<int> rows;
    std::set<observe::Leaf> entries;
  };
  std::map<std::tuple<std::string, std::string, std::string>, Worst> worst;
  for (const detect::CookieFact* cookie : context.stored) {
    if (!cookie->story.lifetime_s || *cookie->story.lifetime_s <= 0) continue;
    std::vector<int> stated;
    bool within = false;
    for (const int row : most_exact(context, declared_rows(context, *cookie))) {
      const policy::DeclaredCookie& declared = context.said.cookies[static_cast<std::size_t>(row)];
      if (!declares_cookie(declared) || (!declared.session_cookie && !declared.lifetime_s))
        continue;
      stated.push_back(row);
      // Two rows may mean one name (a site that lists it per provider): the kinder one counts.
      within = within || (!declared.session_cookie &&
                          !exceeds(*cookie->story.lifetime_s, *declared.lifetime_s));
    }
    if (stated.empty() || within) continue;
    Worst& w = worst[{cookie->story.name, cookie->story.domain, cookie->phase}];
    if (w.cookie == nullptr || *cookie->story.lifetime_s > *w.cookie->story.lifetime_s)
      w.cookie = cookie;
    w.rows = stated;
    w.entries.insert(cookie->story.entries.begin(), cookie->story.entries.end());
  }
  Drafts out;
  for (const auto& [key, w] : worst) {
    std::optional<std::int64_t> declared_s;
    for (const int row : w.rows) {
      const auto& declared = context.said.cookies[static_cast<std::size_t>(row)];
      if (!declared.session_cookie && (!declared_s || *declared.lifetime_s > *declared_s))
        declared_s = declared.lifetime_s;
    }
    const std::int64_t observed_s = *w.cookie->story.lifetime_s;
    Finding f;
    f.strength = Strength::kContradicted;
    f.title = "Cookie \"" + w.cookie->story.name + "\" is kept longer than declared";
    f.explanation = "Cookie \"" + w.cookie->story.name + "\" of " + w.cookie->story.domain +
                    " was set to be kept " + duration(observed_s) + "; ";
    f.explanation += declared_s ? "the site declares " + duration(*declared_s) + ", " +
                                      duration(observed_s - *declared_s) + " less."
                                : "the site declares that it ends when the browser closes.";
    f.explanation +=
        " Declared: " +
        sentence(
            quotation(context.said.cookies[static_cast<std::size_t>(w.rows.front())].quote, 120));
    f.phase = std::get<2>(key);
    f.declared_cookies = w.rows;
    f.entries = sorted(w.entries);
    out.push_back({std::get<0>(key) + "\n" + std::get<1>(key), std::move(f)});
  }
  return out;
}

}  // namespace affiant::findings
