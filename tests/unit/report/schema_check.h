// docs/report.schema.json and docs/engines.schema.json, held against reports by valijson.
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

// The same for affiant.engines/1 (docs/engines.schema.json), the reports in it included.
std::string engines_schema_problems(const std::string& set);
std::string engines_schema_problems(const nlohmann::json& set);

// The same for affiant.diff/1 (docs/diff.schema.json), with what it takes from the report's schema.
std::string diff_schema_problems(const std::string& diff);
std::string diff_schema_problems(const nlohmann::json& diff);

// The members of SARIF 2.1.0 that we use, each as the standard has it, and no other.
std::string sarif_problems(const nlohmann::json& log);

}  // namespace affiant::test
