// R13: a third party's frame keeps something like an identifier in localStorage (Privacy Badger,
// background.js hasLocalStorageSupercookie: key and value carry more than 33 bits together). Bits
// are counted as in R5, of tokens that could identify.
#include <algorithm>
#include <set>

#include "detect/identifier.h"
#include "detect/rules.h"
#include "detect/thresholds.h"

namespace affiant::detect {

std::vector<std::string> identifying_frames(const Facts& facts, const site::SiteTable& sites) {
  std::set<std::string> found;
  for (const StorageFact& fact : facts.storage) {
    const observe::StorageItem& item = *fact.item;
    if (fact.party != site::Party::kThird || item.area != "localStorage" || !item.value) continue;
    double bits = 0;
    for (const std::string& text : {item.key.value_or(""), *item.value})
      for (const std::string& token : identifying_tokens(text, item.place.time_ms))
        bits += token_bits(token);
    if (bits <= kFrameStorageBits) continue;
    const auto origin = site::parse_url(item.origin);
    const std::string host = origin ? origin->host : item.place.frame_host;
    if (!host.empty()) found.insert(sites.registrable_domain(host));
  }
  return {found.begin(), found.end()};
}

}  // namespace affiant::detect
