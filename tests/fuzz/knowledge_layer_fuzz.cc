// Whatever the bytes, read as every format of layer: hosts are host names, once each, in lower case
// and stay what they are when read again; categories come from the closed list; a layer is read
// twice the same, or refused with a reason.
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "knowledge/layer.h"
#include "knowledge/layers/host_text.h"

namespace {

using namespace affiant;
using namespace affiant::knowledge;

constexpr std::array<std::string_view, 13> kOfHosts = {
    "advertising",    "analytics",        "social",  "tag-manager",     "session-replay",
    "fingerprinting", "customer-support", "payment", "consent-manager", "cdn",
    "video",          "security",         "other"};
constexpr std::array<std::string_view, 5> kOfCookies = {"", "functional", "analytics",
                                                        "advertising", "necessary"};

void must(bool holds) {
  if (!holds) std::abort();
}

template <std::size_t N>
bool is_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return word == "login" || std::find(words.begin(), words.end(), word) != words.end();
}

void check_host(const std::string& host, std::set<std::string>* seen) {
  const auto again = host_of_list(host);
  must(again && *again == host && seen->insert(host).second);
}

void check(const Layer& layer) {
  std::set<std::string> hosts, aliases;
  for (const LayerHost& row : layer.hosts) {
    check_host(row.host, &hosts);
    must(!row.owner.empty() && !row.product.empty() && is_of(row.category, kOfHosts));
    must(row.prevalence <= 1 && find_invalid_utf8(row.owner) == std::string_view::npos);
  }
  for (const LayerAlias& row : layer.aliases) {
    check_host(row.host, &aliases);
    must(row.target.empty() || host_of_list(row.target).has_value());
  }
  for (const LayerCookie& row : layer.cookies)
    must(!row.pattern.empty() && is_of(row.category, kOfCookies) && row.lifetime_s >= -1);
  must(layer.skipped.first.size() <= kLayerSkippedNamed);
  must(layer.skipped.count >= layer.skipped.first.size());
}

bool same(const Layer& a, const Layer& b) {
  return a.provenance.sha256 == b.provenance.sha256 && a.hosts.size() == b.hosts.size() &&
         a.cookies.size() == b.cookies.size() && a.aliases.size() == b.aliases.size() &&
         a.skipped.first == b.skipped.first;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check(read_alias_sections(text, {}));
  const auto layer = read_layer("fuzz", text);
  if (!layer) {
    must(!layer.error().message.empty());
    return 0;
  }
  check(*layer);
  must(same(*layer, *read_layer("fuzz", text)));
  // What is kept of one file of Tracker Radar reads as the file does.
  const auto kept = tracker_radar_essence("fuzz", text);
  if (kept && *kept && layer->kind == LayerKind::kTrackerRadar) {
    const auto again = read_layer("fuzz", **kept);
    must(again && again->hosts.size() == layer->hosts.size() &&
         again->aliases.size() == layer->aliases.size());
  }
  return 0;
}
