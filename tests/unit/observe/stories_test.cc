#include "observe/stories.h"

#include <gtest/gtest.h>

namespace affiant::observe {
namespace {

constexpr std::int64_t kT0 = 1'790'000'000'000;

// Observations as a session leaves them, put together by hand: entries count up by themselves.
class Record {
 public:
  explicit Record(const std::string& browser = "chromium", const std::string& third = "blocked") {
    Session s;
    s.id = 1;
    s.browser = browser;
    s.third_party_cookies = third;
    seen.sessions.push_back(s);
  }
  CookieAttempt& header(const std::string& url, const std::string& head, const std::string& value,
                        const std::string& tail, std::int64_t at_ms,
                        const std::string& top = "www.shop.test") {
    CookieAttempt a;
    a.entry = next++;
    a.place.session = 1;
    a.place.time_ms = kT0 + at_ms;
    a.place.top_host = top;
    a.by_header = true;
    a.via = "http";
    a.url = url;
    a.host = site::parse_url(url)->host;
    a.scheme = site::parse_url(url)->scheme;
    a.type = "image";
    a.head = head;
    a.value = value;
    a.tail = tail;
    seen.attempts.push_back(a);
    return seen.attempts.back();
  }
  CookieAttempt& script(const std::string& script_host, const std::string& head,
                        const std::string& value, const std::string& tail, std::int64_t at_ms,
                        const std::string& frame = "www.shop.test") {
    CookieAttempt a;
    a.entry = next++;
    a.place.session = 1;
    a.place.time_ms = kT0 + at_ms;
    a.place.top_host = "www.shop.test";
    a.place.frame_host = frame;
    a.place.frame_url = "https://" + frame + "/a/b";
    a.via = "document.cookie";
    a.host = frame;
    a.script_host = script_host;
    a.url = "https://" + script_host + "/lib.js";
    a.stack = {"https://" + script_host + "/lib.js:2:1"};
    a.head = head;
    a.value = value;
    a.tail = tail;
    seen.attempts.push_back(a);
    return seen.attempts.back();
  }
  JarCookie cookie(const std::string& name, const std::string& value, const std::string& domain,
                   std::int64_t at_ms) {
    JarCookie c;
    c.entry = next++;
    c.session = 1;
    c.time_ms = kT0 + at_ms;
    c.name = name;
    c.value = value;
    c.domain = domain;
    c.host_only = domain.front() != '.';
    c.path = "/";
    c.same_site = "lax";
    c.session_cookie = true;
    c.store = "0";
    return c;
  }
  JarCookie& change(const std::string& name, const std::string& value, const std::string& domain,
                    std::int64_t at_ms, const std::string& cause = "explicit",
                    bool removed = false) {
    seen.changes.push_back(cookie(name, value, domain, at_ms));
    seen.changes.back().cause = cause;
    seen.changes.back().removed = removed;
    return seen.changes.back();
  }
  JarCookie& row(const std::string& when, const std::string& name, const std::string& value,
                 const std::string& domain) {
    seen.jar.push_back(cookie(name, value, domain, when == "start" ? -1'000 : 60'000));
    seen.jar.back().snapshot = when;
    return seen.jar.back();
  }
  std::vector<CookieStory> stories() {
    seen.snapshots.push_back({next++, 1, "final", static_cast<std::int64_t>(seen.jar.size())});
    static const site::SiteTable sites = *site::SiteTable::built_in();
    return cookie_stories(seen, sites);
  }
  Observations seen;
  Leaf next = 10;
};

TEST(Stories, AHeaderItsChangeAndTheFinalJarAreOneStory) {
  Record r;
  r.header("https://www.shop.test/a/b", "_id=", "42",
           "; Domain=shop.test; Path=/; Max-Age=31536000", 0);
  JarCookie& c = r.change("_id", "42", ".shop.test", 40);
  c.session_cookie = false;
  c.expires_ms = kT0 + 31'536'000'000;
  JarCookie& f = r.row("final", "_id", "42", ".shop.test");
  f.session_cookie = false;
  f.expires_ms = kT0 + 31'536'000'000;
  const auto s = r.stories();
  ASSERT_EQ(s.size(), 1U);
  EXPECT_EQ(s[0].outcome, "stored");
  EXPECT_EQ(s[0].mechanism, "http");
  EXPECT_EQ(s[0].domain, ".shop.test");
  EXPECT_EQ(s[0].set_by_host, "www.shop.test");
  EXPECT_EQ(s[0].lifetime_s, 31'536'000);
  EXPECT_FALSE(s[0].session_cookie);
  EXPECT_EQ(s[0].entries, (std::vector<Leaf>{10, 11, 12}));
  EXPECT_FALSE(s[0].before_session);
}

TEST(Stories, AScriptsReportMayComeAfterTheChangeItCaused) {
  Record r;
  r.change("_ga", "GA1.1", ".shop.test", 100);
  r.script("analytics.test", "_ga=", "GA1.1", "; domain=shop.test; path=/", 350);
  r.row("final", "_ga", "GA1.1", ".shop.test");
  const auto s = r.stories();
  ASSERT_EQ(s.size(), 1U);
  EXPECT_EQ(s[0].mechanism, "document.cookie");
  EXPECT_EQ(s[0].set_by_host, "analytics.test");
  EXPECT_EQ(s[0].stack.size(), 1U);
  EXPECT_EQ(s[0].entries, (std::vector<Leaf>{10, 11, 12}));
}

TEST(Stories, ACookieThatNobodyWasSeenSettingIsUnknown) {
  Record r;
  r.change("w", "1", "www.shop.test", 5);
  r.row("final", "w", "1", "www.shop.test");
  r.row("final", "v", "1", "www.shop.test");
  const auto s = r.stories();
  ASSERT_EQ(s.size(), 2U);
  for (const auto& story : s) {
    EXPECT_EQ(story.mechanism, "unknown");
    EXPECT_EQ(story.outcome, "stored");
    EXPECT_FALSE(story.set_by_url);
  }
}

TEST(Stories, WhatWasThereBeforeAndNobodyTouchedIsNoStory) {
  Record r;
  r.row("start", "old", "1", "www.shop.test");
  r.row("final", "old", "1", "www.shop.test");
  EXPECT_TRUE(r.stories().empty());
}

TEST(Stories, TheSameValueAgainIsStoredThoughFirefoxReportsNoChange) {
  Record r("firefox", "partitioned");
  r.row("start", "old", "1", "www.shop.test");
  r.header("https://www.shop.test/", "old=", "1", "; Path=/", 0);
  r.row("final", "old", "1", "www.shop.test");
  const auto s = r.stories();
  ASSERT_EQ(s.size(), 1U);
  EXPECT_EQ(s[0].outcome, "stored");
  EXPECT_TRUE(s[0].before_session);
}

TEST(Stories, RefusedCarriesTheReasonOfTheStandard) {
  Record r;
  r.header("https://www.shop.test/", "a=", "b", "; Domain=other.test", 0);
  r.header("http://www.shop.test/", "b=", "b", "; Secure", 1);
  r.script("www.shop.test", "c=", "b", "; HttpOnly", 2);
  r.header("https://tracker.test/p", "d=", "b", "", 3);
  const auto s = r.stories();
  ASSERT_EQ(s.size(), 4U);
  for (const auto& story : s) EXPECT_EQ(story.outcome, "refused") << story.name;
  EXPECT_EQ(s[0].reason, "the host that sets it is not within its Domain");
  EXPECT_EQ(s[1].reason, "it is Secure but came over an insecure connection");
  EXPECT_EQ(s[2].reason, "a script may not set an HttpOnly cookie");
  EXPECT_EQ(s[3].reason, "it was set across sites and does not say SameSite=None");
}

TEST(Stories, ALineThatCannotBeReadKeepsTheNameAndPlaceThatWereWritten) {
  Record r;
  r.header("https://www.shop.test/", " big =", std::string(5'000, 'x'), "; Path=/", 0);
  r.header("https://www.shop.test/", "bell=", "a\ab", "", 1);
  const auto s = r.stories();
  ASSERT_EQ(s.size(), 2U) << "two names are two stories";
  EXPECT_EQ(s[0].name, "big");
  EXPECT_EQ(s[1].name, "bell");
  for (const auto& story : s) {
    EXPECT_EQ(story.domain, "www.shop.test");
    EXPECT_EQ(story.outcome, "refused");
    EXPECT_FALSE(story.reason.empty());
  }
}

TEST(Stories, ABlockedThirdPartyCookieIsBlockedAndAPartitionedOneStored) {
  Record r;
  r.header("https://tracker.test/p", "a=", "1", "; SameSite=None; Secure; Path=/", 0);
  r.header("https://tracker.test/p", "p=", "1", "; SameSite=None; Secure; Partitioned; Path=/", 0);
  r.change("p", "1", "tracker.test", 20).partition_key = "https://shop.test";
  r.row("final", "p", "1", "tracker.test").partition_key = "https://shop.test";
  const auto s = r.stories();
  ASSERT_EQ(s.size(), 2U);
  EXPECT_EQ(s[0].outcome, "blocked");
  EXPECT_EQ(s[0].reason, "third-party cookies are blocked in this session");
  EXPECT_EQ(s[1].outcome, "stored");
  EXPECT_EQ(s[1].partition_key, "https://shop.test");
}

TEST(Stories, TheJarOfAnotherTopLevelSiteProvesNothing) {
  Record r("firefox", "partitioned");
  r.header("https://tracker.test/p", "a=", "1", "; SameSite=None; Secure; Path=/", 0);
  r.row("final", "a", "1", "tracker.test").partition_key = "https://news.test";
  const auto s = r.stories();
  ASSERT_EQ(s.size(), 2U);
  EXPECT_EQ(s[0].outcome, "blocked");
  EXPECT_EQ(s[0].reason, "not stored; the reason could not be worked out");
  EXPECT_EQ(s[1].mechanism, "unknown");
}

TEST(Stories, AnotherSettersValueReplaces) {
  Record r;
  r.header("https://www.shop.test/", "id=", "1", "; Path=/", 0);
  r.change("id", "1", "www.shop.test", 10);
  r.script("tags.test", "id=", "2", "; path=/", 5'000);
  r.change("id", "1", "www.shop.test", 5'010, "overwrite", true);
  r.change("id", "2", "www.shop.test", 5'010);
  r.row("final", "id", "2", "www.shop.test");
  const auto s = r.stories();
  ASSERT_EQ(s.size(), 2U);
  EXPECT_EQ(s[0].outcome, "replaced");
  EXPECT_EQ(s[0].mechanism, "http");
  EXPECT_EQ(s[1].outcome, "stored");
  EXPECT_EQ(s[1].value, "2");
}

TEST(Stories, OneSetterTwiceIsOneStoryWithTheLastValue) {
  Record r;
  for (int i = 0; i < 5; ++i) {
    r.script("tags.test", "n=", std::to_string(i), "; path=/", i * 100);
    r.change("n", std::to_string(i), "www.shop.test", i * 100 + 5);
  }
  r.row("final", "n", "4", "www.shop.test");
  const auto s = r.stories();
  ASSERT_EQ(s.size(), 1U);
  EXPECT_EQ(s[0].value, "4");
  EXPECT_EQ(s[0].entries.size(), 11U);
}

TEST(Stories, ADeletedCookieIsDeletedAndTheDeletionJoinsItsStory) {
  Record r;
  r.script("tags.test", "t=", "1", "; path=/", 0);
  r.change("t", "1", "www.shop.test", 5);
  r.script("consent.test", "t=", "", "; path=/; Max-Age=0", 9'000);
  r.change("t", "1", "www.shop.test", 9'003, "expired_overwrite", true);
  const auto s = r.stories();
  ASSERT_EQ(s.size(), 1U);
  EXPECT_EQ(s[0].outcome, "deleted");
  EXPECT_EQ(s[0].set_by_host, "tags.test");
  EXPECT_EQ(s[0].entries, (std::vector<Leaf>{10, 11, 12, 13}));
}

TEST(Stories, ACookieThatRunsOutAsItIsSetIsDeletedThoughFirefoxHadItForAnInstant) {
  Record r("firefox");
  r.header("https://www.shop.test/", "_id=", "42", "; Path=/; Max-Age=0", 0);
  JarCookie& c = r.change("_id", "42", "www.shop.test", 1);
  c.session_cookie = false;
  c.expires_ms = kT0;
  JarCookie& f = r.row("final", "_id", "42", "www.shop.test");
  f.session_cookie = false;
  f.expires_ms = kT0;
  const auto s = r.stories();
  ASSERT_EQ(s.size(), 1U);
  EXPECT_EQ(s[0].outcome, "deleted");
  EXPECT_EQ(s[0].mechanism, "http");
}

TEST(Stories, NaturalExpiryIsNoDeletion) {
  Record r;
  r.script("tags.test", "t=", "1", "; path=/; Max-Age=1", 0);
  r.change("t", "1", "www.shop.test", 5);
  r.change("t", "1", "www.shop.test", 1'005, "expired", true);
  const auto s = r.stories();
  ASSERT_EQ(s.size(), 1U);
  EXPECT_EQ(s[0].outcome, "stored");
}

TEST(Stories, AScriptThatCannotTouchAnHttpOnlyCookieIsRefused) {
  Record r;
  r.header("https://www.shop.test/", "sid=", "1", "; Path=/; HttpOnly", 0);
  r.change("sid", "1", "www.shop.test", 5).http_only = true;
  r.script("tags.test", "sid=", "2", "; path=/", 100);
  r.row("final", "sid", "1", "www.shop.test").http_only = true;
  const auto s = r.stories();
  ASSERT_EQ(s.size(), 2U);
  EXPECT_EQ(s[1].outcome, "refused");
  EXPECT_EQ(s[1].reason, "a script may not change the HttpOnly cookie of that name");
}

TEST(Stories, WithoutAFinalJarNothingIsClaimed) {
  Record r;
  r.header("https://www.shop.test/", "a=", "1", "; Path=/", 0);
  static const site::SiteTable sites = *site::SiteTable::built_in();
  const auto s = cookie_stories(r.seen, sites);
  ASSERT_EQ(s.size(), 1U);
  EXPECT_EQ(s[0].reason, "not seen in the jar; the record has no final state of the jar");
}

TEST(Stories, WithheldValuesAndAddressesStillJoin) {
  Record r;
  CookieAttempt& a =
      r.header("https://www.shop.test/deep/er/x", "id=", "1", "; Domain=shop.test", 0);
  a.value.reset();
  a.url.reset();
  JarCookie& c = r.change("id", "", ".shop.test", 5);
  c.value.reset();
  c.path = "/deep/er";
  const auto s = r.stories();
  ASSERT_EQ(s.size(), 1U);
  EXPECT_EQ(s[0].outcome, "stored");
  EXPECT_EQ(s[0].path, "/deep/er");
  EXPECT_FALSE(s[0].value);
  EXPECT_EQ(s[0].set_by_host, "www.shop.test");
}

TEST(Stories, ManyEntriesOfOneNameStayQuick) {
  Record r;
  for (int i = 0; i < 50'000; ++i) {
    r.script("tags.test", "n=", std::to_string(i), "; path=/", i);
    r.change("n", std::to_string(i), "www.shop.test", i + 1);
  }
  EXPECT_EQ(r.stories().size(), 1U);
}

}  // namespace
}  // namespace affiant::observe
