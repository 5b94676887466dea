// Names of companies that no table knows, told by the legal form behind them: "Example Analytics
// GmbH". Internal to this layer. Pure; linear.
#pragma once

#include <string_view>
#include <vector>

#include "policy/lexicon.h"

namespace affiant::policy {

// A hit of Tag::kVendor, value "other", for each name with a legal form that no hit in `known`
// begins at; the legal form is not part of it. In order.
std::vector<Hit> companies(const std::vector<Token>& tokens, const std::vector<Hit>& known);

// Whether a stretch of text may hold one at all: much cheaper than looking.
bool may_name_companies(std::string_view text);

}  // namespace affiant::policy
