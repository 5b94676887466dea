#include "detect/category.h"

#include <algorithm>
#include <array>
#include <utility>

namespace affiant::detect {

bool is_tracking_category(std::string_view vendor_category) {
  constexpr std::array<std::string_view, 6> kTracking = {
      "advertising", "analytics", "social", "session-replay", "fingerprinting", "tag-manager"};
  return std::find(kTracking.begin(), kTracking.end(), vendor_category) != kTracking.end();
}

std::string_view cookie_category_of_vendor(std::string_view vendor_category) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kMap = {
      {{"advertising", "advertising"},
       {"analytics", "analytics"},
       {"session-replay", "analytics"},
       {"social", "social"},
       {"customer-support", "functional"},
       {"login", "functional"},
       {"consent-manager", "necessary"},
       {"security", "necessary"}}};
  for (const auto& [vendor, cookie] : kMap) {
    if (vendor == vendor_category) return cookie;
  }
  return "";
}

}  // namespace affiant::detect
