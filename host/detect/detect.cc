#include <algorithm>
#include <map>
#include <set>

#include "detect/behaviour.h"
#include "detect/category.h"
#include "detect/facts.h"
#include "detect/identifier.h"
#include "detect/r2_list.h"
#include "detect/r4_confirmed.h"
#include "detect/techniques.h"

namespace affiant::detect {
namespace {

using observe::Session;

class Detector {
 public:
  Detector(Facts& facts, const site::SiteTable& sites) : facts_(facts), sites_(sites) {
    for (const Session& session : facts.seen.sessions) sessions_[session.id] = &session;
  }

  void run() {
    find_site();
    for (observe::CookieStory& story : observe::cookie_stories(facts_.seen, sites_))
      facts_.cookies.push_back(cookie(std::move(story)));
    for (const observe::Request& request : facts_.seen.requests)
      facts_.requests.push_back(this->request(request));
    for (const observe::StorageItem& item : facts_.seen.storage)
      facts_.storage.push_back(storage(item));
    confirm_identifiers(&facts_);
    const CookieForms forms(facts_, sites_);
    mark_trackers(forms);
    facts_.techniques = techniques(facts_, sites_, forms);
  }

 private:
  const Session* session(std::uint64_t id) const {
    const auto found = sessions_.find(id);
    return found == sessions_.end() ? nullptr : found->second;
  }
  std::string phase(std::uint64_t id) const {
    return session(id) == nullptr ? std::string() : session(id)->phase;
  }

  void find_site() {
    if (!facts_.seen.sessions.empty()) facts_.site_host = facts_.seen.sessions.front().host;
    facts_.site = sites_.registrable_domain(facts_.site_host);
    std::set<std::string> own;
    if (!facts_.site.empty()) own.insert(facts_.site);
    for (const Session& s : facts_.seen.sessions) {
      if (!s.host.empty()) own.insert(sites_.registrable_domain(s.host));
    }
    // Where the site's pages ended: shop.example that answers with shop.test is both. A policy page
    // may lie with a stranger.
    for (const observe::Page& page : facts_.seen.pages) {
      if (page.role != "policy" && page.result == "loaded" && !page.host.empty())
        own.insert(sites_.registrable_domain(page.host));
    }
    facts_.own_sites.assign(own.begin(), own.end());
    for (const std::string& site : facts_.own_sites) {
      // A site that somebody hosts with others under a public suffix is not his.
      const knowledge::Vendor* vendor = knowledge::find_vendor(site);
      if (vendor != nullptr && sites_.registrable_domain(vendor->host) == site)
        own_owners_.insert(vendor->owner);
    }
  }

  bool is_own(std::string_view host) const {
    return !host.empty() && std::binary_search(facts_.own_sites.begin(), facts_.own_sites.end(),
                                               sites_.registrable_domain(host));
  }

  // R1: the page of the address bar decides; where the browser did not name it (workers), the
  // audited site stands in.
  std::string top_host(const std::string& told, std::uint64_t session_id) const {
    if (!told.empty()) return told;
    const Session* s = session(session_id);
    return s != nullptr && !s->host.empty() ? s->host : facts_.site_host;
  }

  // A host is the site's own when it shares the registrable domain of the page, or belongs to a
  // page that redirected.
  site::Party party(std::string_view host, const std::string& top) const {
    if (host.empty() || top.empty()) return site::Party::kFirst;
    if (is_own(top) && is_own(host)) return site::Party::kFirst;
    return sites_.party(host, top);
  }

  // A cookie that no page was seen to set counts for the visit only where its domain, or the page
  // whose partition it is in, is the site's: another tab may have set any other.
  bool belongs_to_visit(const observe::CookieStory& story, site::Party party) const {
    if (!story.top_host.empty()) return is_own(story.top_host);
    if (party == site::Party::kFirst) return true;
    if (!story.partition_key) return false;
    const auto url = site::parse_url(*story.partition_key);
    return is_own(url ? url->host : *story.partition_key);
  }

  CookieFact cookie(observe::CookieStory story) const {
    CookieFact fact;
    const std::string top = top_host(story.top_host, story.session);
    fact.party = party(story.domain, top);
    fact.phase = phase(story.session);
    fact.of_visit = belongs_to_visit(story, fact.party);
    const knowledge::Vendor* vendor = nullptr;
    if (fact.party == site::Party::kThird) vendor = knowledge::find_vendor(story.domain);
    if (vendor == nullptr && !story.set_by_host.empty() &&
        party(story.set_by_host, top) == site::Party::kThird) {
      vendor = knowledge::find_vendor(story.set_by_host);
    }
    if (const knowledge::KnownCookie* known = knowledge::find_cookie(story.name, story.domain)) {
      fact.owner = known->owner;
      fact.category = known->category;
    } else if (vendor != nullptr) {
      fact.owner = vendor->owner;
      fact.category = cookie_category_of_vendor(vendor->category);
    }
    const Session* s = session(story.session);
    if (story.value && !story.session_cookie) {
      fact.identifier_like =
          looks_like_identifier(*story.value, story.lifetime_s, s == nullptr ? 0 : s->opened_ms);
    }
    // R6 (Tracker Radar, thirdPartyJSCookies): the cookie is the site's own, the script is not.
    fact.by_third_party_script = fact.party == site::Party::kFirst && story.mechanism != "http" &&
                                 !story.set_by_host.empty() &&
                                 party(story.set_by_host, top) == site::Party::kThird;
    fact.story = std::move(story);
    return fact;
  }

  RequestFact request(const observe::Request& request) const {
    RequestFact fact;
    fact.request = &request;
    fact.site = sites_.registrable_domain(request.host);
    fact.party = party(request.host, top_host(request.place.top_host, request.place.session));
    fact.phase = phase(request.place.session);
    fact.of_visit = request.place.top_host.empty() ? !request.initiator.empty()
                                                   : is_own(request.place.top_host);
    if (const knowledge::Vendor* vendor = knowledge::find_vendor(request.host)) {
      fact.owner = vendor->owner;
      fact.product = vendor->product;
      fact.category = vendor->category;
      fact.same_owner = fact.party == site::Party::kThird && own_owners_.contains(vendor->owner);
    }
    return fact;
  }

  StorageFact storage(const observe::StorageItem& item) const {
    StorageFact fact;
    fact.item = &item;
    std::string host = item.place.frame_host;
    if (host.empty()) {
      if (const auto origin = site::parse_url(item.origin)) host = origin->host;
    }
    fact.party = party(host, top_host(item.place.top_host, item.place.session));
    fact.phase = phase(item.place.session);
    return fact;
  }

  void mark_trackers(const CookieForms& forms) {
    facts_.behaviour = tracking_sites(facts_, sites_, forms);
    for (RequestFact& fact : facts_.requests) {
      if (fact.party != site::Party::kThird || fact.same_owner) continue;
      if (is_tracking_category(fact.category)) fact.tracker_by.emplace_back("owner");
      if (facts_.behaviour.contains(fact.site)) fact.tracker_by.emplace_back("behaviour");
    }
  }

  Facts& facts_;
  const site::SiteTable& sites_;
  std::map<std::uint64_t, const Session*> sessions_;
  std::set<std::string_view> own_owners_;
};

}  // namespace

Facts detect(observe::Observations seen, const site::SiteTable& sites,
             const filters::Engine* lists) {
  Facts facts;
  facts.seen = std::move(seen);
  Detector(facts, sites).run();
  if (lists != nullptr) mark_listed(*lists, sites, &facts);
  return facts;
}

}  // namespace affiant::detect
