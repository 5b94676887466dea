#include "findings/context.h"

#include <algorithm>
#include <tuple>

#include "findings/in_words.h"
#include "findings/words.h"

namespace affiant::findings {
namespace {

constexpr std::size_t kOwnNameBytes = 4;  // "example", not "x" or "app".

std::string first_label(std::string_view domain) {
  return std::string(domain.substr(0, domain.find('.')));
}

bool bears_own_name(const std::string& site, const detect::Facts& done) {
  const std::string label = first_label(site);
  return label.size() >= kOwnNameBytes &&
         std::any_of(done.own_sites.begin(), done.own_sites.end(),
                     [&](const std::string& own) { return first_label(own) == label; });
}

// An event alone does not prove that a request left the browser: only an answer does
// (facts/browser.md, section 3).
bool counts(const detect::RequestFact& fact) {
  return fact.of_visit && fact.party == site::Party::kThird && !fact.same_owner &&
         fact.request->failure.empty() && fact.request->type != "main_frame";
}

}  // namespace

std::string ThirdParty::name() const {
  if (product.empty()) return owner.empty() ? site : owner;
  return folded(product).find(folded(owner)) == std::string::npos ? product + " (" + owner + ")"
                                                                  : product;
}

std::string ThirdParty::requested() const { return count(requests.size(), "request"); }

std::string ThirdParty::contacted() const {
  return requested() + " went to " + list({hosts.begin(), hosts.end()}, 3);
}

Context::Context(const policy::Declaration& said_in, const detect::Facts& done_in,
                 const site::SiteTable& sites_in)
    : said(said_in), done(done_in), sites(sites_in) {
  for (const observe::Session& session : done.seen.sessions) {
    if (std::find(phases.begin(), phases.end(), session.phase) == phases.end())
      phases.push_back(session.phase);
  }
  std::map<std::tuple<std::string, std::string, std::string>, ThirdParty> grouped;
  for (const detect::RequestFact& fact : done.requests) {
    if (!counts(fact)) continue;
    const bool known = !fact.product.empty();
    ThirdParty& party =
        grouped[{fact.phase, known ? fact.owner : "", known ? fact.product : fact.site}];
    if (party.requests.empty()) {
      party.phase = fact.phase;
      party.owner = fact.owner;
      party.product = fact.product;
      party.own_name = !known && bears_own_name(fact.site, done);
      party.site = fact.site;
    }
    party.site = std::min(party.site, fact.site);
    party.tracker = party.tracker || !fact.tracker_by.empty();
    party.hosts.insert(fact.request->host);
    party.entries.insert(fact.request->entry);
    party.requests.push_back(&fact);
  }
  for (auto& [key, party] : grouped) {
    // One product may have rows of its own for several hosts; the first host by name decides.
    party.vendor = knowledge::find_vendor(*party.hosts.begin());
    if (party.vendor != nullptr) party.category = party.vendor->category;
    parties.push_back(std::move(party));
  }
  for (const detect::CookieFact& cookie : done.cookies) {
    if (!cookie.of_visit) continue;
    const std::string& outcome = cookie.story.outcome;
    if (outcome == "stored" || outcome == "replaced") stored.push_back(&cookie);
    // "blocked" is also said where the record does not show why; only the browser's own rule
    // counts.
    const bool by_rule = cookie.story.reason.starts_with("third-party cookies are blocked");
    if (outcome == "blocked" && by_rule) blocked.push_back(&cookie);
  }
  for (const detect::StorageFact& fact : done.storage) {
    const observe::StorageItem& item = *fact.item;
    if ((item.op == "set" || item.op == "present") && is_own(item.place.top_host))
      storage.push_back(&fact);
  }
  collect_techniques();
  for (const policy::Source& source : said.sources)
    if (in_words(said, source.id)) text += folded(source.text) + "\n";
  for (const policy::Statement& statement : said.statements)
    if (in_words(said, statement.source)) text += folded(statement.quote) + "\n";
  for (const policy::DeclaredCookie& cookie : said.cookies)
    if (in_words(said, cookie.source))
      text += folded(cookie.provider) + "\n" + folded(cookie.purpose) + "\n" +
              folded(cookie.quote) + "\n";
}

void Context::collect_techniques() {
  // A technique cites calls of scripts, or the requests that show it.
  std::map<observe::Leaf, std::pair<const observe::Place*, std::string>> shown;
  for (const observe::Technique& t : done.seen.techniques) shown[t.entry] = {&t.place, ""};
  for (const observe::Request& r : done.seen.requests) shown[r.entry] = {&r.place, r.host};
  for (const observe::RequestBody& b : done.seen.bodies) shown[b.entry] = {&b.place, b.host};
  for (const detect::TechniqueFact& fact : done.techniques) {
    if (fact.technique == "cname" || fact.entries.empty()) continue;
    // Of a leak the first entry is what was planted.
    const auto entry = fact.technique != "pii-leak"
                           ? fact.entries.begin()
                           : std::find_if(fact.entries.begin(), fact.entries.end(),
                                          [&](observe::Leaf leaf) { return shown.contains(leaf); });
    const auto at = entry == fact.entries.end() ? shown.end() : shown.find(*entry);
    if (at == shown.end() || !is_own(at->second.first->top_host)) continue;
    const auto session =
        std::find_if(done.seen.sessions.begin(), done.seen.sessions.end(),
                     [&](const observe::Session& s) { return s.id == at->second.first->session; });
    if (session == done.seen.sessions.end()) continue;
    const std::string& went_to = at->second.second;
    techniques.push_back({&fact, session->phase, went_to.empty() ? fact.script_host : went_to});
  }
}

bool Context::is_own(std::string_view host) const {
  if (host.empty()) return false;
  const std::string site = sites.registrable_domain(host);
  return std::find(done.own_sites.begin(), done.own_sites.end(), site) != done.own_sites.end();
}

std::vector<observe::Leaf> Context::page_entries() const {
  std::set<observe::Leaf> leaves;
  for (const observe::Page& page : done.seen.pages)
    leaves.insert(page.entries.begin(), page.entries.end());
  return sorted(leaves);
}

std::string cookie_words(const detect::CookieFact& cookie) {
  std::string out = "\"" + cookie.story.name + "\" of " + cookie.story.domain;
  if (cookie.story.lifetime_s) {
    out += ", kept " + duration(*cookie.story.lifetime_s);
  } else if (cookie.story.session_cookie) {
    out += ", kept until the browser closes";
  }
  return out;
}

std::vector<observe::Leaf> sorted(const std::set<observe::Leaf>& leaves) {
  return {leaves.begin(), leaves.end()};
}

}  // namespace affiant::findings
