// What a popup shows of a report.
#include "report/summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/bytes.h"
#include "report/cited.h"
#include "shop_report.h"

namespace affiant::report {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Json = nlohmann::json;

policy::Statement said(const std::string& type, const std::string& polarity = "does",
                       std::vector<std::string> purposes = {}) {
  policy::Statement s;
  s.type = type;
  s.polarity = polarity;
  s.purposes = std::move(purposes);
  return s;
}

// A report in which nothing was seen and a policy was read.
Report policy_only(std::vector<policy::Statement> statements) {
  Report r;
  r.declaration.is_policy = true;
  r.declaration.statements = std::move(statements);
  return r;
}

detect::RequestFact third_party(const observe::Request* request, const std::string& site,
                                bool tracker) {
  detect::RequestFact fact;
  fact.request = request;
  fact.site = site;
  fact.party = site::Party::kThird;
  if (tracker) fact.tracker_by = {"list"};
  return fact;
}

TEST(Summary, ShopIsToldInOneLineOfJson) {
  const std::string text = render_summary(test::shop_report());
  EXPECT_EQ(text.find('\n'), text.size() - 1);
  const Json summary = Json::parse(text);
  EXPECT_EQ(summary.at("schema"), "affiant.summary/1");
  EXPECT_LE(summary.at("findings").size(), 3U);
  EXPECT_EQ(summary.at("findings").at(0).at("strength"), "contradicted");
}

TEST(Summary, AFindingSaysWhatItIsAboutForPopupsInOtherLanguages) {
  const Report r = test::shop_report();
  const CitedIndex cited(r);
  const auto told = [&](const char* id) {
    for (const findings::Finding& f : r.findings)
      if (f.id == id) return about(r, cited, f);
    ADD_FAILURE() << id;
    return About();
  };
  EXPECT_THAT(told("F6-1").names, ElementsAre("Ads Ltd"));
  EXPECT_THAT(told("F7-1").names, ElementsAre("_st"));
  EXPECT_THAT(told("F1-1").names, ElementsAre("uid"));
  EXPECT_EQ(told("F1-1").quote, "No advertiser sets a cookie here.");
  EXPECT_EQ(told("F20-1").quote, "");
  const Json summary = Json::parse(render_summary(r));
  EXPECT_EQ(summary.at("findings").at(0).at("about").at("more"), 0);
}

TEST(Summary, OfManyNamesThreeAreSaidAndTheOthersCountedAndNoneCanHideText) {
  Report r = test::shop_report();
  findings::Finding f;
  f.rule = "undeclared-cookie";
  for (int i = 0; i < 5; ++i) {
    detect::CookieFact c;
    c.story.name = "n" + std::to_string(i) + "\x1b[31m\u202e" + std::string(500, 'x');
    c.story.entries = {static_cast<observe::Leaf>(1000 + i)};
    r.facts.cookies.push_back(c);
    f.entries.push_back(static_cast<observe::Leaf>(1000 + i));
  }
  const About it = about(r, CitedIndex(r), f);
  ASSERT_EQ(it.names.size(), 3U);
  EXPECT_EQ(it.more, 2U);
  for (const std::string& name : it.names) {
    EXPECT_LE(name.size(), 80U);
    EXPECT_EQ(printable(name, 1'000), name);
  }
}

TEST(Summary, ThirdPartiesAreCountedByRegistrableDomain) {
  Report r;
  observe::Request request, stopped;
  stopped.failure = "net::ERR_BLOCKED_BY_CLIENT";
  r.facts.requests = {third_party(&request, "a.example", true),
                      third_party(&request, "a.example", false),
                      third_party(&stopped, "b.example", false)};
  detect::RequestFact own = third_party(&request, "sister.example", false);
  own.same_owner = true;
  r.facts.requests.push_back(own);
  const SummaryCounts counts = summary_counts(r);
  EXPECT_EQ(counts.third_parties, 2U);
  EXPECT_EQ(counts.trackers, 1U);
  EXPECT_EQ(counts.blocked, 1U);
}

TEST(Summary, CookiesThatTheBrowserKeptOffAreAttempts) {
  Report r;
  for (const char* outcome : {"stored", "replaced", "deleted", "blocked", "refused"}) {
    detect::CookieFact c;
    c.story.outcome = outcome;
    r.facts.cookies.push_back(c);
  }
  r.facts.cookies.push_back(r.facts.cookies.front());
  r.facts.cookies.back().repeats = true;
  EXPECT_EQ(summary_counts(r).cookies, 3U);
  EXPECT_EQ(summary_counts(r).blocked, 2U);
}

TEST(Summary, StrongestFindingsComeFirstAndOfDifferentRules) {
  Report r;
  const auto add = [&](const char* id, const char* rule, findings::Strength strength) {
    findings::Finding f;
    f.id = id;
    f.rule = rule;
    f.strength = strength;
    r.findings.push_back(f);
  };
  add("F19-1", "declared-not-seen", findings::Strength::kNote);
  add("F4-1", "undeclared-cookie", findings::Strength::kUndeclared);
  add("F4-2", "undeclared-cookie", findings::Strength::kUndeclared);
  add("F5-1", "undeclared-third-party", findings::Strength::kUndeclared);
  add("F1-1", "contradicted-denial", findings::Strength::kContradicted);
  const Json summary = Json::parse(render_summary(r));
  std::string ids;
  for (const Json& f : summary.at("findings")) ids += f.at("id").get<std::string>() + " ";
  EXPECT_EQ(ids, "F1-1 F4-1 F5-1 ");
  EXPECT_EQ(summary.at("strengths").at("undeclared"), 3);
}

TEST(Summary, HostileTitlesAreCutAndMadeVisible) {
  Report r;
  findings::Finding f;
  f.title = "a\xE2\x80\xAE" + std::string(5'000, 'x') + "\xff\n";
  r.findings.push_back(f);
  const std::string title = Json::parse(render_summary(r)).at("findings").at(0).at("title");
  EXPECT_LE(title.size(), 310U);
  EXPECT_TRUE(title.starts_with("a\\u{202e}")) << title;
}

TEST(Said, TopicsAreSaidDeniedDeniedInPartOrNotSpokenOf) {
  policy::Statement partner = said("named-third-party", "does", {"analytics"});
  partner.parties = {"Google Analytics", "Google Analytics", "Example Pay"};
  policy::Statement bounded = said("sale-or-sharing", "does-not");
  bounded.exception = "except with our partners";
  Report r = policy_only({said("uses-cookies"), partner, bounded,
                          said("no-cookies", "does-not", {"advertising"}),
                          said("beacon-or-fingerprint", "does-not")});
  detect::StorageFact stored;
  r.facts.storage.push_back(stored);
  const Said short_words = said_in_short(r);
  EXPECT_THAT(short_words.uses, ElementsAre("cookies", "analytics", "third-parties"));
  EXPECT_THAT(short_words.names, ElementsAre("Google Analytics", "Example Pay"));
  EXPECT_THAT(short_words.denies, ElementsAre("advertising", "fingerprinting"));
  EXPECT_THAT(short_words.bounded, ElementsAre("sharing"));
  EXPECT_THAT(short_words.silent, ElementsAre("storage"));
}

TEST(Said, OnlyNecessaryCookiesIsADenialOfOthers) {
  const Said words = said_in_short(policy_only({said("only-necessary", "does", {"necessary"})}));
  EXPECT_THAT(words.denies, ElementsAre("other-cookies"));
  EXPECT_THAT(words.uses, IsEmpty());
}

TEST(Said, NothingIsLeftUnsaidByAPolicyThatWasNotRead) {
  Report r;
  r.facts.storage.push_back({});
  EXPECT_THAT(said_in_short(r).silent, IsEmpty());
  EXPECT_TRUE(Json::parse(render_summary(r)).at("said").is_null());
}

TEST(Said, WhoDeniesThirdPartiesOfOneKindHasSpokenOfThem) {
  Report r = policy_only({said("third-party-denial", "does-not", {"analytics"})});
  observe::Request request;
  r.facts.requests = {third_party(&request, "a.example", false)};
  EXPECT_THAT(said_in_short(r).silent, IsEmpty());
}

TEST(Said, WhatTheVisitorDoesIsNotWhatTheSiteDoes) {
  policy::Statement s = said("uses-cookies", "does-not");
  s.subject = "user";
  EXPECT_THAT(said_in_short(policy_only({s})).denies, IsEmpty());
}

}  // namespace
}  // namespace affiant::report
