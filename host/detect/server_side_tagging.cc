// Server-side tagging: a host of the site's own takes what an analytics service is otherwise sent.
// Google's own documentation of the protocol (developers.google.com/tag-platform/tag-manager/
// server-side) has the browser ask /g/collect with `v=2` and a stream's `tid`; no other
// first-party request looks so. What the server hands on, and to whom, no browser sees.
#include <fmt/format.h>

#include <map>

#include "detect/rules.h"

namespace affiant::detect {
namespace {

bool has_parameter(std::string_view query, std::string_view pair) {
  for (std::size_t at = query.find(pair); at != std::string_view::npos;
       at = query.find(pair, at + 1))
    if (at == 0 || query[at - 1] == '&') return true;
  return false;
}

}  // namespace

void server_side_tagging(const Facts& facts, Techniques* out) {
  std::map<std::pair<std::string, std::string>, std::size_t> at;  // Host and phase.
  for (const RequestFact& fact : facts.requests) {
    const observe::Request& r = *fact.request;
    if (fact.party != site::Party::kFirst || !fact.of_visit || !r.url) continue;
    const auto url = site::parse_url(*r.url);
    if (!url || !url->path.ends_with("/g/collect") || !has_parameter(url->query, "v=2") ||
        !has_parameter(url->query, "tid=G-"))
      continue;
    cite({r.host, fact.phase}, r.entry, &at, out, [&] {
      return TechniqueFact{
          "server-side-tagging",
          std::nullopt,
          r.host,
          r.place.frame_url,
          fmt::format("{} takes what Google Analytics is sent elsewhere; whom it hands it on to "
                      "cannot be seen from a browser",
                      r.host),
          {}};
    });
  }
}

}  // namespace affiant::detect
