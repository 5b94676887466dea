// Didomi. Shapes read, and where they were learnt:
// - settings: `window.didomiConfig = {app: {vendors: {iab: {all, include: [number]}, didomi:
// [name],
//   custom: [{id, name, purposeIds, policyUrl}]}}}` in a script, or the same object as JSON
//   (didomi_config.json); older ones say `website` for `app` (npm package @didomi/react, README;
//   didomi/flutter and didomi/react-native, example and test folders). They name vendors, no
//   cookies.
// - the export of its Advanced Compliance Monitoring that sites publish their list from: [{"Vendor
//   Name", "trackers": [{"Tracker Name", "Tracker domain", "Life Time", "Tracker Type", "Tracker
//   Purposes Ids", "tracker exemption"}]}] (edgeangel/didomi-acm-publish,
//   qualified_cookie_policy.json). "variable / session" and "0 Days" are no lifetimes that can be
//   compared. The purposes are those of the IAB's framework, by number.
#include <algorithm>

#include "consent/managers.h"

namespace affiant::consent {
namespace {

void read_settings(const JsValue& settings, Collector* out) {
  JsValue vendors = settings["app"]["vendors"];
  if (!vendors) vendors = settings["website"]["vendors"];
  for (const JsValue& vendor : items_of(vendors["didomi"])) out->party(vendor, "");
  for (const JsValue& vendor : items_of(vendors["custom"])) {
    std::vector<std::string> purposes;
    for (const JsValue& purpose : items_of(vendor["purposeIds"])) {
      std::string words = purpose.string_or("");
      std::replace(words.begin(), words.end(), '_', ' ');
      purposes.push_back(std::move(words));
    }
    out->party(vendor["name"], broadest_category(purposes));
  }
  const JsValue iab = vendors["iab"];
  if (iab["all"].yes())
    out->unread(
        "the vendors of the IAB's list, which Didomi's settings mean all of, without a name");
  if (const std::size_t count = items_of(iab["include"]).size(); count > 0)
    out->unread(std::to_string(count) + (count == 1 ? " vendor" : " vendors") +
                " of the IAB's list, which Didomi's settings give by number");
}

std::string category_of_tracker(const JsValue& tracker) {
  // IAB Transparency and Consent Framework, policies, appendix A.
  constexpr std::string_view kMeans[] = {
      "",           "",           "advertising", "advertising", "advertising",
      "functional", "functional", "advertising", "analytics",   "analytics",
      "",           "functional"};
  std::vector<std::string> purposes;
  for (const JsValue& id : items_of(tracker["Tracker Purposes Ids"])) {
    const double number = id.number().value_or(0);
    if (number >= 1 && number < static_cast<double>(std::size(kMeans)))
      purposes.emplace_back(kMeans[static_cast<std::size_t>(number)]);
  }
  if (std::string category = broadest_category(purposes); !category.empty()) return category;
  return tracker["tracker exemption"].string_or("") == "Exempted" ? "necessary" : "unclassified";
}

void read_trackers(const JsValue& vendors, Collector* out) {
  for (const JsValue& vendor : items_of(vendors)) {
    out->party(vendor["Vendor Name"], "");
    for (const JsValue& tracker : items_of(vendor["trackers"])) {
      policy::DeclaredCookie row;
      const std::string domain = tracker["Tracker domain"].string_or("");
      row.provider = vendor["Vendor Name"].string_or("");
      if (!domain.empty()) row.provider += row.provider.empty() ? domain : " (" + domain + ")";
      std::string purposes;
      for (const JsValue& purpose : items_of(tracker["Tracker Purposes Names"]))
        purposes += (purposes.empty() ? "" : ", ") + purpose.string_or("");
      row.purpose = plain_words(purposes);
      row.category = category_of_tracker(tracker);
      row.storage = storage_in(tracker["Tracker Type"].string_or(""));
      const std::string life = tracker["Life Time"].string_or("");
      if (life.find("variable") == std::string::npos) set_lifetime(&row, life);
      if (row.lifetime_s == 0) row.lifetime_s.reset();
      out->cookie(tracker["Tracker Name"].string_or(""), row, tracker);
    }
  }
}

}  // namespace

Status read_didomi(const Input& input, Collector* out) {
  if (input.shape == Shape::kJson) {
    AFFIANT_TRY(const JsTree tree, read_json_tree(input));
    const JsValue root = tree.root();
    const bool trackers = root.first()["trackers"].is(JsKind::kArray);
    if (!trackers && !root["app"] && !root["website"])
      return not_found(input, "settings or a list of trackers");
    out->data(root);
    if (trackers)
      read_trackers(root, out);
    else
      read_settings(root, out);
    return {};
  }
  // `window.didomiConfig = window.didomiConfig || {}` and its like say nothing.
  AFFIANT_TRY(const bool found, each_literal(input, {"didomiConfig"}, '=', "{",
                                             [&](std::string_view, const JsValue& settings) {
                                               out->data(settings);
                                               read_settings(settings, out);
                                               return true;
                                             }));
  return found ? Status() : not_found(input, "settings that are written out");
}

}  // namespace affiant::consent
