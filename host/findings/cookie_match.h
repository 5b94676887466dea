// Which declared rows mean a cookie that was seen: by name (with its mask) and by host. Internal to
// this layer.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "findings/context.h"

namespace affiant::findings {

// Indices into Declaration::cookies, ascending. A row whose provider names a host matches only a
// cookie of that host, of a host of the same owner, or one that a script of that host set; a
// provider in words ("Google", "first party") says no host.
std::vector<int> declared_rows(const Context& context, const detect::CookieFact& cookie);

// Rows that call the cookie the site's own, though it is another party's: all rows of its name do,
// none is for its host, and no cookie of the site's own bears the name. Ascending.
std::vector<int> rows_as_own(const Context& context, const detect::CookieFact& cookie);
// Whether the row's provider is the site itself: by its host, or as "first party".
bool is_declared_own(const Context& context, const policy::DeclaredCookie& row);

// Hosts written in a provider cell: "https://www.shop.example/, .doubleclick.net" gives
// shop.example and doubleclick.net.
std::vector<std::string> provider_hosts(std::string_view provider);
// "*", which names nothing.
bool masks_everything(std::string_view pattern);

// Of declared_rows(), those that say most exactly which cookie they mean: without a mask before
// with one, longer before shorter.
std::vector<int> most_exact(const Context& context, std::vector<int> rows);

// A cookie that keeps the visitor's refusal is there because of it.
bool keeps_opt_out(const knowledge::KnownCookie& cookie);

// Rows that declare cookies at all, rather than storage keys.
bool declares_cookie(const policy::DeclaredCookie& row);

}  // namespace affiant::findings
