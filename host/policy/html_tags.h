// Tags with more attributes than a page has use for. Internal to this layer. Pure; linear.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace affiant::policy {

inline constexpr std::size_t kAttributes = 200;  // Of a tag.

// The page with the attributes of a tag after its first kAttributes taken out; `*cut` says whether
// there were any. libxml2 looks for each attribute of a tag among all before it.
std::string without_surplus_attributes(std::string_view html, bool* cut);

}  // namespace affiant::policy
