// F16: a cookie is declared as the site's own, and it is another party's: set for that party's
// host, set through a host of the site's name that stands for a tracker (CNAME), or its value goes
// to one that the policy does not name.
#include <algorithm>
#include <map>
#include <tuple>

#include "detect/category.h"
#include "detect/identifier.h"
#include "detect/thresholds.h"
#include "findings/cookie_match.h"
#include "findings/coverage.h"
#include "findings/rules.h"
#include "findings/words.h"

namespace affiant::findings {
namespace {

using detect::CookieFact;

// A known tracker for which a host of the site's own name stands, and the entry that shows it.
struct Alias {
  const knowledge::Vendor* vendor;
  std::string canonical;
  observe::Leaf entry;
};

std::map<std::string, Alias> tracking_aliases(const Context& context) {
  std::map<std::string, Alias> out;
  for (const observe::HostAddress& a : context.done.seen.addresses) {
    if (a.canonical.empty() || !context.is_own(a.host) || context.is_own(a.canonical)) continue;
    // Most hosts stand for one that only delivers the site's own pages.
    const knowledge::Vendor* vendor = knowledge::find_vendor(a.canonical);
    if (vendor != nullptr && detect::is_tracking_category(vendor->category))
      out.try_emplace(a.host, Alias{vendor, a.canonical, a.entry});
  }
  return out;
}

// The rows that mean the cookie, where all of them call it the site's own.
std::vector<int> own_rows(const Context& context, const CookieFact& cookie) {
  std::vector<int> rows = most_exact(context, declared_rows(context, cookie));
  const bool all = std::all_of(rows.begin(), rows.end(), [&](int row) {
    const policy::DeclaredCookie& c = context.said.cookies[static_cast<std::size_t>(row)];
    return declares_cookie(c) && is_declared_own(context, c);
  });
  return all ? rows : std::vector<int>{};
}

// Parts of the value long and random enough that meeting them elsewhere is no chance.
std::vector<std::string> telling_parts(const CookieFact& cookie) {
  std::vector<std::string> parts;
  if (cookie.party != site::Party::kFirst || !cookie.identifier_like || !cookie.story.value)
    return parts;
  for (std::string& token : detect::identifying_tokens(*cookie.story.value, 0)) {
    if (token.size() >= detect::kSharedTokenBytes &&
        detect::token_bits(token) > detect::kSharedTokenBits)
      parts.push_back(std::move(token));
  }
  return parts;
}

bool carries(const observe::Request& request, const std::vector<std::string>& parts) {
  if (!request.url) return false;
  const std::size_t query = request.url->find('?');
  if (query == std::string::npos) return false;
  const std::string_view text = std::string_view(*request.url).substr(query);
  return std::any_of(parts.begin(), parts.end(), [&](const std::string& part) {
    return text.find(part) != std::string_view::npos;
  });
}

class Search {
 public:
  explicit Search(const Context& context) : context_(context), aliases_(tracking_aliases(context)) {
    for (const ThirdParty& party : context.parties) {
      const Grade grade = coverage_of(party, context).grade;
      if (grade != Grade::kNamed && grade != Grade::kMentioned && !party.own_name)
        unnamed_.push_back(&party);
    }
  }

  Drafts run() {
    for (const CookieFact* cookie : context_.stored) {
      of_another(*cookie);
      through_alias(*cookie);
      handed_on(*cookie);
    }
    Drafts out;
    for (auto& [key, found] : found_) {
      found.finding.entries = sorted(found.entries);
      out.push_back({std::get<0>(key) + "\n" + std::get<1>(key), std::move(found.finding)});
    }
    return out;
  }

 private:
  struct Found {
    Finding finding;
    std::set<observe::Leaf> entries;
  };

  void add(const CookieFact& cookie, std::vector<int> rows, const std::string& what,
           const std::string& seen, std::set<observe::Leaf> entries) {
    Found& found = found_[{cookie.story.name, cookie.story.domain, cookie.phase}];
    found.entries.merge(entries);
    if (!found.finding.title.empty()) return;  // Of several ways the first one is told.
    Finding& f = found.finding;
    f.strength = Strength::kUndeclared;
    f.title = "Cookie \"" + cookie.story.name + "\" is declared as the site's own, but " + what;
    const policy::DeclaredCookie& row =
        context_.said.cookies[static_cast<std::size_t>(rows.front())];
    f.explanation = "Declared: " + sentence(quotation(row.quote, 120)) + " " + seen;
    f.phase = cookie.phase;
    f.declared_cookies = std::move(rows);
  }

  static std::set<observe::Leaf> entries_of(const CookieFact& cookie) {
    return {cookie.story.entries.begin(), cookie.story.entries.end()};
  }

  void of_another(const CookieFact& cookie) {
    std::vector<int> rows = rows_as_own(context_, cookie);
    if (rows.empty()) return;
    add(cookie, std::move(rows), "it is set for " + cookie.story.domain,
        "Cookie " + cookie_words(cookie) + ", was stored for that host, which is another party's" +
            (cookie.owner.empty() ? "." : " (" + cookie.owner + ")."),
        entries_of(cookie));
  }

  void through_alias(const CookieFact& cookie) {
    const auto alias = aliases_.find(cookie.story.set_by_host);
    if (alias == aliases_.end() || cookie.story.mechanism != "http") return;
    std::vector<int> rows = own_rows(context_, cookie);
    if (rows.empty()) return;
    const Alias& to = alias->second;
    std::set<observe::Leaf> entries = entries_of(cookie);
    entries.insert(to.entry);
    const std::string owner(to.vendor->owner);
    add(cookie, std::move(rows), "it is set through a host of " + owner,
        "It was set by an answer of " + alias->first + ", which stands for " + to.canonical +
            " of " + owner + ".",
        std::move(entries));
  }

  void handed_on(const CookieFact& cookie) {
    const std::vector<std::string> parts = telling_parts(cookie);
    if (parts.empty()) return;
    std::vector<int> rows = own_rows(context_, cookie);
    if (rows.empty()) return;
    for (const ThirdParty* party : unnamed_) {
      if (party->phase != cookie.phase) continue;
      std::set<observe::Leaf> entries;
      for (const detect::RequestFact* fact : party->requests)
        if (carries(*fact->request, parts)) entries.insert(fact->request->entry);
      if (entries.empty()) continue;
      const std::string times = count(entries.size(), "request");
      entries.merge(entries_of(cookie));
      add(cookie, rows, "its value goes to " + party->name(),
          "Its value stood in the address of " + times + " to " +
              list({party->hosts.begin(), party->hosts.end()}, 3) +
              ", a party that the policy does not name.",
          std::move(entries));
    }
  }

  const Context& context_;
  const std::map<std::string, Alias> aliases_;
  std::vector<const ThirdParty*> unnamed_;
  std::map<std::tuple<std::string, std::string, std::string>, Found> found_;
};

}  // namespace

Drafts wrong_party(const Context& context) { return Search(context).run(); }

}  // namespace affiant::findings
