// A verdict in words and as JSON. Pure.
#pragma once

#include <cstdint>
#include <string>

#include "evidence/verify.h"
#include "json/json.h"

namespace affiant::cli {

// One line per axis, the counts, the first bad place. `case_name`: as the user may name it again.
std::string verdict_text(const evidence::Verdict& verdict, const std::string& case_name);
// "2026-11-23T10:54:14.250Z"; the fraction only when there is one.
std::string utc_text(std::int64_t time_ms);
json::Value verdict_json(const evidence::Verdict& verdict);

}  // namespace affiant::cli
