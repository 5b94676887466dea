// Which sources speak to people. Internal to this layer.
#pragma once

#include "policy/declaration.h"

namespace affiant::findings {

// Whether the source with this id is the site's own words (a policy, a consent manager's list), and
// not a file made for machines: who may sell advertising or what a vendor stores anywhere is no
// list of what this site does, and a name in it is not named in the policy.
bool in_words(const policy::Declaration& said, int source);

// Whether a cookie can be missing from its rows. Klaro's settings name only the cookies that it is
// to delete.
bool lists_all_cookies(const policy::Declaration& said, int source);

}  // namespace affiant::findings
