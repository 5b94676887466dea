// What a consent manager publishes about a site, as a declaration: the tables, settings and markup
// of Cookiebot, OneTrust, Termly, Usercentrics, Didomi, Klaro, Complianz, CookieYes, Osano and
// iubenda. Which variants are read, and where their shapes were learnt, stands at the head of each
// manager's own file. Nothing is evaluated: scripts are read as text. Pure; thread-safe.
#pragma once

#include <optional>
#include <string_view>

#include "base/error.h"
#include "policy/declaration.h"

namespace affiant::consent {

// The manager whose data this is ("cookiebot", "onetrust", "termly", "usercentrics", "didomi",
// "klaro", "complianz", "cookieyes", "osano", "iubenda"), by address (may be empty) and content;
// nothing when it is none of them. A page that merely loads a manager's script holds none of its
// data.
std::optional<std::string_view> manager_of(std::string_view url, std::string_view bytes);

// Reads data of that manager: a script, JSON, or a page with its markup or its inline settings.
// `kind` of the declaration's one source is the manager's name, its `text` holds the data, and
// every quotation is a span of that text. Of a page only the manager's part is read. kMalformed
// with the byte when the data cannot be read, or is not that manager's; kTooLarge beyond limits.h
// or the caps of js_tree.h; kUsage when no manager has that name. Deterministic.
Result<policy::Declaration> read_consent_data(std::string_view manager, std::string_view bytes,
                                              const policy::Source& source);

}  // namespace affiant::consent
