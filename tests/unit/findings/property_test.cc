// Whatever the order of events, the findings are the same; what a statement covers is lost with it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "unit/findings/declare.h"

namespace affiant {
namespace {

using findings::Finding;
using test::compare;
using test::lines;
using test::of;
using test::Said;
using test::World;

const std::vector<std::string> kHosts = {
    "www.google-analytics.com", "fonts.googleapis.com", "fonts.gstatic.com", "connect.facebook.net",
    "www.facebook.com",         "static.criteo.net",    "js.stripe.com",     "widget.intercom.io",
    "d1.cloudfront.net",        "tracker.localhost",    "cdn.localhost",     "static.hotjar.com",
    "www.youtube.com",          "shop.example"};

const std::vector<std::string> kTypes = {"script", "image", "ping", "font", "sub_frame"};

World random_world(std::mt19937& random) {
  World w("shop.example", random() % 2 == 0 ? "blocked" : "allowed");
  const auto pick = [&](const auto& items) { return items[random() % items.size()]; };
  for (std::size_t i = 0, n = random() % 30; i < n; ++i) {
    w.request(pick(kHosts), pick(kTypes), "/x?u=" + test::kRandomId,
              random() % 8 == 0 ? "net::ERR_FAILED" : "");
  }
  for (std::size_t i = 0, n = random() % 8; i < n; ++i) {
    const std::string host = pick(kHosts);
    w.cookie({.name = pick(std::vector<std::string>{"_ga", "sid", "PHPSESSID", "lt_uid", "_fbp"}),
              .host = host,
              .value = random() % 2 == 0 ? test::kRandomId : "word",
              .max_age_s = static_cast<std::int64_t>(random() % 500) * test::kDayS,
              .script_host = random() % 2 == 0 ? pick(kHosts) : "",
              .kept = random() % 3 != 0});
    if (random() % 4 == 0) w.storage("localStorage", pick(kHosts), pick(kHosts));
    if (random() % 6 == 0)
      w.technique("canvas", {{"toDataURL", 1}, {"width", 99}, {"height", 99}, {"characters", 20}},
                  pick(kHosts));
    if (random() % 9 == 0) w.session("no-choice", true);
  }
  return w;
}

Said random_said(std::mt19937& random) {
  const std::vector<std::pair<std::string, std::string>> kinds = {
      {"uses-cookies", "does"},
      {"no-cookies", "does-not"},
      {"only-necessary", "does"},
      {"third-party-category", "does"},
      {"third-party-denial", "does-not"},
      {"behavioural-tracking", "does"},
      {"behavioural-tracking", "does-not"},
      {"advertising", "does-not"},
      {"named-third-party", "does"},
      {"cookie-category", "does-not"},
      {"beacon-or-fingerprint", "does-not"},
      {"cookie-content", "does-not"},
      {"closed-list", "does"},
      {"signal", "does"},
      {"other-storage", "does-not"},
      {"consent", "does"},
      {"sale-or-sharing", "does"}};
  const std::vector<std::string> purposes = {"analytics", "advertising", "payment", "content"};
  Said said;
  for (std::size_t i = 0, n = random() % 7; i < n; ++i) {
    const auto& [type, polarity] = kinds[random() % kinds.size()];
    auto& s =
        said.statement(type, polarity, "Sentence " + std::to_string(i) + " about web beacons.");
    if (random() % 2 == 0) s.purposes.push_back(purposes[random() % purposes.size()]);
    if (random() % 3 == 0) s.subject = "third-party";
    if (random() % 5 == 0) s.hedged = true;
    if (random() % 5 == 0) s.exception = "except as stated";
    if (type == "named-third-party") s.parties = {"Google"};
    if (type == "named-third-party" && random() % 2 == 0) s.condition = "when you sign in";
    if (type == "signal") s.data = {"gpc"};
    if (type == "other-storage") s.data = {"localStorage"};
  }
  if (random() % 2 == 0) said.cookie("_g*", test::kDayS);
  if (random() % 2 == 0) said.cookie("sid").session_cookie = true;
  if (random() % 3 == 0) said.cookie("lt_uid", -1, "shop.example");
  if (random() % 3 == 0) said.cookie("key").storage = "localStorage";
  said.declaration.is_policy = random() % 6 != 0;
  return said;
}

bool same(const Finding& a, const Finding& b) {
  return a.id == b.id && a.rule == b.rule && a.strength == b.strength && a.title == b.title &&
         a.explanation == b.explanation && a.phase == b.phase && a.statements == b.statements &&
         a.declared_cookies == b.declared_cookies && a.entries == b.entries;
}

TEST(Property, TheOrderOfRequestsChangesNothing) {
  std::mt19937 random(20181227);
  std::size_t seen = 0;
  for (int round = 0; round < 300; ++round) {
    const Said said = random_said(random);
    World world = random_world(random);
    const auto before = compare(said, world);
    std::shuffle(world.seen.requests.begin(), world.seen.requests.end(), random);
    const auto after = compare(said, world);
    ASSERT_EQ(before.size(), after.size()) << "round " << round << "\n"
                                           << lines(before) << "---\n"
                                           << lines(after);
    for (std::size_t i = 0; i < before.size(); ++i)
      ASSERT_TRUE(same(before[i], after[i])) << "round " << round << "\n"
                                             << lines({before[i], after[i]});
    seen += before.size();
  }
  EXPECT_GT(seen, 500U) << "the rounds must find something to compare";
}

TEST(Property, FindingsAreWellFormed) {
  std::mt19937 random(7);
  std::set<std::string> rules;
  for (int round = 0; round < 300; ++round) {
    const Said said = random_said(random);
    const auto found = compare(said, random_world(random));
    std::set<std::string> ids;
    for (const Finding& f : found) {
      rules.insert(f.rule);
      EXPECT_TRUE(ids.insert(f.id).second) << f.id;
      EXPECT_EQ(f.phase, "no-choice");
      EXPECT_FALSE(f.title.empty());
      EXPECT_EQ(f.title.find('\n'), std::string::npos);
      EXPECT_FALSE(f.explanation.empty());
      EXPECT_FALSE(f.entries.empty()) << f.id << " cites nothing that was seen";
      EXPECT_TRUE(std::is_sorted(f.entries.begin(), f.entries.end()));
      EXPECT_EQ(std::set<std::uint64_t>(f.entries.begin(), f.entries.end()).size(),
                f.entries.size());
      if (f.rule == "contradicted-denial") {
        EXPECT_FALSE(f.statements.empty());
      }
      if (f.rule == "lifetime-exceeds") {
        EXPECT_FALSE(f.declared_cookies.empty());
      }
      if (f.rule == "declared-not-seen") {
        EXPECT_EQ(f.strength, findings::Strength::kNote);
      }
      for (const std::string& id : f.statements)
        EXPECT_TRUE(std::any_of(said.declaration.statements.begin(),
                                said.declaration.statements.end(),
                                [&](const policy::Statement& s) { return s.id == id; }));
      for (const int row : f.declared_cookies)
        EXPECT_LT(static_cast<std::size_t>(row), said.declaration.cookies.size());
    }
  }
  for (const char* rule : {"signal-ignored", "condition-exceeded", "wrong-party",
                           "undeclared-storage", "undeclared-technique"})
    EXPECT_TRUE(rules.contains(rule)) << rule << " never came up";
}

// Adding a statement that says what the site does never makes a party undeclared; taking away all
// of them makes every party of a visit undeclared.
TEST(Property, CoverageGrowsWithStatementsAndGoesWithThem) {
  std::mt19937 random(11);
  for (int round = 0; round < 200; ++round) {
    Said said = random_said(random);
    said.declaration.is_policy = true;
    const World world = random_world(random);
    const std::size_t before = of(compare(said, world), "undeclared-third-party").size();
    Said more = said;
    auto& s = more.statement("third-party-category", "does", "Third parties are involved.");
    s.subject = "third-party";
    EXPECT_LE(of(compare(more, world), "undeclared-third-party").size(), before);
    EXPECT_EQ(of(compare(more, world), "undeclared-third-party").size(), 0U);
    Said none;
    EXPECT_GE(of(compare(none, world), "undeclared-third-party").size(), before);
    EXPECT_EQ(of(compare(none, world), "vague-disclosure").size(), 0U);
  }
}

}  // namespace
}  // namespace affiant
