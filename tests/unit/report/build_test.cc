// From a case on disk to its report, through every layer.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "demo_case.h"
#include "report/report.h"
#include "schema_check.h"
#include "shared_data.h"
#include "shop_report.h"

namespace affiant {
namespace {

using Json = nlohmann::json;

report::BuildOptions at_three() {
  report::BuildOptions options;
  options.generated_at = "2026-09-21T15:00:00Z";
  return options;
}

const site::SiteTable& sites() {
  static const site::SiteTable table = site::SiteTable::built_in().value();
  return table;
}

Result<report::Report> built(const std::filesystem::path& dir,
                             const report::BuildOptions& options = at_three()) {
  return report::build_report(dir, sites(), options);
}

// Keys, and what our own tables say of themselves, differ from run to run and from day to day.
std::string normalised(const std::string& report) {
  auto json = nlohmann::ordered_json::parse(report);
  json["knowledge"] = nlohmann::ordered_json::array();
  json["tool"]["version"] = "(this one)";
  json["case"]["origin"] = json["case"]["root"] = "(differs)";
  return json.dump(2) + "\n";
}

const Json* named(const Json& list, const std::string& name) {
  for (const Json& item : list)
    if (item["name"] == name) return &item;
  return nullptr;
}

TEST(Build, ARecordedVisitBecomesAValidReport) {
  const test::TempDir temp;
  const auto report = built(test::write_demo_case(temp.path()));
  ASSERT_TRUE(report) << report.error().to_string();
  const std::string text = report::render_json(*report);
  EXPECT_EQ(test::schema_problems(text), "");
  const Json json = Json::parse(text);
  EXPECT_EQ(json["site"], "https://shop.example/");
  EXPECT_EQ(json["case"]["id"], "20260921-141320-000-shop.example");
  EXPECT_EQ(json["case"]["verdict"]["integrity"], "intact");
  EXPECT_EQ(json["case"]["verdict"]["complete"], "complete");
  EXPECT_EQ(json["sessions"][0]["pages"], Json::array({"https://shop.example/"}));
  EXPECT_EQ(json["sessions"][0]["completeness"]["received"], 17);
  ASSERT_EQ(json["cookies"].size(), 3U) << json["cookies"];
  const Json* lang = named(json["cookies"], "lang");
  ASSERT_NE(lang, nullptr);
  EXPECT_EQ((*lang)["set_by"]["mechanism"], "document.cookie");
  EXPECT_EQ((*lang)["set_by"]["url"], "https://shop.example/app.js");
  EXPECT_EQ((*lang)["lifetime_s"], 31'536'000);
  EXPECT_EQ((*lang)["outcome"], "stored");
  const Json* uid = named(json["cookies"], "uid");
  ASSERT_NE(uid, nullptr);
  EXPECT_EQ((*uid)["party"], "third");
  EXPECT_EQ((*uid)["set_by"]["mechanism"], "http");
  EXPECT_EQ(json["storage"][0]["key"], "basket");
  EXPECT_EQ(json["requests"].size(), 2U);
  const Json& source = json["declaration"]["sources"][0];
  EXPECT_EQ(source["url"], "https://shop.example/privacy");
  EXPECT_EQ(source["kind"], "privacy-policy");
  EXPECT_EQ(source["language"], "en");
  EXPECT_EQ(source["captured_at"], "2026-09-21T14:13:21.300Z");
  EXPECT_EQ(source["sha256"].get<std::string>().size(), 64U);
  ASSERT_EQ(json["declaration"]["cookies"].size(), 1U);
  EXPECT_EQ(json["declaration"]["cookies"][0]["pattern"], "lang");
  test::expect_golden("report_demo.json", normalised(text));
}

TEST(Build, TheSameCaseGivesTheSameBytes) {
  const test::TempDir temp;
  const auto dir = test::write_demo_case(temp.path());
  const auto once = built(dir);
  const auto twice = built(dir);
  ASSERT_TRUE(once && twice);
  EXPECT_EQ(report::render_json(*once), report::render_json(*twice));
  EXPECT_EQ(report::render_text(*once, {}), report::render_text(*twice, {}));
}

TEST(Build, EveryFindingCitesEntriesAndStatementsThatAreThere) {
  const test::TempDir temp;
  const auto report = built(test::write_demo_case(temp.path()));
  ASSERT_TRUE(report);
  const Json json = Json::parse(report::render_json(*report));
  ASSERT_FALSE(json["findings"].empty());
  for (const Json& finding : json["findings"]) {
    for (const Json& leaf : finding["entries"])
      EXPECT_LT(leaf.get<int>(), json["case"]["tree_size"].get<int>()) << finding;
    for (const Json& index : finding["declared_cookies"])
      EXPECT_LT(index.get<std::size_t>(), json["declaration"]["cookies"].size());
    for (const Json& id : finding["statements"]) {
      bool there = false;
      for (const Json& s : json["declaration"]["statements"]) there = there || s["id"] == id;
      EXPECT_TRUE(there) << id;
    }
  }
}

TEST(Build, AnotherPolicyTextIsUsedInsteadOfTheCapturedOne) {
  const test::TempDir temp;
  const auto dir = test::write_demo_case(temp.path());
  const auto file = temp.path() / "draft.md";
  std::ofstream(file) << "# Cookies\n\nOur advertising partner ads.example sets the cookie uid.\n";
  report::BuildOptions options = at_three();
  options.policy_files = {file};
  const auto report = built(dir, options);
  ASSERT_TRUE(report) << report.error().to_string();
  const std::string text = report::render_json(*report);
  EXPECT_EQ(test::schema_problems(text), "");
  const Json said = Json::parse(text)["declaration"];
  ASSERT_EQ(said["sources"].size(), 1U);
  EXPECT_EQ(said["sources"][0]["kind"], "file");
  EXPECT_TRUE(said["sources"][0]["url"].is_null())
      << "no path of this machine belongs into a report";
  EXPECT_EQ(text.find(temp.path().string()), std::string::npos);
}

TEST(Build, AFlippedByteIsAnErrorAndNotAReport) {
  const test::TempDir temp;
  const auto dir = test::write_demo_case(temp.path());
  std::fstream log(dir / "seg" / "00000.jsonl", std::ios::in | std::ios::out | std::ios::binary);
  ASSERT_TRUE(log);
  log.seekg(700);
  const char c = static_cast<char>(log.get());
  log.seekp(700);
  log.put(static_cast<char>(c ^ 1));
  log.close();
  const auto report = built(dir);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, Code::kBroken) << report.error().to_string();
}

TEST(Build, AnExhibitWithOtherBytesIsBroken) {
  const test::TempDir temp;
  const auto dir = test::write_demo_case(temp.path());
  std::filesystem::path exhibit;
  for (const auto& entry : std::filesystem::directory_iterator(dir / "exhibits"))
    exhibit = entry.path();
  ASSERT_FALSE(exhibit.empty());
  std::filesystem::permissions(exhibit, std::filesystem::perms::owner_all);
  std::ofstream(exhibit, std::ios::app) << " ";
  const auto broken = built(dir);
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().code, Code::kBroken) << broken.error().to_string();
}

TEST(Build, AnExhibitThatIsGoneIsNeverTakenForAPolicyThatSaysNothing) {
  const test::TempDir temp;
  const auto dir = test::write_demo_case(temp.path());
  for (const auto& entry : std::filesystem::directory_iterator(dir / "exhibits"))
    std::filesystem::remove(entry.path());
  const auto report = built(dir);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, Code::kBroken) << report.error().to_string();
}

TEST(Build, APolicyThatIsNoBlocksDocumentIsNamedAndTheReportStillMade) {
  const test::TempDir temp;
  test::CaseWriter w(temp.path(), "case");
  w.open();
  w.event("policy.page",
          {{"url", "https://shop.example/privacy"},
           {"host", "shop.example"},
           {"kind", "privacy-policy"},
           {"result", "captured"},
           {"status", 200},
           {"content_type", "text/html"},
           {"title", nullptr},
           {"language", nullptr},
           {"link_text", nullptr}},
          std::string("[[[["));
  w.close_and_seal();
  const auto report = built(w.dir());
  ASSERT_TRUE(report) << report.error().to_string();
  ASSERT_EQ(report->declaration.unread.size(), 1U);
  EXPECT_NE(report->declaration.unread[0].find("shop.example/privacy"), std::string::npos)
      << report->declaration.unread[0];
  EXPECT_FALSE(report::anything_observed(*report));
  const std::string text = report::render_text(*report, {});
  EXPECT_NE(text.find("NOT OBSERVED"), std::string::npos);
  EXPECT_NE(text.find("Not read: "), std::string::npos);
  EXPECT_EQ(test::schema_problems(report::render_json(*report)), "");
}

TEST(Build, MissingCasesAndPolicyFilesAreNamed) {
  const test::TempDir temp;
  const auto none = built(temp.path() / "absent");
  ASSERT_FALSE(none);
  EXPECT_NE(none.error().message.find("absent"), std::string::npos);
  report::BuildOptions options = at_three();
  options.policy_files = {temp.path() / "absent.md"};
  const auto no_policy = built(test::write_demo_case(temp.path()), options);
  ASSERT_FALSE(no_policy);
  EXPECT_EQ(no_policy.error().code, Code::kNotFound);
  EXPECT_NE(no_policy.error().message.find("absent.md"), std::string::npos);
}

TEST(Build, AKeyThatIsNotTheOnePinnedIsRefused) {
  const test::TempDir temp;
  const test::TempDir other;
  const auto dir = test::write_demo_case(temp.path());
  test::write_demo_case(other.path());
  report::BuildOptions options = at_three();
  options.verify.pinned_vkey = test::read_file(temp.path() / "identity" / "identity.vkey");
  const auto pinned = built(dir, options);
  ASSERT_TRUE(pinned) << pinned.error().to_string();
  EXPECT_EQ(Json::parse(report::render_json(*pinned))["case"]["verdict"]["key"], "pinned");
  options.verify.pinned_vkey = test::read_file(other.path() / "identity" / "identity.vkey");
  EXPECT_FALSE(built(dir, options));
}

}  // namespace
}  // namespace affiant
