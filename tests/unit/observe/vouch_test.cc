// Scripts that give themselves another's name, and sessions in which that cannot be told.
#include "observe/vouch.h"

#include <gtest/gtest.h>

namespace affiant::observe {
namespace {

constexpr const char* kPage = "https://shop.test/cart?a=1";
constexpr const char* kClaim = "https://innocent.test/x.js:1:1";

Observations session_with(std::string browser, std::vector<std::string> stack) {
  Observations seen;
  Session session;
  session.id = 1;
  session.browser = std::move(browser);
  seen.sessions.push_back(session);
  Request page;
  page.place.session = 1;
  page.url = kPage;
  Request script;
  script.place.session = 1;
  script.url = "https://cdn.test/app.js";
  seen.requests = {page, script};
  CookieAttempt a;
  a.place.session = 1;
  a.stack = std::move(stack);
  a.url = a.stack.front().substr(0, a.stack.front().find(".js") + 3);
  a.script_host = "innocent.test";
  seen.attempts.push_back(a);
  return seen;
}

TEST(Vouch, AnAddressThatNobodyAskedForYieldsToTheNextThatWasLoaded) {
  Observations seen = session_with("firefox", {kClaim, "https://cdn.test/app.js:7:3"});
  vouch_for_scripts(&seen);
  EXPECT_EQ(seen.attempts[0].url, "https://cdn.test/app.js");
  EXPECT_EQ(seen.attempts[0].script_host, "cdn.test");
  EXPECT_EQ(seen.attempts[0].stack[0], kClaim) << "what it calls itself is kept";
}

TEST(Vouch, WithNothingLoadedBelowItTheScriptIsUnknown) {
  Observations seen = session_with("firefox", {kClaim});
  vouch_for_scripts(&seen);
  EXPECT_EQ(seen.attempts[0].url, std::nullopt);
  EXPECT_EQ(seen.attempts[0].script_host, "");
}

TEST(Vouch, ADocumentVouchesForItsInlineScriptsWhateverItsFragment) {
  Observations seen = session_with("firefox", {std::string(kPage) + ":9:1"});
  seen.attempts[0].url = kPage;
  seen.requests[0].url = std::string(kPage) + "#top";
  vouch_for_scripts(&seen);
  EXPECT_EQ(seen.attempts[0].url, kPage);
}

TEST(Vouch, WhatDoesNotTravelIsTakenAtItsWord) {
  Observations seen = session_with("firefox", {"blob:https://shop.test/1-2-3:1:1"});
  seen.attempts[0].url = "blob:https://shop.test/1-2-3";
  vouch_for_scripts(&seen);
  EXPECT_EQ(seen.attempts[0].url, "blob:https://shop.test/1-2-3");
}

TEST(Vouch, ASessionWithEventsMissingOrWithheldOrOfChromiumIsLeftAlone) {
  for (int which = 0; which < 4; ++which) {
    Observations seen = session_with(which == 0 ? "chromium" : "firefox", {kClaim});
    if (which == 1) seen.gaps.push_back({5, 1, 2, 3, 2, "lost"});
    if (which == 2) seen.notes.emplace_back(5, "background-restarted: what happened meanwhile");
    if (which == 3) seen.requests[1].url.reset();
    vouch_for_scripts(&seen);
    EXPECT_EQ(seen.attempts[0].url, "https://innocent.test/x.js") << which;
  }
}

}  // namespace
}  // namespace affiant::observe
