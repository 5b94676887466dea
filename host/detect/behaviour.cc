#include "detect/behaviour.h"

#include <set>

#include "detect/identifier.h"
#include "detect/rules.h"
#include "detect/thresholds.h"

namespace affiant::detect {
namespace {

// Tokens of cookies that a pixel could hand on.
std::set<std::string> shareable_tokens(const Facts& facts) {
  std::set<std::string> tokens;
  for (const CookieFact& cookie : facts.cookies) {
    if (!cookie.story.value || !cookie.identifier_like) continue;
    for (std::string& token : identifying_tokens(*cookie.story.value, 0)) {
      if (token.size() >= kSharedTokenBytes && token_bits(token) > kSharedTokenBits)
        tokens.insert(std::move(token));
    }
  }
  return tokens;
}

bool carries(const observe::Request& request, const std::set<std::string>& tokens) {
  if (!request.url) return false;
  const std::size_t query = request.url->find('?');
  if (query == std::string::npos) return false;
  const std::string_view text = std::string_view(*request.url).substr(query);
  for (const std::string& token : tokens) {
    if (text.find(token) != std::string_view::npos) return true;
  }
  return false;
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

std::map<std::string, Behaviour> tracking_sites(const Facts& facts, const site::SiteTable& sites) {
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
  const std::set<std::string> tokens = shareable_tokens(facts);
  for (const RequestFact& fact : facts.requests) {
    if (fact.party != site::Party::kThird || fact.same_owner) continue;
    const std::string& type = fact.request->type;
    if (type == "ping" || type == "beacon") note(fact.site, Behaviour::kBeacon);
    if ((type == "image" || type == "imageset") && carries(*fact.request, tokens))
      note(fact.site, Behaviour::kPixelWithCookie);
  }
  for (const std::string& site : identifying_frames(facts, sites))
    note(site, Behaviour::kFrameStorage);
  return out;
}

}  // namespace affiant::detect
