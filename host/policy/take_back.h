// What takes a denial back, in its own sentence or in the next. Internal to this layer. Pure.
#pragma once

#include <string>
#include <string_view>

#include "policy/analysis.h"

namespace affiant::policy {

// "We set no cookies, but our partners do": the words by which others do what `denied` denies of
// the site. Empty when there are none.
std::string done_by_others(const Analysis& a, const Predicate& denied, std::string_view document);

// "This does not include our partners", behind a denial.
bool leaves_out(const Analysis& next);

// "Our partners do.", "There is one exception: ...", likewise; and what leaves out.
bool takes_back(const Analysis& next);

}  // namespace affiant::policy
