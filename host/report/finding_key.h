// When two findings, of two recordings or of two runs of one, are the same finding.
#pragma once

#include <string>
#include <string_view>

#include "findings/findings.h"
#include "policy/declaration.h"

namespace affiant::report {

// Equal for two that are about the same thing, whatever their strength; what they say of the thing
// may differ.
std::string finding_key(const findings::Finding& finding, const policy::Declaration& said);

// Whether titles of this rule count things, so that another count is no other finding.
bool title_varies(std::string_view rule);

}  // namespace affiant::report
