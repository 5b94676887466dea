// Which declared rows mean a cookie that was seen: by name (with its mask) and by host. Internal to
// this layer.
#pragma once

#include <vector>

#include "findings/context.h"

namespace affiant::findings {

// Indices into Declaration::cookies, ascending. A row whose provider names a host matches only a
// cookie of that host, of a host of the same owner, or one that a script of that host set; a
// provider in words ("Google", "first party") says no host.
std::vector<int> declared_rows(const Context& context, const detect::CookieFact& cookie);

// Of those, the rows that say most exactly which cookie they mean: without a mask before with one,
// longer before shorter.
std::vector<int> most_exact(const Context& context, std::vector<int> rows);

// Rows that declare cookies at all, rather than storage keys.
bool declares_cookie(const policy::DeclaredCookie& row);

}  // namespace affiant::findings
