// Sections 5.6.1 to 5.6.7 of RFC 6265bis: what each attribute's value means. Used by set_cookie.cc
// only.
#pragma once

#include "observe/set_cookie.h"

namespace affiant::observe {

// kUnknown for names that are not recognised. Letter case does not matter.
Attribute::Kind attribute_kind(std::string_view name);

// Fills kind, ignored, meaning and expiry_ms from name and value.
void process_attribute(Attribute* attribute, Engine engine, std::int64_t now_ms, Trace* trace);

}  // namespace affiant::observe
