#include "schema_check.h"

#include <fstream>
#include <memory>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>
#include <vector>

namespace affiant::test {
namespace {

nlohmann::json closed(nlohmann::json schema) {
  std::vector<nlohmann::json*> open = {&schema};
  while (!open.empty()) {
    nlohmann::json& here = *open.back();
    open.pop_back();
    if (here.is_object() && here.contains("properties") && here["properties"].is_object())
      here["additionalProperties"] = false;
    if (here.is_structured())
      for (auto& child : here) open.push_back(&child);
  }
  return schema;
}

const valijson::Schema& compiled() {
  static const std::unique_ptr<valijson::Schema> schema = [] {
    // 2020-12, of which the report's schema uses only what draft 7 spells and means the same
    // (schema_test.cc holds it to that).
    valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
    static const nlohmann::json document = closed(report_schema());
    auto made = std::make_unique<valijson::Schema>();
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(document), *made);
    return made;
  }();
  return *schema;
}

}  // namespace

nlohmann::json report_schema() {
  std::ifstream in(AFFIANT_SOURCE_DIR "/docs/report.schema.json");
  return nlohmann::json::parse(in);
}

std::string schema_problems(const nlohmann::json& report) {
  valijson::Validator validator;
  valijson::ValidationResults results;
  if (validator.validate(compiled(), valijson::adapters::NlohmannJsonAdapter(report), &results))
    return "";
  std::string out;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    for (const std::string& step : error.context) out += step;
    out += ": " + error.description + "\n";
  }
  return out.empty() ? "invalid" : out;
}

std::string schema_problems(const std::string& report) {
  const nlohmann::json value = nlohmann::json::parse(report, nullptr, false);
  return value.is_discarded() ? "not JSON" : schema_problems(value);
}

}  // namespace affiant::test
