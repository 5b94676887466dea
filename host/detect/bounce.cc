// Bounce tracking: on its way to a page the browser was sent through another site, which set a
// cookie there (W3C Privacy Community Group, "Navigational-Tracking Mitigations": a stateful
// bounce). Without a cookie it may be a short link or a login, and nothing is said.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "detect/rules.h"

namespace affiant::detect {

void bounce_tracking(const Facts& facts, const site::SiteTable& sites, Techniques* out) {
  struct Chain {
    std::vector<const observe::Request*> hops;
  };
  std::map<std::pair<std::uint64_t, std::string>, Chain> chains;  // By session and request.
  for (const observe::Request& r : facts.seen.requests)
    if (r.type == "main_frame") chains[{r.place.session, r.rid}].hops.push_back(&r);
  for (auto& [key, chain] : chains) {
    std::stable_sort(chain.hops.begin(), chain.hops.end(),
                     [](const auto* a, const auto* b) { return a->hop < b->hop; });
    if (chain.hops.size() < 3) continue;
    const std::string from = sites.registrable_domain(chain.hops.front()->host);
    const std::string to = sites.registrable_domain(chain.hops.back()->host);
    for (std::size_t i = 1; i + 1 < chain.hops.size(); ++i) {
      const observe::Request& hop = *chain.hops[i];
      const std::string site = sites.registrable_domain(hop.host);
      if (site == from || site == to) continue;
      const auto set = std::find_if(
          facts.seen.attempts.begin(), facts.seen.attempts.end(), [&](const auto& attempt) {
            return attempt.by_header && attempt.place.session == key.first &&
                   attempt.rid == hop.rid && attempt.host == hop.host;
          });
      if (set == facts.seen.attempts.end()) continue;
      out->push_back({"bounce",
                      std::nullopt,
                      hop.host,
                      std::nullopt,
                      fmt::format("the way from {} to {} led through {}, which set a cookie", from,
                                  to, hop.host),
                      {std::min(hop.entry, set->entry), std::max(hop.entry, set->entry)}});
    }
  }
}

}  // namespace affiant::detect
