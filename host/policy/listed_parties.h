// Names of parties that no table knows, told by where they are listed. Internal to this layer.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "policy/rules.h"

namespace affiant::policy {

// The names in a cell below "Third party" or "Provider" in a table of who gets data.
std::vector<std::string> parties_of_cell(const Reading& r);

// What introduces the list that an item stands in.
std::string_view lead_of(const Reading& r);

// "Quincevoice: spoken text. (its privacy policy)" in a list of third parties; else empty.
std::string party_of_item(const Reading& r);

}  // namespace affiant::policy
