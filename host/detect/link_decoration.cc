// Link decoration: an address carries the identifier by which an advertiser recognises a click. The
// parameters are those that their vendors document; W3C Privacy Community Group, "Navigational-
// Tracking Mitigations", calls the practice so.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "detect/rules.h"
#include "detect/thresholds.h"

namespace affiant::detect {
namespace {

struct ClickId {
  std::string_view parameter, vendor;
};

constexpr std::array<ClickId, 20> kClickIds = {
    {{"_hsenc", "HubSpot"},    {"_kx", "Klaviyo"},           {"dclid", "Google (Campaign Manager)"},
     {"epik", "Pinterest"},    {"fbclid", "Meta"},           {"gbraid", "Google Ads"},
     {"gclid", "Google Ads"},  {"irclickid", "Impact"},      {"li_fat_id", "LinkedIn"},
     {"mc_eid", "Mailchimp"},  {"mkt_tok", "Adobe Marketo"}, {"msclkid", "Microsoft Advertising"},
     {"obclid", "Outbrain"},   {"rdt_cid", "Reddit"},        {"sccid", "Snap"},
     {"tblci", "Taboola"},     {"ttclid", "TikTok"},         {"twclid", "X"},
     {"wbraid", "Google Ads"}, {"yclid", "Yandex"}}};

const ClickId* click_id_in(std::string_view pair) {
  const std::size_t equals = pair.find('=');
  if (equals == std::string_view::npos || pair.size() - equals - 1 < kClickIdBytes) return nullptr;
  const auto* found = std::find_if(kClickIds.begin(), kClickIds.end(), [&](const ClickId& id) {
    return id.parameter.size() == equals &&
           std::equal(id.parameter.begin(), id.parameter.end(), pair.begin(), [](char a, char b) {
             return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b + 32) : b);
           });
  });
  return found == kClickIds.end() ? nullptr : found;
}

}  // namespace

void link_decoration(const Facts& facts, Techniques* out) {
  std::map<std::tuple<std::string_view, std::string, std::string>, std::size_t> at;
  for (const RequestFact& fact : facts.requests) {
    const observe::Request& r = *fact.request;
    if (!r.url || !fact.of_visit) continue;
    std::string_view rest = *r.url;
    const std::size_t query = rest.find('?');
    if (query == std::string_view::npos) continue;
    rest = rest.substr(query + 1, rest.find('#', query) - query - 1);
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('&'), rest.size());
      const ClickId* id = click_id_in(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (id == nullptr) continue;
      cite({id->parameter, r.host, fact.phase}, r.entry, &at, out, [&] {
        return TechniqueFact{
            "link-decoration",
            std::nullopt,
            r.host,
            r.place.frame_url,
            fmt::format("an address of {} carries {}, by which {} recognises a click", r.host,
                        id->parameter, id->vendor),
            {}};
      });
    }
  }
}

}  // namespace affiant::detect
