// What every rule looks at, prepared once: the third parties that were really contacted, the
// cookies that were really stored. Internal to this layer. Holds references to what compare() was
// given.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "detect/behaviour.h"
#include "findings/findings.h"

namespace affiant::findings {

// One third party in one phase: a product of a known owner, or a site nobody here knows.
struct ThirdParty {
  std::string phase;
  std::string owner, product, category;  // Empty when unknown.
  std::string site;  // Registrable domain; for a known product, of its first host.
  const knowledge::Vendor* vendor = nullptr;  // nullptr when unknown.
  std::set<std::string> hosts;
  std::set<observe::Leaf> entries;
  std::vector<const detect::RequestFact*> requests;
  bool tracker = false;  // By owner or behaviour.
  bool own_name =
      false;  // Bears the audited site's own name under another suffix: example.com, example.net.

  std::string name() const;       // "Google Fonts (Google)", "tracker.localhost"
  std::string requested() const;  // "3 requests"
  std::string contacted() const;  // "3 requests went to fonts.googleapis.com and fonts.gstatic.com"
};

struct SeenTechnique {
  const detect::TechniqueFact* fact;
  std::string phase;
  std::string host;  // Of the script; where a request shows it, the host that it went to.
};

struct Context {
  Context(const policy::Declaration& said_in, const detect::Facts& done_in,
          const site::SiteTable& sites_in);

  const policy::Declaration& said;
  const detect::Facts& done;
  const site::SiteTable& sites;
  std::vector<std::string> phases;  // In the order of the sessions.
  std::vector<ThirdParty> parties;  // By phase, then name. Only requests that got an answer.
  std::vector<const detect::CookieFact*>
      stored;  // Of this visit, and really in the jar at some time.
  std::vector<const detect::CookieFact*>
      blocked;  // Of this visit, kept out by the browser's own rules for third parties.
  std::vector<const detect::StorageFact*> storage;  // Of this visit: what was set, or found there.
  std::vector<SeenTechnique> techniques;            // Of this visit; aliases of hosts are none.
  std::string text;  // All that the sources say in words, folded (words.h, in_words.h).

  bool is_own(std::string_view host) const;
  // Leaves of the page events: what was looked at, for findings about what was not there.
  std::vector<observe::Leaf> page_entries() const;

 private:
  void collect_techniques();
};

// "_ga" of .shop.example, kept 400 days
std::string cookie_words(const detect::CookieFact& cookie);

// Findings in the making, ordered by `key` before they are numbered.
struct Draft {
  std::string key;
  Finding finding;
};
using Drafts = std::vector<Draft>;

std::vector<observe::Leaf> sorted(const std::set<observe::Leaf>& leaves);

}  // namespace affiant::findings
