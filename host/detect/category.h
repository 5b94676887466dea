// Purposes of hosts and of cookies.
#pragma once

#include <string_view>

namespace affiant::detect {

// Whether a host of this vendor category counts as tracking by its owner's own description.
bool is_tracking_category(std::string_view vendor_category);

// The cookie category that follows from who set it, or "" where that says nothing: a CDN's cookie
// may be anything.
std::string_view cookie_category_of_vendor(std::string_view vendor_category);

}  // namespace affiant::detect
