// Observations with opinion added: owner, category, party, identifier-likeness. Pure and
// deterministic.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "filters/filters.h"
#include "knowledge/knowledge.h"
#include "observe/observations.h"
#include "observe/stories.h"
#include "site/site.h"

namespace affiant::detect {

// Rule R3 (behaviour.h).
enum class Behaviour { kIdentifierCookie, kBeacon, kPixelWithCookie, kFrameStorage };

struct CookieFact {
  observe::CookieStory story;
  site::Party party = site::Party::kFirst;   // Cookie domain against the top-level site.
  std::string owner, category;               // Empty when unknown.
  bool identifier_like = false;              // Rule R5 (identifier.h): "looks like an identifier".
  std::optional<bool> identifier_confirmed;  // Rule R4; unset: no second profile got it.
  bool repeats = false;                      // Seen in an earlier profile of the same phase.
  bool by_third_party_script = false;  // Rule R6: a first-party cookie that such a script set.
  std::string phase;
  bool of_visit =
      true;  // Known to belong to the audited site's pages; false: another tab, or nobody can say.
};

struct RequestFact {
  const observe::Request* request = nullptr;  // Into Facts::seen.
  std::string site;                           // Registrable domain of its host.
  site::Party party = site::Party::kFirst;
  bool same_owner = false;
  std::string owner, product, category;
  std::vector<std::string> tracker_by;  // "list", "owner", "behaviour".
  bool repeats = false;                 // As CookieFact::repeats, of its host.
  std::string rule;                     // Of "list": as it is written.
  std::string phase;
  bool of_visit = true;  // As CookieFact::of_visit.
};

struct StorageFact {
  const observe::StorageItem* item = nullptr;
  site::Party party = site::Party::kFirst;
  std::string phase;
};

struct TechniqueFact {
  std::string technique;  // As in the contract: "canvas", "webrtc", "cname", ...
  std::optional<std::string> script_url;
  std::string script_host;  // For "cname", the host itself.
  std::optional<std::string> frame_url;
  std::string detail;  // What was done, with the figures of the rule.
  std::vector<observe::Leaf> entries;
};

// Can be moved but not copied: the requests and storage items point into `seen`.
struct Facts {
  Facts() = default;
  Facts(Facts&&) noexcept = default;
  Facts& operator=(Facts&&) noexcept = default;
  Facts(const Facts&) = delete;
  Facts& operator=(const Facts&) = delete;
  ~Facts() = default;

  observe::Observations seen;
  std::string site_host;  // Host of the audited URL.
  std::string site;       // Its registrable domain.
  std::vector<std::string>
      own_sites;  // `site`, and where the site's own pages ended after redirects; sorted.
  std::vector<CookieFact> cookies;
  std::vector<RequestFact> requests;
  std::vector<StorageFact> storage;
  std::vector<TechniqueFact> techniques;
  std::map<std::string, Behaviour> behaviour;  // tracking_sites() of these facts.
};

// `lists`: filter lists that tell trackers (R2), or nullptr; needed for this call only.
Facts detect(observe::Observations seen, const site::SiteTable& sites,
             const filters::Engine* lists = nullptr);

}  // namespace affiant::detect
