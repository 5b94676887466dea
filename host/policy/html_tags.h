// Tags with more attributes than a page has use for. Internal to this layer. Pure; linear.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace affiant::policy {

// The page with the attributes of a tag after its first limits::kHtmlAttributes taken out; `*cut`
// says whether there were any. libxml2 looks for each attribute of a tag among all before it.
std::string without_surplus_attributes(std::string_view html, bool* cut);

}  // namespace affiant::policy
