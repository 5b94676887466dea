// Names of companies that no table knows, told by the legal form behind them ("Example Analytics
// GmbH") or by the list they stand in. Internal to this layer. Pure; linear.
#pragma once

#include <string_view>
#include <vector>

#include "policy/lexicon.h"

namespace affiant::policy {

// What is known of a company that only its legal form tells: nothing.
inline constexpr std::string_view kCompany = "company";

// A hit of Tag::kVendor, value kCompany, for each name with a legal form that no hit in `known`
// begins at; the legal form is not part of it. In order.
std::vector<Hit> companies(const std::vector<Token>& tokens, const std::vector<Hit>& known);

// The same for names in a list with known ones ("Google Analytics, Example and ...") and for those
// that are given as examples of a kind of third party ("payment providers such as Example").
std::vector<Hit> listed_names(const std::vector<Token>& tokens, const std::vector<Hit>& hits);

// Whether a word is a legal form, written as one: "GmbH".
bool is_legal_form(const Token& token);

// Whether a stretch of text may hold one at all: much cheaper than looking.
bool may_name_companies(std::string_view text);

}  // namespace affiant::policy
