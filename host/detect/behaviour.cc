#include "detect/behaviour.h"

#include "detect/rules.h"

namespace affiant::detect {
namespace {

// Privacy Badger looks at the query alone.
bool carries(const observe::Request& request, const CookieForms& forms) {
  if (!request.url) return false;
  const std::size_t query = request.url->find('?');
  return query != std::string::npos &&
         !forms.find(std::string_view(*request.url).substr(query)).empty();
}

}  // namespace

std::string_view behaviour_name(Behaviour behaviour) {
  switch (behaviour) {
    case Behaviour::kIdentifierCookie:
      return "sets, or tries to set, a cookie that looks like an identifier";
    case Behaviour::kBeacon:
      return "receives beacons";
    case Behaviour::kPixelWithCookie:
      return "receives a cookie's value in the address of an image";
    case Behaviour::kFrameStorage:
      return "keeps something like an identifier in the storage of its frame";
  }
  return "";
}

std::map<std::string, Behaviour> tracking_sites(const Facts& facts, const site::SiteTable& sites,
                                                const CookieForms& forms) {
  std::map<std::string, Behaviour> out;
  const auto note = [&](const std::string& site, Behaviour behaviour) {
    const auto [at, fresh] = out.try_emplace(site, behaviour);
    if (!fresh && behaviour < at->second) at->second = behaviour;
  };
  // An attempt that the browser refused or blocked is behaviour as well.
  for (const CookieFact& cookie : facts.cookies) {
    if (cookie.party == site::Party::kThird && cookie.identifier_like &&
        cookie.category != "necessary") {
      note(sites.registrable_domain(cookie.story.domain), Behaviour::kIdentifierCookie);
    }
  }
  for (const RequestFact& fact : facts.requests) {
    if (fact.party != site::Party::kThird || fact.same_owner) continue;
    const std::string& type = fact.request->type;
    if (type == "ping" || type == "beacon") note(fact.site, Behaviour::kBeacon);
    if ((type == "image" || type == "imageset") && carries(*fact.request, forms))
      note(fact.site, Behaviour::kPixelWithCookie);
  }
  for (const std::string& site : identifying_frames(facts, sites))
    note(site, Behaviour::kFrameStorage);
  return out;
}

}  // namespace affiant::detect
