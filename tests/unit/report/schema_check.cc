#include "schema_check.h"

#include <cstdlib>
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

// 2020-12, of which our schemas use only what draft 7 spells and means the same (schema_test.cc
// holds the report's to that). `document` has to outlive the result.
std::unique_ptr<valijson::Schema> compiled(const nlohmann::json& document) {
  valijson::SchemaParser parser(valijson::SchemaParser::kDraft7);
  auto made = std::make_unique<valijson::Schema>();
  parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(document), *made);
  return made;
}

std::string problems(const valijson::Schema& schema, const nlohmann::json& value) {
  valijson::Validator validator;
  valijson::ValidationResults results;
  if (validator.validate(schema, valijson::adapters::NlohmannJsonAdapter(value), &results))
    return "";
  std::string out;
  valijson::ValidationResults::Error error;
  while (results.popError(error)) {
    for (const std::string& step : error.context) out += step;
    out += ": " + error.description + "\n";
  }
  return out.empty() ? "invalid" : out;
}

nlohmann::json read_schema(const char* name) {
  std::ifstream in(std::string(AFFIANT_SOURCE_DIR "/docs/") + name);
  return nlohmann::json::parse(in);
}

// valijson fetches no other document: the reports in it are checked apart.
nlohmann::json engines_schema() {
  nlohmann::json schema = closed(read_schema("engines.schema.json"));
  nlohmann::json& report = schema.at("/$defs/engine/properties/report"_json_pointer);
  if (report.at("$ref") != report_schema().at("$id")) std::abort();
  report = {{"type", "object"}};
  return schema;
}

// What it takes from the report's schema is put into it, as valijson fetches no other document.
nlohmann::json diff_schema() {
  nlohmann::json schema = read_schema("diff.schema.json");
  const nlohmann::json report = report_schema();
  const std::string elsewhere = report.at("$id").get<std::string>() + "#/$defs/";
  std::vector<nlohmann::json*> open = {&schema};
  while (!open.empty()) {
    nlohmann::json& here = *open.back();
    open.pop_back();
    if (here.is_object() && here.contains("$ref") && here["$ref"].is_string()) {
      const auto ref = here["$ref"].get<std::string>();
      if (ref.starts_with(elsewhere)) here["$ref"] = "#/$defs/" + ref.substr(elsewhere.size());
    }
    if (here.is_structured())
      for (auto& child : here) open.push_back(&child);
  }
  for (const auto& [name, value] : report.at("$defs").items()) {
    if (schema["$defs"].contains(name)) std::abort();  // One name, two meanings.
    schema["$defs"][name] = value;
  }
  return closed(std::move(schema));
}

}  // namespace

nlohmann::json report_schema() { return read_schema("report.schema.json"); }

std::string schema_problems(const nlohmann::json& report) {
  static const nlohmann::json document = closed(report_schema());
  static const std::unique_ptr<valijson::Schema> schema = compiled(document);
  return problems(*schema, report);
}

std::string schema_problems(const std::string& report) {
  const nlohmann::json value = nlohmann::json::parse(report, nullptr, false);
  return value.is_discarded() ? "not JSON" : schema_problems(value);
}

std::string engines_schema_problems(const nlohmann::json& set) {
  static const nlohmann::json document = engines_schema();
  static const std::unique_ptr<valijson::Schema> schema = compiled(document);
  std::string out = problems(*schema, set);
  if (!out.empty()) return out;
  for (const nlohmann::json& engine : set["engines"]) out += schema_problems(engine["report"]);
  return out;
}

std::string diff_schema_problems(const nlohmann::json& diff) {
  static const nlohmann::json document = diff_schema();
  static const std::unique_ptr<valijson::Schema> schema = compiled(document);
  return problems(*schema, diff);
}

std::string diff_schema_problems(const std::string& diff) {
  const nlohmann::json value = nlohmann::json::parse(diff, nullptr, false);
  return value.is_discarded() ? "not JSON" : diff_schema_problems(value);
}

std::string engines_schema_problems(const std::string& set) {
  const nlohmann::json value = nlohmann::json::parse(set, nullptr, false);
  return value.is_discarded() ? "not JSON" : engines_schema_problems(value);
}

std::string sarif_problems(const nlohmann::json& log) {
  static const nlohmann::json document = [] {
    std::ifstream in(AFFIANT_SOURCE_DIR "/tests/unit/report/sarif-members.schema.json");
    return closed(nlohmann::json::parse(in));
  }();
  static const std::unique_ptr<valijson::Schema> schema = compiled(document);
  return problems(*schema, log);
}

}  // namespace affiant::test
