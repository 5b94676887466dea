// What public lists call the purpose of a host, in the words of our own tables.
#include <algorithm>
#include <array>
#include <utility>

#include "knowledge/layers/reading.h"

namespace affiant::knowledge {
namespace {

using Words = std::pair<std::string_view, std::string_view>;

// Tracker Radar, docs/CATEGORIES.md. A domain has several; the first of these that it has decides,
// the more particular before those that nearly every domain has.
constexpr std::array<Words, 18> kDuckDuckGo = {{
    {"Session Replay", "session-replay"},
    {"Tag Manager", "tag-manager"},
    {"Online Payment", "payment"},
    {"Social Network", "social"},
    {"Social - Share", "social"},
    {"Social - Comment", "social"},
    {"Ad Motivated Tracking", "advertising"},
    {"Advertising", "advertising"},
    {"Action Pixels", "advertising"},
    {"Analytics", "analytics"},
    {"Audience Measurement", "analytics"},
    {"Third-Party Analytics Marketing", "analytics"},
    {"Ad Fraud", "security"},
    {"Fraud Prevention", "security"},
    {"Consent Management Platform", "consent-manager"},
    {"Support Chat Widget", "customer-support"},
    {"CDN", "cdn"},
    {"Federated Login", "login"},
}};

// Disconnect, descriptions.md.
constexpr std::array<Words, 10> kDisconnect = {{
    {"Advertising", "advertising"},
    {"Analytics", "analytics"},
    {"Social", "social"},
    {"ConsentManagers", "consent-manager"},
    {"Anti-fraud", "security"},
    {"Email", "advertising"},
    {"EmailAggressive", "advertising"},
    {"FingerprintingInvasive", "fingerprinting"},
    {"FingerprintingGeneral", "fingerprinting"},
    {"Content", "other"},
}};

// TrackerDB, its member "categories".
constexpr std::array<Words, 9> kTrackerDb = {{
    {"advertising", "advertising"},
    {"pornvertising", "advertising"},
    {"site_analytics", "analytics"},
    {"social_media", "social"},
    {"consent", "consent-manager"},
    {"customer_interaction", "customer-support"},
    {"audio_video_player", "video"},
    {"hosting", "cdn"},
    {"cdn", "cdn"},
}};

template <std::size_t N>
std::string_view ours(const std::array<Words, N>& table, std::string_view word) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [&](const Words& words) { return words.first == word; });
  return found == table.end() ? "other" : found->second;
}

}  // namespace

std::string_view category_of_duckduckgo(const json::Value* categories) {
  if (categories == nullptr) return "other";
  for (const auto& [theirs, ours] : kDuckDuckGo) {
    for (const json::Value& one : *categories)
      if (one.is_string() && one.get_ref<const std::string&>() == theirs) return ours;
  }
  return "other";
}

std::string_view category_of_disconnect(std::string_view word) { return ours(kDisconnect, word); }
std::string_view category_of_tracker_db(std::string_view word) { return ours(kTrackerDb, word); }

}  // namespace affiant::knowledge
