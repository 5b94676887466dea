// A declaration as the contract's JSON. Thread-safe.
#pragma once

#include <nlohmann/json.hpp>

#include "policy/declaration.h"

namespace affiant::policy {

// {"sources": [...], "statements": [...], "cookies": [...]}: `declaration` of the report. Empty
// strings of optional fields become null; the sources' texts are left out.
nlohmann::ordered_json declaration_json(const Declaration& declaration);

}  // namespace affiant::policy
