// What changed between two recordings, and what did not.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "base/bytes.h"
#include "diff_of.h"
#include "report/text_layout.h"
#include "schema_check.h"

namespace affiant {
namespace {

using report::Change;
using report::Diff;
using report::diff_reports;
using report::Report;
using test::cookie_named;
using test::lines;
using test::recording;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

using DiffOf = test::DiffOf;
using DiffSaid = test::DiffOf;
using DiffDone = test::DiffOf;
using DiffFindings = test::DiffOf;
using DiffExpected = test::DiffOf;
using DiffSilence = test::DiffOf;

TEST_F(DiffOf, TwoAlikeButForEntriesValuesAndTimesIsEmpty) {
  for (detect::CookieFact& fact : after_.facts.cookies) {
    fact.story.value = "another one";
    for (observe::Leaf& leaf : fact.story.entries) leaf += 100;
  }
  for (observe::Session& s : after_.facts.seen.sessions) s.opened_ms += 86'400'000;
  after_.facts.requests.push_back(after_.facts.requests[2]);
  const Diff d = diff();
  EXPECT_TRUE(d.empty()) << lines(d.said) << lines(d.done) << lines(d.findings);
  EXPECT_THAT(d.limits, IsEmpty());
}

TEST_F(DiffOf, TwoSitesAreRefusedAndSoIsWhatObservedNothing) {
  after_.facts.site = "other.example";
  auto made = diff_reports(before_, after_);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, Code::kUsage);
  EXPECT_THAT(made.error().message, HasSubstr("shop.example and other.example"));
  Report dead = recording();
  for (observe::Page& page : dead.facts.seen.pages) page.result = "failed";
  made = diff_reports(before_, dead);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, Code::kNetwork);
  EXPECT_THAT(made.error().message, HasSubstr("second"));
}

TEST_F(DiffSaid, AStatementThatCameAndOneThatWentAreToldWithTheirWords) {
  denial().data = {"cookies", "storage"};
  denial().quote = "No advertiser keeps anything here.";
  const Diff d = diff();
  EXPECT_EQ(lines(d.said),
            "new statement|denies that third parties take part: cookies, storage, for advertising "
            "(of third parties)|not said|plainly\n"
            "gone statement|denies that third parties take part: cookies, for advertising (of "
            "third parties)|plainly|no longer said\n");
  ASSERT_THAT(d.said[0].after.quotes, SizeIs(1));
  const report::Quote& quote = d.said[0].after.quotes[0];
  EXPECT_EQ(quote.text, "No advertiser keeps anything here.");
  EXPECT_EQ(quote.statement, "S1");
  EXPECT_EQ(quote.source, "https://shop.example/privacy");
  EXPECT_EQ(quote.start, 210U);
}

TEST_F(DiffSaid, OtherWordsForTheSameAreListedApart) {
  denial().quote = "Advertisers set no cookies here.";
  denial().id = "S7";
  EXPECT_EQ(lines(diff().said),
            "wording statement|denies that third parties take part: cookies, for advertising (of "
            "third parties)|plainly|plainly\n");
  denial().quote = "no advertiser sets a  COOKIE here";
  EXPECT_THAT(diff().said, IsEmpty()) << "case and white space are no words";
}

TEST_F(DiffSaid, EachPartOfTheMeaningCounts) {
  const auto changes = [&](auto&& change) {
    after_ = recording();
    change(denial());
    return diff().said.size();
  };
  using S = policy::Statement;
  EXPECT_EQ(changes([](S&) {}), 0U);
  EXPECT_EQ(changes([](S& s) { s.type = "no-cookies"; }), 2U);
  EXPECT_EQ(changes([](S& s) { s.polarity = "does"; }), 2U);
  EXPECT_EQ(changes([](S& s) { s.subject = "we"; }), 2U);
  EXPECT_EQ(changes([](S& s) { s.parties = {"Ads Ltd"}; }), 2U);
  EXPECT_EQ(changes([](S& s) { s.purposes.clear(); }), 2U);
  EXPECT_EQ(changes([](S& s) { s.data = {"COOKIES"}; }), 0U);
}

TEST_F(DiffSaid, APromiseThatIsNowBoundedHasChanged) {
  denial().quote = "No advertiser sets a cookie here, except our partners.";
  denial().exception = "except our partners";
  denial().hedged = true;
  EXPECT_EQ(lines(diff().said),
            "changed statement|denies that third parties take part: cookies, for advertising (of "
            "third parties)|plainly|hedged, exception \"except our partners\"\n");
}

TEST_F(DiffSaid, ARowThatCameWentOrChanged) {
  row().lifetime_s = 63'072'000;
  EXPECT_EQ(lines(diff().said),
            "changed declared-cookie|cookie _st|analytics, 90 days, of Stats Inc|analytics, 2 "
            "years, of Stats Inc\n");
  EXPECT_EQ(diff().said[0].after.quotes.at(0).declared_cookie, 0);
  row() = before_.declaration.cookies[0];
  row().purpose = "Counts people";
  EXPECT_EQ(diff().said.at(0).change, Change::kWording);
  row().pattern = "_su";
  EXPECT_EQ(
      lines(diff().said),
      "new declared-cookie|cookie _su|not declared|analytics, 90 days, of Stats Inc\n"
      "gone declared-cookie|cookie _st|analytics, 90 days, of Stats Inc|no longer declared\n");
}

TEST_F(DiffSaid, OneNameOfTwoProvidersIsTwoRows) {
  policy::DeclaredCookie other = before_.declaration.cookies[0];
  other.provider = "Ads Ltd";
  for (Report* r : {&before_, &after_}) r->declaration.cookies.push_back(other);
  EXPECT_THAT(diff().said, IsEmpty());
  after_.declaration.cookies.pop_back();
  ASSERT_THAT(diff().said, SizeIs(1));
  EXPECT_EQ(diff().said[0].change, Change::kGone);
}

TEST_F(DiffDone, CookiesAreMatchedByNameDomainAndParty) {
  cookie_named(&after_, "_st").story.name = "_su";
  EXPECT_EQ(lines(diff().done),
            "new cookie|cookie _su of .shop.example (first party)|not seen|stored; 2 years, by a "
            "script of stats.example, Stats Inc\n"
            "gone cookie|cookie _st of .shop.example (first party)|stored; 2 years, by a script of "
            "stats.example, Stats Inc|no longer seen\n");
  EXPECT_THAT(diff().done[1].before.entries, ElementsAre(6, 7, 18));
  EXPECT_THAT(diff().done[1].after.entries, IsEmpty());
}

TEST_F(DiffDone, ACookieKeptLongerOrStoredWhereItWasKeptOffHasChanged) {
  cookie_named(&after_, "_st").story.lifetime_s = 31'536'000;
  observe::CookieStory& uid = cookie_named(&after_, "uid").story;
  uid.outcome = "stored";
  uid.reason.clear();
  const Diff d = diff();
  ASSERT_THAT(d.done, SizeIs(2)) << lines(d.done);
  EXPECT_EQ(d.done[0].change, Change::kChanged);
  EXPECT_THAT(d.done[0].before.words, HasSubstr("2 years"));
  EXPECT_THAT(d.done[0].after.words, HasSubstr("1 year"));
  EXPECT_THAT(d.done[1].before.words, HasSubstr("blocked: third-party cookies are blocked"));
  EXPECT_THAT(d.done[1].after.words, HasSubstr("stored"));
}

TEST_F(DiffDone, ThirdPartiesAreToldByOwnerThenByHost) {
  after_.facts.seen.requests[1].host = "eu.stats.example";
  EXPECT_EQ(lines(diff().done),
            "new third-party-host|host eu.stats.example of Stats Inc|not seen|contacted\n"
            "gone third-party-host|host stats.example of Stats Inc|contacted|no longer seen\n");
  after_.facts.requests[1].owner = "Counters plc";
  const Diff d = diff();
  EXPECT_EQ(lines(d.done),
            "new third-party|third party Counters plc|not seen|contacted: eu.stats.example "
            "(analytics)\n"
            "gone third-party|third party Stats Inc|contacted: stats.example (analytics)|no longer "
            "seen\n");
  EXPECT_THAT(d.done[0].after.entries, ElementsAre(5));
}

TEST_F(DiffDone, ARequestWithoutAnAnswerIsNoContact) {
  after_.facts.seen.requests[1].failure = "net::ERR_BLOCKED_BY_CLIENT";
  ASSERT_THAT(diff().done, SizeIs(1));
  EXPECT_EQ(diff().done[0].change, Change::kGone);
}

TEST_F(DiffDone, StorageIsMatchedWhateverThePortAndTechniquesByTheScriptsHost) {
  for (observe::StorageItem& item : after_.facts.seen.storage)
    item.origin = "https://shop.example:8443";
  EXPECT_THAT(diff().done, IsEmpty());
  after_.facts.seen.storage[2].key = "other-db";
  after_.facts.techniques[0].script_host = "cdn.example";
  const Diff d = diff();
  ASSERT_THAT(d.done, SizeIs(4)) << lines(d.done);
  EXPECT_EQ(d.done[0].what, "indexedDB key other-db of shop.example");
  EXPECT_EQ(d.done[1].what, "technique canvas of cdn.example");
}

TEST_F(DiffDone, WhatOnlyOneRecordingTriedIsNotComparedAndSaid) {
  observe::Session signal = after_.facts.seen.sessions[0];
  signal.id = 2;
  signal.gpc = true;
  after_.facts.seen.sessions.push_back(signal);
  detect::CookieFact extra;
  extra.story = cookie_named(&after_, "uid").story;
  extra.story.name = "only_with_signal";
  extra.story.session = 2;
  extra.phase = "no-choice";
  after_.facts.cookies.push_back(std::move(extra));
  const Diff d = diff();
  EXPECT_THAT(d.done, IsEmpty()) << lines(d.done);
  EXPECT_THAT(d.limits, Contains(HasSubstr("second recording has a session of phase no-choice "
                                           "with Global Privacy Control")));
}

TEST_F(DiffFindings, OneThatCameWentOrIsOfAnotherStrength) {
  after_.findings[0].strength = findings::Strength::kUndeclared;
  after_.findings[2].title = "another cookie lives too long";
  const Diff d = diff();
  EXPECT_EQ(lines(d.findings),
            "new finding|lifetime-exceeds: another cookie lives too long|not found|contradicted, "
            "F7-1\n"
            "gone finding|lifetime-exceeds: _st lives for 2 years, declared are 90 days|"
            "contradicted, F7-1|no longer found\n"
            "changed finding|vague-disclosure: Ads Ltd is covered by general words only|vague, "
            "F6-1|undeclared, F6-1\n");
  EXPECT_EQ(d.findings[0].after.quotes.at(0).text, "_st | Stats Inc | Counts visits | 90 days");
}

TEST_F(DiffFindings, ADenialInOtherWordsIsTheSameFinding) {
  denial().quote = "Advertisers set no cookies here.";
  EXPECT_THAT(diff().findings, IsEmpty());
}

TEST_F(DiffExpected, WhatAFileTakesForGrantedIsToldAndIsNoNews) {
  after_.findings[0].strength = findings::Strength::kUndeclared;
  detect::CookieFact& cookie = cookie_named(&after_, "_st");
  cookie.story.name = "_su";
  EXPECT_EQ(diff().news(), 2U);
  EXPECT_EQ(diff().expected(), 0U);
  gate().findings[0].expected_by = {0};
  EXPECT_EQ(diff().news(), 1U);
  gate().cookies[static_cast<std::size_t>(&cookie - after_.facts.cookies.data())].expected_by = {0};
  const Diff d = diff();
  EXPECT_EQ(d.news(), 0U);
  EXPECT_EQ(d.expected(), 2U);
  EXPECT_EQ(d.size(), 3U) << "the cookie that is gone is in no file";
  EXPECT_EQ(d.findings[0].after.expected, "known (until 2026-12-31, affiant.toml:4)");
}

TEST_F(DiffExpected, AThirdPartyIsExpectedOnlyWithAllOfItsRequests) {
  std::vector<std::size_t> of_owner;
  for (std::size_t i = 0; i < after_.facts.requests.size(); ++i)
    if (after_.facts.requests[i].owner == "Stats Inc") {
      after_.facts.requests[i].owner = "New Stats Inc";
      of_owner.push_back(i);
    }
  ASSERT_FALSE(of_owner.empty());
  const auto news = [&] {
    std::string out;
    for (const report::Difference& x : diff().done) out += x.is_news() ? x.what + ";" : "";
    return out;
  };
  EXPECT_THAT(news(), HasSubstr("third party New Stats Inc"));
  detect::RequestFact twice = after_.facts.requests[of_owner.front()];
  after_.facts.requests.push_back(twice);
  for (const std::size_t i : of_owner) gate().requests[i].expected_by = {0};
  EXPECT_THAT(news(), HasSubstr("third party New Stats Inc"));
  gate().requests.back().expected_by = {0};
  EXPECT_EQ(news(), "");
}

TEST_F(DiffExpected, AnEntryThatIsOverExpectsNothing) {
  after_.findings[0].strength = findings::Strength::kUndeclared;
  gate().findings[0].expired = {0};
  EXPECT_EQ(diff().news(), 1U);
  EXPECT_EQ(diff().expected(), 0U);
}

TEST_F(DiffSilence, OfARecordingThatLostEventsNothingIsGone) {
  after_.facts.cookies.pop_back();
  EXPECT_THAT(diff().done, SizeIs(1));
  after_.facts.seen.gaps.resize(1);
  const Diff d = diff();
  EXPECT_THAT(d.done, IsEmpty());
  EXPECT_THAT(d.limits, Contains(HasSubstr("second recording may lack something")));
  EXPECT_THAT(d.limits, Contains(HasSubstr("1 difference left out")));
  const auto turned = diff_reports(after_, before_);
  ASSERT_TRUE(turned);
  EXPECT_THAT(turned->done, IsEmpty()) << "nor is anything new beside its silence";
}

TEST_F(DiffSilence, OfAPolicyThatWasNotReadWholeNothingIsNoLongerSaid) {
  after_.declaration.statements.clear();
  EXPECT_THAT(diff().said, SizeIs(1));
  after_.declaration.unread = {"the text is in Dutch"};
  EXPECT_THAT(diff().said, IsEmpty());
  EXPECT_THAT(diff().limits, Contains(HasSubstr("in Dutch")));
  after_.declaration.unread.clear();
  after_.declaration.is_policy = false;
  EXPECT_THAT(diff().said, IsEmpty());
}

TEST_F(DiffSilence, AnotherBrowserPageOrDocumentIsSaid) {
  after_.facts.seen.sessions[0].third_party_cookies = "blocked";
  after_.facts.seen.pages[0].url = "https://shop.example/sale";
  after_.declaration.sources[0].url = "https://shop.example/privacy-2";
  const Diff d = diff();
  EXPECT_THAT(d.limits, Contains(HasSubstr("may be the browser's doing")));
  EXPECT_THAT(d.limits, Contains(HasSubstr("Pages in the second recording only")));
  EXPECT_THAT(d.limits, Contains(HasSubstr("Documents of the policy in the first recording")));
}

}  // namespace
}  // namespace affiant
