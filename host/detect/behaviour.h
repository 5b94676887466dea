// Rule R3, after Privacy Badger's heuristic: third parties that behave as trackers do, whoever they
// are.
//
// On one site only, this is a sign and no proof: the published rule blocks after three sites, one
// recording sees one.
#pragma once

#include <map>
#include <string>

#include "detect/cookie_forms.h"
#include "detect/facts.h"

namespace affiant::detect {

std::string_view behaviour_name(Behaviour behaviour);

// Registrable domain of a third party -> the first behaviour of the enum that was seen of it. Uses
// party, same_owner and identifier_like, which must be filled in.
// `forms`: of the cookies of these facts.
std::map<std::string, Behaviour> tracking_sites(const Facts& facts, const site::SiteTable& sites,
                                                const CookieForms& forms);

}  // namespace affiant::detect
