// R2, tracker by list: Englehardt and Narayanan 2016, section 4: a third party is a tracker on a
// page where a filter list would block that request there. Judged a request, never a domain; by the
// lists alone, so it finds too few rather than too many.
#include "detect/r2_list.h"

#include <map>
#include <memory>

#include "filters/filters.h"

namespace affiant::detect {
namespace {

// The document that asked; where its address is withheld, its host.
std::string document_of(const observe::Request& r) {
  if (r.document_url) return *r.document_url;
  if (r.place.frame_url) return *r.place.frame_url;
  const std::string& host = r.place.frame_host.empty() ? r.place.top_host : r.place.frame_host;
  return host.empty() ? std::string() : "https://" + host + "/";
}

}  // namespace

void mark_listed(const filters::Engine& lists, const site::SiteTable& sites, Facts* facts) {
  std::map<std::string, std::unique_ptr<filters::Page>> pages;
  for (RequestFact& fact : facts->requests) {
    const observe::Request& r = *fact.request;
    if (fact.party != site::Party::kThird || fact.same_owner || !r.url) continue;
    const std::string document = document_of(r);
    auto& page = pages[document];
    if (page == nullptr) page = std::make_unique<filters::Page>(document, sites);
    const auto request = filters::Request::create(*r.url, *page, r.type, sites, r.method);
    if (!request) continue;
    const filters::Match match = lists.match(*request);
    if (!match.matched || !match.rule) continue;
    fact.tracker_by.insert(fact.tracker_by.begin(), "list");
    fact.rule = match.rule->rule;
  }
}

}  // namespace affiant::detect
