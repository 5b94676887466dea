// What was done beyond cookies that published definitions call tracking: fingerprinting by scripts,
// values of cookies that reach others, hosts under another's name, session replay, decorated links,
// bounces (the rules are in rules.h). A fact names the rule's own figures and claims no more than
// they show.
#pragma once

#include <vector>

#include "detect/cookie_forms.h"
#include "detect/facts.h"

namespace affiant::detect {

// In order of the first entry; each has one at least, ascending. `facts.requests` and
// `facts.cookies` must be filled in; `forms` are theirs.
std::vector<TechniqueFact> techniques(const Facts& facts, const site::SiteTable& sites,
                                      const CookieForms& forms);

}  // namespace affiant::detect
