#include "report/views.h"

#include <algorithm>
#include <iterator>
#include <limits>

namespace affiant::report {

bool anything_observed(const Report& report) {
  const observe::Observations& seen = report.facts.seen;
  bool all_failed = true;
  bool any_page = false;
  for (const observe::Page& page : seen.pages) {
    if (page.role == "policy")
      continue;  // A policy that loads says nothing about a site that did not.
    if (page.result == "loaded") return true;
    any_page = true;
    all_failed = all_failed && page.result == "failed";
  }
  if (any_page && all_failed) return false;
  // A visit without page events, or pages that ran into the time limit: anything that answered
  // counts.
  return std::any_of(seen.requests.begin(), seen.requests.end(), [](const observe::Request& r) {
    return r.failure.empty() && r.status.has_value();
  });
}

std::optional<std::string> site_url(const Report& report) {
  const observe::Observations& seen = report.facts.seen;
  for (const observe::Session& session : seen.sessions)
    if (session.url && !session.url->empty()) return session.url;
  for (const observe::Request& request : seen.requests)
    if (request.type == "main_frame" && request.host == report.facts.site_host)
      return request.scheme + "://" + request.host + "/";
  return std::nullopt;
}

std::vector<StorageRow> storage_rows(const Report& report) {
  std::vector<StorageRow> rows;
  std::map<std::tuple<std::uint64_t, std::string, std::string, std::string>, std::size_t> at;
  for (const detect::StorageFact& fact : report.facts.storage) {
    const observe::StorageItem& item = *fact.item;
    if (item.op != "set" && item.op != "present") continue;
    if (item.key) {
      const auto [it, fresh] =
          at.try_emplace({item.place.session, item.area, item.origin, *item.key}, rows.size());
      if (!fresh) {
        rows[it->second].entries.push_back(item.entry);
        continue;
      }
    }
    rows.push_back({&fact, {item.entry}});
  }
  return rows;
}

std::vector<OwnerRow> third_parties(const Report& report) {
  std::map<std::pair<bool, std::string>, OwnerRow> by_name;
  const auto row = [&](const std::string& owner, const std::string& site) -> OwnerRow& {
    OwnerRow& r = by_name[{owner.empty(), owner.empty() ? site : owner}];
    r.owner_known = !owner.empty();
    r.name = owner.empty() ? site : owner;
    return r;
  };
  for (const detect::RequestFact& fact : report.facts.requests) {
    if (fact.party != site::Party::kThird || fact.same_owner || fact.repeats) continue;
    OwnerRow& r = row(fact.owner, fact.site);
    ++r.requests;
    r.tracker = r.tracker || !fact.tracker_by.empty();
    r.hosts.insert(fact.request->host);
    if (!fact.category.empty()) r.categories.insert(fact.category);
    if (!fact.product.empty()) r.products.insert(fact.product);
  }
  std::vector<OwnerRow> rows;
  rows.reserve(by_name.size());
  for (auto& [key, r] : by_name) rows.push_back(std::move(r));
  std::stable_sort(rows.begin(), rows.end(),
                   [](const OwnerRow& a, const OwnerRow& b) { return a.requests > b.requests; });
  return rows;
}

RequestIndex::RequestIndex(const Report& report) {
  for (const observe::Request& request : report.facts.seen.requests) {
    if (request.failure.empty())
      hops_.try_emplace({request.place.session, request.rid, request.hop}, &request);
    if (request.type == "sub_frame")
      frames_[{request.place.session, request.place.tab, request.place.frame}].push_back(&request);
  }
}

std::optional<std::string> RequestIndex::redirected_from(const observe::Request& request) const {
  if (!request.failure.empty()) {
    // A failure does not say which hop it was: it follows the last one with its id that led there.
    auto it = hops_.upper_bound(
        {request.place.session, request.rid, std::numeric_limits<std::int64_t>::max()});
    if (it == hops_.begin()) return std::nullopt;
    const observe::Request& before = *std::prev(it)->second;
    const bool led_here = before.place.session == request.place.session &&
                          before.rid == request.rid && before.redirect && request.url &&
                          *before.redirect == *request.url && before.entry < request.entry;
    return led_here ? before.url : std::nullopt;
  }
  if (request.hop <= 0) return std::nullopt;
  const auto it = hops_.find({request.place.session, request.rid, request.hop - 1});
  return it == hops_.end() ? std::nullopt : it->second->url;
}

std::vector<std::string> RequestIndex::initiators(const observe::Request& request) const {
  std::vector<std::string> chain;
  const auto origin = [](const std::string& url) {
    const auto parsed = site::parse_url(url);
    return parsed ? parsed->origin() : url;
  };
  const auto add = [&](const std::string& url) {
    if (url.empty() || url == "null") return;
    if (chain.empty() || origin(chain.back()) != origin(url)) chain.push_back(url);
  };
  const auto asked_by = [&](const observe::Request& r) {
    add(r.initiator_url.value_or(r.initiator));
  };
  asked_by(request);
  if (request.type != "sub_frame" && request.type != "main_frame" && request.place.frame != 0) {
    const auto it = frames_.find({request.place.session, request.place.tab, request.place.frame});
    const observe::Request* document =
        nullptr;  // The newest document of this frame before the request.
    if (it != frames_.end())
      for (const observe::Request* candidate : it->second)
        if (candidate->entry < request.entry) document = candidate;
    if (document != nullptr) asked_by(*document);
  }
  if (request.type != "main_frame" && request.place.top_url) add(*request.place.top_url);
  return chain;
}

AddressIndex::AddressIndex(const Report& report) {
  for (const observe::HostAddress& a : report.facts.seen.addresses)
    if (a.ip) by_host_[{a.session, a.host}].insert(*a.ip);
}

std::optional<std::string> AddressIndex::of(const observe::Request& request) const {
  if (request.ip) return request.ip;
  if (!request.failure.empty()) return std::nullopt;
  const auto found = by_host_.find({request.place.session, request.host});
  if (found == by_host_.end() || found->second.size() != 1) return std::nullopt;
  return *found->second.begin();
}

ConsentIndex::ConsentIndex(const Report& report) {
  for (const observe::ConsentState& c : report.facts.seen.consent)
    if (c.place.frame == 0) said_[{c.place.session, c.place.top_host}][c.source].push_back(c.entry);
}

std::vector<observe::Leaf> ConsentIndex::before(const std::vector<observe::Leaf>& entries,
                                                std::uint64_t session,
                                                const std::string& top_host) const {
  std::vector<observe::Leaf> last;
  const auto found = said_.find({session, top_host});
  if (entries.empty() || top_host.empty() || found == said_.end()) return last;
  for (const auto& [source, said] : found->second) {
    const auto after = std::lower_bound(said.begin(), said.end(), entries.front());
    if (after != said.begin()) last.push_back(*std::prev(after));
  }
  std::sort(last.begin(), last.end());
  return last;
}

}  // namespace affiant::report
