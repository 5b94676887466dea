// The renderers on a fixed report: golden files, and what must hold whatever they look like.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "schema_check.h"
#include "shop_report.h"

namespace affiant {
namespace {

using Json = nlohmann::json;
using test::expect_golden;
using test::schema_problems;
using test::shop_report;

// Provenance of our own tables changes with them and is no business of a golden file.
std::string without_knowledge(const std::string& report) {
  auto json = nlohmann::ordered_json::parse(report);
  json["knowledge"] = nlohmann::ordered_json::array();
  json["tool"]["version"] = "(this one)";
  return json.dump(2) + "\n";
}

std::size_t at(const std::string& text, const std::string& words) {
  const std::size_t found = text.find(words);
  EXPECT_NE(found, std::string::npos) << words << "\nin\n" << text;
  return found;
}

void only_requests(report::Report* r, std::vector<observe::Request> requests) {
  r->facts.seen.requests = std::move(requests);
  r->facts.requests.clear();
  for (const observe::Request& q : r->facts.seen.requests) {
    detect::RequestFact fact;
    fact.request = &q;
    r->facts.requests.push_back(fact);
  }
}

TEST(Text, ShopReportReadsAsItShould) {
  expect_golden("report_shop.txt", report::render_text(shop_report(), {}));
}

TEST(Json, ShopReportIsAsTheContractSays) {
  const std::string json = report::render_json(shop_report());
  EXPECT_EQ(schema_problems(json), "");
  expect_golden("report_shop.json", without_knowledge(json));
}

TEST(Json, MembersComeInTheOrderOfTheContract) {
  const auto json = nlohmann::ordered_json::parse(report::render_json(shop_report()));
  std::string names;
  for (const auto& [name, value] : json.items()) names += name + " ";
  EXPECT_EQ(names,
            "schema site generated_at tool knowledge case sessions cookies storage requests "
            "techniques consent_states declaration findings "
            "not_observable ");
}

TEST(Json, AnEmptyReportIsValidAndStillNamesItsKnowledge) {
  const std::string json = report::render_json({});
  EXPECT_EQ(schema_problems(json), "");
  const Json value = Json::parse(json);
  EXPECT_TRUE(value["site"].is_null());
  EXPECT_EQ(value["case"]["verdict"]["integrity"], "broken");  // Nothing was verified.
  ASSERT_FALSE(value["knowledge"].empty());
  EXPECT_EQ(value["knowledge"].back()["source"], "Public Suffix List");
}

TEST(Json, WithheldUrlsAreNullAndHostsRemain) {
  const std::string json = report::render_json(test::withheld(shop_report()));
  EXPECT_EQ(schema_problems(json), "");
  const Json value = Json::parse(json);
  EXPECT_EQ(value["site"], "https://shop.example/");  // From scheme and host of the main document.
  EXPECT_EQ(value["case"]["withheld_fields"], 23);
  EXPECT_EQ(value["sessions"][0]["pages"], Json::array({nullptr, nullptr}));
  for (const Json& r : value["requests"]) {
    EXPECT_TRUE(r["url"].is_null());
    EXPECT_TRUE(r["redirected_from"].is_null());
    EXPECT_FALSE(r["host"].get<std::string>().empty());
  }
  for (const Json& c : value["cookies"]) {
    EXPECT_TRUE(c["set_by"]["url"].is_null());
    EXPECT_FALSE(c["set_by"]["host"].get<std::string>().empty());
  }
}

TEST(Json, RedirectsAndInitiatorsAreTold) {
  const Json value = Json::parse(report::render_json(shop_report()));
  EXPECT_EQ(value["requests"][3]["redirected_from"], "https://ads.example/pixel.gif");
  EXPECT_TRUE(value["requests"][2]["redirected_from"].is_null());
  EXPECT_EQ(value["requests"][1]["initiator"], Json::array({"https://shop.example"}));
  EXPECT_EQ(value["requests"][0]["initiator"], Json::array());
}

TEST(Json, AFailureAtTheEndOfARedirectNamesTheHopThatLedToIt) {
  report::Report r = shop_report();
  observe::Request hop = r.facts.seen.requests[2];
  hop.entry = 30;
  hop.rid = "77";
  hop.hop = 1;
  hop.url = "https://ads.example/go";
  hop.redirect = "https://down.example/";
  observe::Request end = hop;
  end.entry = 31;
  end.hop = 0;
  end.url = "https://down.example/";
  end.redirect.reset();
  end.failure = "net::ERR_CONNECTION_REFUSED";
  observe::Request stranger = end;
  stranger.entry = 32;
  stranger.rid = "78";
  only_requests(&r, {hop, end, stranger});
  const Json value = Json::parse(report::render_json(r));
  EXPECT_EQ(value["requests"][1]["redirected_from"], "https://ads.example/go");
  EXPECT_TRUE(value["requests"][2]["redirected_from"].is_null());
}

TEST(Json, ARequestInAFrameNamesWhoAskedForTheFrame) {
  report::Report r = shop_report();
  observe::Request frame = r.facts.seen.requests[1];
  frame.entry = 25;
  frame.rid = "9";
  frame.type = "sub_frame";
  frame.place.frame = 7;
  observe::Request inner = frame;
  inner.entry = 26;
  inner.rid = "10";
  inner.type = "image";
  inner.initiator = "https://stats.example";
  only_requests(&r, {frame, inner});
  const Json value = Json::parse(report::render_json(r));
  EXPECT_EQ(value["requests"][1]["initiator"],
            Json::array({"https://stats.example", "https://shop.example"}));
}

TEST(Json, SettingAKeyTwiceIsOneRowWithBothEntriesAndWithheldKeysStayApart) {
  report::Report r = shop_report();
  EXPECT_EQ(Json::parse(report::render_json(r))["storage"].size(), 2U);
  EXPECT_EQ(Json::parse(report::render_json(r))["storage"][0]["entries"], Json::array({14, 15}));
  for (observe::StorageItem& item : r.facts.seen.storage) item.key.reset();
  EXPECT_EQ(Json::parse(report::render_json(r))["storage"].size(), 3U);
}

TEST(Json, GapsAndTimesOfARecorderThatWasDownAreInTheSession) {
  report::Report r = shop_report();
  r.facts.seen.gaps = {{16, 1, 5, 9, 5, "buffer full"}};
  r.facts.seen.verdict.sessions[0].down_ms = 1'500;
  const Json value = Json::parse(report::render_json(r))["sessions"][0]["completeness"];
  EXPECT_EQ(value["received"], 26);
  EXPECT_EQ(value["recorder_down_ms"], 1'500);
  EXPECT_EQ(value["gaps"][0]["from"], 5);
  EXPECT_EQ(value["gaps"][0]["to"], 9);
  EXPECT_EQ(value["gaps"][0]["entries"], Json::array({16}));
}

TEST(Text, TheGravestComesFirst) {
  const std::string text = report::render_text(shop_report(), {});
  EXPECT_LT(at(text, "[contradicted] An advertising cookie"),
            at(text, "[undeclared] The cookie policy"));
  EXPECT_LT(at(text, "[undeclared] The cookie policy"), at(text, "[vague] Ads Ltd"));
  EXPECT_LT(at(text, "\"No advertiser sets a cookie here.\""),
            at(text, "cookie uid of .ads.example"));
}

TEST(Text, AFailedVisitIsNeverToldAsClean) {
  report::Report r = shop_report();
  r.findings.clear();
  r.facts.seen.pages.resize(1);
  r.facts.seen.pages[0].result = "failed";
  r.facts.seen.pages[0].error = "net::ERR_NAME_NOT_RESOLVED";
  EXPECT_FALSE(report::anything_observed(r));
  const std::string text = report::render_text(r, {});
  at(text, "NOT OBSERVED");
  at(text, "ERR_NAME_NOT_RESOLVED");
  EXPECT_EQ(text.find("No finding"), std::string::npos);
  const Json value = Json::parse(report::render_json(r));
  EXPECT_EQ(schema_problems(value), "");
  EXPECT_EQ(value["sessions"][0]["pages"], Json::array());
  EXPECT_EQ(value["sessions"][0]["failed_pages"][0]["error"], "net::ERR_NAME_NOT_RESOLVED");
}

TEST(Text, WhatAnsweredBeforeTheTimeLimitWasObserved) {
  report::Report r = shop_report();
  for (observe::Page& page : r.facts.seen.pages) page.result = "timeout";
  EXPECT_TRUE(report::anything_observed(r));
  for (observe::Request& request : r.facts.seen.requests) request.status.reset();
  EXPECT_FALSE(report::anything_observed(r));
}

TEST(Text, APolicyPageThatLoadsIsNotTheSite) {
  report::Report r = shop_report();
  r.facts.seen.pages[0].result = "failed";
  EXPECT_EQ(r.facts.seen.pages[1].result, "loaded");
  EXPECT_FALSE(report::anything_observed(r));
}

TEST(Text, EscapeSequencesComeOnlyWithColourAndNeverFromTheSite) {
  report::Report r = shop_report();
  r.facts.cookies[0].story.name = "\x1b]0;owned\x07";
  r.findings[1].title = "\x1b[2Jcleared";
  EXPECT_EQ(report::render_text(r, {}).find('\x1b'), std::string::npos);
  report::TextOptions colour;
  colour.colour = true;
  const std::string text = report::render_text(r, colour);
  at(text, "\x1b[1;31m[contradicted] ");
  EXPECT_EQ(text.find("\x1b]"), std::string::npos);
  EXPECT_EQ(text.find("\x1b[2J"), std::string::npos);
  EXPECT_EQ(text.find('\x07'), std::string::npos);
}

}  // namespace
}  // namespace affiant
