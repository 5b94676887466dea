// The kinds of policy.page entries (docs/protocol.md): pages for people, and files for machines.
#pragma once

#include <string_view>

namespace affiant::observe {

// Whether a policy.page of this kind is a page, captured as blocks; else its exhibit is the file
// itself.
inline bool is_page_kind(std::string_view kind) {
  return kind.empty() || kind == "privacy-policy" || kind == "cookie-policy" || kind == "unknown";
}

}  // namespace affiant::observe
