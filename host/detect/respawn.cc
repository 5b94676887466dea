// Respawning: a cookie that looks like an identifier comes back with the value that it had,
// although cookies and storage were cleared between two visits of one profile (Soltani et al. 2009;
// Acar et al., "The Web Never Forgets", 2014, section 4; ETags: Ayenson et al. 2011). The HTTP
// cache was kept; what else may have told the site who came back (an address, a fingerprint) is not
// known. A value that another fresh profile got too is everybody's and is not told (R4).
#include <fmt/format.h>

#include <map>
#include <tuple>

#include "detect/rules.h"

namespace affiant::detect {

void respawning(const Facts& facts, Techniques* out) {
  using Key = std::tuple<std::string, std::int64_t, std::string, std::string, std::string>;
  std::map<std::uint64_t, const observe::Session*> sessions;
  for (const observe::Session& s : facts.seen.sessions) sessions[s.id] = &s;
  std::map<Key, const CookieFact*> first;
  for (const CookieFact& cookie : facts.cookies) {
    const auto session = sessions.find(cookie.story.session);
    if (session == sessions.end() || !cookie.identifier_like || !cookie.story.value ||
        cookie.identifier_confirmed == false)
      continue;
    const Key key{cookie.phase, session->second->profile, cookie.story.name, cookie.story.domain,
                  cookie.story.path};
    const auto [it, fresh] = first.try_emplace(key, &cookie);
    if (fresh || it->second->story.session == cookie.story.session) continue;
    const CookieFact& before = *it->second;
    if (!session->second->cleared || cookie.story.before_session ||
        *before.story.value != *cookie.story.value)
      continue;
    std::vector<observe::Leaf> entries = before.story.entries;
    entries.insert(entries.end(), cookie.story.entries.begin(), cookie.story.entries.end());
    const std::string& by =
        cookie.story.set_by_host.empty() ? cookie.story.domain : cookie.story.set_by_host;
    out->push_back({"respawn", cookie.story.set_by_url, by, cookie.story.frame_url,
                    fmt::format("cookie {} of {} came back with the same value after cookies and "
                                "storage were cleared; the cache was kept",
                                cookie.story.name, cookie.story.domain),
                    std::move(entries)});
  }
}

}  // namespace affiant::detect
