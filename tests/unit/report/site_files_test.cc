// What a site offers to machines, from the case to the report's sources.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "demo_case.h"
#include "report/report.h"
#include "schema_check.h"

namespace affiant {
namespace {

using Json = nlohmann::json;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

void add_file(test::CaseWriter* w, const std::string& path, const std::string& kind,
              const std::optional<std::string>& bytes) {
  w->event("policy.page",
           {{"url", "https://shop.example" + path},
            {"host", "shop.example"},
            {"kind", kind},
            {"result", bytes ? "captured" : "error-status"},
            {"status", bytes ? 200 : 404},
            {"content_type", "text/plain"},
            {"title", nullptr},
            {"language", nullptr},
            {"link_text", nullptr}},
           bytes);
}

void add_document(test::CaseWriter* w, const std::string& host, const std::string& p3p) {
  w->event("request", {{"rid", "1"},
                       {"hop", 0},
                       {"url", "https://" + host + "/"},
                       {"scheme", "https"},
                       {"host", host},
                       {"method", "GET"},
                       {"type", "main_frame"},
                       {"status", 200},
                       {"from_cache", false},
                       {"redirect", nullptr},
                       {"initiator", nullptr},
                       {"initiator_url", nullptr},
                       {"document_url", nullptr},
                       {"ip", nullptr},
                       {"content_type", "text/html"},
                       {"set_cookies", 0},
                       {"headers", {{"p3p", p3p}}},
                       {"parent_frame", nullptr}});
}

report::Report built(test::CaseWriter* w) {
  w->close_and_seal();
  static const site::SiteTable sites = site::SiteTable::built_in().value();
  auto report = report::build_report(w->dir(), sites, {});
  EXPECT_TRUE(report) << report.error().to_string();
  EXPECT_EQ(test::schema_problems(report::render_json(*report)), "");
  return std::move(*report);
}

std::vector<std::string> kinds(const report::Report& report) {
  std::vector<std::string> out;
  for (const policy::Source& source : report.declaration.sources) out.push_back(source.kind);
  return out;
}

TEST(SiteFiles, EachIsASourceOfItsKindAndAMissingOneIsNone) {
  const test::TempDir temp;
  test::CaseWriter w(temp.path(), "case");
  w.open();
  add_file(&w, "/.well-known/gpc.json", "gpc.json", "{\"gpc\": false}");
  add_file(&w, "/.well-known/dnt-policy.txt", "dnt-policy", std::nullopt);
  add_file(&w, "/ads.txt", "ads.txt", "exchange.example, 1, DIRECT\n");
  const report::Report report = built(&w);
  EXPECT_THAT(kinds(report), ElementsAre("gpc.json", "ads.txt"));
  EXPECT_EQ(report.declaration.sources[0].url, "https://shop.example/.well-known/gpc.json");
  EXPECT_EQ(report.declaration.sources[0].sha256.size(), 64U);
  ASSERT_EQ(report.declaration.statements.size(), 2U);
  EXPECT_EQ(report.declaration.statements[0].type, "signal");
  EXPECT_EQ(report.declaration.statements[0].polarity, "does-not");
  EXPECT_EQ(report.declaration.statements[1].source, 2);
  EXPECT_THAT(report.declaration.unread, IsEmpty());
}

TEST(SiteFiles, WhatCannotBeReadIsToldAndNeverReadAsAPolicy) {
  const test::TempDir temp;
  test::CaseWriter w(temp.path(), "case");
  w.open();
  add_file(&w, "/.well-known/gpc.json", "gpc.json", "We do not use cookies.");
  add_file(&w, "/consent/cc.js", "cookiebot", "We never use advertising cookies.");
  const report::Report report = built(&w);
  EXPECT_THAT(report.declaration.statements, IsEmpty());
  ASSERT_EQ(report.declaration.unread.size(), 2U);
  EXPECT_THAT(report.declaration.unread[0], testing::HasSubstr("/.well-known/gpc.json"));
  EXPECT_THAT(report.declaration.unread[1], testing::HasSubstr("cookiebot"));
}

TEST(SiteFiles, TheCompactPolicyOfTheSitesOwnDocumentIsASource) {
  const test::TempDir temp;
  test::CaseWriter w(temp.path(), "case");
  w.open();
  add_document(&w, "shop.example", "CP=\"CAO PSA OUR STP UNI\"");
  add_document(&w, "shop.example", "CP=\"CAO PSA OUR STP UNI\"");
  add_document(&w, "shop.example", "CP=\"This is no policy\"");
  add_document(&w, "policies.example", "CP=\"CAO CON UNR IND UNI\"");
  const report::Report report = built(&w);
  EXPECT_THAT(kinds(report), ElementsAre("p3p"));
  EXPECT_EQ(report.declaration.statements.size(), 3U);
  EXPECT_THAT(report.declaration.unread, IsEmpty());
}

}  // namespace
}  // namespace affiant
