// R7, sharing and syncing of cookies: a value that looks like an identifier (R5) is found in what
// another site is sent: Englehardt and Narayanan 2016, section 5.6 (an identifier in an address is
// known to its host, one in a Referer too, one in a redirect's target to both). Looked for plain
// and percent-encoded, as base64, and as MD5, SHA-1 and SHA-256 in hex, of the whole value and of
// its identifying pieces.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "detect/rules.h"

namespace affiant::detect {
namespace {

// Why a site knows what it was sent, and where it stood.
struct Place {
  std::string_view where;
  std::string_view text;
  std::string site, host;
};

std::vector<Place> places_of(const RequestFact& fact, const site::SiteTable& sites) {
  const observe::Request& r = *fact.request;
  std::vector<Place> out;
  if (r.url) out.push_back({"the address", *r.url, fact.site, r.host});
  if (const auto referer = r.headers.find("referer"); referer != r.headers.end())
    out.push_back({"the Referer", referer->second, fact.site, r.host});
  if (r.redirect) {
    if (const auto target = site::parse_url(*r.redirect))
      out.push_back(
          {"a redirect", *r.redirect, sites.registrable_domain(target->host), target->host});
  }
  return out;
}

}  // namespace

void cookie_sync(const Facts& facts, const site::SiteTable& sites, const CookieForms& forms,
                 Techniques* out) {
  if (forms.empty()) return;
  using Key = std::tuple<std::size_t, std::string, std::string>;  // Cookie, receiver, phase.
  std::map<Key, std::size_t> at;
  for (const RequestFact& fact : facts.requests) {
    if (!fact.of_visit) continue;
    for (const Place& place : places_of(fact, sites)) {
      for (const ValueForms::Found& found : forms.find(place.text)) {
        const CookieFact& cookie = facts.cookies[found.value];
        // The site whose cookie it is knows its value, and the browser sends it there anyway.
        if (forms.site_of(found.value) == place.site ||
            cookie.story.session != fact.request->place.session)
          continue;
        // A first party's own addresses may hold its own visitor's number.
        if (std::binary_search(facts.own_sites.begin(), facts.own_sites.end(), place.site))
          continue;
        cite({found.value, place.site, fact.phase}, fact.request->entry, &at, out, [&] {
          return TechniqueFact{"cookie-sync",
                               std::nullopt,
                               place.host,
                               fact.request->place.frame_url,
                               fmt::format("the value of cookie {} of {} reached {} in {}{}",
                                           cookie.story.name, forms.site_of(found.value),
                                           place.site, place.where, form_words(found.form)),
                               cookie.story.entries};
        });
      }
    }
  }
}

}  // namespace affiant::detect
