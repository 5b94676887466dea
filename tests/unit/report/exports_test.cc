// Reports for other programs: golden files, what hostile words become, what stays the same.
#include "report/exports.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libxml/parser.h>

#include <nlohmann/json.hpp>
#include <random>

#include "base/bytes.h"
#include "engine_pair.h"
#include "random_report.h"
#include "schema_check.h"
#include "shop_report.h"

namespace affiant {
namespace {

using Json = nlohmann::json;
using report::Parts;
using report::Report;
using test::expect_golden;
using test::shop_report;
using testing::HasSubstr;
using testing::Not;

// The shop, with a file of expectations that covers the vague finding and three runs.
Report judged_report() {
  Report r = shop_report();
  r.declaration.sources[0].text = std::string(208, '.') + "\xc3\xa9" + std::string(600, '.');
  r.repeats.findings = {{3, 3}, {3, 3}, {2, 3}, {3, 3}};
  r.repeats.cookies = {{3, 3}, {2, 3}, {3, 3}};
  r.repeats.third_parties = {{"Ads Ltd", {3, 3}}, {"Stats Inc", {2, 3}}};
  report::Gate gate;
  gate.file = "affiant.toml";
  gate.today = "2026-09-21";
  gate.expectations = {
      {"third_party", "third party Ads Ltd", "the contract of 2026", "2026-12-31", 4, false, true,
       ""},
      {"cookie", "cookie old", "was there", "2026-12-31", 9, false, false, ""},
      {"ignore", "rule policy-missing", "the page moves", "2026-09-01", 14, true, true, ""}};
  gate.findings = {{{0}, {}}, {{}, {}}, {{}, {}}, {{}, {2}}};
  r.gate = std::move(gate);
  return r;
}

std::string without_version(std::string text) {
  const std::string version = AFFIANT_VERSION;
  const std::string whole = "\"version\": \"" + version + "\"";
  const std::size_t at = text.find(whole);
  return at == std::string::npos ? text
                                 : text.replace(at, whole.size(), "\"version\": \"(this one)\"");
}

// Names and words that try to be something else.
constexpr const char* kHostile =
    "=cmd|'/c calc'!A1\"><script>alert(1)</script> ]]> [x](https://evil.example) @admin #1 "
    "`code` |pipe| \x1b[2J\x07\xe2\x80\xae rtl \xef\xbf\xbe \xff\xfe\r\n<!-- {{0}} ${{ secrets.X "
    "}}";

Report hostile_report() {
  Report r = judged_report();
  for (detect::CookieFact& c : r.facts.cookies) {
    c.story.name = c.story.domain = c.story.set_by_host = c.owner = kHostile;
    c.story.set_by_url = std::string("https://evil.example/") + kHostile;
  }
  for (observe::Request& q : r.facts.seen.requests) {
    q.url = std::string("https://evil.example/") + kHostile;
    q.host = kHostile;
  }
  for (detect::RequestFact& f : r.facts.requests) f.owner = kHostile;
  for (findings::Finding& f : r.findings) f.title = f.explanation = kHostile;
  for (policy::Statement& s : r.declaration.statements) s.quote = kHostile;
  for (policy::DeclaredCookie& c : r.declaration.cookies) c.pattern = c.quote = kHostile;
  r.declaration.sources[0].url = std::string("https://evil.example/") + kHostile;
  r.gate->expectations[0].reason = r.gate->expectations[0].what = kHostile;
  for (observe::Session& s : r.facts.seen.sessions) s.url = r.declaration.sources[0].url;
  return r;
}

void expect_no_control_characters(const std::string& text) {
  for (const char* bad : {"\x1b", "\x07", "\xe2\x80\xae", "\xef\xbf\xbe", "\xff"})
    EXPECT_THAT(text, Not(HasSubstr(bad)));
}

bool well_formed(const std::string& xml) {
  xmlDocPtr document = xmlReadMemory(xml.data(), static_cast<int>(xml.size()), nullptr, nullptr,
                                     XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
  const bool good = document != nullptr;
  xmlFreeDoc(document);
  return good;
}

TEST(Sarif, ShopReportIsAsItShould) {
  const Report r = judged_report();
  const std::string text = report::render_sarif({{&r, "last"}});
  EXPECT_EQ(test::sarif_problems(Json::parse(text)), "");
  expect_golden("report_shop.sarif", without_version(text));
}

TEST(Sarif, ResultsPointToTheWordsAndAreSuppressedWithTheirReason) {
  const Report r = judged_report();
  const Json run = Json::parse(report::render_sarif({{&r, "last"}}))["runs"][0];
  const Json& f1 = run["results"][1];
  EXPECT_EQ(f1["ruleId"], "contradicted-denial");
  EXPECT_EQ(run["tool"]["driver"]["rules"][f1["ruleIndex"].get<std::size_t>()]["id"],
            "contradicted-denial");
  EXPECT_EQ(f1["level"], "error");
  const Json& place = f1["locations"][0]["physicalLocation"];
  EXPECT_EQ(place["artifactLocation"]["uri"], "https://shop.example/privacy");
  EXPECT_EQ(place["region"]["byteOffset"], 210);
  EXPECT_EQ(place["region"]["byteLength"], 33);
  EXPECT_EQ(place["region"]["charOffset"], 209);  // One letter before it has two bytes.
  EXPECT_FALSE(f1.contains("suppressions"));
  EXPECT_EQ(run["results"][0]["suppressions"][0]["status"], "accepted");
  EXPECT_EQ(run["results"][0]["suppressions"][0]["justification"],
            "the contract of 2026 (until 2026-12-31)");
  EXPECT_THAT(run["results"][2]["suppressions"][0]["justification"].get<std::string>(),
              HasSubstr("seen in 2 of 3 runs"));
  EXPECT_EQ(run["invocations"][0]["executionSuccessful"], true);
}

TEST(Sarif, AFingerprintOutlivesAnotherRunAndStrengthButNoOtherThing) {
  Report r = shop_report();
  const auto print = [&] {
    return Json::parse(report::render_sarif(
        {{&r, ""}}))["runs"][0]["results"][2]["partialFingerprints"]["affiantFinding/v1"]
        .get<std::string>();
  };
  const std::string before = print();
  EXPECT_EQ(before.size(), 64U);
  r.findings[2].entries = {90, 91};
  r.findings[2].strength = findings::Strength::kVague;
  EXPECT_EQ(print(), before);
  r.findings[2].title = "_other lives for 2 years, declared are 90 days";
  EXPECT_NE(print(), before);
}

TEST(Sarif, ASiteThatWasNotObservedIsNoSuccess) {
  Report r = shop_report();
  r.facts.seen.pages[0].result = "failed";
  const Json run = Json::parse(report::render_sarif({{&r, ""}}))["runs"][0];
  EXPECT_EQ(run["invocations"][0]["executionSuccessful"], false);
  EXPECT_EQ(run["invocations"][0]["toolExecutionNotifications"][0]["level"], "error");
}

TEST(Sarif, HostileWordsAreTextAndUrlsStayUrls) {
  const Report r = hostile_report();
  const std::string text = report::render_sarif({{&r, "last"}});
  expect_no_control_characters(text);
  EXPECT_EQ(test::sarif_problems(Json::parse(text)), "");
  const Json run = Json::parse(text)["runs"][0];
  for (const Json& artifact : run["artifacts"]) {
    const std::string uri = artifact["location"]["uri"];
    EXPECT_EQ(uri.find_first_of(" <>\"{}|\\^`"), uri.npos) << uri;
  }
  // A link in a message is one only when its brackets are not escaped.
  EXPECT_THAT(run["results"][0]["message"]["text"].get<std::string>(),
              HasSubstr("\\[x\\](https://evil.example)"));
}

TEST(Junit, ShopReportIsAsItShould) {
  const Report r = judged_report();
  const std::string xml = report::render_junit({{&r, "last"}}, "undeclared");
  EXPECT_TRUE(well_formed(xml));
  expect_golden("report_shop.junit.xml", xml);
}

TEST(Junit, OnlyWhatFailsTheBuildIsAFailure) {
  const Report r = judged_report();
  const std::string xml = report::render_junit({{&r, "last"}}, "vague");
  EXPECT_THAT(xml, HasSubstr("tests=\"21\" failures=\"2\" errors=\"0\""));
  EXPECT_THAT(xml, HasSubstr("<failure type=\"contradicted\""));
  EXPECT_THAT(xml, Not(HasSubstr("<failure type=\"vague\"")));  // Expected.
  EXPECT_EQ(report::render_junit({{&r, ""}}, "never"),
            report::render_junit({{&r, ""}}, "undeclared"));
}

TEST(Junit, ASiteThatWasNotObservedIsAnErrorAndNoPass) {
  Report r = shop_report();
  r.findings.clear();
  r.facts.seen.pages[0].result = "failed";
  const std::string xml = report::render_junit({{&r, ""}}, "note");
  EXPECT_TRUE(well_formed(xml));
  EXPECT_THAT(xml, HasSubstr("errors=\"1\" skipped=\"20\""));
}

TEST(Junit, HostileWordsStayInTheirPlace) {
  const Report r = hostile_report();
  const std::string xml = report::render_junit({{&r, kHostile}}, "note");
  EXPECT_TRUE(well_formed(xml)) << xml;
  expect_no_control_characters(xml);
  EXPECT_THAT(xml, Not(HasSubstr("<script")));
  EXPECT_THAT(xml, Not(HasSubstr("]]>")));
}

TEST(Csv, ShopReportIsAsItShould) {
  const Report r = judged_report();
  std::string all;
  for (const char* table : {"findings", "cookies", "third-parties", "requests", "storage"})
    all += report::render_csv({{&r, "last"}}, table) + "\r\n";
  expect_golden("report_shop.csv", all);
}

TEST(Csv, NoCellIsAFormulaAndNoWordEndsARow) {
  const Report r = hostile_report();
  for (const char* table : {"findings", "cookies", "third-parties", "requests", "storage"}) {
    const std::string csv = report::render_csv({{&r, "last"}}, table);
    expect_no_control_characters(csv);
    for (const char* start : {",=", ",+", ",@", ",\"=", ",\"+", ",\"-", ",\"@", "\n=", "\n\"="})
      EXPECT_THAT(csv, Not(HasSubstr(start))) << table;
    std::size_t quotes = 0;
    for (const char c : csv)
      if (c == '"') ++quotes;
    EXPECT_EQ(quotes % 2, 0U) << table;
    for (std::size_t at = csv.find('\n'); at != csv.npos; at = csv.find('\n', at + 1))
      EXPECT_EQ(csv[at - 1], '\r');
  }
  EXPECT_THAT(report::render_csv({{&r, "last"}}, "cookies"),
              HasSubstr("\"'=cmd|'/c calc'!A1\"\">"));
}

TEST(Markdown, ShopReportIsAsItShould) {
  const Report r = judged_report();
  expect_golden("report_shop.md", report::render_markdown({{&r, "last"}}, "undeclared"));
}

TEST(Markdown, HostileWordsMakeNoMarkupLinkOrMention) {
  const Report r = hostile_report();
  const std::string md = report::render_markdown({{&r, kHostile}}, "note");
  expect_no_control_characters(md);
  for (const char* bad : {"<script", "](http", "@admin", " #1", " `code`", "|pipe|", "https://"})
    EXPECT_THAT(md, Not(HasSubstr(bad)));
}

TEST(Exports, OfAnyReportTheyAreWellFormedAndWithoutControlCharacters) {
  std::mt19937 engine(20260924);
  for (int i = 0; i < 200; ++i) {
    std::string bytes(4'000, '\0');
    for (char& b : bytes) b = static_cast<char>(engine() & 0xFFU);
    test::Choices choices(bytes);
    const std::string name = choices.text();
    const Report r = test::random_report(choices);
    const Parts parts = {{&r, name}};
    ASSERT_EQ(test::sarif_problems(Json::parse(report::render_sarif(parts))), "") << i;
    ASSERT_TRUE(well_formed(report::render_junit(parts, "note"))) << i;
    for (std::string text :
         {report::render_junit(parts, "note"), report::render_csv(parts, "cookies"),
          report::render_csv(parts, "findings"), report::render_csv(parts, "requests"),
          report::render_markdown(parts, "note")}) {
      for (char& c : text)
        if (c == '\n' || c == '\r') c = ' ';
      ASSERT_EQ(printable(text, 10'000'000), text) << i;
    }
  }
}

TEST(Exports, OfACaseSetEachMemberIsToldApart) {
  const report::EnginesReport set =
      test::set_of(test::engine_report("chromium"), test::engine_report("firefox"));
  Parts parts;
  for (const report::EngineReport& e : set.engines) parts.push_back({&e.report, e.case_name});
  EXPECT_EQ(Json::parse(report::render_sarif(parts))["runs"].size(), 2U);
  const std::string xml = report::render_junit(parts, "undeclared");
  EXPECT_TRUE(well_formed(xml));
  EXPECT_THAT(xml, HasSubstr("tests=\"42\""));
  EXPECT_THAT(report::render_csv(parts, "cookies"), HasSubstr("shop.example/firefox"));
  EXPECT_THAT(report::render_markdown(parts, "note"), HasSubstr("/firefox"));
}

}  // namespace
}  // namespace affiant
