// The schema itself, and that the checks made with it can fail.
#include <gtest/gtest.h>

#include <random>
#include <set>

#include "random_report.h"
#include "schema_check.h"

namespace affiant::test {
namespace {

using Json = nlohmann::json;

// A report in which every list has something in it.
Json full_report() {
  std::mt19937 engine(7);
  for (int i = 0; i < 2'000; ++i) {
    std::string bytes(4'000, '\0');
    for (char& b : bytes) b = static_cast<char>(engine() & 0xFFU);
    Choices choices(bytes);
    const Json json = Json::parse(report::render_json(random_report(choices)));
    const Json& said = json["declaration"];
    if (!json["sessions"].empty() && !json["cookies"].empty() && !json["storage"].empty() &&
        !json["requests"].empty() && !json["techniques"].empty() && !json["findings"].empty() &&
        !said["sources"].empty() && !said["statements"].empty() && !said["cookies"].empty() &&
        json["requests"][0]["tracker"].is_object())
      return json;
  }
  ADD_FAILURE() << "no full report came up";
  return {};
}

// Keywords that draft 7 and 2020-12 spell alike and mean the same by, so that a validator of either
// judges alike.
TEST(Schema, UsesOnlyKeywordsOnWhichValidatorsAgree) {
  const std::set<std::string> known = {
      "$schema",    "$id",   "$defs", "$ref",  "title", "description", "type",    "required",
      "properties", "items", "enum",  "const", "anyOf", "pattern",     "minimum", "minItems"};
  const Json schema = report_schema();
  EXPECT_EQ(schema.at("$schema"), "https://json-schema.org/draft/2020-12/schema");
  std::vector<const Json*> open = {&schema};
  while (!open.empty()) {
    const Json& here = *open.back();
    open.pop_back();
    for (const auto& [keyword, value] : here.items()) {
      EXPECT_TRUE(known.contains(keyword)) << keyword << " in " << here.dump().substr(0, 200);
      if (keyword == "properties" || keyword == "$defs")
        for (const auto& child : value) open.push_back(&child);
      if (keyword == "items") open.push_back(&value);
      if (keyword == "anyOf")
        for (const auto& child : value) open.push_back(&child);
      if (keyword == "$ref") {
        EXPECT_TRUE(schema.contains(Json::json_pointer(value.get<std::string>().substr(1))))
            << value;
        EXPECT_TRUE(here.size() == 1 || (here.size() == 2 && here.contains("description")))
            << "draft 7 drops what stands beside $ref";
      }
      if (keyword == "required")
        for (const auto& name : value) {
          EXPECT_TRUE(here.at("properties").contains(name)) << name;
        }
    }
  }
}

TEST(Schema, EveryMemberOfTheContractIsRequired) {
  Json report = full_report();
  ASSERT_EQ(schema_problems(report), "");
  const auto refuses_without = [&](Json& object, const std::string& where) {
    const Json whole = object;
    for (const auto& [name, value] : whole.items()) {
      if (name == "withheld_fields" || name == "failed_pages" || name == "host" ||
          name == "exception" || name == "open_list" ||
          (where == "cookies[]" && (name == "start" || name == "end")))
        continue;  // Ours, beyond the contract.
      object.erase(name);
      EXPECT_NE(schema_problems(report), "") << where << " without " << name;
      object = whole;
    }
  };
  refuses_without(report, "report");
  refuses_without(report["tool"], "tool");
  refuses_without(report["case"], "case");
  refuses_without(report["case"]["verdict"], "case.verdict");
  refuses_without(report["knowledge"][0], "knowledge[]");
  for (const std::string list : {"sessions", "cookies", "storage", "techniques", "findings"})
    refuses_without(report[list][0], list + "[]");
  refuses_without(report["sessions"][0]["browser"], "browser");
  refuses_without(report["sessions"][0]["completeness"], "completeness");
  refuses_without(report["cookies"][0]["set_by"], "cookies[].set_by");
  refuses_without(report["requests"][0]["tracker"], "tracker");
  for (const std::string list : {"sources", "statements", "cookies"})
    refuses_without(report["declaration"][list][0], list + "[]");
  report["requests"][0].erase("host");
  EXPECT_NE(schema_problems(report), "") << "a request without its host";
}

TEST(Schema, WrongTypesUnknownWordsAndUndescribedMembersAreRefused) {
  const Json good = full_report();
  const auto refused = [&](const std::string& pointer, const Json& value) {
    Json bad = good;
    bad[Json::json_pointer(pointer)] = value;
    EXPECT_NE(schema_problems(bad), "") << pointer << " = " << value;
  };
  refused("/schema", "affiant.report/2");
  refused("/case/verdict/integrity", "fine");
  refused("/case/tree_size", -1);
  refused("/cookies/0/party", "second");
  refused("/cookies/0/lifetime_s", "1 year");
  refused("/cookies/0/entries", Json::array({"17"}));
  refused("/requests/0/tracker", "yes");
  refused("/requests/0/tracker/by", Json::array());
  refused("/findings/0/strength", "grave");
  refused("/findings/0/rule", "made-up");
  refused("/findings/0/id", "7");
  refused("/declaration/statements/0/polarity", "does not");
  refused("/declaration/sources/0/sha256", "abc");
  refused("/not_observable", -1);
  refused("/undescribed", true);
  refused("/cookies/0/undescribed", true);
}

}  // namespace
}  // namespace affiant::test
