#include "cli/canary.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace affiant::cli {
namespace {

using demo::What;

observe::CookieAttempt header(const char* host, const char* name) {
  observe::CookieAttempt a;
  a.entry = 7;
  a.by_header = true;
  a.host = host;
  a.head = std::string(name) + "=";
  return a;
}

const Sighting& of(const std::vector<Sighting>& all, What what, std::string_view name) {
  return *std::find_if(all.begin(), all.end(), [&](const Sighting& s) {
    return s.truth->what == what && s.truth->name == name;
  });
}

TEST(Canary, NothingIsSeenInAnEmptyRecord) {
  const auto all = look_for_truth({}, "");
  EXPECT_EQ(all.size(), demo::demo_truth().size());
  for (const Sighting& s : all) EXPECT_FALSE(s.entry) << s.truth->words;
}

TEST(Canary, WhatIsThereIsCitedByItsEntry) {
  observe::Observations seen;
  seen.attempts.push_back(header("shop.localhost", "visitor"));
  observe::Request hop;
  hop.entry = 9;
  hop.host = "tracker.localhost";
  hop.url = "http://tracker.localhost:8080/p.gif?id=1";
  hop.redirect = "http://cdn-ads.localhost:8080/sync.gif";
  seen.requests.push_back(hop);
  const auto all = look_for_truth(seen, "");
  EXPECT_EQ(of(all, What::kHeaderCookie, "visitor").entry, 7U);
  EXPECT_EQ(of(all, What::kRedirect, "/p.gif").entry, 9U);
  EXPECT_FALSE(of(all, What::kHeaderCookie, "basket").entry);
  EXPECT_FALSE(of(all, What::kJarCookie, "visitor").entry);
}

TEST(Canary, TheSameNameElsewhereOrOtherwiseIsNotASighting) {
  observe::Observations seen;
  seen.attempts.push_back(header("tracker.localhost", "visitor"));
  seen.attempts.push_back(header("shop.localhost", "visitor2"));
  observe::StorageItem item;
  item.area = "localStorage";
  item.op = "set";
  item.key = "lantern_last_seen";
  item.origin = "http://shop.localhost:1";
  item.via = "setItem";
  seen.storage.push_back(item);
  observe::Request failed;
  failed.host = "tracker.localhost";
  failed.url = "http://tracker.localhost:1/t.js";
  failed.type = "script";
  failed.failure = "net::ERR_FAILED";
  seen.requests.push_back(failed);
  for (const Sighting& s : look_for_truth(seen, "")) EXPECT_FALSE(s.entry) << s.truth->words;
}

}  // namespace
}  // namespace affiant::cli
