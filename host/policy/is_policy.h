// Whether a text is a policy at all. Internal to this layer. Pure.
#pragma once

#include "policy/declaration.h"
#include "policy/outline.h"

namespace affiant::policy {

// False for error pages, cookie walls, application shells, empty pages. For languages without a
// lexicon it goes by the length of the text and the words every policy has in some spelling.
bool reads_as_policy(const Document& document, const Declaration& declaration,
                     std::string_view language);

}  // namespace affiant::policy
