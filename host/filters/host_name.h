// Host names as requests carry them: lower case and ASCII.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace affiant::filters {

// `host` (UTF-8) in lower case, with labels beyond ASCII in Punycode (RFC 3492, "xn--"). Lower case
// covers Latin, Greek and Cyrillic letters; composed and decomposed accents are not made one.
// Nothing for bytes that are not UTF-8 and for labels above 63 bytes that had to be encoded.
std::optional<std::string> ascii_host(std::string_view host);

// Appends `text` in lower case, every byte beyond ASCII as "%xx", as browsers send paths.
void append_escaped(std::string& out, std::string_view text, bool keep_case);

}  // namespace affiant::filters
