#include "findings/other_means.h"

#include <algorithm>
#include <array>
#include <utility>

#include "findings/cookie_match.h"

namespace affiant::findings {
namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool same_owner(std::string_view a, std::string_view b) {
  const knowledge::Vendor* of_a = knowledge::find_vendor(a);
  const knowledge::Vendor* of_b = knowledge::find_vendor(b);
  return of_a != nullptr && of_b != nullptr && of_a->owner == of_b->owner;
}

}  // namespace

bool is_storage_area(std::string_view area) {
  return is_one_of(area, {"localStorage", "sessionStorage", "indexedDB", "cacheStorage", "opfs"});
}

std::string storage_words(const observe::StorageItem& item) {
  const std::string key = item.key ? "key \"" + *item.key + "\"" : "a key that is withheld";
  return item.area + " " + key + " of " + item.origin;
}

std::vector<int> declared_keys(const Context& context, const detect::StorageFact& fact) {
  std::vector<int> rows;
  const observe::StorageItem& item = *fact.item;
  if (!item.key) return rows;
  const auto origin = site::parse_url(item.origin);
  const std::string host = origin ? origin->host : item.place.frame_host;
  for (std::size_t i = 0; i < context.said.cookies.size(); ++i) {
    const policy::DeclaredCookie& row = context.said.cookies[i];
    if (row.storage != item.area || masks_everything(row.pattern) ||
        !policy::pattern_matches(row.pattern, *item.key))
      continue;
    // A row may name who keeps the key, or whose script does.
    const std::vector<std::string> hosts = provider_hosts(row.provider);
    const bool fits =
        hosts.empty() || std::any_of(hosts.begin(), hosts.end(), [&](const std::string& declared) {
          const std::string site = context.sites.registrable_domain(declared);
          return site == context.sites.registrable_domain(host) ||
                 (!item.script_host.empty() &&
                  site == context.sites.registrable_domain(item.script_host)) ||
                 (context.is_own(declared) && context.is_own(host)) || same_owner(declared, host) ||
                 same_owner(declared, item.script_host);
        });
    if (fits) rows.push_back(static_cast<int>(i));
  }
  return rows;
}

Fingerprinting fingerprinting(std::string_view technique) {
  if (is_one_of(technique, {"canvas", "canvas-font", "audio", "webrtc"}))
    return Fingerprinting::kDefined;
  return is_one_of(technique, {"webgl", "battery", "media-devices", "fonts"})
             ? Fingerprinting::kHint
             : Fingerprinting::kNone;
}

std::string technique_words(std::string_view technique) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kWords = {
      {{"canvas", "canvas fingerprinting"},
       {"canvas-font", "fingerprinting by fonts on a canvas"},
       {"audio", "audio fingerprinting"},
       {"webrtc", "reading addresses by WebRTC"},
       {"webgl", "asking for the graphics hardware"},
       {"battery", "asking for the battery"},
       {"media-devices", "asking for cameras and microphones"},
       {"fonts", "checking fonts"},
       {"beacon", "sending beacons"}}};
  for (const auto& [name, words] : kWords) {
    if (name == technique) return std::string(words);
  }
  return std::string(technique);
}

}  // namespace affiant::findings
