// The parts of affiant.report/1 as JSON values, in the contract's order of members. Internal to
// host/report: values of this library are made here and turned into bytes in json.cc, and go
// nowhere else.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "report/report.h"
#include "report/views.h"

namespace affiant::report {

using Json = nlohmann::ordered_json;

// null where there is nothing: not known, or withheld.
Json or_null(const std::string& text);
Json or_null(const std::optional<std::string>& text);

Json report_json(const Report& report);    // The whole of it.
std::string json_text(const Json& value);  // As its bytes are written, with a newline at the end.

Json knowledge_json(const Report& report);
Json case_json(const Report& report);
Json sessions_json(const Report& report);
Json cookies_json(const Report& report);
Json storage_json(const Report& report);
Json requests_json(const Report& report);
Json techniques_json(const Report& report);
Json consent_json(const Report& report);
Json findings_json(const Report& report);
Json gate_json(const Gate& gate);

}  // namespace affiant::report
