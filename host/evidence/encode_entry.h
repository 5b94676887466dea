// The writing side of entry.h.
#pragma once

#include <string>
#include <string_view>

#include "evidence/entry.h"

namespace affiant::evidence {

bool is_kind(std::string_view text);  // [a-z][a-z.]*, at most 64.

// Appends the line, without LF, to `out`. Checks nothing.
void encode_entry(const Entry& entry, std::string& out);

std::string disclosure_digest(std::string_view text);  // base64url(SHA-256(text))

}  // namespace affiant::evidence
