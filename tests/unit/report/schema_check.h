// docs/report.schema.json, held against reports by valijson.
//
// The published schema lets later versions add members; here every object is closed, so that a
// member that is not described there, or is misspelt, fails a test.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace affiant::test {

nlohmann::json report_schema();

// Empty when `report` is JSON and valid; else what is wrong and where, a line each.
std::string schema_problems(const std::string& report);
std::string schema_problems(const nlohmann::json& report);

}  // namespace affiant::test
