// R8, CNAME cloaking: Dimova et al., "The CNAME of the Game", 2021, section 3.1.1: a host of the
// site's own that stands for a name under another registrable domain. Whose that is, and whether he
// tracks, the table of vendors says; a content network behind an alias is no tracker.
#include <fmt/format.h>

#include <set>

#include "detect/rules.h"

namespace affiant::detect {

void cname_cloaking(const Facts& facts, const site::SiteTable& sites, Techniques* out) {
  std::set<std::string_view> own;
  for (const RequestFact& r : facts.requests)
    if (r.party == site::Party::kFirst && r.of_visit) own.insert(r.request->host);
  for (const observe::HostAddress& a : facts.seen.addresses) {
    if (a.canonical.empty() || !own.contains(a.host)) continue;
    const std::string target = sites.registrable_domain(a.canonical);
    if (target.empty() || target == sites.registrable_domain(a.host)) continue;
    const knowledge::Vendor* vendor = knowledge::find_vendor(a.canonical);
    out->push_back({"cname",
                    std::nullopt,
                    a.host,
                    std::nullopt,
                    fmt::format("{} stands for {}{}", a.host, a.canonical,
                                vendor == nullptr ? "" : fmt::format(" of {}", vendor->owner)),
                    {a.entry}});
  }
}

}  // namespace affiant::detect
