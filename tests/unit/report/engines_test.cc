// What two recordings of one site disagree on, and what is no disagreement.
#include "report/engines.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <limits>

#include "engine_pair.h"

namespace affiant {
namespace {

using report::compare_engines;
using report::Report;
using test::cookie_named;
using test::engine_report;
using test::told;
using testing::HasSubstr;
using testing::StartsWith;

class Engines : public testing::Test {
 protected:
  std::string disagreements() const { return told(compare_engines(left_, right_)); }
  Report left_ = engine_report("chromium"), right_ = engine_report("firefox");
};
using EngineCookies = Engines;
using EngineSilence = Engines;

// Leaf indices, values, times and counts of two runs are never the same.
TEST_F(Engines, TwoRecordingsThatDifferInValuesTimesAndCountsAgree) {
  for (detect::CookieFact& fact : right_.facts.cookies) {
    fact.story.value = "another one";
    for (observe::Leaf& leaf : fact.story.entries) leaf += 100;
    if (fact.story.lifetime_s) *fact.story.lifetime_s -= 5;
  }
  right_.facts.requests.push_back(right_.facts.requests[2]);
  right_.findings[0].entries = {90};
  right_.findings[0].id = "F6-9";
  for (observe::Session& s : right_.facts.seen.sessions) s.opened_ms += 60'000;
  const auto comparison = compare_engines(left_, right_);
  EXPECT_TRUE(comparison.compared);
  EXPECT_EQ(told(comparison), "");
  EXPECT_TRUE(comparison.limits.empty());
}

TEST_F(Engines, ThePolicyOnThirdPartyCookiesIsToldFirstWithTheNoteThatSaysIt) {
  right_.facts.seen.sessions[0].third_party_cookies = "blocked";
  right_.facts.cookies.pop_back();
  const auto comparison = compare_engines(left_, right_);
  ASSERT_EQ(comparison.disagreements.size(), 2U) << told(comparison);
  EXPECT_EQ(comparison.disagreements[0].kind, "third-party-cookies");
  EXPECT_EQ(comparison.disagreements[0].left.words, "partitioned");
  EXPECT_EQ(comparison.disagreements[0].right.words, "blocked");
  EXPECT_EQ(comparison.disagreements[0].left.entries, std::vector<observe::Leaf>{4});
}

TEST_F(Engines, APageThatOnlyOneRecordedIsToldAndSaidToExplainMore) {
  right_.facts.seen.pages[1].result = "failed";
  const auto comparison = compare_engines(left_, right_);
  EXPECT_EQ(told(comparison),
            "page|page https://shop.example/privacy|loaded|not seen in firefox's recording\n");
  ASSERT_EQ(comparison.limits.size(), 1U);
  EXPECT_THAT(comparison.limits[0], HasSubstr("Not all pages"));
}

TEST_F(Engines, QueriesOfPageAddressesAreNotCompared) {
  left_.facts.seen.pages[0].url = "https://shop.example/?visit=1";
  right_.facts.seen.pages[0].url = "https://shop.example/?visit=2";
  EXPECT_EQ(disagreements(), "");
}

TEST_F(Engines, TwoAddressesOfOneHostAreSaid) {
  right_.facts.seen.sessions[0].url = "http://shop.example:8080/";
  const auto comparison = compare_engines(left_, right_);
  EXPECT_TRUE(comparison.compared);
  ASSERT_EQ(comparison.limits.size(), 1U);
  EXPECT_THAT(comparison.limits[0], HasSubstr("https://shop.example and http://shop.example:8080"));
}

TEST_F(Engines, AStorageKeyOfOneOnlyIsToldAndAWithheldOneIsNot) {
  const std::string left =
      "storage|indexedDB key worker-db of https://shop.example|found there|not seen in firefox's "
      "recording\n"
      "storage|localStorage key basket of https://shop.example|set by script of "
      "shop.example|not seen in firefox's recording\n";
  const std::string right =
      "storage|localStorage key other of https://shop.example|not seen in chromium's "
      "recording|set by script of shop.example\n";
  for (observe::StorageItem& item : right_.facts.seen.storage) item.key = "other";
  EXPECT_EQ(disagreements(),
            "storage|indexedDB key other of https://shop.example|not seen in chromium's "
            "recording|found there\n" +
                left + right);
  for (observe::StorageItem& item : right_.facts.seen.storage) item.key.reset();
  EXPECT_EQ(disagreements(), left);
}

TEST_F(Engines, AThirdPartyHostOfOneOnlyIsToldOnceHoweverOftenItWasContacted) {
  right_.facts.requests.erase(right_.facts.requests.begin() + 3);
  left_.facts.requests.push_back(left_.facts.requests[3]);
  const auto comparison = compare_engines(left_, right_);
  EXPECT_EQ(told(comparison),
            "third-party|third-party host sync.example|contacted (Ads Ltd)|not seen in firefox's "
            "recording\n");
  EXPECT_EQ(comparison.disagreements[0].left.entries, std::vector<observe::Leaf>{9});
  EXPECT_TRUE(comparison.disagreements[0].right.entries.empty());
}

TEST_F(Engines, OwnHostsAndThoseOfOtherTabsAreNoThirdPartiesOfTheSite) {
  right_.facts.requests.pop_back();  // A host of the same owner.
  left_.facts.requests[3].of_visit = false;
  right_.facts.requests[3].of_visit = false;
  left_.facts.requests[0].request = left_.facts.requests[4].request;
  EXPECT_EQ(disagreements(), "");
}

TEST_F(Engines, AHostThatFailedInOneIsToldUnlessThePageTookTheRequestBack) {
  observe::Request& request = right_.facts.seen.requests[1];
  request.failure = "NS_ERROR_TRACKING_URI";
  EXPECT_EQ(disagreements(),
            "third-party-answer|third-party host stats.example|contacted (Stats Inc)|asked for, "
            "without an answer (NS_ERROR_TRACKING_URI)\n");
  request.failure = "NS_BINDING_ABORTED";
  EXPECT_EQ(disagreements(), "");
}

TEST_F(Engines, ATechniqueOfOneOnlyIsToldByTheHostOfItsScript) {
  right_.facts.techniques.push_back({"canvas",
                                     "https://fp.example/a.js",
                                     "fp.example",
                                     std::nullopt,
                                     "drew and read back",
                                     {30, 31}});
  EXPECT_EQ(told(compare_engines(left_, right_)),
            "technique|canvas by a script of fp.example|not seen in chromium's recording|drew and "
            "read back\n");
}

TEST_F(Engines, TheLastWordOnConsentIsComparedWithoutItsString) {
  right_.facts.seen.consent.front().value = "anotherString";
  EXPECT_EQ(told(compare_engines(left_, right_)), "");
  right_.facts.seen.consent.front().status = "cmpuishown";
  EXPECT_EQ(told(compare_engines(left_, right_)),
            "consent|what tcf says on shop.example|useractioncomplete with a consent string|"
            "cmpuishown with a consent string\n");
}

TEST_F(Engines, AFindingOfOneOnlyIsTold) {
  right_.findings.erase(right_.findings.begin());
  const auto comparison = compare_engines(left_, right_);
  EXPECT_EQ(told(comparison),
            "finding|Ads Ltd is covered by general words only|vague, F6-1|not found in firefox's "
            "recording\n");
  EXPECT_EQ(comparison.disagreements[0].left.entries, (std::vector<observe::Leaf>{8, 9}));
}

TEST_F(Engines, ADenialIsOneFindingWhateverStrengthAndTitleItHas) {
  right_.findings[1].strength = findings::Strength::kVague;
  right_.findings[1].title = "What was seen sits ill with it";
  EXPECT_EQ(disagreements(),
            "finding|An advertising cookie, although the policy says there is none|contradicted, "
            "F1-1|vague, F1-1\n");
}

TEST_F(Engines, HowManyDeclaredCookiesWereNotSeenIsACountAndNoDisagreement) {
  for (Report* r : {&left_, &right_}) {
    findings::Finding f = r->findings.back();
    f.rule = "declared-not-seen";
    f.declared_cookies = {0};
    f.title = r == &left_ ? "1 declared cookie was not seen" : "2 declared cookies were not seen";
    r->findings.push_back(f);
  }
  EXPECT_EQ(disagreements(), "");
}

TEST_F(Engines, WhatBelongsToAPhaseIsComparedWithinIt) {
  right_.facts.cookies[0].phase = "accept";
  const std::string text = disagreements();
  EXPECT_THAT(text, HasSubstr("cookie sid of shop.example, path /|stored; session"));
  EXPECT_THAT(text, HasSubstr("cookie sid of shop.example, path /, in phase accept|not seen"));
}

TEST_F(Engines, TheSameReportsGiveTheSameListAndExchangedOnesExchangeItsSides) {
  right_.facts.seen.sessions[0].third_party_cookies = "blocked";
  cookie_named(&right_, "uid").story.outcome = "stored";
  cookie_named(&right_, "sid").story.secure = false;
  left_.facts.cookies.erase(left_.facts.cookies.begin() + 1);
  left_.findings.pop_back();
  const auto once = compare_engines(left_, right_);
  EXPECT_EQ(told(once), told(compare_engines(left_, right_)));
  std::reverse(right_.facts.cookies.begin(), right_.facts.cookies.end());
  EXPECT_EQ(told(once), told(compare_engines(left_, right_))) << "not the order of the log";
  const auto other = compare_engines(right_, left_);
  ASSERT_EQ(once.disagreements.size(), other.disagreements.size());
  ASSERT_EQ(once.disagreements.size(), 5U) << told(once);
  for (std::size_t i = 0; i < once.disagreements.size(); ++i) {
    EXPECT_EQ(once.disagreements[i].what, other.disagreements[i].what);
    EXPECT_EQ(once.disagreements[i].left.words, other.disagreements[i].right.words);
    EXPECT_EQ(once.disagreements[i].right.entries, other.disagreements[i].left.entries);
  }
}

TEST_F(EngineSilence, OfARecordingThatLostEventsIsNotToldButCounted) {
  right_.facts.cookies.clear();
  right_.facts.seen.gaps = {{16, 1, 5, 9, 5, "buffer full"}};
  const auto comparison = compare_engines(left_, right_);
  EXPECT_EQ(told(comparison), "");
  ASSERT_EQ(comparison.limits.size(), 2U);
  EXPECT_THAT(comparison.limits[0], StartsWith("firefox's recording may lack something"));
  EXPECT_EQ(comparison.limits[1], "3 differences left out for that.");
}

TEST_F(EngineSilence, OfARecordingThatWasCutShortDoesNotKeepWhatItShowsFromBeingTold) {
  right_.facts.seen.sessions[0].close_reason = "timeout";
  left_.facts.cookies.clear();
  right_.findings.clear();
  const std::string text = disagreements();
  EXPECT_THAT(text, HasSubstr("cookie _st of .shop.example, path /|not seen in chromium's"));
  EXPECT_THAT(text, testing::Not(HasSubstr("finding|")));
}

TEST_F(EngineSilence, BlockedIsSilenceWhereTheRecordingWasCutShortAndRefusedIsNot) {
  right_.facts.seen.sessions[0].close_reason = "failed";
  detect::CookieFact& fact = cookie_named(&right_, "sid");
  fact.story.outcome = "blocked";
  fact.story.reason = "not seen in the jar";
  EXPECT_EQ(disagreements(), "");
  fact.story.outcome = "refused";
  fact.story.reason = "Secure over http";
  EXPECT_EQ(disagreements(),
            "cookie-outcome|cookie sid of shop.example, path /|stored|refused: Secure over http\n");
}

TEST_F(EngineSilence, ARecordingThatObservedNothingOrAnotherSiteIsNotCompared) {
  right_.facts.site_host = "other.example";
  auto comparison = compare_engines(left_, right_);
  EXPECT_FALSE(comparison.compared);
  EXPECT_THAT(comparison.limits.at(0), HasSubstr("shop.example and other.example"));
  right_.facts.site_host = left_.facts.site_host;
  for (observe::Page& page : right_.facts.seen.pages) page.result = "failed";
  comparison = compare_engines(left_, right_);
  EXPECT_FALSE(comparison.compared);
  EXPECT_EQ(comparison.limits.at(0), "firefox's recording did not observe the site.");
  EXPECT_TRUE(comparison.disagreements.empty());
}

TEST_F(EngineCookies, OneThatOnlyOneShowsIsToldWithWhatBecameOfItThere) {
  right_.facts.cookies.erase(right_.facts.cookies.begin() + 1);
  const auto comparison = compare_engines(left_, right_);
  EXPECT_EQ(told(comparison),
            "cookie|cookie _st of .shop.example, path /|stored; 2 years, by a script of "
            "stats.example, Stats Inc|not seen in firefox's recording\n");
  EXPECT_EQ(comparison.disagreements[0].left.entries, (std::vector<observe::Leaf>{6, 7, 18}));
}

TEST_F(EngineCookies, StoredHereAndBlockedThereIsToldWithBothSidesWordsAndEntries) {
  observe::CookieStory& story = cookie_named(&right_, "uid").story;
  story.outcome = "stored";
  story.reason.clear();
  story.partition_key = "https://shop.example";
  story.entries = {31, 30, 31};
  const auto comparison = compare_engines(left_, right_);
  EXPECT_EQ(told(comparison),
            "cookie-outcome|cookie uid of .ads.example, path /|blocked: third-party cookies are "
            "blocked|stored, apart for visits to shop.example (partitioned)\n");
  EXPECT_EQ(comparison.disagreements[0].left.entries, std::vector<observe::Leaf>{10});
  EXPECT_EQ(comparison.disagreements[0].right.entries, (std::vector<observe::Leaf>{30, 31}));
}

TEST_F(EngineCookies, KeptOffByBothForTwoReasonsIsNoDisagreement) {
  cookie_named(&right_, "uid").story.outcome = "refused";
  cookie_named(&right_, "uid").story.reason = "SameSite=None without Secure";
  EXPECT_EQ(disagreements(), "");
}

TEST_F(EngineCookies, DeletedInOneIsAMatterOfWhenTheRecordingEnded) {
  cookie_named(&right_, "sid").story.outcome = "deleted";
  EXPECT_EQ(disagreements(), "");
}

TEST_F(EngineCookies, PartitionsAreToldButNotMatchedBy) {
  const auto uid = [](Report* r) -> observe::CookieStory& { return cookie_named(r, "uid").story; };
  uid(&left_).outcome = uid(&right_).outcome = "stored";
  uid(&right_).partition_key = "https://shop.example";
  EXPECT_EQ(disagreements(),
            "cookie-outcome|cookie uid of .ads.example, path /|stored|stored, apart for visits to "
            "shop.example (partitioned)\n");
  // Engines spell a partition with and without its port.
  uid(&left_).partition_key = "https://shop.example:8443";
  EXPECT_EQ(disagreements(), "");
  uid(&left_).partition_key = "https://www.example";
  EXPECT_THAT(disagreements(), HasSubstr("apart for visits to www.example"));
  // In two jars on one side, in one of them on the other.
  right_.facts.cookies.push_back(cookie_named(&right_, "uid"));
  uid(&left_).partition_key.reset();
  right_.facts.cookies.back().story.partition_key.reset();
  EXPECT_THAT(disagreements(), HasSubstr("|stored|stored; stored, apart for visits"));
}

TEST_F(EngineCookies, OtherAttributesAreToldAndAMissingSameSiteIsTheEnginesOwnWay) {
  cookie_named(&right_, "sid").story.http_only = false;
  EXPECT_EQ(disagreements(),
            "cookie-attributes|cookie sid of shop.example, path /|Secure, HttpOnly, "
            "SameSite=lax|Secure, not HttpOnly, SameSite=lax\n");
  cookie_named(&right_, "sid").story.http_only = true;
  cookie_named(&right_, "sid").story.same_site = "unset";
  EXPECT_EQ(disagreements(), "");
  cookie_named(&right_, "sid").story.same_site = "strict";
  EXPECT_THAT(disagreements(), StartsWith("cookie-attributes|"));
}

TEST_F(EngineCookies, AnotherLifetimeIsToldBeyondRoundingAndTransit) {
  observe::CookieStory& story = cookie_named(&right_, "_st").story;
  *story.lifetime_s -= 15;
  EXPECT_EQ(disagreements(), "");
  story.lifetime_s = 400 * 86'400;
  EXPECT_EQ(disagreements(),
            "cookie-lifetime|cookie _st of .shop.example, path /|2 years (63072000 s)|400 days "
            "(34560000 s)\n");
  story.session_cookie = true;
  story.lifetime_s.reset();
  EXPECT_THAT(disagreements(), HasSubstr("|session\n"));
}

TEST_F(EngineCookies, AFixedDateIsOneDateHoweverFarApartTheRecordingsWere) {
  observe::CookieStory& story = cookie_named(&right_, "_st").story;
  *story.lifetime_s -= 300;
  EXPECT_THAT(disagreements(), StartsWith("cookie-lifetime|"));
  const auto set_at = [](Report* r, std::int64_t time_ms) {
    observe::CookieAttempt attempt;
    attempt.entry = 6;
    attempt.place.time_ms = time_ms;
    r->facts.seen.attempts = {attempt};
  };
  set_at(&left_, 1'790'000'000'000);
  set_at(&right_, 1'790'000'300'000);
  EXPECT_EQ(disagreements(), "");
  set_at(&right_, 1'790'000'250'000);
  EXPECT_THAT(disagreements(), StartsWith("cookie-lifetime|")) << "not the same date";
}

TEST_F(EngineCookies, ALifetimeThatIsNotKnownIsNotCompared) {
  observe::CookieStory& story = cookie_named(&right_, "_st").story;
  story.mechanism = "unknown";
  story.lifetime_s = 60;
  EXPECT_EQ(disagreements(), "") << "only what was left of it was seen";
  story.mechanism = "http";
  story.lifetime_s.reset();
  EXPECT_EQ(disagreements(), "");
}

TEST_F(EngineCookies, ALifetimeNoBrowserKeepsDoesNotOverflow) {
  cookie_named(&left_, "_st").story.lifetime_s = std::numeric_limits<std::int64_t>::max();
  cookie_named(&right_, "_st").story.lifetime_s = std::numeric_limits<std::int64_t>::min();
  EXPECT_THAT(disagreements(), StartsWith("cookie-lifetime|"));
}

TEST_F(EngineCookies, TwoSettersThatCameInTheOtherOrderAgree) {
  for (Report* r : {&left_, &right_}) {
    detect::CookieFact second = cookie_named(r, "_st");
    second.story.lifetime_s = 60;
    second.story.outcome = r == &left_ ? "replaced" : "stored";
    cookie_named(r, "_st").story.outcome = r == &left_ ? "stored" : "replaced";
    r->facts.cookies.push_back(second);
  }
  EXPECT_EQ(disagreements(), "");
}

}  // namespace
}  // namespace affiant
