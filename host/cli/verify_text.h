// A verdict in words and as JSON. Pure.
#pragma once

#include <string>

#include "evidence/verify.h"
#include "json/json.h"

namespace affiant::cli {

// One line per axis, the counts, the first bad place. `case_name`: as the user may name it again.
std::string verdict_text(const evidence::Verdict& verdict, const std::string& case_name);
json::Value verdict_json(const evidence::Verdict& verdict);

}  // namespace affiant::cli
