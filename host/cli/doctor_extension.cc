// The other half: our extension in a person's own browsers.
#include <fmt/format.h>

#include "browser/profile_extension.h"
#include "cli/doctor_browsers.h"

namespace affiant::cli {
namespace fs = std::filesystem;
namespace {

using browser::InProfile;
using browser::Kind;
using browser::Place;

std::string how_to_load(const Place& place, const fs::path& extension) {
  if (place.kind == Kind::kFirefox)
    return fmt::format(
        "In {}, open about:debugging#/runtime/this-firefox, press Load Temporary "
        "Add-on and choose {} (it stays until {} is closed)",
        place.browser, (extension / "affiant-firefox.xpi").string(), place.browser);
  return fmt::format(
      "In {}, open chrome://extensions, switch on Developer mode, press Load "
      "unpacked and choose {}",
      place.browser, (extension / "chromium").string());
}

std::string extensions_page(Kind kind) {
  return kind == Kind::kFirefox ? "about:addons" : "chrome://extensions";
}

Check check_found(const Place& place, const std::string& what, const InProfile& found) {
  const std::string where = found.profile.string();
  if (!found.off.empty())
    return {Health::kNote, what, fmt::format("in {}, but it does not run: {}", where, found.off),
            fmt::format("Look at it in {} of {}", extensions_page(place.kind), place.browser)};
  if (!found.version.empty() && found.version != AFFIANT_VERSION)
    return {Health::kNote, what,
            fmt::format("{} in {}; this is affiant " AFFIANT_VERSION ". Neighbouring versions work "
                        "together; the popup says when two do not",
                        found.version, where),
            found.folder.empty()
                ? "Update the older half"
                : fmt::format("Update the older half; the extension is loaded from "
                              "{}: after an update, reload it in {}",
                              found.folder.string(), extensions_page(place.kind))};
  return {
      Health::kWell, what,
      fmt::format("{}switched on in {}", found.version.empty() ? "" : found.version + ", ", where),
      ""};
}

}  // namespace

std::vector<Check> check_extension_in(const Place& place, const browser::Where& where,
                                      const fs::path& extension) {
  const auto ids = browser::ids();
  if (!ids) return {};
  const std::string what = "extension in " + place.browser;
  const auto in = browser::extension_in_profiles(place.kind, place.profiles, *ids);
  std::vector<Check> out;
  for (const InProfile& found : in.found) out.push_back(check_found(place, what, found));
  for (const std::string& why : in.unreadable)
    out.push_back({Health::kNote, what, "cannot be told: " + why, ""});
  if (!out.empty()) return out;
  if (const fs::path file = browser::packaged_extension(place, where, *ids); !file.empty())
    return {{Health::kWell, what, file.string() + ": there from the browser's next start on", ""}};
  if (in.profiles > 0)
    out.push_back({Health::kNote, what,
                   fmt::format("in none of its profiles ({} looked at; only needed to record your "
                               "own browsing)",
                               in.profiles),
                   how_to_load(place, extension)});
  return out;
}

}  // namespace affiant::cli
